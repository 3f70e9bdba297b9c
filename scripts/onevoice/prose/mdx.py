"""MDX -> Markdown of the same words: statements and expressions are code, and what is in a component is Markdown.

Source: the syntax of MDX 3. It has no indented code, so that the indentation of a component's content says nothing: it
is taken away, and what is kept says where each line was.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

Range = tuple[int, int]

_TOKEN = re.compile(
    r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})[^\n]*$"
    r"|^(?P<statement>import|export)(?=[ \t\n{*'\"])"
    r"|(?P<ticks>`+)|\\.|(?P<brace>\{)|(?P<comment><!--)"
    r"|(?P<tag><(?:/[ \t]*)?(?!https?:|mailto:)(?P<name>[A-Za-z][\w.:-]*(?=[\s/>])|(?=>)))",
    re.MULTILINE | re.DOTALL,
)
# Strings and comments of JavaScript hold brackets that open nothing.
_SCRIPT = re.compile(
    r"""(?P<open>[({\[])|(?P<close>[)}\]])"""
    r"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*+(?:`|\Z)|/\*.*?(?:\*/|\Z)|//[^\n]*""",
    re.DOTALL,
)
MAX_INDENTATIONS = 12
_BLANK_LINE = re.compile(r"\n[ \t]*\r?(?:\n|\Z)")
_INDENT = re.compile(r"[ \t]*")
# What is in these is no Markdown: the reader of Markdown knows them.
_CODE_TAGS = frozenset(("code", "pre", "script", "style", "kbd", "samp", "svg", "math", "textarea", "iframe"))


class Tag(NamedTuple):
    """A tag of a component: where it is. is_first: nothing but other tags stands before it on its line."""

    start: int
    end: int
    name: str
    is_closing: bool
    is_whole: bool
    is_first: bool


@dataclass
class MdxText:
    """code: the ranges of statements and expressions, in order and apart. tags: those that begin a line.

    values: the ranges of expressions within the tags that begin a line, in order and apart.
    """

    code: list[Range] = field(default_factory=list)
    values: list[Range] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)


def scan_mdx(text: str) -> MdxText:
    """Where the code and the components of a text are."""
    found = MdxText()
    pairs = _BracePairs(text)
    at = first_end = statement_end = closed = 0
    while token := _TOKEN.search(text, at):
        start, at = token.start(), max(token.end(), at + 1)
        if fence := token["fence"]:
            at = _find_fence_end(text, fence, at)
        elif ticks := token["ticks"]:
            closing = re.compile(rf"(?<!`)`{{{len(ticks)}}}(?!`)").search(text, at)
            # A span ends within its paragraph.
            if closing and not _BLANK_LINE.search(text, at, closing.start()):
                at = closing.end()
        elif token["statement"]:
            if _begins_block(text, start) or not text[statement_end:start].strip():
                at = statement_end = pairs.find_statement_end(start)
                found.code.append((start, at))
        elif token["brace"]:
            if end := pairs.find_end(start):
                found.code.append((start, end))
                at = end
        elif token["comment"]:
            # If nothing closes one, nothing closes those behind it either.
            closed = text.find("-->", at) if closed >= 0 else closed
            at = closed + 3 if closed >= 0 else at
        elif token["tag"] and (parts := _find_tag_parts(text, token.end(), pairs)):
            end, values = parts
            line = text.rfind("\n", 0, start) + 1
            is_first = not text[max(line, first_end) : start].strip(" \t")
            name, whole = token["name"] or "", text[start:end]
            is_cut = is_first and name not in _CODE_TAGS
            tag = Tag(start, end, name, whole.startswith("</"), whole.endswith("/>"), is_cut)
            found.tags.append(tag)
            if is_cut:
                found.values += values
                at = first_end = end
    return found


def list_kept_ranges(text: str, tags: list[Tag]) -> list[Range]:
    """The ranges of a text without the tags that begin lines and the indentation of what stands between them."""
    kept: list[Range] = []
    # Of each open component: its name, its own indentation, and by how much its content is moved.
    opened: list[tuple[str, int, int]] = []
    names: Counter[str] = Counter()
    shift, is_fresh = 0, False
    waiting, number = 0, 0
    for start, end in _iter_lines(text):
        indent = _measure_indent(text, start, end)
        at = start + indent
        if waiting > start:  # a tag that began on an earlier line
            at = min(waiting, end)
        # Whatever comes first in a component says how far its content is indented.
        if is_fresh and text[start + indent : end].strip() and not text.startswith("</", start + indent):
            shift, is_fresh = shift + max(indent - opened[-1][1], 0), False
        own = shift
        begun = number
        while number < len(tags) and tags[number].start < end:
            tag = tags[number]
            number += 1
            if tag.is_first and tag.start >= start:
                at = max(at, min(tag.end, end))
                waiting = tag.end
        for tag in tags[begun:number]:
            if tag.is_closing:
                while names[tag.name]:
                    name, _, shift = opened.pop()
                    names[name] -= 1
                    is_fresh = False
                    if name == tag.name:
                        break
                own = min(own, shift)
            elif tag.is_first and not tag.is_whole:
                opened.append((tag.name, indent, shift))
                names[tag.name] += 1
                is_fresh = True
        rest = text[at:end].strip()
        if not rest:
            kept.append((min(_find_line_end(text, start, end), end), end))
            continue
        kept.append((start + min(own, indent), start + indent))
        kept.append((at if at > start + indent else start + indent, end))
    return [(start, end) for start, end in kept if start < end]


def drop_indentation(text: str, kept: list[Range], find_samples: Callable[[str], list[list[int]]]) -> list[Range]:
    """The ranges of a text without the indentation that would make code of words.

    kept: the ranges that are left of it. find_samples: of each indented code sample of a text, where its lines begin,
    behind their indentation.
    """
    # What is indented within what was indented comes up in the next round; nobody indents more often than that.
    for _ in range(MAX_INDENTATIONS):
        part = "".join(text[start:end] for start, end in kept)
        if "    " not in part and "\t" not in part:
            break
        drops = [drop for lines in find_samples(part) for drop in _iter_drops(part, lines)]
        if not drops:
            break
        kept = list(_cut_ranges(kept, drops))
    return kept


def _iter_drops(part: str, lines: list[int]) -> Iterator[Range]:
    """The indentation of the first of the lines, at each of them."""
    extra = _INDENT.match(part, lines[0])
    columns = len((extra.group() if extra else "").expandtabs(4))
    for at in lines:
        start, width = at, 0
        while start and width < 4 and part[start - 1] in " \t":
            start -= 1
            width += 4 if part[start] == "\t" else 1
        end, width = at, 0
        while width < columns and part[end : end + 1] in (" ", "\t"):
            width += 4 if part[end] == "\t" else 1
            end += 1
        if start < end:
            yield start, end


def _cut_ranges(kept: list[Range], drops: list[Range]) -> Iterator[Range]:
    """The ranges without some ranges of the text that they make, which are in order."""
    before = number = 0
    for start, end in kept:
        shift, at = start - before, start
        before += end - start
        while number < len(drops) and drops[number][0] + shift < end:
            first, last = drops[number][0] + shift, drops[number][1] + shift
            if first > at:
                yield at, first
            at = max(at, min(last, end))
            if last > end:
                drops[number] = (before, drops[number][1])
                break
            number += 1
        if at < end:
            yield at, end


class _BracePairs:
    """The braces of a text that pair as JavaScript's do, found once however many of them never close."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends: dict[int, int] = {}
        self._read = 0
        self._is_broken = False

    def find_end(self, start: int) -> int | None:
        """Behind the brace that closes this one; None if none does."""
        if start >= self._read:
            self._read_from(start)
        return self._ends.get(start)

    def find_statement_end(self, start: int) -> int:
        """Where a statement ends: at the first blank line at which no bracket and no text is open."""
        text, depth, last = self._text, 0, start
        signs = _SCRIPT.finditer(text, start)
        sign = next(signs, None)
        first = None
        for blank in _BLANK_LINE.finditer(text, start):
            first = blank.start() if first is None else first
            if self._is_broken:
                return first
            while sign and sign.start() < blank.start():
                depth += bool(sign["open"]) - bool(sign["close"])
                last, sign = sign.end(), next(signs, None)
            if depth <= 0 and last <= blank.start():
                return blank.start()
        self._is_broken = first is not None
        return len(text) if first is None else first

    def _read_from(self, start: int) -> None:
        waiting: list[int] = []
        for sign in _SCRIPT.finditer(self._text, start):
            if sign["open"] == "{":
                waiting.append(sign.start())
            elif sign["close"] == "}":
                self._ends[waiting.pop()] = sign.end()
                if not waiting:
                    self._read = sign.end()
                    return
        self._read = len(self._text)


def _begins_block(text: str, start: int) -> bool:
    return not text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : start].strip()


def _find_fence_end(text: str, fence: str, at: int) -> int:
    closing = re.compile(rf"^[ \t>]*{fence[0]}{{{len(fence)},}}[ \t]*\r?$", re.MULTILINE).search(text, at)
    return closing.end() if closing else len(text)


_IN_TAG = re.compile(r"""[<>{]|"[^"]*"|'[^']*'""")


def _find_tag_parts(text: str, at: int, pairs: _BracePairs) -> tuple[int, list[Range]] | None:
    """Where a tag ends, and the expressions in it; None if it does not end."""
    values: list[Range] = []
    while at < len(text):
        sign = _IN_TAG.search(text, at)
        if sign is None or sign[0] == "<":
            return None
        if sign[0] == ">":
            return sign.end(), values
        if sign[0] == "{":
            end = pairs.find_end(sign.start())
            if end is None:
                return None
            values.append((sign.start(), end))
            at = end
        else:
            at = sign.end()
    return None


def _iter_lines(text: str) -> Iterator[Range]:
    at = 0
    while at < len(text):
        end = text.find("\n", at) + 1 or len(text)
        yield at, end
        at = end


def _measure_indent(text: str, start: int, end: int) -> int:
    found = _INDENT.match(text, start, end)
    return found.end() - start if found else 0


def _find_line_end(text: str, start: int, end: int) -> int:
    """Where the line break begins."""
    if text[end - 1 : end] != "\n":
        return end
    return end - 2 if end - 2 >= start and text[end - 2] == "\r" else end - 1
