"""Two terms have the same name.

A preferred name that's also the preferred or an allowed name of another term leads readers to two entries, and if you
edit one of them, the other is easily forgotten. Merge the two terms, or rename one. If they really are two things, name
one of them in the other's `related`, or give each its own `part_of_speech`: then this is silent. Shared short forms in
capitals, such as SQL, are fine.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.checks.claimed_twice import may_meet
from onevoice.handbook.handbook import Handbook
from onevoice.matcher.fold import make_match_key
from onevoice.records.term import Term


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each preferred or allowed name that another term prefers."""
    owners: dict[str, list[Term]] = {}
    terms = handbook.namings
    for term in terms:
        owners.setdefault(make_match_key(term.preferred), []).append(term)
    earlier: dict[str, list[Term]] = {}
    for term in terms:
        own = earlier.setdefault(make_match_key(term.preferred), [])
        before = next((other for other in own if _is_mistaken(term, other)), None)
        own.append(term)
        if before and not term.preferred.isupper():
            yield _make_finding(handbook, term, before, ("preferred",), term.preferred, "is the preferred name here")
        for index, word in enumerate(term.allowed):
            others = (other for other in owners.get(make_match_key(word), ()) if other is not term)
            owner = next((other for other in others if _is_mistaken(term, other)), None)
            if owner and not word.isupper():
                yield _make_finding(handbook, term, owner, ("allowed", index), word, "is allowed here")


def _is_mistaken(term: Term, other: Term) -> bool:
    """Whether two terms of one name are probably one, as far as their records say."""
    if other.id == term.id or not may_meet(term, other):
        return False
    if other.id in term.related or term.id in other.related:
        return False
    return not (term.part_of_speech and other.part_of_speech) or term.part_of_speech == other.part_of_speech


def _make_finding(
    handbook: Handbook, term: Term, other: Term, loc: tuple[str | int, ...], word: str, how: str
) -> Finding:
    where = handbook.locate_record(other).name_field(*other.loc, "preferred")
    message = (
        f'"{word}" {how}, in the term `{term.id}`, but `{other.id}` prefers it, too ({where}). Merge '
        f"the two, rename one, or add `{other.id}` to `related` if they are two things."
    )
    return handbook.make_record_finding("shared-name", "warning", term, loc, message, match=word)
