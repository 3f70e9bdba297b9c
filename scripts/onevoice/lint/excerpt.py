"""What is around a finding: the line for the report, and a name for the finding that outlives a change of lines."""

from __future__ import annotations

import bisect
import dataclasses
import hashlib
import re
from collections.abc import Iterable, Sequence

from onevoice.finding import Finding
from onevoice.matcher.fold import make_match_key
from onevoice.prose.block import list_line_starts

# How much of a line is kept on each side of where a finding begins; a whole document can be one line.
EXCERPT_RADIUS = 240
# How far a sentence is followed in each direction.
SENTENCE_RADIUS = 600

_ENDS = re.compile(r"[.!?…。！？][\"”’»)\]*_]*(?:\s|$)|\n[ \t>]*\r?\n|(?:\A|\n)[ \t]*(?:[-*+#>|]|\d+[.)])")
_SIGNS = re.compile(r"[\s*_`>#|\\]+")


def add_places(places: Sequence[str], findings: Iterable[Finding]) -> list[Finding]:
    """The findings, each with the place where people find its line, in words: `slide 3, Title 1: Say ...`.

    places: one for each line of the document, or none (`Prose.places`).
    """
    return [
        dataclasses.replace(finding, message=f"{place}: {finding.message}") if place else finding
        for finding in findings
        for place in (places[finding.span.line - 1] if finding.span.line <= len(places) else "",)
    ]


def add_excerpts(source: str, findings: Iterable[Finding]) -> list[Finding]:
    """The findings with excerpt and fingerprint, if they have none. source: the whole document."""
    findings = list(findings)
    if all(finding.fingerprint for finding in findings):
        return findings
    document = _SourceText(source)
    return [finding if finding.fingerprint else document.add_excerpt(finding) for finding in findings]


class _SourceText:
    """The lines and sentences of a document."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._lines = list_line_starts(source)

    def add_excerpt(self, finding: Finding) -> Finding:
        span = finding.span
        if span.line > len(self._lines):
            return dataclasses.replace(finding, fingerprint=compute_fingerprint(finding.rule, finding.match, ""))
        start = min(self._lines[span.line - 1] + span.column - 1, len(self._source))
        end = max(self._lines[min(span.end_line, len(self._lines)) - 1] + span.end_column - 1, start)
        excerpt, column = self._cut_excerpt(start)
        name = compute_fingerprint(finding.rule, finding.match, self._extract_sentence(start, end))
        return dataclasses.replace(finding, excerpt=excerpt, excerpt_column=column, fingerprint=name)

    def _cut_excerpt(self, at: int) -> tuple[str, int]:
        number = bisect.bisect_right(self._lines, at) - 1
        first = self._lines[number]
        end = self._lines[number + 1] - 1 if number + 1 < len(self._lines) else len(self._source)
        left = max(first, at - EXCERPT_RADIUS)
        return self._source[left : min(end, at + EXCERPT_RADIUS)].rstrip("\r"), left - first + 1

    def _extract_sentence(self, start: int, end: int) -> str:
        first = max(0, start - SENTENCE_RADIUS)
        # One sign more than is wanted: at the end of what is searched, a full stop would end a sentence in any word.
        before = (match.end() for match in _ENDS.finditer(self._source, first, start + 1))
        opened = max((at for at in before if at <= start), default=first)
        after = _ENDS.search(self._source, end, end + SENTENCE_RADIUS)
        return self._source[opened : after.start() if after else end + SENTENCE_RADIUS]


def compute_fingerprint(rule: str, match: str, around: str) -> str:
    """The name of a finding by what it says, not where: case, markup, line breaks and kinds of signs do not count."""
    parts = (rule, *(make_match_key(_SIGNS.sub(" ", text)) for text in (match, around)))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
