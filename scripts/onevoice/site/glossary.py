"""The glossary: a page per term, the list of words to avoid, and an address for every avoided word and old id."""

from __future__ import annotations

import functools
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

from onevoice.handbook.address import find_page_path, make_slug
from onevoice.matcher.fold import make_match_key
from onevoice.output import Artifact
from onevoice.phrases.catalog import mark_text, translate_text, translate_word
from onevoice.records.term import Avoid, Term
from onevoice.site import measured
from onevoice.site.sections import Hub, has_records
from onevoice.site.view import View

HUBS = (
    Hub(mark_text("Glossary"), "/glossary/", needs=has_records("terms")),
    Hub(
        mark_text("Glossary"),
        "/glossary/avoid/",
        mark_text("Words to avoid"),
        needs=lambda book: any(term.avoid for term in book.list_approved("terms")),
    ),
)
# How many places that use a term are listed in the open.
MOST_USERS = 8


def build_avoid_anchor(word: str) -> str:
    """The anchor of an avoided word on its term's page."""
    return f"avoid-{make_slug(word)}"


def render(view: View) -> Iterator[Artifact | None]:
    """Everything below `/glossary/`."""
    terms = sorted(view.handbook.list_approved("terms"), key=lambda term: make_match_key(term.preferred))
    known = {term.id: term for term in terms}
    places = {term.id: place for place, term in enumerate(terms)}
    rows = sorted(
        ((term, avoid) for term in terms for avoid in term.avoid), key=lambda row: make_match_key(row[1].term)
    )
    letters = [
        (letter, list(items)) for letter, items in groupby(terms, key=lambda term: _find_index_letter(term.preferred))
    ]
    yield view.render_page(
        "/glossary/",
        "glossary",
        title=translate_text("Glossary"),
        description=translate_text("%(count)s terms: what we call things and what they mean.", count=len(terms)),
        data={
            "@type": "DefinedTermSet",
            "name": translate_text("%(name)s: glossary", name=view.handbook.brand.name),
            "url": view.build_url("/glossary/"),
            "hasDefinedTerm": [view.build_url(find_page_path(term)) for term in terms],
        },
        terms=terms,
        letters=letters,
    )
    yield view.render_page(
        "/glossary/avoid/",
        "avoid",
        title=translate_text("Words to avoid"),
        description=translate_text("%(count)s words we don't use, and what to say instead.", count=len(rows)),
        rows=rows,
        build_avoid_anchor=build_avoid_anchor,
    )
    called: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        for name in _fold_names(term):
            called[name].append(term)
    for term in filter(lambda term: view.wants_page(find_page_path(term)), terms):
        twins = {other.id for name in _fold_names(term) for other in called[name]} - {term.id}
        yield view.render_page(
            find_page_path(term),
            "term",
            title=term.preferred,
            description=term.definition or translate_text("How we use “%(name)s”.", name=term.preferred),
            record=term,
            data=_build_term_data(view, term),
            build_avoid_anchor=build_avoid_anchor,
            limits_of=functools.partial(_list_limits, view, term),
            figures=measured.read_term(view, term),
            twins=sorted((known[id] for id in twins), key=lambda other: places[other.id]),
            related=sorted((known[id] for id in {*term.related} & known.keys()), key=lambda other: places[other.id]),
            users=(users := view.find_users(term)),
            folds_users=len(users) > MOST_USERS,
        )


def _build_term_data(view: View, term: Term) -> dict[str, object]:
    """A term as schema.org's DefinedTerm."""
    data: dict[str, object] = {
        "@type": "DefinedTerm",
        "name": term.preferred,
        **({"description": term.definition} if term.definition else {}),
        "url": view.build_url(find_page_path(term)),
        "inDefinedTermSet": view.build_url("/glossary/"),
    }
    if term.abbreviation:
        data["termCode"] = term.abbreviation
    if term.allowed:
        data["alternateName"] = list(term.allowed)
    return data


LEVEL_PHRASES = {"error": "", "warning": mark_text("a warning, not an error"), "suggestion": mark_text("a suggestion")}


def _list_limits(view: View, term: Term, avoid: Avoid) -> list[str]:
    """Where and when an avoided word is reported, unless that is everywhere and always, and who corrects it."""
    day = view.environment.filters["day"]
    said = [translate_word(LEVEL_PHRASES[term.get_level(avoid)])]
    said.append(
        translate_text("only for %(who)s", who=translate_text(" and ").join(avoid.audiences)) if avoid.audiences else ""
    )
    said.append(
        translate_text("only in %(where)s", where=translate_text(" and ").join(avoid.channels))
        if avoid.channels
        else ""
    )
    said.append(
        translate_text("from %(day)s", day=day(avoid.since)) if avoid.since and avoid.since > view.today else ""
    )
    said.append(
        translate_text("a warning until %(day)s", day=day(avoid.error_from))
        if avoid.error_from and avoid.error_from > view.today
        else ""
    )
    said.append(
        translate_text("only near %(words)s", words=translate_text(" or ").join(avoid.only_near))
        if avoid.only_near
        else ""
    )
    said.append(
        translate_text("not near %(words)s", words=translate_text(" or ").join(avoid.never_near))
        if avoid.never_near
        else ""
    )
    other = [place for place in avoid.unless if place != "quote"]
    said.append(
        translate_text("fine in a %(place)s", place=translate_text(" or ").join(map(translate_word, other)))
        if other
        else ""
    )
    said.append(translate_text("even in quotations") if "quote" not in avoid.unless else "")
    said.append(translate_text("a person chooses the fix") if term.get_fix(avoid) == "ask" else "")
    return [text for text in said if text]


def _find_index_letter(word: str) -> str:
    first = unicodedata.normalize("NFD", make_match_key(word))[:1].upper()
    return first if first.isalpha() else "#"


def _fold_names(term: Term) -> set[str]:
    return {make_match_key(word) for word in (term.preferred, term.abbreviation or "", *term.allowed)} - {""}
