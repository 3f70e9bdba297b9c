"""One text uses two names for one thing.

A term may have several names, and each is fine. But a reader who meets two of them in one text may look for the
difference between them. For the names where you've seen this happen, list them in the term as `one_per_text`:

    - id: deal
      preferred: deal
      allowed: [opportunity]
      one_per_text: [deal, opportunity]

A text that uses two of them gets a suggestion at the rarer one; you decide which name is better here. Terms without
this key are never reported: most allowed names mean something a little different, and of 12 findings without it, none
was worth a change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onevoice.finding import Finding
from onevoice.lint.rules import Draft, locate_rule_page
from onevoice.lint.terms import collapse_whitespace
from onevoice.matcher.fold import make_match_key

if TYPE_CHECKING:
    from onevoice.handbook.handbook import Handbook

RULE = "mixed-names"

# A term's id, and its names: each as written and as it is compared.
TermNames = tuple[str, tuple[tuple[str, str], ...]]


def read(handbook: Handbook) -> list[TermNames]:
    """The terms that want one of several names in a text, and these names, the preferred one first."""
    found = []
    for term in handbook.list_approved("terms"):
        if term.one_per_text:
            names = sorted(term.one_per_text, key=lambda name: name != term.preferred)
            found.append((term.id, tuple((name, make_match_key(name)) for name in names)))
    return found


def may_speak(path: str, source: str, facts: list[TermNames]) -> bool:
    """Whether two names of one term are somewhere in the document."""
    return bool(_select_terms(source, facts))


def check(draft: Draft, facts: list[TermNames]) -> Iterator[Finding]:
    """A suggestion for each term with two names, at the first use of the rarer one."""
    names = _select_terms(draft.prose.source, facts)
    if not names:
        return
    uses: dict[str, list[tuple[str, int, int, int]]] = {term: [] for term in names}
    for number, block in enumerate(draft.prose.blocks):
        if block.quoted:
            continue
        for hit in draft.matcher.find_mentions(block.text):
            if hit.term in names and hit.category in ("preferred", "allowed"):
                uses[hit.term].append((make_match_key(hit.variant), number, hit.start, hit.end))
    for term, found in uses.items():
        yield from _check_term(draft, term, names[term], found)


def _select_terms(source: str, facts: list[TermNames]) -> dict[str, tuple[tuple[str, str], ...]]:
    """The names of the terms of which two are in the source."""
    # Words over a line break are not worth a slower look: two names of which one is never on one line are rare.
    text = source.casefold()
    return {term: of for term, of in facts if sum(word in text for _, word in of) > 1}


def _check_term(
    draft: Draft, term: str, names: tuple[tuple[str, str], ...], found: list[tuple[str, int, int, int]]
) -> Iterator[Finding]:
    written = {word: name for name, word in names}
    counts = Counter(word for word, *_ in found if word in written)
    if len(counts) < 2:
        return
    # The most frequent name stays, and of two equal ones the preferred one, or the one that the record names first.
    order = list(written)
    keep, rare = sorted(counts, key=lambda word: (-counts[word], order.index(word)))[:2]
    _, number, start, end = next(use for use in found if use[0] == rare)
    first, last = draft.prose.blocks[number].map_to_source(start, end)
    yield Finding(
        RULE,
        "suggestion",
        draft.prose.path,
        draft.prose.locate_span(first, last),
        collapse_whitespace(draft.prose.source[first:last]),
        f'"{written[rare]}" and "{written[keep]}" are names for the same thing. Use only one of them in this text.',
        link=draft.link(f"/glossary/{term}/") or draft.link(locate_rule_page(RULE)),
    )
