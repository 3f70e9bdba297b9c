"""The results for people with a spreadsheet: what needs work, and the sums by group and owner, in an Excel file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from onevoice.audit.page import PageSummary
from onevoice.audit.tables import DOCUMENT_COLUMNS, JudgedRow, list_document_cells
from onevoice.audit.totals import STATES
from onevoice.exchange.sheet.office import Sheet, write_workbook

WORKBOOK = "audit.xlsx"
# How many documents the file has: a spreadsheet with more is no help, and holds all of them in memory.
MAX_LISTED = 20_000
_NUMBERS = {"per_1000_words"}
_SUMS = (*STATES, "new")


class ResultWorkbook:
    """The file, gathered while the documents pass."""

    def __init__(self) -> None:
        self._rows: list[list[str | float]] = [[*DOCUMENT_COLUMNS]]
        self._left_out = 0

    def note_rows(self, rows: Iterable[JudgedRow]) -> Iterator[JudgedRow]:
        """The same documents. Those to keep are not in the file."""
        for judged in rows:
            if judged.verdict.word != "keep":
                if len(self._rows) <= MAX_LISTED:
                    cells = zip(DOCUMENT_COLUMNS, list_document_cells(judged), strict=True)
                    self._rows.append([_make_cell(name, cell) for name, cell in cells])
                else:
                    self._left_out += 1
            yield judged

    def write_file(self, summary: PageSummary) -> bytes:
        """The bytes of the file."""
        if self._left_out:
            note = f"{self._left_out:,} more documents are in documents.csv."
            self._rows.append([note, *[""] * (len(DOCUMENT_COLUMNS) - 1)])
        return write_workbook([
            Sheet("To do", self._rows),
            Sheet("By group", _list_sums("group", summary.by_group)),
            Sheet("By owner", _list_sums("owner", summary.by_owner)),
        ])  # fmt: skip


def _make_cell(name: str, cell: Any) -> str | float:
    return float(cell) if name in _NUMBERS else cell if isinstance(cell, int) else str(cell)


def _list_sums(head: str, totals: Mapping[str, Mapping[str, int]]) -> list[list[str | float]]:
    rows: list[list[str | float]] = [[head, *_SUMS]]
    rows += ([name or "(none)", *(counts.get(word, 0) for word in _SUMS)] for name, counts in sorted(totals.items()))
    return rows
