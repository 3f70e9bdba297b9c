"""Which of the overlapping candidates win: the leftmost, then the longest, then the one that says most."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

# At the same place: an exception beats a finding, an avoided word beats a right one, and that a wrongly spelled name.
RANK = {"except": 0, "avoid": 1, "abbreviation": 2, "preferred": 3, "name": 3, "allowed": 4, "use": 5, "case": 6}

WEAK = "use"
# What says something where it wins; the others only keep what they hide silent.
LOUD = ("avoid", "case")


class Candidate(NamedTuple):
    """A pattern's form at a place of a text. category: the pattern's role, or `case` for a wrongly spelled name."""

    start: int
    end: int
    category: str
    pattern: int
    form: int


def resolve_overlaps(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates that win, in the order of the text, none overlapping.

    A replacement that some entry offers hides what is inside it, but gives way to what only begins there: where "new
    customer" is to be written, "new customer insights" may still hold an avoided "customer insights".
    """
    candidates = list(candidates)
    if len(candidates) < 2:
        return candidates
    kept: list[Candidate] = []
    reached = 0
    for candidate in sorted(candidates, key=_rank_candidate):
        if candidate.start < reached and candidate.end > reached and kept[-1].category == WEAK != candidate.category:
            reached = kept.pop().start
        if candidate.start >= reached:
            kept.append(candidate)
            reached = candidate.end
    return kept


def find_hidden_pairs(names: Iterable[Candidate], spans: Sequence[Candidate]) -> Iterator[tuple[Candidate, Candidate]]:
    """Each name that silent candidates hide and no other ones, with the first that hides it.

    spans: the candidates that have won, in order. An avoided name counts only if the one that hides it holds all of it.
    """
    for name in names:
        at = bisect.bisect_right(spans, name.start, key=lambda span: span.end)
        first = at
        while at < len(spans) and spans[at].start < name.end and spans[at].category not in LOUD:
            at += 1
        if at == first or (at < len(spans) and spans[at].start < name.end):
            continue
        phrase = spans[first]
        if name.category == "case" or (phrase.start <= name.start and name.end <= phrase.end):
            yield name, phrase


def _rank_candidate(candidate: Candidate) -> tuple[int, int, int, int, int]:
    return (candidate.start, -candidate.end, RANK[candidate.category], candidate.pattern, candidate.form)
