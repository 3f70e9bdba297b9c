"""Word files -> their tables, as a reader sees them with all tracked changes accepted."""

from __future__ import annotations

from collections.abc import Iterator

from onevoice.exchange.document_tables import DocumentTable, build_table
from onevoice.exchange.entry import Omission
from onevoice.prose.formats import load_formats
from onevoice.prose.package import Package
from onevoice.prose.styles import read_flag
from onevoice.prose.xml import Node
from onevoice.sheet.table import Row

_CHARACTERS = {"w:tab": " ", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "\u2011", "w:ptab": " "}
# What holds blocks or runs; what a reader of the accepted document does not see.
_WRAPPERS = frozenset(
    ("w:ins", "w:moveTo", "w:customXml", "w:sdt", "w:sdtContent", "w:hyperlink", "w:smartTag", "w:fldSimple", "w:r")
)
_MAX_SPAN = 100


def read_word_tables(path: str, data: bytes) -> tuple[list[DocumentTable], list[Omission]]:
    """The tables of a Word file, and what is next to them. Raises OnevoiceError if it is broken or far too large."""
    package = Package(path, data, load_formats()["docx"])
    root = package.load_root(package.find_main_part())
    body = root.find_child("w:body")
    if body is None:
        raise package.make_broken_error("it contains no text")
    tables = [
        build_table(path, _iter_rows(node), f"table {number}") for number, node in enumerate(_iter_tables(body), 1)
    ]
    texts = sum(1 for node in _iter_blocks(body) if node.tag == "w:p" and _read_text(node).strip())
    omissions = [Omission(path, f"{texts} paragraphs", "in Word files, only tables are read.")] if texts else []
    return tables, omissions


def _iter_blocks(node: Node) -> Iterator[Node]:
    """The paragraphs and tables directly in a body or a cell."""
    left = node.children[::-1]
    while left:
        kid = left.pop()
        if kid.tag in ("w:p", "w:tbl"):
            yield kid
        elif kid.tag in _WRAPPERS:
            left += kid.children[::-1]


def _iter_tables(node: Node) -> Iterator[Node]:
    """All tables, each before those in its cells."""
    left = [node]
    while left:
        here = left.pop()
        if here.tag == "w:tbl":
            yield here
        if here.tag not in ("w:p", "w:del", "w:moveFrom"):
            left += here.children[::-1]


def _iter_rows(table: Node) -> Iterator[Row]:
    number = 0
    for row in _iter_parts(table, "w:tr"):
        settings = row.find_child("w:trPr")
        if settings and settings.find_child("w:del"):
            continue
        number += 1
        cells: list[str] = []
        spans = 0
        for cell in _iter_parts(row, "w:tc"):
            span = _read_span(cell)
            spans += 1
            cells += [_read_cell(cell), *[""] * (span - 1)]
        yield Row(number, cells, is_wide=spans == 1 and len(cells) > 1)


def _iter_parts(node: Node, tag: str) -> Iterator[Node]:
    """The rows of a table or the cells of a row, in content controls and changes too."""
    left = node.children[::-1]
    while left:
        kid = left.pop()
        if kid.tag == tag:
            yield kid
        elif kid.tag in _WRAPPERS:
            left += kid.children[::-1]


def _read_span(cell: Node) -> int:
    span = cell.find_child("w:tcPr", "w:gridSpan")
    given = span.get("w:val") if span else "1"
    return min(int(given), _MAX_SPAN) if given.isascii() and given.isdigit() and int(given[:4]) else 1


def _read_cell(cell: Node) -> str:
    return "\n".join(_read_text(node) for node in _iter_blocks(cell) if node.tag == "w:p").strip("\n")


def _read_text(paragraph: Node) -> str:
    """What a reader sees of a paragraph, without the code of fields and what is hidden."""
    parts: list[str] = []
    left = paragraph.children[::-1]
    while left:
        node = left.pop()
        if node.tag == "w:t":
            parts.append(node.text)
        elif node.tag in _CHARACTERS:
            parts.append(_CHARACTERS[node.tag])
        elif node.tag in _WRAPPERS and not _is_hidden(node):
            left += node.children[::-1]
    return "".join(parts)


def _is_hidden(run: Node) -> bool:
    settings = run.find_child("w:rPr")
    return bool(settings and read_flag(settings, "w:vanish"))
