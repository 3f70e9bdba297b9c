"""Findings as JSON for programs (a contract: the names of the keys)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from onevoice.display import join_json_rows, quote_json
from onevoice.finding import Finding
from onevoice.report import PLAIN, ReportContext

NEEDS_EXCERPTS = False


def serialize_finding(finding: Finding) -> dict[str, object]:
    """A finding as a mapping of plain values."""
    return {
        "rule": finding.rule,
        "level": finding.level,
        "path": finding.path,
        "line": finding.span.line,
        "column": finding.span.column,
        "end_line": finding.span.end_line,
        "end_column": finding.span.end_column,
        "match": finding.match,
        "message": finding.message,
        "replacements": list(finding.replacements),
        "link": finding.link,
        "reason": finding.reason,
    }


def render(findings: Sequence[Finding], context: ReportContext = PLAIN) -> str:
    """A list of objects, indented, in the order given."""
    return join_json_rows([_format_row(finding) for finding in findings]) + "\n"


def _format_row(finding: Finding) -> str:
    """What JSON makes of `serialize_finding`, in a third of the time."""
    line, column, end_line, end_column = finding.span
    return (
        f'{{"rule": {_quote(finding.rule)}, "level": {_quote(finding.level)}, "path": {_quote(finding.path)}, '
        f'"line": {line}, "column": {column}, "end_line": {end_line}, "end_column": {end_column}, '
        f"{_format_words(finding.match, finding.message, finding.replacements, finding.link, finding.reason)}}}"
    )


# Findings have the same words again and again.
_quote = lru_cache(maxsize=10_000)(quote_json)


@lru_cache(maxsize=10_000)
def _format_words(match: str, message: str, replacements: tuple[str, ...], link: str, reason: str) -> str:
    return (
        f'"match": {_quote(match)}, "message": {_quote(message)}, '
        f'"replacements": [{", ".join(map(_quote, replacements))}], "link": {_quote(link)}, "reason": {_quote(reason)}'
    )
