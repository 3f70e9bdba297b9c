"""What several verbs print: findings, the errors of a handbook, progress; and the option that names a handbook."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from onevoice.errors import DataError
from onevoice.finding import Finding
from onevoice.report import text

if TYPE_CHECKING:
    pass


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
