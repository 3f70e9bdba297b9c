"""The glossary: a page per term, the list of words to avoid, and an address for every avoided word and old id."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby

from markupsafe import escape

from onevoice.handbook.address import address, redirects
from onevoice.output import Artifact
from onevoice.records.term import Avoid, Term
from onevoice.records.word import fold, slug
from onevoice.site.escape import relative
from onevoice.site.view import View

REDIRECT = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>{title}</title>
{refresh}</head>
<body>
<p>{text}</p>
</body>
</html>
"""


def anchor(word: str) -> str:
    """The anchor of an avoided word on its term's page."""
    return f"avoid-{slug(word)}"


def pages(view: View) -> Iterator[Artifact]:
    """Everything below `/glossary/`."""
    terms = sorted(view.handbook.approved("terms"), key=lambda term: fold(term.preferred))
    rows = sorted(((term, avoid) for term in terms for avoid in term.avoid), key=lambda row: fold(row[1].term))
    letters = [(letter, list(items)) for letter, items in groupby(terms, key=lambda term: _letter(term.preferred))]
    yield view.page(
        "/glossary/",
        "glossary",
        title="Glossary",
        description=f"{len(terms)} terms: what we call things, and what they mean.",
        terms=terms,
        letters=letters,
    )
    yield view.page(
        "/glossary/avoid/",
        "avoid",
        title="Words to avoid",
        description=f"{len(rows)} words that we do not use, and what to say in their place.",
        rows=rows,
        anchor=anchor,
    )
    for term in terms:
        yield view.page(
            address(term),
            "term",
            title=term.preferred,
            description=term.definition,
            record=term,
            anchor=anchor,
            limits_of=lambda avoid: _limits(view, avoid),
            twins=[other for other in terms if other is not term and _names(term) & _names(other)],
            related=[view.handbook.get("terms", id) for id in term.related],
            users=view.users(term),
        )
    yield from _redirects(terms, rows)


LEVELS = {"error": "", "warning": "a warning, not an error", "suggestion": "a suggestion"}


def _limits(view: View, avoid: Avoid) -> list[str]:
    """Where and when an avoided word is reported, as far as it is not everywhere and always."""
    day = view.environment.filters["day"]
    said = [LEVELS[avoid.level]]
    said.append(f"only for {' and '.join(avoid.audiences)}" if avoid.audiences else "")
    said.append(f"only in {' and '.join(avoid.channels)}" if avoid.channels else "")
    said.append(f"from {day(avoid.since)}" if avoid.since and avoid.since > view.today else "")
    said.append(
        f"a warning until {day(avoid.error_from)}" if avoid.error_from and avoid.error_from > view.today else ""
    )
    other = [place for place in avoid.unless if place != "quote"]
    said.append(f"fine in a {' or '.join(other)}" if other else "")
    said.append("also where somebody is quoted" if "quote" not in avoid.unless else "")
    return [text for text in said if text]


def _letter(word: str) -> str:
    first = unicodedata.normalize("NFD", fold(word))[:1].upper()
    return first if first.isalpha() else "#"


def _names(term: Term) -> set[str]:
    return {fold(word) for word in (term.preferred, term.abbreviation or "", *term.allowed)} - {""}


def _redirects(terms: list[Term], rows: list[tuple[Term, Avoid]]) -> Iterator[Artifact]:
    pages = {term.id for term in terms}
    wanted: dict[str, list[tuple[Term, str, str]]] = {}
    for term, avoid in rows:
        if slug(avoid.term) not in pages:
            target = f"{address(term)}#{anchor(avoid.term)}"
            wanted.setdefault(redirects(avoid.term), []).append((term, target, avoid.term))
    for term in terms:
        for former in term.was:
            wanted.setdefault(f"/glossary/{former}/", []).append((term, address(term), former))
    for path, targets in sorted(wanted.items()):
        yield Artifact(f"docs{path}index.html", _redirect(path, targets).encode())


def _redirect(path: str, targets: list[tuple[Term, str, str]]) -> str:
    # Another spelling of the same word ("white-paper", "white paper") leads to the first of them.
    links = list({term.id: (_href(target, path), term, word) for term, target, word in reversed(targets)}.values())
    text = " ".join(
        f'We do not say “{escape(word)}”: see <a href="{escape(href)}">{escape(term.preferred)}</a>.'
        for href, term, word in reversed(links)
    )
    href = links[0][0]
    refresh = f'<meta http-equiv="refresh" content="0; url={escape(href)}">\n' if len(links) == 1 else ""
    return REDIRECT.format(title=escape(targets[0][2]), refresh=refresh, text=text)


def _href(target: str, path: str) -> str:
    return str(relative(target, path)).replace("index.md", "")
