"""`onevoice baseline`: accept what is wrong in old texts, and let it only get better."""

from __future__ import annotations

import click

from onevoice.commands import _files, _streams, _terminal
from onevoice.errors import EXIT_CLEAN, DataError, OnevoiceError


@click.group()
def command() -> None:
    """Record known findings, so that lint reports only new ones.

    `onevoice lint --baseline FILE` hides the findings that FILE records.
    """


@command.command(cls=_files.FileCommand)
@click.argument("file")
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@click.option("--no-vale", is_flag=True, help="Record words only, not style.")
@_terminal.handbook_option
def update(file: str, paths: tuple[str, ...], no_vale: bool, handbook: str | None) -> int:
    """Create FILE from current findings, or remove fixed ones from it.

    Nothing is ever added to an existing FILE: its counts only go down. Without PATH, this checks the same texts as
    `onevoice lint` without PATH.
    """
    from onevoice.run.baseline import update_baseline
    from onevoice.run.lint import LintOptions, LintRun
    from onevoice.run.style import VALE_MISSING

    if "-" in paths:
        raise OnevoiceError("a baseline works on files. Name them instead of `-`.")
    try:
        run = LintRun(LintOptions(paths, handbook, no_vale=no_vale), lambda: b"")
    except DataError as error:
        _terminal.print_data_errors(error)
        return error.exit_code
    with _terminal.show_progress(len(run.job.documents)) as progress:
        line = update_baseline(file, run, progress)
    _streams.print_line(line)
    if not run.vale and not no_vale:
        _streams.print_aside(VALE_MISSING)
    return EXIT_CLEAN
