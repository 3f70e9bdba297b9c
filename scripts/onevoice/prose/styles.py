"""The styles of a Word file: what a paragraph or a run is, told by the style it has.

A style's name is English in every language of Word; its id, which paragraphs use, is not.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from onevoice.prose.xml import Node

# A table of contents repeats headings, in their letters.
_KINDS = (
    (re.compile(r"(heading|toc) ?\d|toc heading"), "heading"),
    (re.compile(r"title|subtitle"), "title"),
    (re.compile(r"list\b.*"), "item"),
)
_QUOTES = re.compile(r"(intense )?quote( char)?|block text|quotations?")
_CODE = re.compile(
    r"html (code|keyboard|preformatted|sample|typewriter)( char)?|macro( text)?|(source )?code|verbatim char"
    r"|preformatted text|source text"
)
_OFF = ("0", "false", "off")


class Look(NamedTuple):
    """What a style makes of a text. kind: as of a block, or "". hidden: not shown."""

    kind: str = ""
    quoted: bool = False
    code: bool = False
    hidden: bool = False


class Styles:
    """The styles of one file, by id."""

    def __init__(self, root: Node | None) -> None:
        self._nodes: dict[str, Node] = {}
        self._looks: dict[str, Look] = {}
        self._default = ""
        for node in root.children if root else ():
            if node.tag == "w:style":
                self._nodes.setdefault(node.get("w:styleId"), node)
                if node.get("w:type") == "paragraph" and is_on(node.get("w:default", "0")):
                    self._default = node.get("w:styleId")

    def resolve_paragraph(self, settings: Node | None) -> Look:
        """What a paragraph is. settings: its `w:pPr`."""
        style = settings.find_child("w:pStyle") if settings else None
        look = self._resolve_look(style.get("w:val") if style else self._default)
        kind = _resolve_paragraph_kind(settings) if settings else None
        return look if kind is None or look.kind in ("heading", "title") else look._replace(kind=kind)

    def resolve_run(self, settings: Node | None) -> Look:
        """What a run is. settings: its `w:rPr`."""
        if settings is None:
            return _PLAIN
        style = settings.find_child("w:rStyle")
        look = self._resolve_look(style.get("w:val")) if style else _PLAIN
        hidden = read_flag(settings, "w:vanish")
        return look if hidden is None else look._replace(hidden=hidden)

    def _resolve_look(self, name: str) -> Look:
        chain: dict[str, Node] = {}
        # A circle of styles ends where it began.
        while name in self._nodes and name not in chain and name not in self._looks:
            chain[name] = self._nodes[name]
            basis = chain[name].find_child("w:basedOn")
            name = basis.get("w:val") if basis else ""
        look = self._looks.get(name, _PLAIN)
        for one, node in reversed(chain.items()):
            look = self._looks[one] = _build_look(node, look)
        return look


_PLAIN = Look()


def _build_look(node: Node, base: Look) -> Look:
    """The look of a style that is based on another."""
    title, settings = node.find_child("w:name"), node.find_child("w:pPr")
    name = title.get("w:val").lower() if title else ""
    kind = next((kind for pattern, kind in _KINDS if pattern.fullmatch(name)), None)
    if kind is None and settings:
        kind = _resolve_paragraph_kind(settings)
    hidden = read_flag(node.find_child("w:rPr"), "w:vanish")
    return Look(
        base.kind if kind is None else kind,
        base.quoted or bool(_QUOTES.fullmatch(name)),
        base.code or bool(_CODE.fullmatch(name)),
        base.hidden if hidden is None else hidden,
    )


def is_on(value: str) -> bool:
    """Whether a switch with this value (such as `1`, `on`, or nothing) is on."""
    return value not in _OFF


def read_flag(settings: Node | None, name: str) -> bool | None:
    """Whether a setting is on; None if it is not made."""
    node = settings.find_child(name) if settings else None
    return None if node is None else is_on(node.get("w:val"))


def _resolve_paragraph_kind(settings: Node) -> str | None:
    """The kind that the settings of a paragraph make it; None if they leave it."""
    level, number = settings.find_child("w:outlineLvl"), settings.find_child("w:numPr")
    if level and level.get("w:val") in tuple("012345678"):
        return "heading"
    if number:
        identity = number.find_child("w:numId")
        return "" if identity and identity.get("w:val") == "0" else "item"
    return None
