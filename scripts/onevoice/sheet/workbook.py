"""An Excel file -> tables. Nothing is evaluated, nothing is fetched, and what's far too large is refused early.

The XML goes by once, cell by cell, so that a sheet takes no more memory than its texts.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.prose.formats import Format
from onevoice.prose.package import Package
from onevoice.sheet.numbers import get_format_code, is_date_format, show_date, show_number
from onevoice.sheet.table import Row, RowCounter, Table, trim_cells

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MAX_COLUMNS = 16_384
# Columns that the text of a merged cell is repeated in.
_MAX_SPAN = 20
# Above a comment in the new style, for programs that only know the old one.
_THREAD = re.compile(r"\A\[Threaded comment\].*?\n\s*Comment:\s*", re.DOTALL)


def parse_workbook(name: str, data: bytes) -> list[Table]:
    """The sheets of a file, in order. Raises OnevoiceError if it's no such file, protected, broken or far too large."""
    package = Package(name, data, _describe_program(name, data))
    for part, kind in (("xl/workbook.bin", "XLSB"), ("content.xml", "OpenDocument"), ("index/document.iwa", "Numbers")):
        if package.has_part(part):
            raise OnevoiceError(f"{name}: we don't read {kind} files. In your spreadsheet, save it as XLSX or CSV.")
    book = _Book(package)
    return [book.read_sheet(*sheet) for sheet in book.list_sheets()]


def _describe_program(name: str, data: bytes) -> Format:
    """What Package calls the program. Raises OnevoiceError if the file is no archive, with what it seems to be."""
    if data and not data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise OnevoiceError(
            f"{name}: this isn't an Excel file, despite its name. Open it in your spreadsheet and save it as XLSX, "
            "or correct its ending: a text file is .csv."
        )
    return Format("Excel", (".xlsx",), NotImplemented)


class _Book:
    """The parts of a file that its sheets share."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._main = package.find_main_part()
        self._counter = RowCounter(package.path)
        self._since_1904 = False
        self._sheets: list[tuple[str, str, bool]] = []
        self._strings: list[str] = []
        # The number format of each cell style, and the texts of those that have one.
        self._styles: list[int] = []
        self._codes: dict[int, str] = {}
        self._read_main()
        if part := package.find_related_part(self._main, "sharedStrings"):
            self._read_strings(part)
        if part := package.find_related_part(self._main, "styles"):
            self._read_styles(part)

    def list_sheets(self) -> list[tuple[str, str, bool]]:
        """The name and the part of each sheet with cells, and whether it's hidden."""
        return self._sheets

    def read_sheet(self, name: str, part: str, is_hidden: bool) -> Table:
        """The table of one sheet."""
        sheet = _Sheet()
        if part:
            self._refuse_bulk(part)
            _scan_xml(self._package, part, *self._watch_sheet(sheet))
        _fill_merged(self._package, sheet)
        notes = self._read_notes(part) if part else {}
        rows = []
        for number, cells in sorted(sheet.rows.items()):
            texts = [""] * (max(cells) + 1)
            for column, text in cells.items():
                texts[column] = text
            if texts := trim_cells(texts):
                rows.append(
                    Row(
                        number,
                        texts,
                        notes.get(number, {}),
                        sheet.formulas.get(number, {}),
                        frozenset(sheet.dates.get(number, ())),
                        number in sheet.wide,
                    )
                )
        return Table(self._package.path, name, rows, frozenset(sheet.hidden), is_hidden)

    def _read_main(self) -> None:
        links = self._package.load_relationships(self._main)
        root = self._package.load_root(self._main)
        for node in root.children:
            if _strip_prefix(node.tag) == "workbookPr":
                self._since_1904 = node.get("date1904") in ("1", "true")
        seen: set[str] = set()
        for node in root.iter_descendants("sheet"):
            kind, part = links.get(node.get("r:id"), ("", ""))
            if kind == "worksheet" and part not in seen and self._package.has_part(part):
                seen.add(part)
                self._sheets.append((node.get("name"), part, node.get("state", "visible") != "visible"))
        if not self._sheets:
            raise self._package.make_broken_error("it has no sheet with cells")

    def _read_strings(self, part: str) -> None:
        texts: list[str] = []
        sounds = 0

        def start(tag: str, _: Mapping[str, str]) -> None:
            nonlocal sounds
            if tag == "si":
                texts.clear()
            sounds += tag == "rPh"

        def end(tag: str, text: str) -> None:
            nonlocal sounds
            if tag == "t" and not sounds:
                texts.append(text)
            elif tag == "si":
                self._strings.append(_unescape_text("".join(texts)))
            sounds -= tag == "rPh"

        _scan_xml(self._package, part, start, end)

    def _read_styles(self, part: str) -> None:
        root = self._package.load_root(part)
        for node in root.iter_descendants("numFmt"):
            self._codes[_read_int(node.get("numFmtId"))] = node.get("formatCode")
        for node in root.children:
            if node.tag == "cellXfs":
                self._styles = [_read_int(style.get("numFmtId")) for style in node.children]

    def _refuse_bulk(self, part: str) -> None:
        """Raise OnevoiceError if a sheet has more rows or cells than it's worth to go through, empty ones included."""
        data = self._package.load_bytes(part)
        rows, cells = data.count(b"<row"), data.count(b"<c ") + data.count(b"<c/") + data.count(b"<c>")
        # With a prefix, each element is counted twice.
        rows, cells = rows + data.count(b":row") // 2, cells + data.count(b":c ") + data.count(b":c/")
        if rows > limits.MAX_SHEET_LINES or cells > limits.MAX_SHEET_CELLS:
            raise self._package.make_broken_error(
                f"it has more rows or cells than any word list (over {limits.MAX_SHEET_LINES:,} or "
                f"{limits.MAX_SHEET_CELLS:,}). Delete the empty ones"
            )

    def _watch_sheet(self, sheet: _Sheet) -> tuple[_Start, _End]:
        row = column = -1
        kind, style, value, formula, is_inside = "", 0, "", "", False
        texts: list[str] = []
        cells: dict[int, str] = {}

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            nonlocal row, column, kind, style, value, formula, cells, is_inside
            if tag == "c":
                place = _REFERENCE.fullmatch(attributes.get("r", ""))
                column = _read_column(place[1]) if place else column + 1
                kind, style, value, formula, is_inside = attributes.get("t", "n"), 0, "", "", True
                style = _read_int(attributes.get("s", "0"))
                texts.clear()
            elif tag == "row":
                row = _read_int(attributes["r"]) if "r" in attributes else max(row, 0) + 1
                column = -1
                cells = {}
            elif tag == "col" and attributes.get("hidden") in ("1", "true"):
                first, last = _read_int(attributes.get("min", "1")), _read_int(attributes.get("max", "1"))
                sheet.hidden.update(range(first - 1, min(last, _MAX_COLUMNS)))
            elif tag == "mergeCell":
                sheet.merged.append(attributes.get("ref", ""))

        def end(tag: str, text: str) -> None:
            nonlocal value, formula, is_inside
            if not is_inside:
                if tag == "row" and cells:
                    self._counter.count_row(cells.values())
                    sheet.rows.setdefault(row, {}).update(cells)
            elif tag == "v":
                value = text
            elif tag == "t":
                texts.append(text)
            elif tag == "f":
                formula = text
            elif tag == "c":
                is_inside = False
                shown, is_date = self._show_value(kind, style, value, texts)
                if formula:
                    sheet.formulas.setdefault(row, {})[column] = f"={formula}"
                    shown = shown or f"={formula}"
                if is_date:
                    sheet.dates.setdefault(row, set()).add(column)
                if shown and column < _MAX_COLUMNS:
                    cells[column] = shown

        return start, end

    def _show_value(self, kind: str, style: int, value: str, texts: list[str]) -> tuple[str, bool]:
        """What a person sees in a cell, and whether it's a date."""
        if kind == "s":
            at = _read_int(value, -1)
            return (self._strings[at] if 0 <= at < len(self._strings) else ""), False
        if kind == "inlineStr":
            return _unescape_text("".join(texts)), False
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(value, value), False
        if kind == "d":
            return value.removesuffix("T00:00:00"), True
        if kind in ("str", "e") or not value:
            return _unescape_text(value), False
        try:
            number = float(value)
        except ValueError:
            return value, False
        if number != number or number in (float("inf"), float("-inf")):
            return value, False
        form = self._styles[style] if 0 <= style < len(self._styles) else 0
        code = get_format_code(form, self._codes)
        if is_date_format(form, code):
            return show_date(number, self._since_1904), True
        return show_number(number, code), False

    def _read_notes(self, part: str) -> dict[int, dict[int, str]]:
        comments = self._package.find_related_part(part, "comments")
        notes: dict[int, dict[int, str]] = {}
        if not comments:
            return notes
        root = self._package.load_root(comments)
        authors = [node.text for node in root.iter_descendants("author")]
        for node in root.iter_descendants("comment"):
            place = _REFERENCE.fullmatch(node.get("ref"))
            text = "".join(run.text for run in node.iter_descendants("t"))
            text = _THREAD.sub("", _unescape_text(text)).strip()
            author = _read_int(node.get("authorId"), -1)
            # Excel puts the author's name on the first line.
            if 0 <= author < len(authors) and authors[author]:
                text = text.removeprefix(f"{authors[author]}:").strip()
            if place and text:
                notes.setdefault(int(place[2]), {})[_read_column(place[1])] = text
        return notes


@dataclass
class _Sheet:
    """What is collected of a sheet while it goes by."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    formulas: dict[int, dict[int, str]] = field(default_factory=dict)
    dates: dict[int, set[int]] = field(default_factory=dict)
    wide: set[int] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    merged: list[str] = field(default_factory=list)


_Start = Callable[[str, Mapping[str, str]], None]
_End = Callable[[str, str], None]


def _scan_xml(package: Package, part: str, start: _Start, end: _End) -> None:
    """Let the elements of a part go by: `start` gets a name without its prefix and the attributes, `end` the text."""
    if package.load_bytes(part).count(b"<") > limits.MAX_SHEET_TAGS:
        raise package.make_broken_error(f"{part} is larger than any word list (over {limits.MAX_SHEET_TAGS:,} tags)")
    parser = expat.ParserCreate()
    parser.buffer_text = True
    texts: list[str] = []
    depth = 0

    def handle_start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.MAX_XML_DEPTH:
            raise OnevoiceError(f"it has over {limits.MAX_XML_DEPTH} elements within each other")
        if texts:
            texts.clear()
        start(name if ":" not in name else _strip_prefix(name), attributes)

    def handle_end(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name if ":" not in name else _strip_prefix(name), "".join(texts) if texts else "")
        if texts:
            texts.clear()

    def handle_doctype(*_: object) -> None:
        raise OnevoiceError("it declares entities, which no spreadsheet writes")

    parser.StartElementHandler, parser.EndElementHandler = handle_start, handle_end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = texts.append, handle_doctype
    try:
        parser.Parse(package.load_bytes(part), True)
    except expat.ExpatError as error:
        said = f"in {part}, it is broken (line {error.lineno}: {expat.ErrorString(error.code)})"
        raise package.make_broken_error(said) from None
    except OnevoiceError as error:
        said = str(error)
        raise (error if said.startswith(package.path) else package.make_broken_error(said)) from None
    finally:
        # What it calls knows it in turn, and would keep it alive.
        parser.StartElementHandler = parser.EndElementHandler = None
        parser.CharacterDataHandler = parser.StartDoctypeDeclHandler = None


def _fill_merged(package: Package, sheet: _Sheet) -> None:
    """Write the text of a merged cell into each row that it reaches down to, and mark rows that it reaches across."""
    numbers = sorted(sheet.rows)
    left = limits.MAX_SHEET_CELLS
    for first_row, first, last_row, last in _iter_ranges(sheet.merged):
        text = sheet.rows.get(first_row, {}).get(first, "")
        if not text:
            continue
        if last > first:
            if all(column == first for column in sheet.rows[first_row]):
                sheet.wide.add(first_row)
            else:
                for column in range(first + 1, min(last + 1, first + _MAX_SPAN)):
                    sheet.rows[first_row].setdefault(column, text)
        reached = numbers[bisect.bisect_right(numbers, first_row) : bisect.bisect_right(numbers, last_row)]
        left -= len(reached) + 1
        if left < 0:
            raise package.make_broken_error("it has more merged cells than any word list")
        for number in reached:
            sheet.rows[number].setdefault(first, text)


def _iter_ranges(references: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Row and column of the first and the last cell of each range such as `A2:B5`."""
    for reference in references:
        begin, _, close = reference.partition(":")
        first, last = _REFERENCE.fullmatch(begin), _REFERENCE.fullmatch(close)
        if first and last:
            yield int(first[2]), _read_column(first[1]), int(last[2]), _read_column(last[1])


def _read_column(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column - 1


def _read_int(text: str, otherwise: int = 0) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else otherwise


def _strip_prefix(name: str) -> str:
    return name.rpartition(":")[2]


def _unescape_text(text: str) -> str:
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
