"""What several verbs do: find the handbook, load it, stop on its errors, print findings."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

import onevoice
from onevoice.errors import DataError, OnevoiceError
from onevoice.finding import Finding
from onevoice.report import text

if TYPE_CHECKING:
    from onevoice.handbook.handbook import Handbook


def today() -> datetime.date:
    """The day on which dates are judged: $ONEVOICE_TODAY (YYYY-MM-DD) or the clock's."""
    given = os.environ.get("ONEVOICE_TODAY")
    try:
        return datetime.date.fromisoformat(given) if given else datetime.date.today()
    except ValueError:
        raise OnevoiceError(f"$ONEVOICE_TODAY: `{given}` is not a date. Write it as YYYY-MM-DD.") from None


def packaged() -> Path:
    """The sample handbook that comes with the tool: inside the wheel, or the repository it runs from."""
    package = Path(onevoice.__file__).parent
    sample = package / "sample"
    return sample if sample.is_dir() else package.parent.parent


def find(given: str | None) -> tuple[Path, bool]:
    """The handbook's folder, and whether it is the packaged sample.

    In this order: what `--handbook` or $ONEVOICE_HANDBOOK names, the folder that the current one is in, the sample.
    """
    from onevoice.load.walk import is_handbook

    given = given or os.environ.get("ONEVOICE_HANDBOOK")
    if given:
        folder = Path(given)
        if not is_handbook(folder):
            raise OnevoiceError(
                f"{given}: there is no handbook here. A handbook has a folder `terminology` with YAML files."
            )
        return folder, False
    here = Path.cwd()
    for folder in (here, *here.parents):
        if is_handbook(folder):
            return folder, False
    return packaged(), True


def own(given: str | None = None) -> Path:
    """The handbook's folder, which must not be the sample. Raises OnevoiceError where there is none."""
    folder, sample = find(given)
    if sample:
        raise OnevoiceError("there is no handbook here. Go to its folder, or name it with --handbook.")
    return folder


def load(folder: Path, *, strict: bool = False) -> tuple[Handbook, list[Finding]]:
    """The handbook and its warnings. Raises DataError with all findings where any is an error.

    strict: warnings are errors.
    """
    from onevoice.handbook import checks
    from onevoice.handbook.handbook import Handbook
    from onevoice.load.folder import load as read

    handbook = Handbook(read(folder))
    findings = checks.run(handbook, today())
    if strict:
        findings = [dataclasses.replace(finding, level="error") for finding in findings]
    if any(finding.level == "error" for finding in findings):
        raise DataError(findings)
    return handbook, findings


def colour() -> bool:
    """Whether to paint what goes to standard output."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def width() -> int | None:
    """How wide the terminal is that standard output goes to; None where it goes elsewhere."""
    return max(shutil.get_terminal_size().columns, 40) if sys.stdout.isatty() else None


def show(findings: Sequence[Finding]) -> None:
    """Print findings as text."""
    click.echo(text.render(findings, colour=colour(), width=width()), nl=False)


@contextlib.contextmanager
def progress(total: int) -> Iterator[Callable[[int], None]]:
    """A function that is told how many of so many files are done, and says so on a terminal."""
    if not sys.stderr.isatty() or total < 100:
        yield lambda count: None
        return
    said = ""

    def say(count: int) -> None:
        nonlocal said
        line = f"Checked {100 * count // total} % of {total} files"
        if line != said:
            said = line
            click.echo(f"\r{line}", nl=False, err=True)

    try:
        yield say
    finally:
        click.echo(f"\r{' ' * len(said)}\r", nl=False, err=True)


def show_data(error: DataError, *, aside: bool = False) -> None:
    """Print the problems of a handbook's records, and how many there are.

    aside: to standard error, where standard output is for something else.
    """
    if aside:
        click.echo(text.render(error.findings), nl=False, err=True)
    else:
        show(error.findings)
    click.echo(f"The handbook's records: {text.summary(error.findings)}.", err=True)


def handbook_option(function):
    """The option --handbook."""
    return click.option("--handbook", metavar="DIR", help="The folder of the handbook to use.")(function)
