"""What an office file says -> Prose: one paragraph per line, each with the place where people find it."""

from __future__ import annotations

from typing import Any, NamedTuple

from onevoice.prose.block import OBJECT, Block, Piece, Prose
from onevoice.prose.xml import Node

# Anything that some program takes for the end of a line, so that a paragraph stays one line everywhere.
LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_SPACE = dict.fromkeys(map(ord, LINE_ENDS), " ")


class Atom(NamedTuple):
    """A run of a line's text.

    at: where it begins in the line. node: the element whose text it is, or None. anchor: the element that a comment
    can be put around, or None.
    """

    at: int
    node: Node | None
    anchor: Node | None


class Line:
    """One paragraph. Feed it text from left to right."""

    def __init__(self, kind: str, place: str, quoted: bool = False) -> None:
        self.kind, self.place, self.quoted = kind, place, quoted
        self.links: list[tuple[int, int]] = []
        self.quotes: list[tuple[int, int]] = []
        # Fields, which programs fill in again, with the elements in which they begin and end.
        self.fields: list[tuple[int, int, tuple[Node, Node]]] = []
        self.atoms: list[Atom] = []
        self.length = 0
        self._parts: list[str] = []
        self._units: list[tuple[int, int]] = []

    def add_words(self, text: str, node: Node | None = None, anchor: Node | None = None) -> None:
        """What a reader reads."""
        if text:
            self.atoms.append(Atom(self.length, node, anchor))
            self._parts.append(text.translate(_SPACE))
            self.length += len(text)

    def add_object(self, anchor: Node | None = None) -> None:
        """Something that is not words."""
        self._add_unit(OBJECT, anchor)

    def add_break(self, anchor: Node | None = None) -> None:
        """A line break."""
        self._add_unit("\n", anchor)

    def _add_unit(self, sign: str, anchor: Node | None) -> None:
        self.atoms.append(Atom(self.length, None, anchor))
        self._units.append((self.length, len(self._parts)))
        self._parts.append(sign)
        self.length += 1

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def build_block(self, start: int) -> Block:
        """The block. start: where the line begins in the document."""
        pieces, at = [], 0
        for place, number in self._units:
            if place > at:
                pieces.append(Piece(at, start + at, start + place))
            pieces.append(Piece(place, start + place, start + place + 1, False, self._parts[number] == "\n"))
            at = place + 1
        if at < self.length:
            pieces.append(Piece(at, start + at, start + self.length))
        ranges = tuple(sorted(self.links)), tuple(self.quotes)
        return Block(self.text, tuple(pieces), self.kind, self.quoted, *ranges, syntax="plain")


def drop_empty_lines(lines: list[Line]) -> list[Line]:
    """The lines that say something: those that have a line in the document."""
    return [line for line in lines if line.text.replace(OBJECT, "").strip()]


def build_prose(path: str, lines: list[Line], meta: dict[str, Any] | None = None) -> Prose:
    """The document. Its source is the text, one paragraph per line; a line break in a paragraph is a space.

    meta: as of `Prose`.
    """
    blocks, places, parts, at = [], [], [], 0
    for line in drop_empty_lines(lines):
        blocks.append(line.build_block(at))
        places.append(line.place)
        parts.append(line.text.replace("\n", " "))
        at += line.length + 1
    source = "".join(f"{part}\n" for part in parts)
    return Prose(path, source, tuple(blocks), meta or {}, places=tuple(places))
