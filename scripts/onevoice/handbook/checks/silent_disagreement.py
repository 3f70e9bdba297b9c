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

# In a figure each of them is a minus, or stands between two ends of a range.
_DASH = re.compile("[\u2012\u2013\u2212]")


def _make_number_key(number: str) -> str:
    return make_match_key(_DASH.sub("-", number))


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each claim that does not name another one with the same `measures` and a different `number`."""
    claims = [
        (proof, proof.measures, proof.number)
        for proof in handbook.list_approved("proof")
        if proof.measures and proof.number
    ]
    for one, other in combinations(claims, 2):
        if make_match_key(one[1]) != make_match_key(other[1]):
            continue
        if _make_number_key(one[2]) == _make_number_key(other[2]):
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
