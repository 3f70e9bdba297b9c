"""What `explain` tells of a term: its words, how they are looked for, and sentences that show what is found."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from onevoice.finding import LEVELS
from onevoice.handbook.handbook import Handbook
from onevoice.lint import terms
from onevoice.matcher import pattern as patterns
from onevoice.matcher import probes
from onevoice.matcher.compile import compile_terms
from onevoice.matcher.fold import make_match_key
from onevoice.matcher.language import ANY
from onevoice.matcher.matcher import Matcher
from onevoice.matcher.pattern import Pattern
from onevoice.prose.read import resolve_reader
from onevoice.records.term import Term
from onevoice.records.voice import Trait, ValeRule

ROLES = {
    "avoid": "avoided", "name": "name", "preferred": "preferred", "allowed": "allowed", "abbreviation": "short form",
    "except": "exception",
}  # fmt: skip


def find_voice_rules(book: Handbook, name: str) -> Iterator[tuple[Trait, ValeRule]]:
    """The rules for Vale that give findings this name, each with the trait of the voice that it stands for."""
    voice = book.find_single("voice")
    for trait in voice.traits if voice else ():
        yield from ((trait, rule) for rule in trait.vale if name in (f"Voice.{rule.id}", f"Voice.{rule.id}.spelling"))


def find_terms(given: Iterable[Term], name: str) -> list[Term]:
    """The term with this id; without one, those that have it among their words, also those to avoid."""
    key, listed = make_match_key(name), list(given)
    return [term for term in listed if name == term.id] or [
        term
        for term in listed
        if key in map(make_match_key, (term.preferred, term.abbreviation or "", *term.allowed))
        or key in (make_match_key(avoid.term) for avoid in term.avoid)
    ]


def describe_words(term: Term) -> Iterator[tuple[str, str]]:
    """(what it is to the term, the words and what is known of them) for each name of a term."""
    yield "say", term.preferred + (" (a name: always written this way)" if patterns.is_name(term) else "")
    if term.abbreviation:
        yield "short form", term.abbreviation + (" (spelled out on first use)" if term.expand_first else "")
    for name in term.allowed:
        yield "allowed", name
    if term.one_per_text:
        yield "one per text", " or ".join(term.one_per_text)
    for avoid in term.avoid:
        to = "leave it out" if avoid.remove else " or ".join(avoid.use or (term.preferred,))
        level = term.get_level(avoid)
        limits: list[str] = [level] if level != LEVELS[-1] else []
        limits += ["a person chooses"] if term.get_fix(avoid) == "ask" else []
        limits += [f"for {' and '.join(avoid.audiences)}"] if avoid.audiences else []
        limits += [f"in {' and '.join(avoid.channels)}"] if avoid.channels else []
        limits += [f"from {avoid.since} on"] if avoid.since else []
        limits += [f"a warning until {avoid.error_from}"] if avoid.error_from else []
        limits += [f"only near {' or '.join(only)}"] if (only := avoid.only_near or term.only_near) else []
        limits += [f"not near {' or '.join(never)}"] if (never := avoid.never_near or term.never_near) else []
        about = f" ({', '.join(limits)})" if limits else ""
        yield "avoid", f"{avoid.term} → {to}{about}{f'. {avoid.why}' if avoid.why else ''}"
    for phrase in term.except_:
        yield "fine", f"{phrase} (something else)"


def describe_contexts(term: Term, name: str) -> Iterator[tuple[str, str]]:
    """(how to write it, what it does) for each way to let an avoided word be where it means something else.

    name: of the term or of the word that it is about.
    """
    if not term.avoid:
        return
    asked = make_match_key(name)
    word = next((avoid.term for avoid in term.avoid if make_match_key(avoid.term) == asked), term.avoid[0].term)
    yield f"- term: {word}", "below `avoid`; near means: in the same sentence"
    yield "  only_near: [one, two]", "reported only near one of these words"
    yield "  never_near: [one, two]", "fine near one of these, as in a technical sense"
    yield "  unless: [quote, heading]", "fine there, or in a title or link"
    yield f"except: [one {word}]", "fine in these phrases, such as names"


def _list_patterns(term: Term) -> list[Pattern]:
    """Those of a term, each with forms that are found in any capitals, or only as they are written."""
    found = [item for naming in term.list_namings() for item in patterns.make_patterns(naming)]
    return [part for item in found for part in patterns.split_by_case(item)]


def describe_patterns(term: Term) -> Iterator[tuple[str, str]]:
    """(what it is to the term, the spellings that are looked for) for each pattern of a term."""
    for item in _list_patterns(term):
        if item.role in ROLES:
            how = "as written" if item.cased else "any capitalization"
            how = f"{how}, in {item.language}" if item.language not in ("", ANY) else how
            yield ROLES[item.role], f"{' | '.join(form.text for form in item.forms)}  ({how})"


def describe_regexes(term: Term) -> Iterator[tuple[str, str]]:
    """The same as regular expressions, as Vale gets them."""
    for item in _list_patterns(term):
        if item.role in ROLES:
            yield ROLES[item.role], ("" if item.cased else "(?i)") + patterns.build_vale_regex(item)


def describe_probes(
    term: Term, others: list[Term], today: datetime.date, language: str = "en"
) -> Iterator[tuple[str, str]]:
    """(flagged or fine, the sentence and what to say in it) for sentences made from the words, and the examples.

    others: all terms in use, this one among them, because they share one text. language: the handbook's.
    """
    matcher = Matcher(compile_terms(others, language))
    for pattern in matcher.patterns_of(term.id):
        if pattern.role == "avoid":
            yield from _probe_avoided_word(matcher, pattern, today)
        elif pattern.role == "name":
            yield _probe_text(f"We say {_misspell_name(pattern.text)} here.", matcher, today)
    for example in term.examples:
        for text in filter(None, (example.bad, example.good)):
            yield _probe_text(text, matcher, today)


def _probe_avoided_word(matcher: Matcher, pattern: Pattern, today: datetime.date) -> Iterator[tuple[str, str]]:
    document = probes.make_pattern_context(pattern, today)
    places: dict[bool, list[str]] = {True: [], False: []}
    for form in pattern.forms:
        for number, sentence in enumerate(probes.iter_positive_sentences(pattern, form)):
            hits = matcher.find_hits(sentence.text, document=document, kind=sentence.kind, links=sentence.links)
            uses = [hit.replacements for hit in hits if (hit.start, hit.end) == (sentence.at, sentence.end)]
            if number:
                places[bool(uses)].append(sentence.where)
            else:
                yield _describe_sentence(sentence.text, uses[0] if uses else None)
    for sentence in probes.iter_hidden_sentences(pattern.forms[0]):
        places[bool(matcher.find_hits(sentence.text, document=document))].append(sentence.where)
    for sentence in probes.iter_other_contexts(pattern):
        hits = matcher.find_hits(sentence.text, document=document)
        uses = [hit.replacements for hit in hits if (hit.start, hit.end) == (sentence.at, sentence.end)]
        yield _describe_sentence(sentence.text, uses[0] if uses else None)
    for found, where in places.items():
        if where:
            yield ("flagged" if found else "fine"), f"also: {', '.join(dict.fromkeys(where))}"


def _misspell_name(name: str) -> str:
    return name.lower() if name.lower() != name else name.upper()


def _probe_text(text: str, matcher: Matcher, today: datetime.date) -> tuple[str, str]:
    found = terms.check_terms(resolve_reader("proof.md")("proof.md", text), matcher, today)
    return _describe_sentence(text, found[0].replacements if found else None)


def _describe_sentence(text: str, uses: tuple[str, ...] | None) -> tuple[str, str]:
    """uses: what to say in place of the words that are flagged; None if nothing is."""
    return ("fine", text) if uses is None else ("flagged", f"{text} → {_format_choices(uses)}")


def _format_choices(uses: tuple[str, ...]) -> str:
    return " or ".join(use or "(nothing)" for use in uses)
