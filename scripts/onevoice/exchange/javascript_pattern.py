"""Regular expressions of tools in JavaScript, with what they write instead -> pairs of words, or rules for Vale."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onevoice.exchange.wordlist import WordList

_SYNTAX = re.compile(r"[\\^$.*+?()[\]{}|]")


def add_pattern(words: WordList, place: str, pattern: str, right: Sequence[str], *, why: str = "") -> None:
    """Add a row with a regular expression: as words if it stands for a few, else as a part of a rule.

    right: what to write instead, in which `$1` is what the first group finds.
    """
    if not _SYNTAX.search(pattern):
        words.add_pair(place, pattern, right, why=why)
    elif len(right) > 1:
        words.omit(place, pattern, "a regular expression can have only one replacement.")
    else:
        words.add_expression(place, pattern, right[0] if right else "")
