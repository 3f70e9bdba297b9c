"""What `explain` tells of a term: its words, how they are looked for, and sentences that show what is found."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import LEVELS
from onevoice.lint import terms
from onevoice.matcher import pattern as patterns
from onevoice.matcher.compile import compile
from onevoice.matcher.matcher import Matcher
from onevoice.matcher.pattern import Pattern
from onevoice.prose.read import reader
from onevoice.records.term import Term

ROLES = {
    "avoid": "avoided", "name": "name", "preferred": "preferred", "allowed": "allowed", "abbreviation": "short form",
    "except": "something else",
}  # fmt: skip
# A sentence of each kind in which a word may stand; the last two are not the writer's own words.
PLACES = ("We talk about {}.", "# All about {}\n", "- and {}\n", "Run `{}` first.", 'She said: "{}."')


def words(term: Term) -> Iterator[tuple[str, str]]:
    """(what it is to the term, the words and what is known of them) for each name of a term."""
    yield "say", term.preferred + (" (a name: always written so)" if patterns.named(term) else "")
    if term.abbreviation:
        yield "short form", term.abbreviation + (" (spelled out where it comes first)" if term.expand_first else "")
    for name in term.allowed:
        yield "allowed", name
    for avoid in term.avoid:
        to = "leave it out" if avoid.remove else " or ".join(avoid.use or (term.preferred,))
        limits = [avoid.level] if avoid.level != LEVELS[-1] else []
        limits += [f"for {' and '.join(avoid.audiences)}"] if avoid.audiences else []
        limits += [f"in {' and '.join(avoid.channels)}"] if avoid.channels else []
        limits += [f"from {avoid.since} on"] if avoid.since else []
        limits += [f"a warning until {avoid.error_from}"] if avoid.error_from else []
        about = f" ({', '.join(limits)})" if limits else ""
        yield "avoid", f"{avoid.term} → {to}{about}{f'. {avoid.why}' if avoid.why else ''}"
    for phrase in term.except_:
        yield "fine", f"{phrase} (something else)"


def looked_for(term: Term) -> Iterator[tuple[str, str]]:
    """(what it is to the term, the spellings that are looked for) for each pattern of a term."""
    for item in patterns.patterns(term):
        if item.role in ROLES:
            how = "as written" if item.cased else "in any capitals"
            yield ROLES[item.role], f"{' | '.join(form.text for form in item.forms)}  ({how})"


def expressions(term: Term) -> Iterator[tuple[str, str]]:
    """The same as regular expressions, as Vale gets them."""
    for item in patterns.patterns(term):
        if item.role in ROLES:
            yield ROLES[item.role], ("" if item.cased else "(?i)") + patterns.vale(item)


def proofs(term: Term, others: list[Term], today: datetime.date) -> Iterator[tuple[str, str]]:
    """(found or silent, the sentence and what to say in it) for sentences made from the words, and the examples.

    others: all terms in use, this one among them, because they share one text.
    """
    matcher = Matcher(compile(others))
    for item in patterns.patterns(term):
        if item.loud and item.role != "abbreviation":
            for form in item.forms:
                for place in PLACES if form is item.forms[0] else PLACES[:1]:
                    yield _found(place.format(_wrong(item, form.text)), matcher, today, item)
    for example in term.examples:
        for text in filter(None, (example.bad, example.good)):
            yield _found(text, matcher, today, None)


def _wrong(item: Pattern, text: str) -> str:
    """A name is found where it is written in other letters."""
    if item.role != "name":
        return text
    return text.lower() if text.lower() != text else text.upper()


def _found(text: str, matcher: Matcher, today: datetime.date, item: Pattern | None) -> tuple[str, str]:
    audience = ", ".join(item.audiences) if item else ""
    channel = ", ".join(item.channels) if item else ""
    front = f"---\naudience: [{audience}]\nchannel: [{channel}]\n---\n" if audience or channel else ""
    prose = reader("proof.md")("proof.md", front + text)
    found = terms.check(prose, matcher, today)
    shown = " ".join(text.split())
    uses = " or ".join(use or "(nothing)" for use in found[0].replacements) if found else ""
    return ("found", f"{shown} → {uses}") if found else ("silent", shown)
