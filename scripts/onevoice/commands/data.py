"""`onevoice data`: figures of other tools week by week, and what customers said."""

from __future__ import annotations

import click

from onevoice.commands import _files, _streams, _terminal
from onevoice.errors import EXIT_CLEAN, EXIT_FINDINGS
from onevoice.run.handbook import require_handbook


@click.group()
def command() -> None:
    """Add weekly figures and customers' words, or check them."""


@command.command(cls=_files.FileCommand)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--as", "shape", metavar="SHAPE", default="", help="What the files are, if it isn't recognized.")
@_terminal.handbook_option
def add(files: tuple[str, ...], shape: str, handbook: str | None) -> int:
    """Add figures and customers' words from exports.

    Reads CSV, XLSX and zip files of Google Analytics, Search Console, HubSpot, Salesforce and form tools, and whatever
    a map in `content/metrics` describes. Weeks that are there already are replaced. What people typed is kept if the
    form says that customers said it, and nothing in it leads to a person. If a file is wrong, nothing is written.
    """
    from onevoice.run.data import add_data

    addition = add_data(require_handbook(handbook), files, shape, _streams.print_aside)
    for line in addition.said:
        _streams.print_aside(line)
    wrote = f"Wrote {', '.join(addition.written)}. Run `onevoice data check`, then commit."
    _streams.print_line(wrote if addition.written else "Nothing has changed: all of it is there already.")
    return EXIT_CLEAN


@command.command()
@_terminal.handbook_option
def check(handbook: str | None) -> int:
    """Check the figures and customers' words."""
    from onevoice.run.data import check_data, describe_data

    found, findings = check_data(require_handbook(handbook))
    if findings:
        _terminal.print_findings(findings)
    _streams.print_aside(describe_data(found))
    return EXIT_FINDINGS if any(finding.level == "error" for finding in findings) else EXIT_CLEAN


@command.command()
@click.argument("group", default="", metavar="[GROUP]")
@_terminal.handbook_option
def propose(group: str, handbook: str | None) -> int:
    """Propose a message for what customers said; without GROUP, list what nothing answers."""
    from onevoice.run.propose import propose_message

    _streams.print_line("\n".join(propose_message(require_handbook(handbook), group, _streams.print_aside)))
    return EXIT_CLEAN
