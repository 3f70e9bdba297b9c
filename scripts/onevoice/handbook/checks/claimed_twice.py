"""Two terms claim the same word.

A word that one term avoids can't also be avoided by another term, or be its preferred or allowed name: writers would
get two answers. It's fine if the two entries are for different audiences or channels. Keep the word in one term.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook
from onevoice.matcher.fold import make_match_key, normalize_text
from onevoice.records.term import Avoid, Term


def are_disjoint(one: Avoid, other: Avoid) -> bool:
    """Whether two avoided words never apply to the same document, be they of one language."""
    for field in ("audiences", "channels"):
        ours, theirs = (set(map(make_match_key, getattr(avoid, field))) for avoid in (one, other))
        if ours and theirs and ours.isdisjoint(theirs):
            return True
    return False


def may_meet(term: Term, other: Term) -> bool:
    """Whether a document may be in the language of both terms' words."""
    one, two = (f"{item.get_language().lower()}-" for item in (term, other))
    return one.startswith(two) or two.startswith(one)


def _format_place(handbook: Handbook, term: Term, *loc: str | int) -> str:
    place = handbook.locate_record(term)
    return f"{place.path}:{place.locate_field(*term.loc, *loc).line}"


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each avoided word that another term avoids, prefers or allows, or that is its own term's name."""
    terms = [naming for term in handbook.list_approved("terms") for naming in term.list_namings()]
    names: dict[str, list[tuple[Term, tuple[str | int, ...], str]]] = {}
    for term in terms:
        names.setdefault(make_match_key(term.preferred), []).append((term, ("preferred",), "preferred by"))
        for index, word in enumerate(term.allowed):
            names.setdefault(make_match_key(word), []).append((term, ("allowed", index), "allowed by"))
        if term.abbreviation:
            names.setdefault(make_match_key(term.abbreviation), []).append(
                (term, ("abbreviation",), "is the short form of")
            )
    seen: dict[str, list[tuple[Term, int, Avoid]]] = {}
    for term in terms:
        for index, avoid in enumerate(term.avoid):
            word, loc = make_match_key(avoid.term), ("avoid", index, "term")
            own = [term.preferred, *term.allowed]
            # For some readers only, a short form that is right elsewhere may have to be spelled out.
            if term.abbreviation and not (avoid.audiences or avoid.channels):
                own.append(term.abbreviation)
            if normalize_text(avoid.term) in map(normalize_text, own):
                message = (
                    f'"{avoid.term}" is both avoided by the term `{term.id}` and a name of it. Delete one of the two.'
                )
                yield handbook.make_record_finding("claimed-twice", "error", term, loc, message, match=avoid.term)
            for other, other_loc, how in names.get(word, ()):
                if other is term or not may_meet(other, term):
                    continue
                message = (
                    f'"{avoid.term}" is avoided here, by the term `{term.id}`, but {how} the term `{other.id}` '
                    f"({_format_place(handbook, other, *other_loc)}). Keep only one of the two."
                )
                yield handbook.make_record_finding("claimed-twice", "error", term, loc, message, match=avoid.term)
            for other, other_index, before in seen.get(word, ()):
                if (other is term and before.term != avoid.term) or not may_meet(other, term):
                    continue
                if are_disjoint(before, avoid):
                    continue
                spelled = f' as "{before.term}"' if before.term != avoid.term else ""
                where = _format_place(handbook, other, "avoid", other_index, "term")
                message = (
                    f'"{avoid.term}" is avoided here, by the term `{term.id}`, '
                    f"and also{spelled} by the term `{other.id}` ({where}). Keep only one of the two."
                )
                yield handbook.make_record_finding("claimed-twice", "error", term, loc, message, match=avoid.term)
                break
            seen.setdefault(word, []).append((term, index, avoid))
