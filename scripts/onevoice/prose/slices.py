"""The parts of a Markdown text that read alone as they do in all of it, so that few paragraphs of a long text are read.

Such a part begins and ends at a blank line with a line behind it that is not indented: no list, quotation, table or
paragraph goes on there. What does go on over blank lines (code in fences, comments, definitions of links, sections of
templates) is anywhere in a text, so a text that may have any is not divided.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from onevoice import limits
from onevoice.expression import defer_pattern
from onevoice.prose.mask import DIAGRAM_SIGNS
from onevoice.prose.section import may_have_sections

Range = tuple[int, int]

_BLANK_LINE = "\n\n"
# A colon may define what is above it.
_NO_BEGINNING = " \t\n\x0b\x0c:"
# What may go on over blank lines, or change other parts, each by a sign that it has and few texts have.
_SPREADING = {
    "`": ("```",),
    "~": ("~~~",),
    "%": ("[%",),
    "{": ("{++", "{--", "{~~", "{==", "{>>"),
    "<": ("-8<-",),
    # It hides a blank line.
    "\r": ("\r",),
}
_SPREADING_TAG = defer_pattern(r"<(?:[!?%]|/?blockquote|script|pre|style|textarea|xmp)", re.IGNORECASE)
# With one of these attributes, a tag hides what is behind it, or goes away from the beginning of a line.
_SPREADING_ATTRIBUTE = defer_pattern(r"<[a-z][^<]*?\s(?:hidden|markdown)[\s/=>]", re.IGNORECASE)
# More tags than a page may have that nothing ends are text. These are none of them.
_UNSURE_TAG = defer_pattern(r"<(?![ <]|/?[a-z](?:[^<>\"']|\"[^\"<>]*+\"|'[^'<>]*+')*+>)", re.IGNORECASE)
# A link to a place of the same page: its heading is another then. And what may be a heading.
_LINK_INSIDE = defer_pattern(r"\]\([\s<]*[#\\&]")
_HEADING = defer_pattern(r"^[^\w\n]*(?:#|[=-][ \t]*$)|<h[1-6]", re.MULTILINE | re.IGNORECASE)


def find_slices(source: str, start: int, places: Iterable[Range]) -> list[Range] | None:
    """Ranges of a text, in order and apart, that share something with all places; each is read alone as in the text.

    start: where the body begins; if that is not 0, at the beginning of a line. places: in order and apart, not before
    the start. None: the text can't be divided.
    """
    if any(sign in source and any(map(source.__contains__, marks)) for sign, marks in _SPREADING.items()):
        return None
    if ":::" in source and any(sign in source for sign in DIAGRAM_SIGNS):
        return None
    if "]:" in source or may_have_sections(source):
        return None
    if "<" in source and _has_spreading_tag(source):
        return None
    slices: list[Range] = []
    # Where a part may begin at the earliest, less the blank line before it.
    first = max(start - 1, 0)
    for opened, closed in places:
        if not slices or opened >= slices[-1][1]:
            beginning = _find_beginning(source, first, opened)
            if beginning is None:
                if first:
                    return None
                beginning = 0
            slices.append((beginning, beginning))
        if closed > slices[-1][1]:
            slices[-1] = (slices[-1][0], _find_end(source, closed))
            first = slices[-1][1] - len(_BLANK_LINE)
    if any(_HEADING.search(source, *part) for part in slices) and _LINK_INSIDE.search(source):
        return None
    return slices


def _has_spreading_tag(source: str) -> bool:
    if _SPREADING_TAG.search(source):
        return True
    if source.count("<") > limits.MAX_BROKEN_TAGS and len(_UNSURE_TAG.findall(source)) > limits.MAX_BROKEN_TAGS:
        return True
    small = source.lower()
    return ("hidden" in small or "markdown" in small) and _SPREADING_ATTRIBUTE.search(source) is not None


def _find_beginning(source: str, first: int, last: int) -> int | None:
    """The last place, at most `last`, at which a part may begin behind a blank line that is not before `first`."""
    at = source.rfind(_BLANK_LINE, first, last)
    while at >= 0 and source[at + 2 : at + 3] in _NO_BEGINNING:
        at = source.rfind(_BLANK_LINE, first, at + 1)
    return at + 2 if at >= 0 else None


def _find_end(source: str, start: int) -> int:
    """The first place from an offset on at which a part may begin; the end of the text if there is none."""
    at = source.find(_BLANK_LINE, max(start - 2, 0))
    while 0 <= at < len(source) - 2 and source[at + 2] in _NO_BEGINNING:
        at = source.find(_BLANK_LINE, at + 1)
    return at + 2 if at >= 0 else len(source)
