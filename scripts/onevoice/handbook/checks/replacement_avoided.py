"""A replacement is itself a word to avoid.

Following the advice would trigger another finding: a chain, or a loop that never ends.
Name the word at the end of the chain.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.checks.claimed_twice import are_disjoint, may_meet
from onevoice.handbook.handbook import Handbook
from onevoice.matcher.fold import make_match_key, normalize_text
from onevoice.records.term import Avoid, Term


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each replacement that some term avoids, with the rest of the chain."""
    avoided: dict[str, list[tuple[Term, int, Avoid]]] = {}
    terms = handbook.namings
    for term in terms:
        for index, avoid in enumerate(term.avoid):
            avoided.setdefault(make_match_key(avoid.term), []).append((term, index, avoid))
    for term in terms:
        for index, avoid in enumerate(term.avoid):
            given: list[tuple[tuple[str | int, ...], str]] = [
                (("avoid", index, "use", n), text) for n, text in enumerate(avoid.use)
            ]
            given += [(("avoid", index, "forms", old), new) for old, new in avoid.forms.items()]
            for loc, text in given:
                # A name may avoid other capitalizations of itself; `claimed-twice` reports if another term avoids it.
                hits = [
                    hit
                    for hit in avoided.get(make_match_key(text), ())
                    if may_meet(term, hit[0])
                    and not are_disjoint(avoid, hit[2])
                    and text not in (hit[0].preferred, term.preferred)
                    and (hit[0] is not term or normalize_text(hit[2].term) == normalize_text(text))
                ]
                if not hits:
                    continue
                other, other_index, _ = hits[0]
                where = handbook.locate_record(other).name_field(*other.loc, "avoid", other_index, "term")
                way = " -> ".join(f'"{word}"' for word in _trace_chain(avoid.term, text, avoided))
                message = (
                    f'"{text}" replaces "{avoid.term}" here, but the term `{other.id}` ({where}) avoids it: {way}. '
                    "Name the word at the end, or delete one of the two."
                )
                yield handbook.make_record_finding("replacement-avoided", "error", term, loc, message, match=text)


def _trace_chain(start: str, text: str, avoided: dict[str, list[tuple[Term, int, Avoid]]]) -> list[str]:
    way = [start, text]
    while hits := avoided.get(make_match_key(way[-1])):
        term, _, avoid = hits[0]
        following = (avoid.use or (term.preferred,))[0]
        again = make_match_key(following) in [make_match_key(word) for word in way]
        way.append(following)
        if again:
            break
    return way
