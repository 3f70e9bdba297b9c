"""`onevoice baseline`: begin with an old corpus as it is, and let it only get better."""

from __future__ import annotations

import click

from onevoice.commands import _terminal
from onevoice.errors import EXIT_CLEAN, DataError, OnevoiceError


@click.group()
def command() -> None:
    """Keep a list of what is wrong already, so that `lint --baseline FILE` reports only what is new."""


@command.command()
@click.argument("file")
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@click.option("--no-vale", is_flag=True, help="List words only, not style.")
@_terminal.handbook_option
def update(file: str, paths: tuple[str, ...], no_vale: bool, handbook: str | None) -> int:
    """Make FILE from what lint finds in PATHs, or take out of it what has been mended.

    Nothing is ever added to a file that exists: its counts only go down. Without PATH: as `onevoice lint` without.
    """
    from onevoice.run.baseline import update_baseline
    from onevoice.run.lint import LintOptions, LintRun
    from onevoice.run.style import VALE_MISSING

    if "-" in paths:
        raise OnevoiceError("a baseline is for files. Name them in place of `-`.")
    try:
        run = LintRun(LintOptions(paths, handbook, no_vale=no_vale), lambda: b"")
    except DataError as error:
        _terminal.print_data_errors(error)
        return error.exit_code
    with _terminal.show_progress(len(run.job.documents)) as progress:
        line = update_baseline(file, run, progress)
    click.echo(line)
    if not run.vale and not no_vale:
        click.echo(VALE_MISSING, err=True)
    return EXIT_CLEAN
