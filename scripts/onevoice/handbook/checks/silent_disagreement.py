"""Two claims measure the same thing but give different figures, and don't say so.

A rep who quotes one figure to a customer who knows the other loses the room. List each claim under the other's
`disagrees_with`, or make `measures` more specific if they are about different things.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import combinations

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook
from onevoice.records.word import fold_spelling


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each claim that does not name another one with the same `measures` and a different `number`."""
    claims = [
        (proof, proof.measures, proof.number)
        for proof in handbook.list_approved("proof")
        if proof.measures and proof.number
    ]
    for one, other in combinations(claims, 2):
        if fold_spelling(one[1]) != fold_spelling(other[1]) or fold_spelling(one[2]) == fold_spelling(other[2]):
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
