"""Words: a document uses a name that the company avoids, misspells one, or leaves a short form unexplained.

Each term of the handbook is a rule of its own, `Brand.<term id>`. It flags three things:

- a word that the term's record lists under `avoid`, with what to say instead, and why;
- a name whose record says `case: exact`, if it is capitalized differently;
- an abbreviation whose record says `expand_first`, if its first use in the document is not spelled out.

With the sample handbook that comes with onevoice, an editor accepted 72 of 80 findings in public English texts. If a
word has another sense, `onevoice explain` shows how to name the words near which it's fine.

Code, addresses and quotations are left alone. If there is exactly one replacement, `--fix` writes it, unless the record
says `fix: ask`, the word is part of a name ("Facebook Client Terms") or a bold label ("Click **Add client**"), or its
term has no part of speech and it may be a verb here ("it offers"). If the word is right after all, put it between
`<!-- vale Brand.<term id> = NO --><!-- because: ... -->` and `<!-- vale Brand.<term id> = YES -->`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from onevoice.finding import Finding, sort_findings
from onevoice.lint.issue import Issue
from onevoice.matcher.matcher import Context, Hit, Matcher
from onevoice.matcher.usage import is_in_label

if TYPE_CHECKING:
    from onevoice.prose.block import Block, Prose

PREFIX = "Brand."


@dataclass(slots=True, unsafe_hash=True, kw_only=True)
class TermIssue(Issue):
    """A finding of a term. hit: what the matcher found. plain: nothing in or around the words keeps a replacement
    from being safe."""

    hit: Hit
    plain: bool


def check_terms(
    prose: Prose, matcher: Matcher, today: datetime.date, link: Callable[[str], str] | None = None
) -> list[Finding]:
    """The findings in a document, in reading order. link: a term's id to the address of its page."""
    return sort_findings(finding for finding, *_ in _iter_findings(prose, matcher, today, link))


def find_issues(
    prose: Prose, matcher: Matcher, today: datetime.date, link: Callable[[str], str] | None = None
) -> list[TermIssue]:
    """The same with what a fix needs."""
    issues = []
    for finding, number, hit, (start, end), plain in _iter_findings(prose, matcher, today, link):
        is_sure = (
            plain
            and not hit.ask
            and hit.category != "abbreviation"
            and len(hit.replacements) == 1
            and not is_in_label(prose.source, start, end)
        )
        use = hit.replacements[0] if is_sure else None
        issues.append(TermIssue(finding, number, hit.start, hit.end, use, hit.variant, hit=hit, plain=plain))
    return sorted(issues, key=lambda issue: issue.finding.sort_key)


def _iter_findings(
    prose: Prose, matcher: Matcher, today: datetime.date, link: Callable[[str], str] | None
) -> Iterator[tuple[Finding, int, Hit, tuple[int, int], bool]]:
    """Each finding, the number of its block, its hit, where that is in the source, and as in `TermIssue` plain."""
    document = Context.from_meta(prose.meta, today)
    # What all findings of a term have: to build it takes longer than to look it up.
    heads: dict[str, tuple[str, str]] = {}
    explained: set[str] = set()
    for known in matcher.blocks_to_check([block.text for block in prose.blocks]):
        block = prose.blocks[known.number]
        hits = matcher.find_hits(
            block.text,
            kind=block.kind,
            quoted=block.quoted,
            links=block.links,
            quotes=block.quotes,
            document=document,
            known=known,
        )
        for hit in hits:
            if hit.category == "abbreviation" and _allows_abbreviation(hit, block, explained):
                continue
            plain = block.is_replaceable(hit.start, hit.end) and not hit.is_unsure
            if hit.term not in heads:
                heads[hit.term] = PREFIX + hit.term, link(hit.term) if link else ""
            place = block.map_to_source(hit.start, hit.end)
            yield _make_term_finding(prose, block, hit, place, plain, heads[hit.term]), known.number, hit, place, plain


def _allows_abbreviation(hit: Hit, block: Block, explained: set[str]) -> bool:
    """Whether this use of a short form is fine; notes which have been explained or reported."""
    if hit.variant in explained:
        return True
    # A title has no room to explain; the text below it has.
    if not hit.is_spelled_out and block.kind in ("heading", "title", "alt"):
        return True
    explained.add(hit.variant)
    return hit.is_spelled_out


def _make_term_finding(
    prose: Prose, block: Block, hit: Hit, place: tuple[int, int], plain: bool, head: tuple[str, str]
) -> Finding:
    """place: where the hit is in the source. head: the rule and the link."""
    start, end = place
    return Finding(
        head[0],
        hit.level,
        prose.path,
        prose.locate_span(start, end),
        collapse_whitespace(prose.source[start:end]),
        _format_message(hit.category, hit.replacements, block.text[hit.start : hit.end]),
        hit.replacements if plain else (),
        head[1],
        hit.reason,
    )


def collapse_whitespace(text: str) -> str:
    """The text with each run of spaces, tabs and line ends as one space; other white space stays."""
    out = text if text.isprintable() else text.replace("\t", " ").replace("\r", " ").replace("\n", " ")
    while "  " in out:
        out = out.replace("  ", " ")
    return out


# A text has the same words again and again.
@lru_cache(maxsize=10_000)
def _format_message(category: str, replacements: tuple[str, ...], found: str) -> str:
    found = collapse_whitespace(found)
    uses = [f'"{use}"' for use in replacements]
    if category == "case":
        return f'Write {uses[0]}, not "{found}".'
    if replacements == ("",):
        return f'Leave out "{found}".'
    choice = uses[0] if len(uses) == 1 else f"{', '.join(uses[:-1])} or {uses[-1]}"
    if category == "abbreviation":
        return f'Spell out "{found}" on first use: {choice}.'
    return f'Say {choice}, not "{found}".'
