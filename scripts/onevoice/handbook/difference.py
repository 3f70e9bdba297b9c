"""What changed between two texts, word by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import NamedTuple

WORD_PATTERN = re.compile(r"\S+\s*")
# Longer texts are shown as one piece gone and one come: comparing them word by word takes the square of their length.
MAX_WORDS = 4000


class WordRun(NamedTuple):
    """A run of words. state: same, gone or new. text: the words, with the white space behind them."""

    state: str
    text: str


def diff_words(before: str, after: str) -> tuple[WordRun, ...]:
    """The words of two texts in one row: what stayed, what went, what came, in reading order.

    All runs but the new ones make up `before`; all but the gone ones make up `after`, but for white space.
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


# So many words are shown on each side of what changed.
CONTEXT_WORDS = 8


def shorten_runs(runs: Sequence[WordRun]) -> list[WordRun]:
    """The same with long runs that stayed cut down to the words beside what changed."""
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
