"""What readers of markup have in common that go through a text line by line."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from onevoice.prose.block import Block, Comment, Prose
from onevoice.prose.build import Builder

_LINE = re.compile(r"([^\r\n]*)(?:\r\n?|\n|\Z)")


def find_line_ranges(source: str) -> list[tuple[int, int]]:
    """Where each line begins and ends, without its line end."""
    return [line.span(1) for line in _LINE.finditer(source)]


class LineReader:
    """Puts blocks together from lines.

    feed_inline: feeds a range of a line to the open block (`builder`). syntax: as of `Builder`. quoted, kind: of the
    blocks that begin now; the kind is `paragraph` again after each. is_fixed: nobody may change what is fed now.
    """

    def __init__(self, source: str, feed_inline: Callable[[Any, int, int], None], syntax: str = "text") -> None:
        self.source = source
        self.lines = find_line_ranges(source)
        self.blocks: list[Block] = []
        self.comments: list[Comment] = []
        self.quoted = self.is_fixed = False
        self.kind = "paragraph"
        self._feed_inline, self._syntax = feed_inline, syntax
        self._builder: Builder | None = None

    @property
    def is_open(self) -> bool:
        """Whether a block is open."""
        return self._builder is not None

    @property
    def builder(self) -> Builder:
        """The open block; a new one, if none is."""
        if self._builder is None:
            self._builder = Builder(self.source, self.kind, self.quoted, self._syntax)
        return self._builder

    def feed(self, start: int, end: int) -> None:
        """Feed a range of one line to the open block."""
        words = self.source[start:end]
        start, end = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
        if start < end:
            self._feed_inline(self, start, end)
            self.builder.add_break(end)

    def feed_plain(self, start: int, end: int) -> None:
        """Feed what has no markup."""
        if start < end:
            (self.builder.add_fixed_words if self.is_fixed else self.builder.add_words)(start, end)

    def add_block(self, start: int, end: int, kind: str, *, fixed: bool = False) -> None:
        """A block of one range. fixed: nobody may change it, as the line below a title is as long as the title."""
        self.end_block()
        self.kind = kind
        if fixed:
            self.builder.add_fixed_words(start, end)
        else:
            self.feed(start, end)
        self.end_block()

    def end_block(self) -> None:
        """End the open block."""
        if self._builder and (block := self._builder.build_block()):
            self.blocks.append(block)
        self._builder, self.kind = None, "paragraph"

    def add_comment(self, start: int, end: int, words: int) -> None:
        """A comment. words: where its words begin."""
        self.comments.append(Comment(start, end, self.source[words:end].strip()))

    def extend_comment(self, end: int) -> None:
        """The last comment has one more line."""
        last = self.comments[-1]
        more = self.source[last.end : end].strip()
        self.comments[-1] = Comment(last.start, end, f"{last.text}\n{more}".strip())

    def build_prose(self, path: str) -> Prose:
        """The document, once all lines are read."""
        return Prose(path, self.source, tuple(self.blocks), comments=tuple(self.comments))
