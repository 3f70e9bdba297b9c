"""What an email holds -> the lines of one text: its subject, its bodies and its attachments, each with its place."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.prose import html, text
from onevoice.prose.block import OBJECT, Block, Piece, Prose
from onevoice.prose.formats import find_ending, find_format
from onevoice.prose.sheet import LINE_ENDS

# What else some program takes for the end of a line; and the runs of a text, with what is no word by itself.
_SPACE = {ord(sign): " " for sign in LINE_ENDS if sign != "\n"}
_RUN = re.compile(rf"[^\n{OBJECT}]+|[\n{OBJECT}]")
# Nobody writes in these: pictures of a signature, seals.
_SILENT = ("image/", "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
BODY = "body"
_MAX_NAME = 40
_Value = TypeVar("_Value")


class Letter:
    """An email as one text. unread: what of it isn't read, with the reasons."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.unread: list[str] = []
        self.title = ""
        self._source: list[str] = []
        self._places: list[str] = []
        self._length = self._parts = 0

    def add_subject(self, words: str, place: str) -> None:
        """The subject. place: of the mail in another one, or ""."""
        words = " ".join(words.split())
        if words:
            self._add_block(Block(words, (), "title"), [_join_places(place, "subject")])
        self.title = self.title or words

    def add_bodies(self, bodies: Sequence[tuple[str, str]], place: str) -> None:
        """One body in several forms, of which the first that says something is read. bodies: each with its type."""
        place = _join_places(place, BODY)
        for kind, source in bodies:
            if len(source) > limits.MAX_TEXT_BYTES:
                self.unread.append(f"{place}: {_explain_size()}")
                continue
            prose = html.read("", source) if kind == "text/html" else text.read("", source)
            if prose.blocks:
                self._add_prose(prose, place, has_lines=kind != "text/html")
                return

    def add_attachment(self, name: str, kind: str, data: bytes, place: str) -> None:
        """A file. kind: its type, as the mail says."""
        from onevoice.prose.read import read_prose

        place = _join_places(place, f"attachment {name}")
        if not find_format(name):
            if not kind.startswith(_SILENT):
                self.unread.append(place)
            return
        try:
            prose = read_prose(name, data)
        except OnevoiceError as error:
            self.unread.append(f"{place}: {str(error).removeprefix(name).lstrip(': ')}")
            return
        self.unread += (f"{place}, {reason}" for reason in prose.unread)
        if not prose.blocks and not prose.unread and find_ending(name).lower() not in (".txt", ".md"):
            self.unread.append(f"{place}: it has no text")
        self._add_prose(prose, place, has_lines=True)

    def claim_part(self, place: str, depth: int) -> bool:
        """Whether one more part is read, this deep in others. If it isn't, that's noted once."""
        self._parts += 1
        if depth > limits.MAX_MAIL_DEPTH:
            self._note_once(f"{place or BODY}: parts within more than {limits.MAX_MAIL_DEPTH} others")
            return False
        if self._parts > limits.MAX_MAIL_PARTS:
            self._note_once(f"all after the first {limits.MAX_MAIL_PARTS} parts")
            return False
        return True

    def build_prose(self, path: str) -> Prose:
        """The mail as one text."""
        meta = {"title": self.title} if self.title else {}
        source = "".join(self._source)
        return Prose(path, source, tuple(self.blocks), meta, places=tuple(self._places), unread=tuple(self.unread))

    def _add_prose(self, prose: Prose, place: str, *, has_lines: bool) -> None:
        """has_lines: people find a place by the number of its line, if it has no other."""
        for block in prose.blocks:
            places, at = [], 0
            for words in block.text.split("\n"):
                start = block.map_to_source(at, at + 1)[0] if words else block.start
                number = prose.locate_span(start, start).line
                inner = prose.places[number - 1] if prose.places else f"line {number}" if has_lines else ""
                places.append(_join_places(place, inner))
                at += len(words) + 1
            self._add_block(block, places)

    def _add_block(self, block: Block, places: list[str]) -> None:
        """Add a block of another text to this one. places: of each of its lines."""
        text = block.text.translate(_SPACE)
        pieces = []
        for run in _RUN.finditer(text):
            first, last = (self._length + at for at in run.span())
            pieces.append(Piece(run.start(), first, last, run[0] not in ("\n", OBJECT), run[0] != OBJECT))
        self.blocks.append(dataclasses.replace(block, text=text, pieces=tuple(pieces), syntax="plain", mark=""))
        self._source.append(f"{text}\n")
        self._places += places
        self._length += len(text) + 1

    def _note_once(self, said: str) -> None:
        if said not in self.unread:
            self.unread.append(said)


def name_mail(place: str, name: str) -> str:
    """The place of an email within another one. name: its subject, or the name of its file."""
    words = " ".join(name.split())
    return _join_places(place, f'mail "{words[:_MAX_NAME]}"')


def ask_library(question: Callable[[], _Value], otherwise: _Value) -> _Value:
    """What a library says of a part of an email. At some broken headers it stops, and they must not cost the rest."""
    try:
        return question()
    except Exception:
        return otherwise


def _join_places(*places: str) -> str:
    return ", ".join(filter(None, places))


def _explain_size() -> str:
    return f"over {limits.MAX_TEXT_BYTES >> 20} MB of text"
