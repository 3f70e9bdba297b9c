"""Which figures of an English text claim something: they compare, promise, or count out of many.

A figure of pay, a setting, a plan, a draft, a scale, an offer, a name or an example claims nothing. The words around it
tell which it is. A figure that compares (37% faster) is a claim unless its kind forbids it; a bare share
(37%) is a claim if what is around it says whose share it is, and nothing says otherwise.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from onevoice.lint import surroundings as near
from onevoice.lint.figures import Figure, find_figures

# How far around a figure words are looked for that say what it is; a sentence can be a whole file.
RADIUS = 240
# How near those are that say of a figure without a comparison what it is.
NEAR_BEFORE, NEAR_BEHIND = 80, 50

_SENTENCE_END = re.compile(
    r"(?<!\.[a-z])(?<!\bvs)(?<!\bapprox)(?<!\bincl)(?<!\bno)(?<!\bmax)(?<!\bmin)[.!?…][\"”’»)]{0,3}(?=\s)", re.I
)
_WORD = re.compile(r"[^\W\d_]{2}")
_UNIT = re.compile(r"\b(?:percent|per cent|usd|eur|gbp|dollars|euros)\b", re.I)
_SPACE = re.compile(r"\s+")
_MULTIPLE = re.compile(r"\d\s?[x×]$", re.I)


class _Place(NamedTuple):
    """A figure, its kind (share, times, first, money), its words, and its sentence before and behind it."""

    figure: Figure
    kind: str
    said: str
    before: str
    behind: str

    @property
    def around(self) -> str:
        return f"{self.before} {self.behind}"

    @property
    def near(self) -> str:
        return f"{self.before[-NEAR_BEFORE:]} {self.behind[:NEAR_BEHIND]}"


def find_claims(text: str) -> list[Figure]:
    """The figures of a text that claim something, in order."""
    found = find_figures(text)
    # A figure alone, as in a table, says nothing.
    if not found or not _WORD.search(_UNIT.sub("", text)):
        return []
    return [place.figure for place in _iter_places(text, found) if _is_claim(place)]


def _iter_places(text: str, found: list[Figure]) -> Iterator[_Place]:
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    for figure in found:
        at = bisect_right(ends, figure.start)
        start = max(ends[at - 1] if at else 0, figure.start - RADIUS)
        end = min(ends[at] if at < len(ends) else len(text), figure.end + RADIUS)
        before, behind = text[start : figure.start], text[figure.end : end]
        kind = figure.value.partition(" ")[0]
        yield _Place(
            figure, kind, text[figure.start : figure.end], _SPACE.sub(" ", before).lstrip(), _SPACE.sub(" ", behind)
        )


def _is_claim(place: _Place) -> bool:
    if place.kind == "first":
        return _is_rank(place)
    return not _is_other_thing(place) and (_compares(place) or _tells(place))


def _is_rank(place: _Place) -> bool:
    if near.FIRST_THING.match(place.behind) or near.PLANNED.search(place.before):
        return False
    # Industry leaders are other people, unless we are they.
    return not place.said.lower().endswith("leaders") or bool(near.BEING.search(place.before))


def _is_other_thing(place: _Place) -> bool:
    """Whether a figure is of a kind that is no claim, whatever it compares."""
    before, behind, around = place.before, place.behind, place.around
    if near.PAID.search(around) and not near.SAVED.search(around):
        return True
    if near.PLANNED.search(before) or near.PLANNED_BEHIND.search(behind) or near.NO_MORE_THAN.search(before):
        return True
    if near.TASK.search(before) and near.DAY.search(around):
        return True
    if near.SUPPOSED.search(before) or near.MADE_UP.search(around) or near.OFFERED.search(around):
        return True
    if place.kind == "share":
        return _is_other_share(place)
    if place.kind == "money":
        is_segment = near.SEGMENT.search(before) and not near.GAINED.search(before)
        return bool(is_segment or near.RAISED_TO.search(before))
    # A triple is a thing; to triple is what somebody does.
    if place.said.lower() in ("double", "triple", "quadruple") and not near.VERB_NEXT.search(before):
        return True
    # A multiple of nothing is a name or an enlargement.
    return bool(_MULTIPLE.search(place.said)) and bool(
        near.AT.search(before) or not (near.MULTIPLIES.match(behind) or near.CHANGES_BY.search(before))
    )


def _is_other_share(place: _Place) -> bool:
    before, behind = place.before, place.behind
    # The end of a range says it all.
    if place.figure.value == "share 0" or (near.RANGE.match(behind) and not near.FROM.search(before)):
        return True
    # The 1% Pledge is a name.
    if near.THE.search(before) and near.PROPER_NAME.match(behind):
        return True
    return not near.COMPARES.match(behind) and bool(
        near.OTHER_THING.match(behind) or near.IS_SET_TO.search(before) or near.PICTURED.search(before)
    )


def _compares(place: _Place) -> bool:
    if near.COMPARES.match(place.behind) or _MULTIPLE.search(place.said):
        return True
    if place.kind == "times":  # The comparing word is the last of it: three times as fast.
        return bool(near.COMPARES.match(f" {place.said.split()[-1]}{place.behind}"))
    return bool(near.CHANGES_BY.search(place.before))


def _tells(place: _Place) -> bool:
    """Whether a figure that doesn't compare says whose share it is, and no example, rule or label says otherwise."""
    before, behind = place.before, place.behind
    if near.EXAMPLE.search(before) or near.RULED.search(place.near) or near.OBJECT_INSIDE.search(place.around):
        return False
    counts = bool(near.COUNTS.match(behind))
    if place.kind == "share" and (_is_allotted(place) or not (counts or _is_told(place))):
        return False
    if counts:
        return True
    if any(kind.search(place.near) for kind in (near.TECHNICAL, near.GRADED, near.DRAFTED, near.TERMS)):
        return False
    return not near.SCORED.search(place.near) or bool(near.OURS.search(place.around))


def _is_told(place: _Place) -> bool:
    if near.LABEL.match(place.before) and not _WORD.search(place.behind):
        return bool(near.GOOD_LABEL.search(place.before))
    return bool(
        near.OUT_OF.search(place.said) or near.TELLS.match(place.behind) or near.TELLS_BEFORE.search(place.before)
    )


def _is_allotted(place: _Place) -> bool:
    """Whether somebody is told what to spend, or nobody is told anything: 99% of the time."""
    if near.TAKE.search(place.before) or near.ALLOTS.search(place.before) or near.ALLOTTED.match(place.behind):
        return True
    return bool(near.OF_THE_TIME.match(place.behind)) and not _WORD.search(place.before)
