"""The mistake that made a parser stop: the guess without which the text can be read further."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from onevoice.load.repair.alignment import guess_alignment, guess_loose_line
from onevoice.load.repair.blanks import guess_odd_blanks
from onevoice.load.repair.mistake import Mistake, Problem
from onevoice.load.repair.value import guess_brackets, guess_hash, guess_value

# How many lines above the place where the parser stopped are looked at.
MAX_LINES_BACK = 12
# By how much a place moves to the right if its line gets quotation marks, or a space.
MAX_MOVED = 8
_OURS, _SPLIT, _THEIRS = (
    re.compile(r"\s*<{7}(?: |$)"),
    re.compile(r"\s*(?:={7}|\|{7}(?: .*)?)\s*$"),
    re.compile(r"\s*>{7}(?: |$)"),
)


def find_mistake(
    source: str, problem: Problem, keys: Collection[str], stops: Callable[[str], Problem | None]
) -> Mistake | None:
    """The mistake that made a parser stop; None if no guess lets it read on.

    keys: the keys that records have. stops: where a text cannot be read; None if it can.
    """
    lines = source.split("\n")
    earlier: Mistake | None = None
    for guess in _list_guesses(lines, problem, keys):
        stop = stops(guess.source)
        if stop is None or stop.line > problem.line:
            return guess
        # A quotation mark that is not closed ends at the next one, wherever that is; and a line with a mistake may
        # follow one with another.
        if earlier is None and guess.line < stop.line and (stop.line < problem.line or stop.said != problem.said):
            earlier = guess
        if stop.line == problem.line == guess.line and stop.column > problem.column + MAX_MOVED:
            earlier = earlier or guess
    return earlier


def find_conflicts(source: str) -> Iterator[Mistake]:
    """Each conflict of a merge that nobody has settled; the text without it has the first version."""
    lines = source.split("\n")
    if "<<<<<<<" not in source or ">>>>>>>" not in source:
        return
    begin: int | None = None
    drop: int | None = None
    for number, line in enumerate(lines):
        if _OURS.match(line):
            begin, drop = number, None
        elif begin is not None and drop is None and _SPLIT.match(line):
            drop = number
        elif begin is not None and _THEIRS.match(line):
            for gone in (begin, *range(number if drop is None else drop, number + 1)):
                lines[gone] = ""
            message = (
                f"here is a merge conflict, which ends on line {number + 1}. Keep one of the two versions, and delete "
                "the lines that start with `<<<<<<<`, `=======` and `>>>>>>>`."
            )
            yield Mistake(begin, 0, message, "\n".join(lines))
            begin = None


def _list_guesses(lines: list[str], problem: Problem, keys: Collection[str]) -> Iterator[Mistake]:
    last = min(problem.line, len(lines) - 1)
    near = [
        number
        for number in range(last, max(min(problem.start, last), last - MAX_LINES_BACK) - 1, -1)
        if lines[number].strip()
    ]
    if problem.start < last - MAX_LINES_BACK:
        near.append(problem.start)
    before = next((number for number in range(last - 1, -1, -1) if _is_written(lines[number])), None)
    if before is not None and before not in near:
        near.append(before)
    for number in near:
        yield from guess_odd_blanks(lines, number)
    for number in range(max(last - MAX_LINES_BACK, 0), last + 1):
        yield from guess_hash(lines, number)
    for number in near:
        yield from guess_value(lines, number, problem)
    for number in near:
        yield from guess_brackets(lines, number)
    yield from guess_alignment(lines, last, problem)
    for number in near:
        yield from guess_loose_line(lines, number, keys)


def _is_written(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")
