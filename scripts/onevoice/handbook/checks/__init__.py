"""The checks of a handbook: one module each, with `check(handbook, today) -> findings`; its docstring is its page."""

from __future__ import annotations

import dataclasses
import datetime
import importlib
import pkgutil
from collections.abc import Callable, Iterable
from types import ModuleType

from onevoice import limits
from onevoice.finding import Finding, sort_findings
from onevoice.handbook.handbook import Handbook


def load_checks() -> dict[str, ModuleType]:
    """Every check by its rule's name."""
    return {
        module.name.replace("_", "-"): importlib.import_module(f"{__name__}.{module.name}")
        for module in pkgutil.iter_modules(__path__)
    }


def run_checks(handbook: Handbook, today: datetime.date) -> list[Finding]:
    """Every problem in a handbook in reading order: in its YAML, its records, and their relations.

    today: the day on which expiry and reviews are judged.
    """
    return settle_findings(handbook, collect_findings(handbook, today, lambda rule: True))


def collect_findings(handbook: Handbook, today: datetime.date, takes: Callable[[str], bool]) -> list[Finding]:
    """What the checks find whose rules are taken, for `settle_findings`: another process may take the others."""
    found: list[Finding] = []
    if handbook.load_result.is_newer:
        return found
    guessed = handbook.load_result.mistaken_lines
    for rule, module in load_checks().items():
        if not takes(rule):
            continue
        errors = 0
        for finding in module.check(handbook, today):
            assert finding.rule == rule, f"{module.__name__} reports as {finding.rule}"
            if guessed and (finding.path, finding.span.line) in guessed:
                continue
            found.append(finding)
            errors += finding.level == "error"
            if errors >= limits.MAX_ERRORS:
                message = (
                    f"more than {limits.MAX_ERRORS} records have this problem. Fix these first; then see the rest."
                )
                found.append(dataclasses.replace(finding, match="", message=message))
                break
    return found


def settle_findings(handbook: Handbook, found: Iterable[Finding]) -> list[Finding]:
    """All that is wrong in a handbook in reading order, of what the checks have found."""
    findings = [*handbook.load_result.findings, *found]
    if handbook.load_result.is_newer:
        return findings
    # What YAML alone makes of a value is told only if nobody knows better.
    known = {(one.path, one.span) for one in findings if one.rule != "yaml"}
    told = [one for one in findings if one.rule != "yaml" or one.level == "error" or (one.path, one.span) not in known]
    return sort_findings(dict.fromkeys(told))
