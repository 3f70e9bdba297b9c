"""A text names its readers or its channel with a misspelled name.

Some words are wrong only for some readers or in some places, such as one of our short forms on the website. The front
matter says who a text is for: `audience` and `channel`, each a name or a list. A misspelled name would silently switch
those words off. So a name that is close to one of the handbook's is a warning, and so is one of the handbook's names
under `audiences` or `channels`, which are not read. Names that are nothing like ours are left alone: other programs use
these keys, too. In 2,795 public texts it said nothing, so how often it's right isn't measured.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from onevoice.errors import MISSPELLED, find_nearest
from onevoice.finding import Finding, Span
from onevoice.lint.rules import Draft, locate_rule_page
from onevoice.matcher.fold import make_match_key
from onevoice.matcher.matcher import list_meta_values
from onevoice.prose.front import has_front_key

if TYPE_CHECKING:
    from onevoice.handbook.handbook import Handbook

RULE = "unknown-reader"


def read(handbook: Handbook) -> dict[str, tuple[str, ...]]:
    """The names of audiences and channels, by the key of the front matter."""
    brand = handbook.find_single("brand")
    known = {"audience": brand.audiences, "channel": brand.channels} if brand else {}
    return {name: tuple(values) for name, values in known.items() if values}


def may_speak(path: str, source: str, facts: dict[str, tuple[str, ...]]) -> bool:
    """Whether the document names its readers or its channel."""
    return has_front_key(source, tuple(facts))


def check(draft: Draft, facts: dict[str, tuple[str, ...]]) -> Iterator[Finding]:
    """A warning for each name that is nearly a known one, and for each key that nobody reads, at its line."""
    # A list of names is on one line, however long it is.
    find_span = cache(draft.find_meta_span)
    for name, known in facts.items():
        names = {make_match_key(value): value for value in known}
        for value in list_meta_values(draft.prose.meta, name):
            near = None if make_match_key(value) in names else find_nearest(value, known, MISSPELLED)
            if near:
                message = f"The handbook has no {name} `{value}`. Did you mean `{near}`?"
                yield _make_reader_finding(draft, find_span(name), value, message)
        for value in list_meta_values(draft.prose.meta, f"{name}s"):
            if make_match_key(value) in names:
                message = f"`{name}s` is ignored. Write `{name}: {value}`."
                yield _make_reader_finding(draft, find_span(f"{name}s"), value, message)


def _make_reader_finding(draft: Draft, span: Span, value: str, message: str) -> Finding:
    return Finding(
        RULE,
        "warning",
        draft.prose.path,
        span,
        value,
        message,
        link=draft.link(locate_rule_page(RULE)),
    )
