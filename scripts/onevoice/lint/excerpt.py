"""What is around a finding: the line for the report, and a name for the finding that outlives a change of lines."""

from __future__ import annotations

import bisect
import dataclasses
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from onevoice.expression import defer_pattern
from onevoice.finding import Finding
from onevoice.matcher.fold import make_match_key
from onevoice.prose.block import list_line_starts

# How much of a line is kept on each side of where a finding begins; a whole document can be one line.
EXCERPT_RADIUS = 240
# How far a sentence is followed in each direction.
SENTENCE_RADIUS = 600

_MARKER = r"[ \t]*(?:[-*+#>|]|\d+[.)])"
# It begins with one class of characters, so that a search jumps from one to the next.
_ENDS = defer_pattern(rf"[.!?…。！？\n](?:(?<!\n)[\"”’»)\]*_]*(?:\s|$)|(?<=\n)(?:[ \t>]*\r?\n|{_MARKER}))")
_FIRST_MARKER = defer_pattern(_MARKER)
_SIGNS = "*_`>#|\\"
# ASCII in small letters, with blanks for these signs and for white space.
_PLAIN = bytes(
    32 if chr(code) in _SIGNS or (code < 128 and chr(code).isspace()) else code for code in range(256)
).lower()


def add_places(places: Sequence[str], findings: Iterable[Finding]) -> list[Finding]:
    """The findings, each with the place where people find its line, in words: `slide 3, Title 1: Say ...`.

    places: one for each line of the document, or none (`Prose.places`).
    """
    if not places:
        return list(findings)
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
        # Findings come in the order of their places: how far the ends of sentences have been looked for, the last end
        # before that, and the one behind it.
        self._searched = -1
        self._ends: Iterator[re.Match[str]] = iter(())
        self._last_end = self._next_end = 0

    def add_excerpt(self, finding: Finding) -> Finding:
        span = finding.span
        if span.line > len(self._lines):
            return dataclasses.replace(finding, fingerprint=compute_fingerprint(finding.rule, finding.match, ""))
        start = min(self._lines[span.line - 1] + span.column - 1, len(self._source))
        end = max(self._lines[min(span.end_line, len(self._lines)) - 1] + span.end_column - 1, start)
        excerpt, column = self._cut_excerpt(start)
        name = compute_fingerprint(finding.rule, finding.match, self._extract_sentence(start, end))
        return finding.add_excerpt(excerpt, column, name)

    def _cut_excerpt(self, at: int) -> tuple[str, int]:
        number = bisect.bisect_right(self._lines, at) - 1
        first = self._lines[number]
        end = self._lines[number + 1] - 1 if number + 1 < len(self._lines) else len(self._source)
        left = max(first, at - EXCERPT_RADIUS)
        return self._source[left : min(end, at + EXCERPT_RADIUS)].rstrip("\r"), left - first + 1

    def _extract_sentence(self, start: int, end: int) -> str:
        opened = self._find_opening(start)
        after = _ENDS.search(self._source, end, end + SENTENCE_RADIUS)
        return self._source[opened : after.start() if after else end + SENTENCE_RADIUS]

    def _find_opening(self, start: int) -> int:
        """Where the sentence begins that a place is in, as far as it is followed."""
        first = max(0, start - SENTENCE_RADIUS)
        if not first <= self._searched <= start:
            marker = None if first else _FIRST_MARKER.match(self._source)
            self._last_end, self._next_end = first, marker.end() if marker else first
            self._ends = _ENDS.finditer(self._source, self._next_end)
        while self._next_end <= start:
            self._last_end = self._next_end
            found = next(self._ends, None)
            self._next_end = found.end() if found else len(self._source) + 1
        self._searched = start
        return max(self._last_end, first)


# Findings come with the same words again and again, and several in one sentence.
@lru_cache(maxsize=1000)
def _strip_signs(text: str) -> bytes:
    if not text.isascii():
        for sign in _SIGNS:
            text = text.replace(sign, " ")
        return make_match_key(" ".join(text.split())).encode("utf-8", "surrogatepass")
    plain = text.encode().translate(_PLAIN)
    while b"  " in plain:
        plain = plain.replace(b"  ", b" ")
    return plain.strip(b" ")


def compute_fingerprint(rule: str, match: str, around: str) -> str:
    """The name of a finding by what it says, not where: case, markup, line breaks and kinds of signs do not count."""
    parts = (rule.encode("utf-8", "surrogatepass"), _strip_signs(match), _strip_signs(around))
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]
