"""The results as tables for spreadsheets: a row for each document, and one for each finding."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from onevoice.audit.row import DocumentRow
from onevoice.audit.verdict import Verdict
from onevoice.sheet.delimited import guard_cell

DOCUMENT_COLUMNS = (
    *("id", "uri", "title", "media_type", "language", "words", "group", "owner", "published", "modified"),
    *("text_hash", "duplicate_of", "errors", "warnings", "per_1000_words", "claims", "new", "verdict", "why", "state"),
)
FINDING_COLUMNS = ("document", "rule", "level", "match", "replacement", "place", "sentence_hash", "first_seen")
# How many rows are written at once.
_ROWS = 500


class JudgedRow:
    """A document with what is known only once all are read. new: how many findings are new. views: how many it has."""

    __slots__ = ("duplicate_of", "new", "row", "verdict", "views")

    def __init__(self, row: DocumentRow, duplicate_of: str, verdict: Verdict, new: int = 0, views: int = 0) -> None:
        self.row, self.duplicate_of, self.verdict, self.new, self.views = row, duplicate_of, verdict, new, views

    @property
    def rate(self) -> float:
        """Errors and warnings per 1,000 words."""
        row = self.row
        return round(1000 * (row["errors"] + row["warnings"]) / row["words"], 2) if row["words"] else 0.0


def write_document_table(rows: Iterable[JudgedRow]) -> Iterator[bytes]:
    """`documents.csv`, piece by piece."""
    return write_rows(DOCUMENT_COLUMNS, map(list_document_cells, rows))


def write_finding_table(rows: Iterable[DocumentRow], *, with_text: bool = False) -> Iterator[bytes]:
    """`findings.csv`, piece by piece. with_text: with the text around each."""
    columns = (*FINDING_COLUMNS, "sentence") if with_text else FINDING_COLUMNS
    cells = ([row["uri"], *(found.get(name, "") for name in columns[1:])] for row in rows for found in row["findings"])
    return write_rows(columns, cells)


def list_document_cells(judged: JudgedRow) -> list[object]:
    """What a table has of a document, by DOCUMENT_COLUMNS."""
    own = {
        **judged.row,
        "duplicate_of": judged.duplicate_of,
        "per_1000_words": f"{judged.rate:.2f}",
        "new": judged.new,
        "verdict": judged.verdict.word,
        "why": judged.verdict.why,
    }
    return [own[name] for name in DOCUMENT_COLUMNS]


def write_rows(columns: Iterable[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """A table that spreadsheets open, piece by piece."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(columns)
    for number, cells in enumerate(rows, 1):
        writer.writerow([guard_cell(cell) if isinstance(cell, str) else cell for cell in cells])
        if number % _ROWS == 0:
            yield _take_text(stream)
    yield _take_text(stream)


def _take_text(stream: io.StringIO) -> bytes:
    text = stream.getvalue()
    stream.seek(0)
    stream.truncate()
    return text.encode("utf-8", "backslashreplace")
