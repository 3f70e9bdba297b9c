"""`onevoice upgrade`: bring a handbook up to date with this version of onevoice."""

from __future__ import annotations

import sys

import click

from onevoice.commands import _streams, _terminal
from onevoice.errors import EXIT_CLEAN, EXIT_FINDINGS, DataError
from onevoice.run.handbook import require_handbook


@click.command()
@click.option("--dry-run", is_flag=True, help="Only list what would change; exit code 1 if anything would.")
@click.option("--yes", is_flag=True, help="Change the files without asking.")
@_terminal.handbook_option
def command(dry_run: bool, yes: bool, handbook: str | None) -> int:
    """Bring a handbook's records up to date with this version.

    Lists which keys and values of its records are written differently now, asks, and changes them. Comments, order and
    layout stay. It also raises the version of onevoice that the handbook pins in pyproject.toml or requirements.txt. If
    nobody can be asked, because standard input is no terminal, it changes nothing without --yes.
    """
    from onevoice.run.upgrade import plan_upgrade, write_upgrade

    folder = require_handbook(handbook)
    try:
        changes = plan_upgrade(folder)
    except DataError as error:
        _terminal.print_data_errors(error)
        return error.exit_code
    for line in (line for change in changes for line in change.lines):
        _streams.print_line(line)
    if not changes:
        _streams.print_aside(f"{folder} is up to date.")
        return EXIT_CLEAN
    files = f"{len(changes)} file{'s' * (len(changes) != 1)}"
    if not yes and not dry_run and sys.stdin.isatty():
        yes = click.confirm(f"Change {files}?", err=True)
    if dry_run or not yes:
        advice = (
            "" if dry_run else " Run it with --yes to change them." if len(changes) > 1 else " Use --yes to change it."
        )
        _streams.print_aside(f"Nothing was changed; {files} would be.{advice}")
        return EXIT_FINDINGS
    write_upgrade(folder, changes, _streams.print_aside)
    _streams.print_aside(f"Changed {files}. Run `onevoice check`, then commit.")
    return EXIT_CLEAN
