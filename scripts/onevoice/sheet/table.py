"""A table of texts, as a person sees it: what a spreadsheet is once its file format is gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from onevoice import limits
from onevoice.errors import OnevoiceError

_NOTHING: Mapping[int, str] = {}


class Row(NamedTuple):
    """A row with something in it.

    number: its line in a text file, its row on a sheet. cells: their texts, without the empty ones at the end. notes,
    formulas: comments and formulas by column. dates: the columns of cells that hold a date. is_wide: one cell reaches
    across the others.
    """

    number: int
    cells: Sequence[str]
    notes: Mapping[int, str] = _NOTHING
    formulas: Mapping[int, str] = _NOTHING
    dates: frozenset[int] = frozenset()
    is_wide: bool = False

    def get_cell(self, column: int) -> str:
        """The text in a column, counted from 0."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True)
class Table:
    """All rows of a text file or of one sheet.

    source: the file's name. sheet: the sheet's name; "" for a text file. hidden: columns that nobody sees. is_hidden:
    the whole sheet is.
    """

    source: str
    sheet: str
    rows: Sequence[Row]
    hidden: frozenset[int] = frozenset()
    is_hidden: bool = False
    width: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "width", max((len(row.cells) for row in self.rows), default=0))

    def name_place(self, row: Row, column: int = 0) -> str:
        """Where a cell is: `words.csv:12` or `words.xlsx, Word list!A12`."""
        if not self.sheet:
            return f"{self.source}:{row.number}"
        return f"{self.source}, {self.sheet}!{name_column(column)}{row.number}"

    @property
    def place(self) -> str:
        """Where the table is."""
        return f"{self.source}, {self.sheet}" if self.sheet else self.source


class RowCounter:
    """Counts what has been read of a source. Raises OnevoiceError if it's more than a word list can be."""

    def __init__(self, source: str) -> None:
        self._source, self._rows, self._cells = source, 0, 0

    def count_row(self, cells: Iterable[str]) -> None:
        """Take note of a row that isn't empty."""
        self._rows += 1
        # A list in a cell is as much to read as one cell for each of its words.
        self._cells += sum(1 + sum(map(cell.count, ";,/|")) for cell in cells if cell)
        if self._rows > limits.MAX_SHEET_ROWS or self._cells > limits.MAX_SHEET_CELLS:
            raise OnevoiceError(
                f"{self._source}: it's larger than any word list (over {limits.MAX_SHEET_ROWS:,} rows or "
                f"{limits.MAX_SHEET_CELLS:,} cells with text). Delete what isn't about words, or split the file."
            )


def name_column(column: int) -> str:
    """The letters that spreadsheets give to a column, counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def trim_cells(cells: list[str]) -> list[str]:
    """The cells without the empty ones at the end."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end] if end < len(cells) else cells
