"""`onevoice baseline`: begin with an old corpus as it is, and let it only get better."""

from __future__ import annotations

from pathlib import Path

import click

from onevoice.commands import _common
from onevoice.errors import CLEAN, DataError, OnevoiceError


@click.group()
def command() -> None:
    """Keep a list of what is wrong already, so that `lint --baseline FILE` reports only what is new."""


@command.command()
@click.argument("file")
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@click.option("--no-vale", is_flag=True, help="List words only, not style.")
@_common.handbook_option
def update(file: str, paths: tuple[str, ...], no_vale: bool, handbook: str | None) -> int:
    """Make FILE from what lint finds in PATHs, or take out of it what has been mended.

    Nothing is ever added to a file that exists: its counts only go down. Without PATH: as `onevoice lint` without.
    """
    from onevoice import output
    from onevoice.commands import _baseline, _lexicon, _lint
    from onevoice.lint import baseline

    if "-" in paths:
        raise OnevoiceError("a baseline is for files. Name them in place of `-`.")
    folder, _ = _common.find(handbook)
    try:
        lexicon = _lexicon.read(folder)
    except DataError as error:
        _common.show_data(error)
        return error.exit_code
    made = not Path(file).exists()
    known = _baseline.Known(file, baseline.Baseline({}, {})) if made else _baseline.read(file)
    vale = _lint.vale_for(wanted=not no_vale, required=False)
    job = _lint.named(paths, None) if paths else _lint.handbook(_common.own(handbook))
    ini = folder / ".vale.ini"
    with _common.progress(len(job.documents)) as progress:
        found = _lint.findings(job, lexicon, _common.today(), vale, ini if ini.is_file() else None, progress=progress)
    compared = known.compare(found, job, lexicon, vale=bool(vale))
    left = known.counted(found) if made else compared.left
    try:
        output.replace(Path(file), baseline.write(left).encode("utf-8", "surrogateescape"))
    except OSError as error:
        raise OnevoiceError(f"{file}: cannot be written ({error.strerror}). Choose another place.") from None
    if made:
        count = sum(left.values())
        click.echo(
            f"{file}: {count} finding{'' if count == 1 else 's'}. Use it with `onevoice lint --baseline {file}`."
        )
    else:
        count = len(compared.new)
        several = f" {count} new ones are not in it: mend them."
        new = several if count > 1 else " One new one is not in it: mend it." if count else ""
        click.echo(f"{file}: {sum(compared.gone.values())} mended, {sum(left.values())} left.{new}")
    if not vale and not no_vale:
        click.echo(_lint.ABSENT, err=True)
    return CLEAN
