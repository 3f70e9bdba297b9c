"""Sections of Markdown that are no prose: comments and code between two marks, over any number of paragraphs.

Obsidian's `%% %%`, Liquid's `{% comment %}` and `{% highlight %}`, Hugo's shortcodes, kramdown's `{::comment}`, Jinja's
`{# #}`. A mark in a code sample belongs to the sample, and a mark that nothing closes is text: nothing goes unread.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import NamedTuple

Range = tuple[int, int]

# Without a language, `highlight` is somebody's own name for words to mark.
_CODE_NAMES = r"highlight(?=\s+[\w\"'])|codeblock|code|mermaid|math|katex|schema|javascript|stylesheet"
# Each begins with a sign of its own, so that a search jumps from one sign to the next.
_PERCENT = r"%(?P<percent>%)(?<![\w%{]%%)(?![%}])"
_BRACE = (
    r"\{(?:"
    rf"%-?\s*(?P<liquid>comment|{_CODE_NAMES})\b[^%{{}}\r\n]*%\}}"
    rf"|\{{(?P<sign>[<%])-?\s*(?P<hugo>comment|{_CODE_NAMES})\b[^{{}}\r\n]*?(?<!/)[>%]\}}\}}"
    r"|(?P<go>\{-?\s*/\*)"
    r"|(?P<kramdown>::comment\})"
    r"|(?P<jinja>#)(?=-?\s))"
)
_OPENING = re.compile(rf"{_PERCENT}|{_BRACE}")
_BRACE_OPENING = re.compile(_BRACE)
_MERGE_TAG = re.compile(r"%%[\w.=\[\]-]+%%")
_LINE_LEAD = re.compile(r"[ \t>]*")


class Section(NamedTuple):
    """A range of the text, marks included. is_shown: a reader sees something of it, such as a code sample."""

    start: int
    end: int
    is_shown: bool


def may_have_sections(text: str) -> bool:
    """Whether a text has a mark with which a section may begin."""
    return ("%" in text and "%%" in text) or ("{" in text and _BRACE_OPENING.search(text) is not None)


def find_sections(text: str, find_code: Callable[[str], list[Range]]) -> list[Section]:
    """The sections of a text, in order and apart. find_code: the ranges of its code samples, in order and apart."""
    if not _OPENING.search(text):
        return []
    return list(_iter_sections(text, find_code(text)))


def build_range_test(ranges: list[Range]) -> Callable[[int], bool]:
    """What tells whether a place is in one of the ranges, which are in order and apart."""
    starts = [start for start, _ in ranges]

    def is_inside(at: int) -> bool:
        place = bisect_right(starts, at) - 1
        return place >= 0 and at < ranges[place][1]

    return is_inside


def _iter_sections(text: str, code: list[Range]) -> Iterator[Section]:
    is_code = build_range_test(code)
    at = 0
    # What nothing closes from somewhere on, nothing closes further on either.
    unclosed: set[str] = set()
    while opening := _OPENING.search(text, at):
        at = opening.end()
        pattern = _build_closing(opening)
        if is_code(opening.start()) or pattern in unclosed:
            continue
        closings = re.compile(pattern, re.I).finditer(text, at)
        closing = next((one for one in closings if not is_code(one.start())), None)
        if closing is None:
            unclosed.add(pattern)
        elif opening["percent"] is None or _is_remark(text, opening.start(), closing.end()):
            at = closing.end()
            is_shown = _is_shown(opening, text[opening.start() : at])
            yield Section(opening.start(), at, is_shown)


def _build_closing(opening: re.Match[str]) -> str:
    if name := opening["liquid"]:
        return rf"\{{%-?\s*end{name}\s*-?%\}}"
    if name := opening["hugo"]:
        return rf"\{{\{{[<%]-?\s*/\s*{name}\s*-?[>%]\}}\}}"
    closings = {"percent": r"(?<!\{)%%(?!%)", "go": r"\*/\s*-?\}\}", "kramdown": r"\{:/(?:comment)?\}", "jinja": r"#\}"}
    return closings[opening.lastgroup or "percent"]


def _is_remark(text: str, start: int, end: int) -> bool:
    """Whether percent signs enclose a comment: on one line, or from the beginning of a line on."""
    if "\n" not in text[start:end]:
        return True
    line = text.rfind("\n", 0, start) + 1
    lead = _LINE_LEAD.match(text, line, start)
    return lead is not None and lead.end() == start


def _is_shown(opening: re.Match[str], whole: str) -> bool:
    if opening["percent"]:
        return _MERGE_TAG.fullmatch(whole) is not None
    return (opening["liquid"] or opening["hugo"] or "comment") != "comment"
