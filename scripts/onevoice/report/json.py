"""Findings as JSON for programs (a contract: the names of the keys)."""

from __future__ import annotations

from collections.abc import Sequence

from onevoice.display import dump_json_list
from onevoice.finding import Finding
from onevoice.report import PLAIN, ReportContext


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
    return dump_json_list(map(serialize_finding, findings)) + "\n"
