"""Findings as SARIF 2.1.0 (OASIS), which code scanning and many editors read."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from onevoice.display import dump_json, dump_json_list
from onevoice.finding import Finding
from onevoice.report import PLAIN, ReportContext

NAMES_FROM_TOP = True
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# The name by which readers of SARIF know the folder of a repository.
ROOT = "%SRCROOT%"
LEVELS = {"error": "error", "warning": "warning", "suggestion": "note"}


def render(findings: Sequence[Finding], context: ReportContext = PLAIN) -> str:
    """One run of SARIF. A rule without an explanation is explained by its own findings."""
    helps = context.explain_rules()
    rules: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda finding: finding.rule):
        rules.setdefault(finding.rule, []).append(finding)
    number = {rule: index for index, rule in enumerate(rules)}
    driver = {
        "name": "onevoice",
        "semanticVersion": context.version,
        "rules": [_build_rule(rule, own, helps) for rule, own in rules.items()],
    }
    top = "The top of the checkout, or else the folder in which onevoice was run."
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": top}}},
        "results": [],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    results = (_build_result(finding, number[finding.rule]) for finding in findings)
    # In a string, the quotation marks of these words would be escaped.
    return dump_json(log).replace('"results": []', f'"results": {dump_json_list(results, " " * 6)}') + "\n"


def _build_rule(rule: str, own: Sequence[Finding], helps: Mapping[str, str]) -> dict[str, object]:
    link = next((finding.link for finding in own if finding.link.startswith("http")), "")
    text = helps.get(rule) or helps.get(f"{rule.partition('.')[0]}.")
    reasons = list(dict.fromkeys(finding.reason for finding in own if finding.reason))
    text = "\n\n".join(filter(None, [*reasons, text])) or own[0].message
    made: dict[str, object] = {
        "id": rule,
        "name": "".join(part[:1].upper() + part[1:] for part in rule.replace(".", "-").split("-")),
        "shortDescription": {"text": text.split("\n", 1)[0]},
        "help": {"text": text, "markdown": text + (f"\n\n[The rule in the handbook]({link})" if link else "")},
        "defaultConfiguration": {"level": LEVELS[own[0].level]},
    }
    if link:
        made["helpUri"] = link
    return made


def _build_result(finding: Finding, rule: int) -> dict[str, object]:
    span = finding.span
    region: dict[str, object] = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    if finding.match:
        region["snippet"] = {"text": finding.match}
    location = {"artifactLocation": _build_location(finding.path), "region": region}
    message = "\n".join(filter(None, (finding.message, finding.reason)))
    made: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": LEVELS[finding.level],
        "message": {"text": message},
        "locations": [{"physicalLocation": location}],
    }
    if finding.fingerprint:
        made["partialFingerprints"] = {"sentence/v1": finding.fingerprint}
    if finding.replacements:
        made["fixes"] = [_build_fix(finding, replacement) for replacement in finding.replacements]
    return made


def _build_fix(finding: Finding, replacement: str) -> dict[str, object]:
    span = finding.span
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    change = {"deletedRegion": region, "insertedContent": {"text": replacement}}
    what = f'Write "{replacement}".' if replacement else "Leave it out."
    return {
        "description": {"text": what},
        "artifactChanges": [{"artifactLocation": _build_location(finding.path), "replacements": [change]}],
    }


def _build_location(path: str) -> dict[str, object]:
    """A path as a URI: relative to ROOT, or absolute. Its bytes are those that the system has."""
    errors = sys.getfilesystemencodeerrors()
    # Drive letters of Windows are no scheme.
    if path.startswith("/"):
        return {"uri": f"file://{quote(path, errors=errors)}"}
    if path[1:3] in (":/", ":\\"):
        return {"uri": f"file:///{quote(path, safe='/:', errors=errors)}"}
    return {"uri": quote(path, errors=errors), "uriBaseId": ROOT}
