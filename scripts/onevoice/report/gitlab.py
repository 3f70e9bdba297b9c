"""Findings as a Code Quality report of GitLab, which a merge request shows next to the lines that it changes.

GitLab tells a new finding from a known one by its fingerprint alone, and drops a second finding that has the same one.
Source: "Code Quality report format" of its documentation.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from onevoice.display import dump_json_list, encode_path
from onevoice.finding import Finding
from onevoice.report import PLAIN, ReportContext

NAMES_FROM_TOP = True
# GitLab has two levels above these, for findings that break a program.
SEVERITIES = {"error": "major", "warning": "minor", "suggestion": "info"}


def render(findings: Sequence[Finding], context: ReportContext = PLAIN) -> str:
    """A list of objects, in the order given. A fingerprint stays the same if the sentence moves within its file."""
    seen: Counter[str] = Counter()
    issues = []
    for finding in findings:
        name = _name_finding(finding)
        seen[name] += 1
        issues.append(_build_issue(finding, _hash_text(f"{name}\0{seen[name]}")))
    return dump_json_list(issues) + "\n"


def _name_finding(finding: Finding) -> str:
    around = finding.fingerprint or f"{finding.match}\0{finding.message}"
    return f"{encode_path(finding.path)}\0{finding.rule}\0{around}"


def _hash_text(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _build_issue(finding: Finding, fingerprint: str) -> dict[str, object]:
    span = finding.span
    # GitLab shows a description in one line, and no other text.
    description = " ".join(" ".join(filter(None, (finding.message, finding.reason))).split())
    return {
        "description": description,
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": SEVERITIES[finding.level],
        "location": {"path": encode_path(finding.path), "lines": {"begin": span.line, "end": span.end_line}},
    }
