"""Where sentences start, and which headings are written in title case."""

from __future__ import annotations

import re

from onevoice.matcher.casing import SOMETIMES_MINOR_WORDS

_OPENERS = "\"“„«»‘‚'([{*_¿¡"
_CLOSERS = "\"”“»«’')]}*_"
_ENDS = ".!?…。！？"
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|no|dr|mr|mrs|ms|st|prof)|(?<![^\W_])[^\W\d_]|\.\w)\.$", re.I
)
_BULLET = re.compile(r"(?:^|\n)\s*(?:[-*+•–]|\d+[.)])\s+$")
# How far back a sentence start is looked for; a paragraph can be a whole file.
_LOOKBACK = 100
_WORD = re.compile(r"[^\W\d_][\w'’]*")


def starts_sentence(text: str, at: int, *, clause: bool = False) -> bool:
    """Whether a sentence starts at the offset. clause: or what follows a colon."""
    text, at = text[max(at - _LOOKBACK, 0) : at], min(at, _LOOKBACK)
    while at and text[at - 1] in _OPENERS:
        at -= 1
    end = at
    while end and text[end - 1].isspace():
        end -= 1
    before = text[:end]
    if not any(char.isalnum() for char in before):
        return True
    if _BULLET.search(text, 0, at):
        return True
    if end == at and before[-1] not in "。！？":
        return False
    before = before.rstrip(_CLOSERS)
    if clause and before.endswith((":", "：")):
        return True
    return before[-1:] in _ENDS and bool(before) and not _ABBREVIATION.search(before)


def has_title_case(text: str, start: int, end: int) -> bool:
    """Whether a heading, but for the words in the range, is written in title case."""
    rest = _WORD.findall(text[:start] + " " + text[end:])
    return all(word[0].isupper() or word.lower() in SOMETIMES_MINOR_WORDS for word in rest)
