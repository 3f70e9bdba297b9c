"""CSV and its kin: text with commas, semicolons, tabs or bars between the values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onevoice.exchange.entry import Reading, Settings, Source
from onevoice.exchange.formats import Export, Format
from onevoice.output import Artifact

_ENDINGS = (".csv", ".tsv", ".tab")


def recognize(source: Source) -> int:
    """By its ending; a plain text file only by a header that names columns of words."""
    name, data = next(iter(source.files.items()), ("", b""))
    if len(source.files) != 1 or data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return 0
    if name.lower().endswith(_ENDINGS):
        return 5
    return 4 if name.lower().endswith(".txt") and _has_header(data) else 0


def read(source: Source, settings: Settings) -> Reading:
    """The words of a text file. Raises OnevoiceError if it can't be read."""
    from onevoice.exchange.sheet.read import read_tables
    from onevoice.sheet.delimited import parse_delimited

    data = next(iter(source.files.values()))
    return read_tables([parse_delimited(source.name, data)], settings)


def _guess(source: Source, settings: Settings) -> Mapping[str, Mapping[str, str]]:
    """The columns by which `read` takes it, by sheet. Raises OnevoiceError if it can't be read."""
    from onevoice.exchange.sheet.read import guess_columns
    from onevoice.sheet.delimited import parse_delimited

    data = next(iter(source.files.values()))
    return guess_columns([parse_delimited(source.name, data)], settings)


def write(export: Export) -> Sequence[Artifact]:
    """All terms in one table, with a row for each word to avoid."""
    from onevoice.exchange.sheet.own import tabulate_terms
    from onevoice.sheet.delimited import write_delimited

    rows = tabulate_terms(export.handbook.list_records("terms"))
    return [Artifact("onevoice.csv", write_delimited(rows))]


def _has_header(data: bytes) -> bool:
    from onevoice.errors import OnevoiceError
    from onevoice.exchange.sheet.columns import find_header
    from onevoice.sheet.delimited import parse_delimited

    try:
        table = parse_delimited("", data)
    except OnevoiceError:
        return False
    return table.width > 1 and find_header(table, {}) >= 0


FORMAT = Format("CSV", _ENDINGS, recognize, read, write, rank=10, guess=_guess)
