"""Where a record comes from if its handbook extends others, as people are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from onevoice.finding import Finding
from onevoice.handbook.address import find_page_path
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import Origin
from onevoice.matcher.fold import make_match_key
from onevoice.matcher.pattern import Pattern
from onevoice.phrases.catalog import translate_text
from onevoice.records import Record
from onevoice.records.term import Term


@dataclass(frozen=True)
class Source:
    """One of the handbooks that a record is made from.

    path, line: where the record is in it. origin: the handbook; None: this one. fields: what it changes; () if the
    record begins there.
    """

    path: str
    line: int
    origin: Origin | None
    fields: tuple[str, ...] = ()


def name_origin(origin: Origin) -> str:
    """What people call a handbook, in the language that is spoken."""
    return translate_text("%(name)s handbook", name=origin.name)


def list_sources(handbook: Handbook, record: Record) -> list[Source]:
    """The handbooks that a record is made from, the nearest first."""
    return [
        Source(
            place.inner_path,
            place.line,
            place.origin,
            place.given,
        )
        for place in handbook.locate_record(record).list_places()
    ]


def credit_patterns(handbook: Handbook, patterns: Sequence[Pattern]) -> tuple[Pattern, ...]:
    """Patterns whose reasons say from which handbook they are, if that is not this one."""
    if not handbook.load_result.origins:
        return tuple(patterns)
    return tuple(_credit_pattern(handbook, pattern) for pattern in patterns)


def _credit_pattern(handbook: Handbook, pattern: Pattern) -> Pattern:
    term = handbook.find_record("terms", pattern.term)
    if not pattern.reportable or term is None:
        return pattern
    origin = handbook.locate_record(term).find_part(*_find_claim(term, pattern)).origin
    if origin is None:
        return pattern
    why = pattern.why.rstrip()
    credit = translate_text("From the %(handbook)s.", handbook=name_origin(origin))
    end = "" if not why or why[-1] in '.?!…”"' else "."
    return replace(pattern, why=f"{why}{end} {credit}".lstrip())


def _find_claim(term: Term, pattern: Pattern) -> tuple[str | int, ...]:
    """The path of what a pattern is made from in its term."""
    key = "expand_first" if pattern.introduce else "case"
    word = make_match_key(pattern.text)
    for naming in term.list_namings():
        if pattern.role != "avoid" and make_match_key(naming.preferred) == word:
            return (*naming.loc, key)
        for number, avoid in enumerate(naming.avoid):
            if pattern.role == "avoid" and make_match_key(avoid.term) == word:
                return (*naming.loc, "avoid", number)
    return ("avoid",) if pattern.role == "avoid" else (key,)


def list_term_pages(handbook: Handbook) -> dict[str, str]:
    """The addresses of terms, by their ids, on the sites of the handbooks that this one extends."""
    pages = {}
    for term in handbook.list_approved("terms") if handbook.load_result.origins else ():
        urls = [source.origin.url for source in list_sources(handbook, term) if source.origin]
        if url := next(filter(None, urls), ""):
            pages[term.id] = f"{url.rstrip('/')}{find_page_path(term)}"
    return pages


def list_own_findings(handbook: Handbook, findings: Sequence[Finding]) -> list[Finding]:
    """The findings that are this handbook's to fix: warnings about those that it extends are told to their own people.

    Errors stay, because nothing can be made of such a handbook, and say whose they are.
    """
    found = []
    for finding in findings:
        origin = next((one for one in handbook.load_result.origins if finding.path.startswith(f"{one.prefix}/")), None)
        if origin and finding.level == "error":
            message = f"{finding.message} This is in the {origin.label}: fix it there, or refine the record here."
            finding = replace(finding, message=message)
        if not origin or finding.level == "error":
            found.append(finding)
    return found
