"""A file of another tool -> its tables, row by row: text, an Excel file, or a zip of texts."""

from __future__ import annotations

import functools
import io
import itertools
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.sheet.delimited import decode_table, iter_records, prepare_text
from onevoice.sheet.table import name_column
from onevoice.sheet.workbook import parse_workbook

TEXTS = (".csv", ".tsv", ".tab", ".txt")
# Reports have up to a dozen lines of notes above the header.
_HEAD_ROWS = 40
Record = tuple[int, Sequence[str]]


@dataclass(frozen=True)
class Export:
    """One table of a file.

    source: the file as the user named it, with the name in an archive. sheet: of an Excel file, else "". iter_rows: its
    rows with their numbers, from the beginning each time; an empty one is [].
    """

    source: str
    sheet: str
    iter_rows: Callable[[], Iterator[Record]]

    @functools.cached_property
    def head(self) -> list[Record]:
        """Its first rows that aren't empty: a header is looked for in them."""
        return list(itertools.islice((row for row in self.iter_rows() if any(row[1])), _HEAD_ROWS))

    @property
    def place(self) -> str:
        """What messages call it."""
        return f"{self.source}, {self.sheet}" if self.sheet else self.source

    def name_cell(self, row: int, column: int, name: str = "") -> str:
        """Where a cell is: `leads.csv:12, column C (Create Date)` or `leads.xlsx, Sheet1!C12`."""
        letters = name_column(column)
        if self.sheet:
            return f"{self.source}, {self.sheet}!{letters}{row}"
        return f"{self.source}:{row}, column {letters}" + (f" ({name})" if name else "")


def open_exports(name: str, data: bytes) -> list[Export]:
    """The tables of a file. Raises OnevoiceError if it can't be read, or is far too large."""
    if not data:
        raise OnevoiceError(f"{name}: the file is empty. Export it again.")
    ending = posixpath.splitext(name.lower())[1]
    if ending == ".xlsx":
        return [_open_sheet(name, table.sheet, [(row.number, row.cells) for row in table.rows])
                for table in parse_workbook(name, data) if not table.is_hidden]  # fmt: skip
    if data.startswith(b"PK"):
        return _open_archive(name, data)
    if ending == ".zip":
        raise OnevoiceError(f"{name}: this isn't a zip archive, despite its name. Export it again.")
    if ending not in TEXTS:
        raise OnevoiceError(f"{name}: we read CSV, XLSX and zip files. Export it as one of them.")
    return [_open_text(name, data)]


def _open_sheet(name: str, sheet: str, rows: list[Record]) -> Export:
    return Export(name, sheet, lambda: iter(rows))


def _open_text(name: str, data: bytes) -> Export:
    text = decode_table(name, data, limits.MAX_EXPORT_BYTES)
    if "\r" in text and "\n" not in text:
        text = text.replace("\r", "\n")
    # Notes above the header say nothing about what separates the values.
    body = text[_skip_notes(text) :]
    _, delimiter, _ = prepare_text(body) if body.strip() else prepare_text(text)
    rest, _, first = prepare_text(text) if text[:4].lower() == "sep=" else (text, "", 1)

    def iter_rows() -> Iterator[Record]:
        return iter_records(name, rest, delimiter, first)

    return Export(name, "", iter_rows)


def _skip_notes(text: str) -> int:
    """Where the lines end that begin with `#`, or are empty."""
    at = 0
    while at < len(text) and text[at] in "#\r\n" and not text.startswith(("#,", "#;", "#\t"), at):
        end = text.find("\n", at)
        if end < 0:
            return len(text)
        at = end + 1
    return at


def _open_archive(name: str, data: bytes) -> list[Export]:
    exports, left = [], limits.MAX_EXPORT_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if entry.filename.lower().endswith(TEXTS)]
            entries = [entry for entry in entries if not posixpath.basename(entry.filename).startswith(".")]
            if len(entries) > limits.MAX_EXPORT_FILES:
                raise OnevoiceError(f"{name}: it has over {limits.MAX_EXPORT_FILES} tables. Unpack it, and add some.")
            for entry in entries:
                with archive.open(entry) as stream:
                    part = stream.read(left + 1)
                left -= len(part)
                if left < 0:
                    size = limits.MAX_EXPORT_BYTES // 2**20
                    raise OnevoiceError(f"{name}: it's too large once it's unpacked (over {size} MB). Split it.")
                if part.strip():
                    exports.append(_open_text(f"{name}/{posixpath.basename(entry.filename)}", part))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        why = "it's protected by a password" if "password" in str(error) else "it's incomplete or damaged"
        raise OnevoiceError(f"{name}: {why}. Export it again.") from None
    if not exports:
        raise OnevoiceError(f"{name}: there's no CSV file in it. Export it again, or unpack it.")
    return exports
