"""XLSX: the files of Excel, which LibreOffice and Google Sheets write, too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onevoice.exchange.entry import Reading, Settings, Source
from onevoice.exchange.formats import Export, Format
from onevoice.output import Artifact

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
    from onevoice.sheet.workbook import parse_workbook

    data = next(iter(source.files.values()))
    return read_tables(parse_workbook(source.name, data), settings)


def _guess(source: Source, settings: Settings) -> Mapping[str, Mapping[str, str]]:
    """The columns by which `read` takes it, by sheet. Raises OnevoiceError if it can't be read."""
    from onevoice.exchange.sheet.read import guess_columns
    from onevoice.sheet.workbook import parse_workbook

    data = next(iter(source.files.values()))
    return guess_columns(parse_workbook(source.name, data), settings)


def write(export: Export) -> Sequence[Artifact]:
    """All terms: a sheet with their names, one with the words to avoid, and more if there's more to say."""
    from onevoice.exchange.sheet.office import write_workbook
    from onevoice.exchange.sheet.own import arrange_sheets

    sheets = arrange_sheets(export.handbook.list_records("terms"))
    return [Artifact("onevoice.xlsx", write_workbook(sheets))]


FORMAT = Format("XLSX", _ENDINGS, recognize, read, write, rank=20, guess=_guess)
