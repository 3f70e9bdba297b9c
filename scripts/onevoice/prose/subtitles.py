"""Subtitles (SubRip, WebVTT) -> Prose: what people read on the screen, a block for each cue and speaker."""

from __future__ import annotations

import re

from onevoice.prose.block import Prose
from onevoice.prose.build import ENTITY, feed_source
from onevoice.prose.lines import LineReader

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
    reader = _SubtitleReader(source.lstrip("\ufeff"))
    reader.read_lines()
    return reader.build_prose(path)


class _SubtitleReader(LineReader):
    """Reads line by line; remembers which part of the file is open. is_web: it is WebVTT."""

    def __init__(self, source: str) -> None:
        self.is_web = source.startswith(_WEB)
        super().__init__(source, _feed_inline, "html" if self.is_web else "text")
        # Players of SubRip show what is around the cues; those of WebVTT don't.
        self._is_shown = not self.is_web
        self._in_cue = False
        self._note = -1

    def read_lines(self) -> None:
        """The whole file."""
        times = [_TIMES.match(self.source, start, end) is not None for start, end in self.lines]
        for (start, end), is_time, is_named in zip(self.lines, times, [*times[1:], False], strict=True):
            self._read_line(start, end, is_time=is_time, is_named=is_named)
        self._end_part(len(self.source))

    def _read_line(self, start: int, end: int, *, is_time: bool, is_named: bool) -> None:
        """is_named: the next line has times, so that this one is the number or the name of a cue."""
        if start == end or not self.source[start:end].strip():
            self._end_part(start)
        elif is_time:
            self._end_part(start)
            self._is_shown = self._in_cue = True
        elif is_named and (not self._in_cue or (self.is_open and self.source[start:end].strip().isdigit())):
            self._end_part(start)
        elif self._is_shown:
            self._read_words(start, end)
        elif self._note < 0 and _NOTE.match(self.source, start, end):
            self._note = start

    def _end_part(self, end: int) -> None:
        """End the open cue or note."""
        self.end_block()
        self._is_shown, self._in_cue = not self.is_web, False
        if self._note >= 0:
            self.add_comment(self._note, end, self._note + len("NOTE"))
            self._note = -1

    def _read_words(self, start: int, end: int) -> None:
        while markup := _MARKUP.match(self.source, start, end):
            start = markup.end()
        if dash := _DASH.match(self.source, start, end):
            self.end_block()
            start = dash.end()
        # A line of markup alone begins the block, too.
        builder, at = self.builder, start
        for markup in _MARKUP.finditer(self.source, start, end):
            _feed_inline(self, at, markup.start())
            at = markup.end()
        _feed_inline(self, at, end)
        builder.add_break(end)


def _feed_inline(reader: _SubtitleReader, start: int, end: int) -> None:
    if reader.source[start:end].strip() or (start < end and reader.is_open and reader.builder.length):
        feed_source(reader.builder, start, end, ENTITY if reader.is_web else None)
