"""One text uses two names for one thing.

A term may have several allowed names, and each is fine. But a reader who meets two of them in one text looks for the
difference between them, so choose one. A shorter form of the same name does not count (sales rep, rep), nor does a
short form next to the words it stands for. This is a suggestion; you decide which name is better here.
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
    """The terms with two names of which neither is a shorter form of the other."""
    found = []
    for term in handbook.list_approved("terms"):
        names = [(name, make_match_key(name)) for name in (term.preferred, *term.allowed)]
        if any(_is_distinct(one, other) for one in names for other in names):
            found.append((term.id, tuple(names)))
    return found


def check(draft: Draft, facts: list[TermNames]) -> Iterator[Finding]:
    """A suggestion for each term with two names, at the first use of the rarer one."""
    # Words over a line break are not worth a slower look: two names of which one is never on one line are rare.
    source = draft.prose.source.casefold()
    names = {term: of for term, of in facts if sum(word in source for _, word in of) > 1}
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


def _check_term(
    draft: Draft, term: str, names: tuple[tuple[str, str], ...], found: list[tuple[str, int, int, int]]
) -> Iterator[Finding]:
    counts = Counter(use[0] for use in found)
    written = {word: name for name, word in names}
    pairs = [
        (one, other) for one in counts for other in counts if one != other and _is_distinct((one, one), (other, other))
    ]
    if not pairs:
        return
    order = list(written)
    # The most frequent name stays, and of two equal ones the one that the record names first.
    rank = {word: (-counts[word], order.index(word)) for word in counts}
    keep, rare = min(pairs, key=lambda pair: (rank[pair[0]], rank[pair[1]]))
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


def _is_distinct(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two names are different words, neither a part of the other nor its initials."""
    (written, first), (_, second) = one, other
    words, others = first.split(" "), second.split(" ")
    if not set(words) - set(others) or not set(others) - set(words):
        return False
    initials = "".join(word[0] for word in words), "".join(word[0] for word in others)
    return first not in (second, initials[1]) and second != initials[0] and bool(written)
