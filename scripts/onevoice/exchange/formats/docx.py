"""Tables in Word files."""

from __future__ import annotations

from onevoice.errors import OnevoiceError
from onevoice.exchange.entry import Reading, Settings, Source
from onevoice.exchange.formats import Format

ENDINGS = (".docx", ".docm", ".dotx", ".dotm")


def read(source: Source, settings: Settings) -> Reading:
    """The words of all files of a source. Raises OnevoiceError if there are none."""
    from onevoice.exchange.document_tables import join_readings, read_document_tables
    from onevoice.exchange.entry import Omission
    from onevoice.exchange.office_tables import read_word_tables

    tables, omissions = [], []
    for path, data in source.files.items():
        if not path.lower().endswith(ENDINGS):
            omissions.append(Omission(path, "", "it is no Word file."))
            continue
        found, beside = read_word_tables(path, data)
        tables += found
        omissions += beside
    reading = join_readings([Reading(omissions=tuple(omissions)), read_document_tables(tables, settings)])
    if not reading.total:
        raise OnevoiceError(
            f"{source.name}: there is no table in it, and in Word files only tables are read. "
            "Make one with the columns “Use” and “Don't use”."
        )
    return reading


def _recognize_source(source: Source) -> int:
    found = [data for path, data in source.files.items() if path.lower().endswith(ENDINGS)]
    return 6 if any(data.startswith(b"PK") for data in found) else 1 if found else 0


FORMAT = Format("Word tables", ENDINGS, _recognize_source, read, rank=41)
