"""`onevoice prove`: test every entry of a Vale style, and list those that do not do what they say."""

from __future__ import annotations

from pathlib import Path

import click

from onevoice.commands import _report, _streams
from onevoice.errors import EXIT_CLEAN, EXIT_FINDINGS
from onevoice.finding import is_at_least
from onevoice.report import list_report_names


@click.command()
@click.argument("style_dir", metavar="STYLE_DIR", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(list_report_names()), default="text", help="Report format.")
def command(style_dir: Path, form: str) -> int:
    """Test every entry of a Vale style with Vale itself.

    Lists entries that never fire, are shadowed by others or contradict themselves. STYLE_DIR is a style's folder (with
    its *.yml files) or a folder of such folders. Nothing in it is changed.
    """
    from onevoice.run.prove import prove_style

    result = prove_style(style_dir)
    _report.print_report(form, result.findings, result.summary)
    _streams.print_aside(result.summary)
    return EXIT_FINDINGS if any(is_at_least(finding.level, "error") for finding in result.findings) else EXIT_CLEAN
