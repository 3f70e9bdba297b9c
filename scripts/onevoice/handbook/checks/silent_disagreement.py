"""Two claims measure the same thing but give different figures, and don't say so.

A rep who quotes one figure to a customer who knows the other loses the room. List each claim under the other's
`disagrees_with`, or make `measures` more specific if they are about different things.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from itertools import combinations

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook
from onevoice.matcher.fold import make_match_key
from onevoice.records.proof import Proof

# In a figure each of them is a minus, or stands between two ends of a range.
_DASH = re.compile("[\u2012\u2013\u2212]")


def _make_number_key(number: str) -> str:
    return make_match_key(_DASH.sub("-", number))


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each claim that does not name another one with the same `measures` and a different `number`."""
    alike: dict[str, list[tuple[Proof, str, str]]] = {}
    for proof in handbook.list_approved("proof"):
        if proof.measures and proof.number:
            alike.setdefault(make_match_key(proof.measures), []).append((proof, proof.measures, proof.number))
    keys = {number: _make_number_key(number) for claims in alike.values() for _, _, number in claims}
    for one, other in (pair for claims in alike.values() for pair in combinations(claims, 2)):
        if keys[one[2]] == keys[other[2]]:
            continue
        for (silent, measures, number), (named, _, figure) in ((one, other), (other, one)):
            if named.id in silent.disagrees_with:
                continue
            place = handbook.locate_record(named)
            message = (
                f"{number} here and {figure} in `{named.id}` ({place.path}:{place.line}) measure the same thing: "
                f"{measures}. Add `{named.id}` to `disagrees_with`, or make `measures` more specific."
            )
            yield handbook.make_record_finding(
                "silent-disagreement", "error", silent, ("number",), message, match=number
            )
