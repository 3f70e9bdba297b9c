"""Two terms claim the same word.

A word that one term avoids can't also be avoided by another term, or be its preferred or allowed name: writers would
get two answers. It's fine if the two entries are for different audiences or channels. Keep the word in one term.

If a handbook that yours extends avoids the word, your record with the same id can take it out of that list:
`avoid: {drop: [the word]}`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook
from onevoice.matcher.fold import make_match_key, normalize_text
from onevoice.records.term import Avoid, Term

Claim = tuple[Term, tuple[str | int, ...]]


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
    return handbook.locate_record(term).name_field(*term.loc, *loc)


def _is_nearer(handbook: Handbook, one: Claim, other: Claim) -> bool:
    """Whether a nearer handbook than the other's says it: then its people are the ones to decide."""
    ranks = [handbook.rank_place(handbook.locate_record(term).find_part(*term.loc, *loc)) for term, loc in (one, other)]
    return ranks[0] < ranks[1]


def _make_opposed_finding(handbook: Handbook, claim: Claim, avoided: Claim, how: str, word: str) -> Finding:
    """The finding on a name of a term that a farther handbook avoids. how: what the name is to the term."""
    (term, loc), (other, other_loc) = claim, avoided
    origin = handbook.locate_record(other).find_part(*other.loc, *other_loc).origin
    verb, _, preposition = how.removeprefix("is ").rpartition(" ")
    who = f"the {origin.label}" if origin else "this handbook"
    where = _format_place(handbook, other, *other_loc)
    message = (
        f'"{word}" is {verb} here, {preposition} the term `{term.id}`, but {who} avoids it, in the term `{other.id}` '
        f"({where}). Use another word here, or allow this one: write `avoid: {{drop: [{word}]}}` for `{other.id}` here."
    )
    return handbook.make_record_finding("claimed-twice", "error", term, loc, message, match=word)


def _read_name(term: Term, loc: tuple[str | int, ...]) -> str:
    value = getattr(term, str(loc[0]))
    return str(value[loc[1]] if len(loc) > 1 else value)


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each avoided word that another term avoids, prefers or allows, or that is its own term's name."""
    terms = handbook.namings
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
                mine = next(
                    (at, how)
                    for other, at, how in names[word]
                    if other is term and normalize_text(_read_name(term, at)) == normalize_text(avoid.term)
                )
                if _is_nearer(handbook, (term, mine[0]), (term, loc)):
                    yield _make_opposed_finding(handbook, (term, mine[0]), (term, loc), mine[1], avoid.term)
                    continue
                message = (
                    f'"{avoid.term}" is both avoided by the term `{term.id}` and a name of it. Delete one of the two.'
                )
                yield handbook.make_record_finding("claimed-twice", "error", term, loc, message, match=avoid.term)
            for other, other_loc, how in names.get(word, ()):
                if other is term or not may_meet(other, term):
                    continue
                if _is_nearer(handbook, (other, other_loc), (term, loc)):
                    yield _make_opposed_finding(handbook, (other, other_loc), (term, loc), how, avoid.term)
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
                ours: tuple[Claim, str] = (term, loc), avoid.term
                theirs: tuple[Claim, str] = (other, ("avoid", other_index, "term")), before.term
                if _is_nearer(handbook, theirs[0], ours[0]):
                    ours, theirs = theirs, ours
                (here, at), said = ours
                (there, there_at), other_said = theirs
                spelled = f' as "{other_said}"' if other_said != said else ""
                where = _format_place(handbook, there, *there_at)
                message = (
                    f'"{said}" is avoided here, by the term `{here.id}`, '
                    f"and also{spelled} by the term `{there.id}` ({where}). Keep only one of the two."
                )
                yield handbook.make_record_finding("claimed-twice", "error", here, at, message, match=said)
                break
            seen.setdefault(word, []).append((term, index, avoid))
