"""What several verbs print: findings, the errors of a handbook, progress; and the option that names a handbook."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import click

from onevoice.errors import DataError
from onevoice.finding import Finding
from onevoice.report import ReportContext, text

Verb = TypeVar("Verb", bound=Callable[..., Any])


def supports_color() -> bool:
    """Whether to paint what goes to standard output."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def get_terminal_width() -> int | None:
    """How wide the terminal is that standard output goes to; None if it goes elsewhere."""
    return max(shutil.get_terminal_size().columns, 40) if sys.stdout.isatty() else None


def print_findings(findings: Sequence[Finding]) -> None:
    """Print findings as text."""
    click.echo(text.render(findings, ReportContext(color=supports_color(), width=get_terminal_width())), nl=False)


@contextlib.contextmanager
def show_progress(total: int) -> Iterator[Callable[[int], None]]:
    """A function to call with the number of finished files; it shows the progress on a terminal."""
    if not sys.stderr.isatty() or total < 100:
        yield lambda count: None
        return
    said = ""

    def print_percent(count: int) -> None:
        nonlocal said
        line = f"Checked {100 * count // total}% of {total} files"
        if line != said:
            said = line
            click.echo(f"\r{line}", nl=False, err=True)

    try:
        yield print_percent
    finally:
        click.echo(f"\r{' ' * len(said)}\r", nl=False, err=True)


def print_data_errors(error: DataError, *, aside: bool = False) -> None:
    """Print the problems of a handbook's records, and how many there are.

    aside: to standard error, if standard output is for something else.
    """
    if aside:
        click.echo(text.render(error.findings), nl=False, err=True)
    else:
        print_findings(error.findings)
    click.echo(f"The handbook's records: {text.summarize_findings(error.findings)}.", err=True)


def handbook_option(function: Verb) -> Verb:
    """The option --handbook."""
    return click.option("--handbook", metavar="DIR", help="Folder of the handbook to use.")(function)
