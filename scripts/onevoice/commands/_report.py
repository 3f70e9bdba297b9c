"""A report of findings on standard output, in the requested format."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import onevoice
from onevoice.commands import _streams, _terminal
from onevoice.finding import Finding
from onevoice.report import ReportContext, load_report


def print_report(form: str, findings: Sequence[Finding], title: str) -> None:
    """Print the findings. form: the name of a report. title: one line on what was checked."""
    report = load_report(form)
    if getattr(report, "NAMES_FROM_TOP", False):
        from onevoice.run.checkout import name_from_top

        findings = name_from_top(findings, Path.cwd(), os.environ)
    context = ReportContext(
        title, onevoice.__version__, _terminal.supports_color(), _terminal.get_terminal_width(), _explain_rules
    )
    shown = report.render(findings, context)
    if form == "text":
        _streams.print_text(shown, end="", color=context.color)
    else:
        _streams.print_data(shown)
    if page := os.environ.get(getattr(report, "PAGE_VARIABLE", "")):
        from onevoice import disk

        try:
            disk.append_bytes(Path(page), report.render_page(findings, context).encode())
        except OSError as error:
            _streams.print_aside(f"{page}: could not write the summary ({error.strerror}).")


def _explain_rules() -> Mapping[str, str]:
    from onevoice.run import rules

    return {page.name: page.text for page in rules.list_rule_pages()}
