"""What several verbs print: findings, the errors of a handbook, progress; and the option that names a handbook."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import click

from onevoice import display
from onevoice.commands import _streams
from onevoice.errors import DataError
from onevoice.finding import Finding
from onevoice.report import ReportContext, text

ESCAPED_PATCH = (
    "Control characters and commands for a job's log are escaped in this patch. Write it to a file to apply it."
)
# Seconds between two lines of progress.
RATE_SECONDS = 0.2
Verb = TypeVar("Verb", bound=Callable[..., Any])


def sees_terminal() -> bool:
    """Whether someone can answer."""
    return sys.stdin is not None and sys.stdin.isatty()


def supports_color() -> bool:
    """Whether to paint what goes to standard output."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def get_terminal_width() -> int | None:
    """How wide the terminal is that standard output goes to; None if it goes elsewhere."""
    return max(shutil.get_terminal_size().columns, 40) if sys.stdout.isatty() else None


def print_findings(findings: Sequence[Finding]) -> None:
    """Print findings as text."""
    color = supports_color()
    shown = text.render(findings, ReportContext(color=color, width=get_terminal_width()))
    _streams.print_text(shown, end="", color=color)


def print_patches(patches: Sequence[str]) -> None:
    """Print unified diffs: exactly, unless a terminal or a job's log would obey them. Nobody can apply them then."""
    patch = "".join(patches)
    if sys.stdout.isatty() or (display.has_command(patch) and not _streams.is_regular_file()):
        _streams.print_text(patch, end="")
        if display.escape_text(patch) != patch:
            _streams.print_aside(ESCAPED_PATCH)
    else:
        _streams.print_data(patch)


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
            _streams.print_status(line)

    try:
        yield print_percent
    finally:
        _streams.print_status(" " * len(said))
        _streams.print_status("")


@contextlib.contextmanager
def show_rate() -> Iterator[Callable[[int, int], None]]:
    """A function to call with how many documents are done, and how many there are; it shows rate and time left."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    began, first, said_at, width = time.monotonic(), -1, 0.0, 0

    def print_rate(done: int, total: int) -> None:
        nonlocal first, said_at, width
        now = time.monotonic()
        # What an earlier run has done tells nothing of the speed.
        first = done - 1 if first < 0 else first
        if now - said_at < RATE_SECONDS and done < total:
            return
        said_at, rate = now, (done - first) / max(now - began, 0.001)
        left = int((total - done) / rate)
        line = f"{done:,} of {total:,} documents, {rate:,.0f} a second, {left // 60}:{left % 60:02} left"
        _streams.print_status(line.ljust(width))
        width = len(line)

    try:
        yield print_rate
    finally:
        _streams.print_status(" " * width)
        _streams.print_status("")


def print_data_errors(error: DataError, *, aside: bool = False) -> None:
    """Print the problems of a handbook's records or of settings, and how many there are.

    aside: to standard error, if standard output is for something else.
    """
    if aside:
        _streams.print_text(text.render(error.findings), end="", aside=True)
    else:
        print_findings(error.findings)
    _streams.print_aside(f"{error.what}: {text.summarize_findings(error.findings)}.")


def handbook_option(function: Verb) -> Verb:
    """The option --handbook."""
    return click.option("--handbook", metavar="DIR", help="Folder of the handbook to use, or package:NAME.")(function)
