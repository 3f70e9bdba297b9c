"""Text with separated values <-> a table: CSV as Excel, LibreOffice and Google write it in any country."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.sheet.table import Row, RowCounter, Table, trim_cells

DELIMITERS = (",", ";", "\t", "|")
# Rows by which the delimiter is told.
_SAMPLE_ROWS = 50
# A cell with so many lines is one whose quotation mark isn't closed.
_MAX_CELL_LINES = 200
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_SAID = re.compile(r"sep=([,;\t|])\r?\n?", re.I)
# What spreadsheets take for a formula, also behind the mark that keeps it text.
_FORMULA, _KEPT = re.compile(r"'*[=+\-@\t\r]"), re.compile(r"'+[=+\-@\t\r]")


def parse_delimited(name: str, data: bytes) -> Table:
    """The rows of a text file. Raises OnevoiceError if it isn't text, or far too large."""
    text, delimiter, first = prepare_text(decode_table(name, data))
    counter, rows = RowCounter(name), []
    for number, cells in iter_records(name, text, delimiter, first):
        if cells := trim_cells(cells):
            counter.count_row(cells)
            rows.append(Row(number, [_restore_cell(cell) for cell in cells]))
    return Table(name, "", rows)


def prepare_text(text: str) -> tuple[str, str, int]:
    """The rows of a text, what separates their values, and the line on which the first one is."""
    if said := _SAID.match(text):
        return text[said.end() :], said[1], 2
    return text, find_delimiter(text), 1


def write_delimited(rows: Sequence[Sequence[str]]) -> bytes:
    """A CSV file that Excel reads right: with a byte order mark, and with nothing that it takes for a formula."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerows(map(guard_cell, row) for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def guard_cell(cell: str) -> str:
    """A text so that no spreadsheet takes it for a formula; `parse_delimited` gives back what it was."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def find_delimiter(text: str) -> str:
    """What separates the values: whatever gives the most rows the same number of them."""
    data = text.encode()
    scores = {delimiter: _score_delimiter(data, delimiter) for delimiter in DELIMITERS}
    best = max(scores, key=scores.__getitem__)
    # In a list of one column, a comma is part of a phrase.
    return best if scores[best] else next((one for one in "\t|;\x1f" if one not in text), "\x1f")


def _score_delimiter(data: bytes, delimiter: str) -> float:
    reader = csv.reader(_open_lines(data), delimiter=delimiter)
    widths: list[int] = []
    try:
        for cells in itertools.islice(reader, _SAMPLE_ROWS):
            if any(cells):
                widths.append(len(cells))
    except csv.Error:
        return 0
    wide = [width for width in widths if width > 1]
    if len(wide) * 2 < len(widths) or not wide:
        return 0
    ((_, count),) = Counter(wide).most_common(1)
    # Between equals, the one that's in the most rows.
    return count + len(wide) / (len(widths) + 1)


def decode_table(name: str, data: bytes, most: int = limits.MAX_TEXT_BYTES) -> str:
    """What a text file says, in whichever encoding spreadsheets write. Raises OnevoiceError if it isn't text.

    most: the bytes that it may have.
    """
    if len(data) > most:
        raise OnevoiceError(f"{name}: it's too large (over {most // 2**20} MB). Split it into several files.")
    fix = "In the spreadsheet, save it as CSV UTF-8 or as XLSX."
    encoding = next((encoding for mark, encoding in _MARKS.items() if data.startswith(mark)), "")
    try:
        if encoding:
            text = data.decode(encoding)
        elif b"\x00" in data:
            raise OnevoiceError(f"{name}: this isn't text in an encoding that we know. {fix}")
        else:
            try:
                text = data.decode()
            except UnicodeDecodeError:
                # What Excel writes in Western countries unless asked for more.
                text = data.decode("cp1252")
    except UnicodeError:
        raise OnevoiceError(f"{name}: some of its characters are in no encoding that we know. {fix}") from None
    if "\x00" in text:
        raise OnevoiceError(f"{name}: this isn't text. {fix}")
    return text


def iter_records(name: str, text: str, delimiter: str, first: int) -> Iterator[tuple[int, list[str]]]:
    """The values of each record, with the line that it begins on. Raises OnevoiceError for one that can't be read."""
    reader = csv.reader(_open_lines(text.encode()), delimiter=delimiter)
    line = 0
    try:
        for cells in reader:
            begun, line = line, reader.line_num
            if begun + first > limits.MAX_SHEET_LINES:
                raise OnevoiceError(
                    f"{name}: it has more lines than a sheet can have ({limits.MAX_SHEET_LINES:,}). "
                    "Delete the empty ones."
                )
            if line - begun > _MAX_CELL_LINES:
                raise _make_cell_error(name, begun + first, "many lines")
            yield begun + first, cells
    except csv.Error as error:
        raise _make_cell_error(name, line + first, str(error)) from None


def _open_lines(data: bytes) -> Iterator[str]:
    """The lines of a text in UTF-8: StringIO would copy it first, with four bytes for each character."""
    return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="")


def _make_cell_error(name: str, line: int, said: str) -> OnevoiceError:
    if "limit" in said or "lines" in said:
        return OnevoiceError(
            f"{name}:{line}: a cell that begins here is too long for any text. "
            "Is there a quotation mark that's never closed? Close it, or delete it."
        )
    return OnevoiceError(f"{name}:{line}: the row can't be read ({said}). Save the file again from your spreadsheet.")


def _restore_cell(cell: str) -> str:
    cell = cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell
    return cell[1:] if cell.startswith("'") and _KEPT.match(cell) else cell
