"""Markdown -> its headings, paragraphs, items, definitions and tables, each on its line, with the words that stand out.

What is emphasized, code or in quotation marks is between two signs that no text has: people who write about words set
them apart that way.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

import pyromark
from pyromark import Options

from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.prose import front

OPEN, CLOSE = "\ue000", "\ue001"
Kind = Literal["heading", "paragraph", "item", "title", "definition", "table"]
_PARSER = pyromark.Markdown(
    options=Options.ENABLE_TABLES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_GFM
    | Options.ENABLE_HEADING_ATTRIBUTES
    | Options.ENABLE_DEFINITION_LIST
)
_KINDS: dict[str, Kind] = {
    "Heading": "heading",
    "Paragraph": "paragraph",
    "Item": "item",
    "DefinitionListTitle": "title",
    "DefinitionListDefinition": "definition",
    "TableCell": "table",
}
_MARKS = ("Strong", "Emphasis", "Strikethrough")
_SILENT = ("CodeBlock", "HtmlBlock", "MetadataBlock")
_QUOTED = re.compile(r"[“”„\"]([^“”„\"\ue000\ue001]{1,80})[“”\"]|(?<!\w)['‘]([^'‘’\ue000\ue001]{1,60})['’](?!\w)")
_MARKED = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")


@dataclass
class Unit:
    """A part of a document that is about one thing.

    text: with signs around what stands out; of a table, "". level: of a heading; of an item, how deep it is. rows: of a
    table, each with its line and the plain texts of its cells.
    """

    kind: Kind
    line: int
    text: str = ""
    level: int = 0
    rows: list[tuple[int, list[str]]] = field(default_factory=list)


def read_outline(path: str, source: str) -> list[Unit]:
    """The parts of a Markdown document, in order, without its front matter, code and HTML.

    path: for the message of the OnevoiceError that is raised if it is far too long.
    """
    if source.count("\n") > limits.MAX_LIST_VALUES:
        raise OnevoiceError(
            f"{path}: this has more than {limits.MAX_LIST_VALUES:,} lines, and no word list has. Split it."
        )
    source = source.replace(OPEN, "").replace(CLOSE, "")
    end = front.find_front_end(source)
    source = re.sub(r"[^\n]", " ", source[:end]) + source[end:]
    return _Reader(source).read_events(_PARSER.events_with_range(source))


def strip_marks(text: str) -> str:
    """A text without the signs around what stands out, on one line."""
    return " ".join(text.replace(OPEN, "").replace(CLOSE, "").split())


def list_marked(text: str) -> list[str]:
    """What stands out in a text."""
    found = (" ".join(match[1].split()) for match in _MARKED.finditer(text))
    return [word for word in found if word]


class _Reader:
    def __init__(self, source: str) -> None:
        data = source.encode("utf-8", "replace")
        self._starts = [0, *(match.end() for match in re.finditer(b"\n", data))]
        self._units: list[Unit] = []
        self._open: list[Unit] = []
        self._parts: list[list[str]] = []
        self._marks = self._silent = self._lists = 0

    def read_events(self, events: Iterable[tuple[Any, Any]]) -> list[Unit]:
        for event, place in events:
            line = bisect.bisect(self._starts, place["start"])
            if isinstance(event, str):
                self._add_text(" " if event in ("SoftBreak", "HardBreak") else "")
                continue
            ((name, value),) = event.items()
            tag = next(iter(value)) if isinstance(value, dict) else value
            if name == "Start":
                self._start_tag(str(tag), value, line)
            elif name == "End":
                self._end_tag(str(tag))
            elif name in ("Text", "Code"):
                self._add_text(value if name == "Text" else self._wrap_mark(value))
        return [unit for unit in self._units if unit.kind == "table" or unit.text]

    def _wrap_mark(self, text: str) -> str:
        return text if self._marks else f"{OPEN}{text}{CLOSE}"

    def _add_text(self, text: str) -> None:
        if self._parts and not self._silent:
            self._parts[-1].append(text)

    def _start_tag(self, tag: str, value: Any, line: int) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _MARKS:
            self._add_text("" if self._marks else OPEN)
            self._marks += 1
        elif tag == "List":
            self._lists += 1
        elif tag == "Table":
            self._units.append(Unit("table", line))
        elif tag in ("TableHead", "TableRow"):
            self._units[-1].rows.append((line, []))
        elif tag in _KINDS and not (tag == "Paragraph" and self._is_inside_item()):
            unit = Unit(_KINDS[tag], line, level=self._lists)
            if tag == "Heading":
                unit.level = int(value["Heading"]["level"][1:])
            if unit.kind != "table":
                self._units.append(unit)
            self._open.append(unit)
            self._parts.append([])
        elif tag == "Paragraph":
            self._add_text(" ")

    def _is_inside_item(self) -> bool:
        return bool(self._open) and self._open[-1].kind in ("item", "definition")

    def _end_tag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent -= 1
        elif tag in _MARKS:
            self._marks -= 1
            self._add_text("" if self._marks else CLOSE)
        elif tag == "List":
            self._lists -= 1
        elif tag in _KINDS and not (tag == "Paragraph" and self._is_inside_item()):
            unit, text = self._open.pop(), "".join(self._parts.pop())
            if unit.kind == "table":
                self._units[-1].rows[-1][1].append(strip_marks(text))
            else:
                unit.text = " ".join(_mark_quoted(text).split())


def _mark_quoted(text: str) -> str:
    """A text in which what is in quotation marks stands out, too, without them."""
    parts = re.split(f"({OPEN}[^{CLOSE}]*{CLOSE})", text)
    return "".join(
        part if part.startswith(OPEN) else _QUOTED.sub(lambda match: f"{OPEN}{match[1] or match[2]}{CLOSE}", part)
        for part in parts
    )
