"""A report of findings on standard output, in the requested format."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

import onevoice
from onevoice.commands import _terminal
from onevoice.finding import Finding

FORMATS = ("text", "json", "github", "sarif")


def print_report(form: str, findings: Sequence[Finding], title: str) -> None:
    """Print the findings. title: one line on what was checked, for the summary page of a job on GitHub."""
    if form == "text":
        _terminal.print_findings(findings)
    elif form == "json":
        from onevoice.report import json

        click.echo(json.render(findings), nl=False)
    elif form == "github":
        from onevoice import output
        from onevoice.report import github

        click.echo(github.render(findings), nl=False)
        if page := os.environ.get("GITHUB_STEP_SUMMARY"):
            try:
                output.append_bytes(Path(page), github.render_job_summary(findings, title).encode())
            except OSError as error:
                click.echo(f"{page}: could not write the summary ({error.strerror}).", err=True)
    else:
        from onevoice.report import sarif
        from onevoice.run import rules

        helps = {page.name: page.text for page in rules.list_rule_pages()}
        click.echo(sarif.render(findings, version=onevoice.__version__, helps=helps), nl=False)
