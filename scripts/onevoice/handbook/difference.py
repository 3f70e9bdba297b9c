"""What changed between two texts, word by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import NamedTuple

WORD_PATTERN = re.compile(r"\S+\s*")
# Longer texts are shown as one piece gone and one new: comparing them word by word takes quadratic time.
MAX_WORDS = 4000


class WordRun(NamedTuple):
    """A run of words. state: same, gone or new. text: the words, with the white space after them."""

    state: str
    text: str


def diff_words(before: str, after: str) -> tuple[WordRun, ...]:
    """The words of two texts in one row: what stayed, what went, what is new, in reading order.

    All runs except the new ones make up `before`; all except the gone ones make up `after`, white space aside.
    """
    if before == after:
        return (WordRun("same", after),) if after else ()
    old, new = WORD_PATTERN.findall(before), WORD_PATTERN.findall(after)
    if max(len(old), len(new)) > MAX_WORDS:
        return tuple(run for run in (WordRun("gone", before), WordRun("new", after)) if run.text)
    matcher = difflib.SequenceMatcher(None, [word.rstrip() for word in old], [word.rstrip() for word in new], False)
    runs: list[WordRun] = []
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            runs.append(WordRun("same", "".join(new[start:end])))
            continue
        if gone := "".join(old[first:last]):
            runs.append(WordRun("gone", gone))
        if come := "".join(new[start:end]):
            runs.append(WordRun("new", come))
    return tuple(runs)


# This many words are shown on each side of a change.
CONTEXT_WORDS = 8


def shorten_runs(runs: Sequence[WordRun]) -> list[WordRun]:
    """The same, with long runs that stayed cut down to the words around a change."""
    found = []
    for number, run in enumerate(runs):
        words = WORD_PATTERN.findall(run.text)
        first, last = number == 0, number == len(runs) - 1
        if run.state == "same" and len(words) > 2 * CONTEXT_WORDS + 1 and not (first and last):
            head = "" if first else "".join(words[:CONTEXT_WORDS])
            tail = "" if last else "".join(words[-CONTEXT_WORDS:])
            run = WordRun("same", f"{head}… {tail}".strip())
        found.append(run)
    return found
