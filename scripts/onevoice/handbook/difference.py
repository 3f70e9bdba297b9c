"""What changed between two texts, word by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import NamedTuple

WORD = re.compile(r"\S+\s*")
# Longer texts are shown as one piece gone and one come: comparing them word by word takes the square of their length.
LONGEST = 4000


class Run(NamedTuple):
    """A run of words. state: same, gone or new. text: the words, with the white space behind them."""

    state: str
    text: str


def words(before: str, after: str) -> tuple[Run, ...]:
    """The words of two texts in one row: what stayed, what went, what came, in reading order.

    All runs but the new ones make up `before`; all but the gone ones make up `after`, but for white space.
    """
    if before == after:
        return (Run("same", after),) if after else ()
    old, new = WORD.findall(before), WORD.findall(after)
    if max(len(old), len(new)) > LONGEST:
        return tuple(run for run in (Run("gone", before), Run("new", after)) if run.text)
    matcher = difflib.SequenceMatcher(None, [word.rstrip() for word in old], [word.rstrip() for word in new], False)
    runs: list[Run] = []
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            runs.append(Run("same", "".join(new[start:end])))
            continue
        if gone := "".join(old[first:last]):
            runs.append(Run("gone", gone))
        if come := "".join(new[start:end]):
            runs.append(Run("new", come))
    return tuple(runs)


# So many words are shown on each side of what changed.
BESIDE = 8


def shortened(runs: Sequence[Run]) -> list[Run]:
    """The same with long runs that stayed cut down to the words beside what changed."""
    found = []
    for number, run in enumerate(runs):
        words = WORD.findall(run.text)
        first, last = number == 0, number == len(runs) - 1
        if run.state == "same" and len(words) > 2 * BESIDE + 1 and not (first and last):
            head = "" if first else "".join(words[:BESIDE])
            tail = "" if last else "".join(words[-BESIDE:])
            run = Run("same", f"{head}… {tail}".strip())
        found.append(run)
    return found
