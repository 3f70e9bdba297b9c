"""`onevoice baseline`: begin with an old corpus as it is, and let it only get better."""

from __future__ import annotations

from pathlib import Path

import click

from onevoice.commands import _terminal
from onevoice.errors import EXIT_CLEAN, DataError, OnevoiceError
from onevoice.run.handbook import current_date, find_handbook, require_handbook


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
    from onevoice import output
    from onevoice.lint.baseline import Baseline, render_baseline
    from onevoice.run.baseline import BaselineFile, open_baseline
    from onevoice.run.job import collect_documents, collect_handbook_texts
    from onevoice.run.lexicon import read_lexicon
    from onevoice.run.lint import lint_job
    from onevoice.run.style import VALE_MISSING, select_vale

    if "-" in paths:
        raise OnevoiceError("a baseline is for files. Name them in place of `-`.")
    folder, _ = find_handbook(handbook)
    try:
        lexicon = read_lexicon(folder)
    except DataError as error:
        _terminal.print_data_errors(error)
        return error.exit_code
    made = not Path(file).exists()
    known = BaselineFile(file, Baseline({}, {})) if made else open_baseline(file)
    vale = select_vale(wanted=not no_vale, required=False)
    job = collect_documents(paths, None) if paths else collect_handbook_texts(require_handbook(handbook))
    ini = folder / ".vale.ini"
    with _terminal.show_progress(len(job.documents)) as progress:
        found = lint_job(job, lexicon, current_date(), vale, ini if ini.is_file() else None, progress=progress)
    compared = known.compare_findings(found, job, lexicon, vale=bool(vale))
    left = known.count_findings(found) if made else compared.remaining_counts
    try:
        output.replace_file(Path(file), render_baseline(left).encode("utf-8", "surrogateescape"))
    except OSError as error:
        raise OnevoiceError(f"{file}: cannot be written ({error.strerror}). Choose another place.") from None
    if made:
        count = sum(left.values())
        click.echo(
            f"{file}: {count} finding{'' if count == 1 else 's'}. Use it with `onevoice lint --baseline {file}`."
        )
    else:
        count = len(compared.new_findings)
        several = f" {count} new ones are not in it: mend them."
        new = several if count > 1 else " One new one is not in it: mend it." if count else ""
        click.echo(f"{file}: {sum(compared.resolved_counts.values())} mended, {sum(left.values())} left.{new}")
    if not vale and not no_vale:
        click.echo(VALE_MISSING, err=True)
    return EXIT_CLEAN
