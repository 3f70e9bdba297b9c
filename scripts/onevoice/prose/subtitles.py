"""Subtitles (SubRip, WebVTT) -> Prose: what people read on the screen, a block for each cue and speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onevoice.prose.block import Block, Comment, Prose
from onevoice.prose.build import ENTITY, Builder, feed_source

_LINE = re.compile(r"([^\r\n]*)(?:\r\n?|\n|\Z)")
_TIMES = re.compile(r"[ \t]*(?:\d{1,5}:)?\d{1,2}:\d{1,2}[.,]\d{1,3}[ \t]*-->")
# Tags of type and voices, and where on the screen it is.
_MARKUP = re.compile(r"</?[A-Za-z0-9][^<>\r\n]*>|\{\\[^{}\r\n]*\}")
# With a dash, somebody else speaks.
_DASH = re.compile(r"[ \t]*[-\u2010-\u2015][ \t]*(?=\S)")
_WEB, _NOTE = "WEBVTT", re.compile(r"NOTE(?=[ \t]|$)")


def read(path: str, source: str) -> Prose:
    """Subtitles. `source` is the decoded text; nothing in it can make this fail.

    Notes of WebVTT are comments. Numbers, names of cues, times, styles and regions are not prose.
    """
    source = source.lstrip("\ufeff")
    reader = _SubtitleReader(source, source.startswith(_WEB))
    lines = list(_iter_lines(source))
    for number, (start, end) in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else (end, end)
        reader.read_line(start, end, is_named=_is_time(source, *following))
    reader.end_part(len(source))
    return Prose(path, source, tuple(reader.blocks), comments=tuple(reader.comments))


class _SubtitleReader:
    """Reads line by line; remembers which part of the file is open. is_web: it is WebVTT."""

    def __init__(self, source: str, is_web: bool) -> None:
        self.source, self.is_web = source, is_web
        self.blocks: list[Block] = []
        self.comments: list[Comment] = []
        self._builder: Builder | None = None
        # Players of SubRip show what is around the cues; those of WebVTT don't.
        self._is_shown = not is_web
        self._in_cue = False
        self._note = -1

    def read_line(self, start: int, end: int, *, is_named: bool) -> None:
        """is_named: the next line has times, so that this one is the number or the name of a cue."""
        if start == end or not self.source[start:end].strip():
            self.end_part(start)
        elif _is_time(self.source, start, end):
            self.end_part(start)
            self._is_shown = self._in_cue = True
        elif is_named and (not self._in_cue or (self._builder and self.source[start:end].strip().isdigit())):
            self.end_part(start)
        elif self._is_shown:
            self._read_words(start, end)
        elif self._note < 0 and _NOTE.match(self.source, start, end):
            self._note = start

    def end_part(self, end: int) -> None:
        """End the open cue or note."""
        self._end_block()
        self._is_shown, self._in_cue = not self.is_web, False
        if self._note >= 0:
            said = self.source[self._note : end].removeprefix("NOTE").strip()
            self.comments.append(Comment(self._note, end, said))
            self._note = -1

    def _read_words(self, start: int, end: int) -> None:
        while markup := _MARKUP.match(self.source, start, end):
            start = markup.end()
        if dash := _DASH.match(self.source, start, end):
            self._end_block()
            start = dash.end()
        builder = self._builder = self._builder or Builder(self.source, syntax="html" if self.is_web else "text")
        at = start
        for markup in _MARKUP.finditer(self.source, start, end):
            self._feed(builder, at, markup.start())
            at = markup.end()
        self._feed(builder, at, end)
        builder.add_break(end)

    def _feed(self, builder: Builder, start: int, end: int) -> None:
        if self.source[start:end].strip():
            feed_source(builder, start, end, ENTITY if self.is_web else None)

    def _end_block(self) -> None:
        if self._builder and (block := self._builder.build_block()):
            self.blocks.append(block)
        self._builder = None


def _iter_lines(source: str) -> Iterator[tuple[int, int]]:
    for line in _LINE.finditer(source):
        yield line.span(1)


def _is_time(source: str, start: int, end: int) -> bool:
    return _TIMES.match(source, start, end) is not None
