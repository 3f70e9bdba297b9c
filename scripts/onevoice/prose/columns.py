"""Words and where they are on a page -> lines in the order in which people read them, column by column."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

# Of a line's height: how far the middles of words in a row may be apart, and how wide a gap between columns is at
# least. Two words of a line are a quarter of it apart, or half of it if the line is justified.
_ROW_SHARE, _GUTTER_SHARE = 0.4, 0.6
# And how near the next line of a column is at least.
_LINE_SHARE = 0.75
# Rows that have words on each side of a gap, and on both, if it is one between columns.
_MIN_ROWS, _MIN_SHARED_ROWS = 3, 2
# Up to so many characters are a bullet, a number of a list or a page: most cells of a column have more.
_MAX_MARKER = 4
# Words in a row of one column: with fewer, it is a table, which is read row by row.
_MIN_CELL_WORDS = 2.5

Range = tuple[float, float]


class Word(NamedTuple):
    """A word on a page. left, right, base: in points, from the lower left corner. size: the height of its line."""

    text: str
    left: float
    right: float
    base: float
    size: float


class Row(NamedTuple):
    """Words side by side, from left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


class Column(NamedTuple):
    """What lines of one column have in common. pitch: from one to the next. is_table: it is a cell."""

    left: float
    right: float
    pitch: float
    is_table: bool = False


class TextLine(NamedTuple):
    """A line of a column; lines of the same column have the same object as `column`."""

    text: str
    left: float
    right: float
    base: float
    size: float
    column: Column


def group_rows(words: Sequence[Word]) -> list[Row]:
    """The rows of a page from top to bottom. Small raised signs are in the row that they belong to."""
    rows: list[list[Word]] = []
    middle = 0.0
    for word in sorted(words, key=lambda word: (-word.base - word.size / 2, word.left)):
        own = word.base + word.size / 2
        if not rows or middle - own > _ROW_SHARE * max(word.size, rows[-1][0].size):
            rows.append([])
            middle = own
        elif word.size > rows[-1][0].size * 1.2:
            middle = own  # What came before is raised.
        rows[-1].append(word)
    return [Row(tuple(sorted(row, key=lambda word: word.left))) for row in rows]


def arrange_lines(rows: Sequence[Row]) -> Iterator[TextLine]:
    """The lines of a page in reading order."""
    if not rows:
        return
    size = median(word.size for row in rows for word in row.words)
    page = min(row.words[0].left for row in rows), max(word.right for row in rows for word in row.words)
    for group, gutters in _split_at_layouts(rows, page, _GUTTER_SHARE * size):
        if gutters and _is_table(group, gutters):
            for row in group:
                for cell in _split_row(row, gutters):
                    yield from _make_column([cell], is_table=True)
        elif gutters:
            columns: list[list[Row]] = [[] for _ in range(len(gutters) + 1)]
            for row in group:
                for number, cell in enumerate(_split_row(row, gutters, keep_empty=True)):
                    if cell.words:
                        columns[number].append(cell)
            for column in columns:
                yield from _make_column(column)
        else:
            yield from _make_column(group)


def _make_column(rows: Sequence[Row], *, is_table: bool = False) -> list[TextLine]:
    if not rows:
        return []
    bases = [min(word.base for word in row.words) for row in rows]
    gaps = [upper - lower for upper, lower in pairwise(bases) if upper > lower]
    left, right = min(row.words[0].left for row in rows), max(row.words[-1].right for row in rows)
    column = Column(left, right, median(gaps) if gaps else 0.0, is_table)
    return [
        TextLine(
            row.text,
            row.words[0].left,
            row.words[-1].right,
            base,
            max(word.size for word in row.words),
            column,
        )
        for row, base in zip(rows, bases, strict=True)
    ]


def _split_at_layouts(rows: Sequence[Row], page: Range, width: float) -> Iterator[tuple[list[Row], list[Range]]]:
    """Rows that have the same columns, and the gaps between these; no gaps if they have one column.

    page: from where to where the text reaches. width: of a gap, at least.
    """
    plain: list[Row] = []
    open_rows: list[Row] = []
    free: list[Range] = []

    def close() -> Iterator[tuple[list[Row], list[Range]]]:
        nonlocal plain, open_rows, free
        gutters = [gap for gap in free if _is_gutter(gap, open_rows)]
        # Until the first row of another column, all is one, and may reach into what is between the columns below.
        start = next((at for at, row in enumerate(open_rows) if gutters and row.words[-1].right > gutters[0][1]), 0)
        if start:
            plain, open_rows = [*plain, *open_rows[:start]], open_rows[start:]
            free = _list_gaps(open_rows[0], page, width)
            for row in open_rows[1:]:
                free = _intersect(free, _list_gaps(row, page, width), width)
            gutters = [gap for gap in free if _is_gutter(gap, open_rows)]
        if gutters:
            if plain:
                yield plain, []
            yield open_rows, gutters
            plain = []
        else:
            plain = [*plain, *open_rows]
        open_rows = []

    for row in rows:
        gaps = _list_gaps(row, page, width)
        common = _intersect(free, gaps, width) if open_rows else gaps
        if not common:
            yield from close()
            common = gaps
        free = common
        open_rows.append(row)
    yield from close()
    if plain:
        yield plain, []


def _list_gaps(row: Row, page: Range, width: float) -> list[Range]:
    found, at = [], page[0]
    for word in row.words:
        if word.left - at >= width:
            found.append((at, word.left))
        at = max(at, word.right)
    if page[1] - at >= width:
        found.append((at, page[1]))
    return found


def _intersect(some: Sequence[Range], others: Sequence[Range], width: float) -> list[Range]:
    found, i, j = [], 0, 0
    while i < len(some) and j < len(others):
        start, end = max(some[i][0], others[j][0]), min(some[i][1], others[j][1])
        if end - start >= width:
            found.append((start, end))
        if some[i][1] < others[j][1]:
            i += 1
        else:
            j += 1
    return found


def _is_gutter(gap: Range, rows: Sequence[Row]) -> bool:
    left = [row.words[0].left < gap[0] for row in rows]
    right = [row.words[-1].right > gap[1] for row in rows]
    if min(sum(left), sum(right)) < _MIN_ROWS:
        return False
    shared = sum(map(all, zip(left, right, strict=True)))
    # Lines of two columns may be at different heights: they are side by side if they are nearer than lines of one.
    shared += sum(
        one != other and _measure_distance(rows[at], rows[at + 1]) < _LINE_SHARE * rows[at].words[0].size
        for at, (one, other) in enumerate(pairwise(left))
    )
    if shared < _MIN_SHARED_ROWS:
        return False
    return _has_words(rows, gap, before=True) and _has_words(rows, gap, before=False)


def _has_words(rows: Sequence[Row], gap: Range, *, before: bool) -> bool:
    sizes = [sum(len(word.text) for word in row.words if (word.left < gap[0]) == before) for row in rows]
    cells = [size for size in sizes if size]
    return sum(size > _MAX_MARKER for size in cells) * 2 > len(cells)


def _measure_distance(row: Row, following: Row) -> float:
    return abs(row.words[0].base - following.words[0].base)


def _split_row(row: Row, gutters: Sequence[Range], *, keep_empty: bool = False) -> list[Row]:
    cells: list[list[Word]] = [[] for _ in range(len(gutters) + 1)]
    ends = [end - 0.01 for _, end in gutters]
    for word in row.words:
        cells[bisect_right(ends, word.left)].append(word)
    return [Row(tuple(cell)) for cell in cells if cell or keep_empty]


def _is_table(rows: Sequence[Row], gutters: Sequence[Range]) -> bool:
    cells = [cell for row in rows for cell in _split_row(row, gutters)]
    return sum(len(cell.words) for cell in cells) < _MIN_CELL_WORDS * len(cells)
