"""Other people's programs: found on PATH only, started with limits, and ended whole.

On Windows, the usual ways to find a program look into the current folder first, and everywhere an empty or relative
entry of PATH means that folder: a `git` or `vale` that came with a repository would run. Here only absolute entries
count, and whatever is started has an absolute path.
"""

from __future__ import annotations

import contextlib
import math
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, NamedTuple

# How much is read from a pipe at once, in bytes.
_CHUNK = 1 << 16


def iter_programs(name: str, environ: Mapping[str, str]) -> Iterator[Path]:
    """Each program of this name on PATH, as an absolute path, in the order of PATH.

    name: without a folder. environ: $PATH, and on Windows $PATHEXT, are read.
    """
    endings = [""]
    if sys.platform == "win32":
        known = [ending for ending in environ.get("PATHEXT", ".COM;.EXE;.BAT;.CMD").split(";") if ending]
        endings = [""] if name.lower().endswith(tuple(ending.lower() for ending in known)) else known
    for entry in environ.get("PATH", os.defpath).split(os.pathsep):
        place = Path(entry.strip('"') if sys.platform == "win32" else entry)
        if not place.is_absolute():
            continue
        for ending in endings:
            path = place / f"{name}{ending}"
            with contextlib.suppress(OSError, ValueError):
                if path.is_file() and os.access(path, os.X_OK):
                    yield path


def find_program(name: str, environ: Mapping[str, str]) -> Path | None:
    """The program of this name that comes first on PATH, as an absolute path; None if there is none."""
    return next(iter_programs(name, environ), None)


class ProgramLimits(NamedTuple):
    """What a program may use.

    seconds: until it is ended. cpu_seconds: processor time of the program itself, so that a busy machine takes nothing
    away from it; only Linux counts it. memory: bytes, likewise; elsewhere, a program written in Go is only asked to
    keep to it. output: bytes on standard output.
    """

    seconds: float
    cpu_seconds: float | None = None
    memory: int | None = None
    output: int = 1 << 26


class ProgramResult(NamedTuple):
    """What a program did.

    code: its exit code; negative: the signal that ended it. stopped_by: which of its limits it went beyond: `time`,
    `memory`, `output`, or "".
    """

    code: int
    stdout: bytes
    stderr: bytes
    stopped_by: str = ""


def run_program(
    command: Sequence[object],
    allowed: ProgramLimits,
    *,
    folder: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> ProgramResult:
    """Run a program without a standard input, and wait for it. It and all that it started are ended at its limits.

    command: the program by its absolute path, and its arguments. folder: where it runs; None: the current one.
    Raises OSError if it does not start.
    """
    variables = dict(os.environ if environ is None else environ)
    if allowed.memory:
        # Go's runtime collects more often instead of growing; a limit alone would end it at once.
        variables.setdefault("GOMEMLIMIT", str(allowed.memory * 3 // 4))
    before = _measure_children()
    process: subprocess.Popen[bytes] | None = None
    try:
        with _hold_signals():
            process = subprocess.Popen(
                [str(part) for part in command],
                cwd=folder, env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                # In a group of its own, it can be ended with what it has started.
                process_group=None if sys.platform == "win32" else 0,
            )  # fmt: skip
        _limit_process(process.pid, allowed)
        stdout, stderr = _Reader(process, process.stdout, allowed.output), _Reader(process, process.stderr, _CHUNK)
        deadline = time.monotonic() + allowed.seconds
        stopped_by = ""
        try:
            for reader in (stdout, stderr):
                reader.join(max(deadline - time.monotonic(), 0))
            process.wait(0 if stdout.is_alive() else max(deadline - time.monotonic(), 0))
        except subprocess.TimeoutExpired:
            stopped_by = "time"
    finally:
        if process:
            end_process(process)
    for reader in (stdout, stderr):
        reader.join()
    if stdout.is_full:
        stopped_by = "output"
    elif not stopped_by and process.returncode:
        # The system counts in ticks.
        is_spent = _measure_children() - before > 0.9 * (allowed.cpu_seconds or math.inf)
        stopped_by = "time" if is_spent and process.returncode < 0 else _explain_end(stderr.data[:200])
    return ProgramResult(process.returncode, stdout.data, stderr.data, stopped_by)


@contextlib.contextmanager
def _hold_signals() -> Iterator[None]:
    """Let a signal that ends us wait: while a program starts, nobody knows yet that there is one to end."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Reader(threading.Thread):
    """Reads a pipe to its end; what comes after `most` bytes ends the process, if it is its output."""

    def __init__(self, process: subprocess.Popen[bytes], pipe: IO[bytes] | None, most: int) -> None:
        super().__init__(daemon=True)
        assert pipe is not None
        self._process, self._pipe, self._most = process, pipe, most
        self.data, self.is_full = b"", False
        self.start()

    def run(self) -> None:
        parts, size = [], 0
        with contextlib.suppress(OSError, ValueError), self._pipe:
            while chunk := os.read(self._pipe.fileno(), _CHUNK):
                size += len(chunk)
                if size <= self._most:
                    parts.append(chunk)
                elif self._pipe is self._process.stdout:
                    self.is_full = True
                    _kill_group(self._process)
        self.data = b"".join(parts)


def end_process(process: subprocess.Popen[bytes]) -> None:
    """End a process that has a group of its own, with all that it started, whether it is done or not."""
    _kill_group(process)
    process.wait()


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
        return
    # What the program started may go on after it.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _limit_process(process_id: int, allowed: ProgramLimits) -> None:
    """Set the limits of a process that runs: what has threads must not run code between fork and exec."""
    if sys.platform != "linux":
        return
    import resource

    with contextlib.suppress(ProcessLookupError, PermissionError, ValueError):
        if allowed.cpu_seconds:
            most = math.ceil(allowed.cpu_seconds)
            # At once: Go's runtime would catch a warning, and describe all that it does for longer than a second.
            resource.prlimit(process_id, resource.RLIMIT_CPU, (most, most))
        if allowed.memory:
            # Each thread reserves 8 MB for its stack, and Go starts some for each processor.
            bytes_ = allowed.memory + (os.cpu_count() or 1) * (32 << 20)
            resource.prlimit(process_id, resource.RLIMIT_DATA, (bytes_, bytes_))


def _measure_children() -> float:
    """Seconds of processor time that processes of ours took which have ended; 0 on Windows."""
    if sys.platform == "win32":
        return 0.0
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _explain_end(said: bytes) -> str:
    """Which of its limits a program went beyond, by what it says at its end."""
    return "memory" if b"out of memory" in said else ""
