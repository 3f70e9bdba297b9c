"""Findings as text for people: one line each, with the reason and the link below where there are any."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from onevoice.finding import LEVELS, Finding

COLOURS = {"error": "31", "warning": "33", "suggestion": "36"}


def _painted(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def render(findings: Sequence[Finding], *, colour: bool = False) -> str:
    """`path:line:column  level  message  [rule]`, then the reason and the link, indented.

    colour: whether the level is painted with ANSI codes.
    """
    lines = []
    for finding in findings:
        place = f"{finding.path}:{finding.span.line}:{finding.span.column}"
        level = _painted(finding.level, COLOURS[finding.level], colour)
        lines.append(f"{place}  {level}  {finding.message}  [{finding.rule}]")
        lines += [f"    {extra}" for extra in (finding.reason, finding.link) if extra]
    return "".join(f"{line}\n" for line in lines)


def summary(findings: Sequence[Finding]) -> str:
    """How many of each level, such as `2 errors, 1 warning`, or `nothing found`."""
    counts = Counter(finding.level for finding in findings)
    parts = [f"{counts[level]} {level}{'s' * (counts[level] != 1)}" for level in reversed(LEVELS) if counts[level]]
    return ", ".join(parts) or "nothing found"
