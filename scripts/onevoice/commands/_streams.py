"""Standard input, output and error, which may be closed, full, or read by someone who has seen enough.

All that is printed goes through `print_text`, or `print_data` if it is for programs: there is no other way out.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import stat
import sys
from collections.abc import Iterator
from typing import IO, TextIO

import click

from onevoice import display, limits
from onevoice.errors import EXIT_CLEAN, EXIT_FINDINGS, EXIT_USAGE, OnevoiceError

# How Windows says that the reader of a pipe is gone.
BROKEN_PIPE = {errno.EPIPE, errno.EINVAL} if sys.platform == "win32" else {errno.EPIPE}
# Linux's device that is always full.
FULL_DEVICE = (1, 7)

# Why standard output could not be written.
_losses: list[OSError] = []


class _GuardedStream(io.TextIOWrapper):
    """Standard output or error, whoever writes to it: it never raises, and what it cannot encode it escapes."""

    def __init__(self, stream: TextIO | None) -> None:
        buffer = stream.buffer if stream else io.FileIO(os.open(os.devnull, os.O_RDONLY), "w")
        super().__init__(
            buffer,
            encoding=stream.encoding if stream else "utf-8",
            errors="backslashreplace",
            line_buffering=getattr(stream, "line_buffering", False),
            write_through=not stream,
        )

    def write(self, text: str, /) -> int:
        with _guarding(self):
            super().write(text)
        return len(text)

    def flush(self) -> None:
        with _guarding(self):
            super().flush()

    def close(self) -> None:
        """Nothing: what is below belongs to Python's own stream."""


def prepare_streams() -> None:
    """Guard standard output and error, and put something in the place of streams that are closed.

    What is read or written there fails, with an error of the system; otherwise the next file that is opened would
    become standard output.
    """
    _losses.clear()
    sys.stdin = sys.stdin or io.TextIOWrapper(io.FileIO(os.open(os.devnull, os.O_WRONLY), "r"))
    sys.stdout, sys.stderr = _GuardedStream(sys.stdout), _GuardedStream(sys.stderr)


def print_text(text: str = "", *, end: str = "\n", aside: bool = False, color: bool = False) -> None:
    """Print text for people. What came from strangers steers neither a terminal nor the program that reads a job's log.

    aside: to standard error. color: let our own colors through.
    """
    if not aside:
        _check_output()
    click.echo(display.escape_text(text + end, color=color), nl=False, err=aside)


def print_line(line: str, *, aside: bool = False) -> None:
    """Print one line for people, whatever is in the names that it mentions. aside: to standard error."""
    print_text(display.escape_controls(line), aside=aside)


def print_aside(line: str) -> None:
    """Print one line for people to standard error, not into the output."""
    print_line(line, aside=True)


def print_status(line: str) -> None:
    """Write over the last line of a terminal, on standard error."""
    click.echo(f"\r{display.escape_controls(line)}", nl=False, err=True)


def print_data(data: str | bytes) -> None:
    """Print what a program reads, exactly, in UTF-8."""
    _check_output()
    with _guarding(sys.stdout):
        click.echo(data.encode("utf-8", "surrogateescape") if isinstance(data, str) else data, nl=False)


@contextlib.contextmanager
def _guarding(stream: IO[str]) -> Iterator[None]:
    """A stream that fails takes nothing more, and the verb goes on to its end."""
    try:
        yield
    except OSError as error:
        _drop_stream(stream)
        if stream is sys.stdout and error.errno not in BROKEN_PIPE:
            _losses.append(error)


def _check_output() -> None:
    """Notice that nothing can be written even if there is nothing to write: a report without findings is a report."""
    with _guarding(sys.stdout), contextlib.suppress(io.UnsupportedOperation, ValueError):
        handle = sys.stdout.fileno()
        os.write(handle, b"")
        found = os.fstat(handle)
        if sys.platform == "linux" and stat.S_ISCHR(found.st_mode):
            if (os.major(found.st_rdev), os.minor(found.st_rdev)) == FULL_DEVICE:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _drop_stream(stream: IO[str]) -> None:
    """Let all that is still written to a stream go nowhere, also what the end of the process finds in its buffer."""
    with contextlib.suppress(OSError, ValueError):
        handle, nowhere = stream.fileno(), os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, handle)
        os.close(nowhere)


def is_regular_file() -> bool:
    """Whether standard output goes into a file, so that neither a terminal nor a job's log shows it."""
    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def close_streams(code: int) -> int:
    """Write what is left; the exit code of the process. code: what it would be if all has been printed."""
    sys.stdout.flush()
    if _losses:
        reason = "it is closed" if _losses[0].errno == errno.EBADF else _losses[0].strerror
        print_text(f"onevoice: standard output could not be written: {reason}. The report is incomplete.", aside=True)
        code = EXIT_USAGE if code in (EXIT_CLEAN, EXIT_FINDINGS) else code
    sys.stderr.flush()
    return code


def read_input() -> bytes:
    """All of standard input. Raises OnevoiceError if it is closed, cannot be read, or is larger than any document."""
    try:
        data = sys.stdin.buffer.read(limits.MAX_FILE_BYTES + 1)
    except OSError as error:
        reason = "it is closed" if error.errno == errno.EBADF else error.strerror
        raise OnevoiceError(f"standard input cannot be read: {reason}. Pipe a text into it, or name a file.") from None
    if len(data) > limits.MAX_FILE_BYTES:
        raise OnevoiceError(
            f"-: cannot be read (more than {limits.MAX_FILE_BYTES >> 20} MB). Split it, or name a smaller file."
        )
    return data
