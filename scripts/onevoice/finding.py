"""The one shape of a problem, be it an off-brand word in a draft or a wrong key in a record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

LEVELS = ("suggestion", "warning", "error")


class Span(NamedTuple):
    """A place in a file. Lines and columns count from 1; columns count code points; `end_column` is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


# Not frozen, because that triples the time to make one, and there may be very many; nobody changes a finding.
@dataclass(slots=True, unsafe_hash=True)
class Finding:
    """One problem at one place.

    rule: `Brand.<term id>` for a term, else the name of the rule or check.
    level: one of LEVELS.
    path: the file as the user named it, with forward slashes.
    match: the source text found, white space folded; empty if the problem is not a word.
    replacements: texts that fix it; () if none is safe, ("",) if the word is removed.
    link: a URL (or site path) that explains the rule, or "".
    reason: why the company says so, or "".
    excerpt, excerpt_column: the source line in which it begins, and the column of the excerpt's first character: of a
        very long line only the part around the finding. "" if nobody has looked.
    fingerprint: a hash of the rule, the words and the sentence around them, the same wherever that moves; or "".
    """

    rule: str
    level: str
    path: str
    span: Span
    match: str
    message: str
    replacements: tuple[str, ...] = ()
    link: str = ""
    reason: str = ""
    excerpt: str = ""
    excerpt_column: int = 1
    fingerprint: str = ""

    def add_excerpt(self, excerpt: str, column: int, fingerprint: str) -> Finding:
        """The finding with what is known of the text around it."""
        # There may be very many, and dataclasses.replace takes five times as long.
        known = (self.rule, self.level, self.path, self.span, self.match, self.message, self.replacements)
        return Finding(*known, self.link, self.reason, excerpt, column, fingerprint)

    @property
    def sort_key(self) -> tuple[str, Span, str, str]:
        return (self.path, self.span, self.rule, self.message)


@dataclass(frozen=True, slots=True)
class RulePage:
    """What people read about a rule.

    name: as findings have it; `Brand.` and `Voice.` are all rules that begin so. subject: text, record or file.
    title: its name in words. text: all of it, in Markdown.
    """

    name: str
    subject: str
    title: str
    text: str

    def show_text(self) -> str:
        """The whole page, for a terminal."""
        return f"{self.name}\n\n{self.text}"

    @property
    def anchor(self) -> str:
        """Its place on the page of rules."""
        return self.name.rstrip(".").lower()


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Findings in reading order: path, place, rule."""
    return sorted(findings, key=lambda finding: finding.sort_key)


def is_at_least(level: str, threshold: str) -> bool:
    """Whether `level` is as severe as `threshold` or more."""
    return LEVELS.index(level) >= LEVELS.index(threshold)


def cap_level(finding: Finding, highest: str | None) -> Finding:
    """The finding, no more severe than a level; None: as it is. That a file was not read stays what it is."""
    if highest is None or finding.rule == "file" or is_at_least(highest, finding.level):
        return finding
    return replace(finding, level=highest)
