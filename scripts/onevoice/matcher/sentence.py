"""Where sentences start, and which headings are written in title case."""

from __future__ import annotations

import bisect
import re
from itertools import accumulate

from onevoice.expression import defer_pattern
from onevoice.matcher.casing import SOMETIMES_MINOR_WORDS

_OPENERS = "\"“„«»‘‚'([{*_¿¡"
_CLOSERS = "\"”“»«’')]}*_"
_ENDS = ".!?…。！？"
_ABBREVIATION = defer_pattern(r"(?:\b(?:etc|vs|cf|approx|no|dr|mr|mrs|ms|st|prof)|(?<![^\W_])[^\W\d_]|\.\w)\.$", re.I)
_BULLET = defer_pattern(r"(?:^|\n)[^\S\n]*+(?:[-*+•–]|\d+[.)])\s+$")
_SENTENCE_END = defer_pattern(rf"[{re.escape(_ENDS)}][{re.escape(_CLOSERS)}]*+(?:\s++|(?<=[。！？]))")
# How far back a sentence start is looked for; a paragraph can be a whole file.
_LOOKBACK = 100
_WORD = defer_pattern(r"[^\W\d_][\w'’]*")
_LETTER = defer_pattern(r"[^\W\d_]")
_MINOR_LENGTH = max(map(len, SOMETIMES_MINOR_WORDS))


def starts_sentence(text: str, at: int, *, clause: bool = False) -> bool:
    """Whether a sentence starts at the offset. clause: or what follows a colon."""
    # Most words are behind another one.
    if at > 1 and text[at - 1] == " " and text[at - 2].isalnum():
        return False
    text, at = text[max(at - _LOOKBACK, 0) : at], min(at, _LOOKBACK)
    while at and text[at - 1] in _OPENERS:
        at -= 1
    end = at
    while end and text[end - 1].isspace():
        end -= 1
    before = text[:end]
    if not any(char.isalnum() for char in before):
        return True
    # A search costs more than all the rest, and few places are behind a bullet.
    if end < at and before[-1] in "-*+•–.)" and _BULLET.search(text, 0, at):
        return True
    if end == at and before[-1] not in "。！？":
        return False
    before = before.rstrip(_CLOSERS)
    if clause and before.endswith((":", "：")):
        return True
    return before[-1:] in _ENDS and bool(before) and not _ABBREVIATION.search(before)


def list_sentence_starts(text: str) -> list[int]:
    """Where the sentences of a text start, but for the first."""
    found: list[int] = []
    for match in _SENTENCE_END.finditer(text):
        at = match.end()
        if at < len(text) and starts_sentence(text, at):
            found.append(at)
    return found


class TitleCase:
    """The words of a heading: gone over once, whatever number of ranges is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        places = [match.span() for match in _WORD.finditer(text)]
        self._starts, self._ends = [start for start, _ in places], [end for _, end in places]
        self._small = list(accumulate((not self._fits(*place) for place in places), initial=0))

    def holds_around(self, start: int, end: int) -> bool:
        """Whether a heading, but for the words in the range, is written in title case."""
        before, after = bisect.bisect_right(self._ends, start), bisect.bisect_left(self._starts, end)
        if self._small[before] or self._small[-1] > self._small[after]:
            return False
        # A range can begin or end in the midst of what is one word here, as at an apostrophe.
        if before < len(self._starts) and self._starts[before] < start and not self._fits(self._starts[before], start):
            return False
        if after and self._ends[after - 1] > end:
            rest = _LETTER.search(self._text, end, self._ends[after - 1])
            return rest is None or self._fits(rest.start(), self._ends[after - 1])
        return True

    def _fits(self, start: int, end: int) -> bool:
        if self._text[start].isupper():
            return True
        return end - start <= _MINOR_LENGTH and self._text[start:end].lower() in SOMETIMES_MINOR_WORDS
