"""Translations of gettext (.po) -> Prose: what each `msgstr` says, a block for each."""

from __future__ import annotations

import re

from onevoice.prose.block import Block, Comment, Prose
from onevoice.prose.build import Builder
from onevoice.prose.lines import find_line_ranges

_KEYWORD = re.compile(r"[ \t]*(msgctxt|msgid_plural|msgid|msgstr(?:\[\d{1,3}\])?)[ \t]*(?=\")")
_STRING = re.compile(r'[ \t]*"((?:[^"\\]++|\\.)*+)"[ \t]*$')
_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)")
_SIGNS = {"n": "\n", "t": "\t", "r": "\r"}
# What a program puts in: `%s`, `%(name)s`, `%1$d`, `{name}`.
_PLACEHOLDER = re.compile(
    r"%(?:\(\w{1,80}\)|\d{1,2}\$)?[-+#0-9.]{0,8}[sdiufgxXc@]"
    r"|\{[\w.]{0,80}(?:\[[\w.]{1,40}\]){0,3}(?:![a-z])?(?::[^{}\s]{0,40})?\}|</?\w[\w.-]{0,40}/?>"
)
_LANGUAGE = re.compile(r"Language: *([A-Za-z_@-]+)")

Range = tuple[int, int]


def read(path: str, source: str) -> Prose:
    """Translations. `source` is the decoded text; nothing in it can make this fail.

    What is marked as fuzzy or obsolete, programs don't show.
    """
    source = source.lstrip("\ufeff")
    reader = _CatalogReader(source)
    for start, end in find_line_ranges(source):
        reader.read_line(start, end)
    reader.end_entry()
    return Prose(path, source, tuple(reader.blocks), reader.meta, tuple(reader.comments))


class _CatalogReader:
    """Reads line by line; remembers the open entry: its strings by keyword, as ranges of the source."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.blocks: list[Block] = []
        self.comments: list[Comment] = []
        self.meta: dict[str, str] = {}
        self._strings: dict[str, list[Range]] = {}
        self._keyword = ""
        self._is_fuzzy = False

    def read_line(self, start: int, end: int) -> None:
        """A line that is none of an entry's ends it."""
        words = self.source[start:end].strip()
        if words.startswith("#"):
            if "msgstr" in self._strings or "msgstr[0]" in self._strings:
                self.end_entry()
            if words.startswith("# "):
                self.comments.append(Comment(start, end, words[1:].strip()))
            self._is_fuzzy = self._is_fuzzy or (words.startswith("#,") and "fuzzy" in words)
            return
        if keyword := _KEYWORD.match(self.source, start, end):
            if keyword[1] in self._strings or (
                keyword[1] in ("msgctxt", "msgid") and any(map(_is_shown, self._strings))
            ):
                self.end_entry()
            self._keyword = keyword[1]
            self._strings[self._keyword] = []
            start = keyword.end()
        elif not words:
            self.end_entry()
            return
        if self._keyword and (string := _STRING.match(self.source[start:end])):
            self._strings[self._keyword].append((start + string.start(1), start + string.end(1)))

    def end_entry(self) -> None:
        """Add the blocks of the open entry."""
        strings, self._strings, self._keyword = self._strings, {}, ""
        fuzzy, self._is_fuzzy = self._is_fuzzy and bool(strings), self._is_fuzzy and not strings
        if not any(start < end for start, end in strings.get("msgid", ())):
            if language := _LANGUAGE.search(" ".join(self.source[slice(*one)] for one in strings.get("msgstr", ()))):
                self.meta.setdefault("lang", language[1])
            return
        for keyword, ranges in strings.items():
            if _is_shown(keyword) and not fuzzy and (block := self._build_block(ranges)):
                self.blocks.append(block)

    def _build_block(self, ranges: list[Range]) -> Block | None:
        builder = Builder(self.source, syntax="yaml", mark='"')
        for start, end in ranges:
            at = start
            for found in _PLACEHOLDER.finditer(self.source, start, end):
                self._feed_words(builder, at, found.start())
                builder.add_object(*found.span())
                at = found.end()
            self._feed_words(builder, at, end)
        return builder.build_block()

    def _feed_words(self, builder: Builder, start: int, end: int) -> None:
        at = start
        for escape in _ESCAPE.finditer(self.source, start, end):
            if escape.start() > at:
                builder.add_words(at, escape.start())
            builder.add_unit(*escape.span(), _decode_escape(escape[1]))
            at = escape.end()
        if end > at:
            builder.add_words(at, end)


def _is_shown(keyword: str) -> bool:
    return keyword.startswith("msgstr")


def _decode_escape(sign: str) -> str:
    if sign[0] == "x" and len(sign) > 1:
        return chr(int(sign[1:], 16))
    if sign[0] in "01234567":
        return chr(int(sign, 8))
    return _SIGNS.get(sign, sign)
