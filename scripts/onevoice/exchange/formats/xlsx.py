"""XLSX: the files of Excel, which LibreOffice and Google Sheets write, too."""

from __future__ import annotations

from onevoice.exchange.entry import Reading, Settings, Source
from onevoice.exchange.formats import Format

_ENDINGS = (".xlsx", ".xlsm")
# Recognized so that their owner reads what to do.
_REFUSED = (".xls", ".xlsb", ".ods", ".numbers", ".xltx")


def recognize(source: Source) -> int:
    """By its ending."""
    name = next(iter(source.files), "").lower()
    if len(source.files) != 1:
        return 0
    return 5 if name.endswith(_ENDINGS) else 1 if name.endswith(_REFUSED) else 0


def read(source: Source, settings: Settings) -> Reading:
    """The words of all sheets. Raises OnevoiceError if the file can't be read."""
    from onevoice.exchange.sheet.read import read_tables
    from onevoice.exchange.sheet.workbook import parse_workbook

    data = next(iter(source.files.values()))
    return read_tables(parse_workbook(source.name, data), settings)


FORMAT = Format("XLSX", _ENDINGS, recognize, read, rank=20)
