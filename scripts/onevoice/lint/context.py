"""What stands around a finding: the line for the report, and a name for the finding that outlives a change of lines."""

from __future__ import annotations

import bisect
import dataclasses
import hashlib
import re
from collections.abc import Iterable, Sequence

from onevoice.finding import Finding

# How much of a line is kept on each side of where a finding begins; a whole document can be one line.
NEAR = 240
# How far a sentence is followed in each direction.
FAR = 600

_ENDS = re.compile(r"[.!?…。！？][\"”’»)\]*_]*(?:\s|$)|\n[ \t>]*\r?\n|(?:\A|\n)[ \t]*(?:[-*+#>|]|\d+[.)])")
_SIGNS = re.compile(r"[\s*_`>#|\\]+")


def named(places: Sequence[str], findings: Iterable[Finding]) -> list[Finding]:
    """The findings, each with the place where people find its line, in words: `slide 3, Title 1: Say ...`.

    places: one for each line of the document, or none (`Prose.places`).
    """
    return [
        dataclasses.replace(finding, message=f"{place}: {finding.message}") if place else finding
        for finding in findings
        for place in (places[finding.span.line - 1] if finding.span.line <= len(places) else "",)
    ]


def placed(source: str, findings: Iterable[Finding]) -> list[Finding]:
    """The findings with excerpt and fingerprint, where they have none. source: the whole document."""
    findings = list(findings)
    if all(finding.fingerprint for finding in findings):
        return findings
    starts = [0, *(match.end() for match in re.finditer("\n", source))]
    return [finding if finding.fingerprint else _placed(source, starts, finding) for finding in findings]


def _placed(source: str, starts: list[int], finding: Finding) -> Finding:
    span = finding.span
    if span.line > len(starts):
        return dataclasses.replace(finding, fingerprint=fingerprint(finding.rule, finding.match, ""))
    start = min(starts[span.line - 1] + span.column - 1, len(source))
    last = starts[min(span.end_line, len(starts)) - 1] + span.end_column - 1
    excerpt, column = _excerpt(source, starts, start)
    return dataclasses.replace(
        finding,
        excerpt=excerpt,
        excerpt_column=column,
        fingerprint=fingerprint(finding.rule, finding.match, sentence(source, start, max(last, start))),
    )


def _excerpt(source: str, starts: list[int], at: int) -> tuple[str, int]:
    number = bisect.bisect_right(starts, at) - 1
    first = starts[number]
    end = starts[number + 1] - 1 if number + 1 < len(starts) else len(source)
    left = max(first, at - NEAR)
    return source[left : min(end, at + NEAR)].rstrip("\r"), left - first + 1


def sentence(source: str, start: int, end: int) -> str:
    """The sentence around a range of a document, without markup and white space at its edges."""
    before = source[max(start - FAR, 0) : start]
    opened = 0
    for match in _ENDS.finditer(before):
        opened = match.end()
    after = source[end : end + FAR]
    # What opens a line of its own closes only behind a line end.
    closed = next((match for match in _ENDS.finditer(after) if match.start() or match[0][0] in "\n.!?…。！？"), None)
    return before[opened:] + source[start:end] + after[: closed.start() if closed else len(after)]


def fingerprint(rule: str, match: str, around: str) -> str:
    """The name of a finding by what it says, not where: case, markup and line breaks do not count."""
    parts = (rule, *(_SIGNS.sub(" ", text).strip().casefold() for text in (match, around)))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
