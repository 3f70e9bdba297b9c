"""Pieces of work in this process, each within its limits: for those that can't crash it. It costs a hook nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from onevoice import limits

Work = Callable[[int], bytes]


class Loss:
    """Why a piece of work has no result.

    reason: goes on from "it": "takes more than 6 seconds". advice: what to do. is_limit: a limit was reached, as it
    will be the next time.
    """

    __slots__ = ("advice", "is_limit", "reason")

    def __init__(self, reason: str, *, is_limit: bool = False) -> None:
        self.reason, self.is_limit = reason, is_limit
        self.advice = "Split it, or leave it out." if is_limit else "Leave it out, and please report this."


def run_here(work: Work, numbers: Sequence[int]) -> Iterator[tuple[int, bytes | Loss]]:
    """Do pieces of work in this process, as `run_fenced` does in others. An exception is a loss, and so are the limits.

    Windows can't interrupt a process or limit its memory, nor can a thread: there, only exceptions are losses.
    """
    import signal
    import threading

    has_timer = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    earlier = signal.signal(signal.SIGPROF, _interrupt_work) if has_timer else None
    bounds = limit_memory()
    try:
        for number in numbers:
            result: bytes | Loss
            try:
                try:
                    if has_timer:
                        # Again and again: a reader may drop the first.
                        signal.setitimer(signal.ITIMER_PROF, limits.DOCUMENT_SECONDS, 1)
                    result = work(number)
                finally:
                    if has_timer:
                        signal.setitimer(signal.ITIMER_PROF, 0)
            except _Overrun:
                result = explain_slowness()
            except MemoryError:
                result = explain_size()
            except Exception as error:
                result = Loss(describe_error(error))
            yield number, result
    finally:
        if has_timer:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, earlier)
        _restore_memory(bounds)


class _Overrun(BaseException):
    """A piece of work takes too long. Not an Exception, which a reader might take for one of its own."""


def _interrupt_work(*_: object) -> None:
    raise _Overrun


def explain_slowness() -> Loss:
    seconds = f"{limits.DOCUMENT_SECONDS:g} seconds of processor time"
    return Loss(f"takes more than {seconds}, and that is the limit", is_limit=True)


def explain_size() -> Loss:
    return Loss(f"takes more than {limits.DOCUMENT_MEMORY >> 20} MB of memory, and that is the limit", is_limit=True)


def describe_error(error: Exception) -> str:
    return f"stopped onevoice with {type(error).__name__}: {error}".splitlines()[0][:200]


def limit_memory(extra: int = 0) -> tuple[int, int] | None:
    """Allow this process the limit on top of what it has, and more. Returns its bounds until now, if there are any."""
    if sys.platform != "linux":
        return None
    import resource

    bounds = resource.getrlimit(resource.RLIMIT_AS)
    now = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    size = now + limits.DOCUMENT_MEMORY + extra
    if resource.RLIM_INFINITY in bounds[:1] or size < bounds[0]:
        resource.setrlimit(resource.RLIMIT_AS, (size, bounds[1]))
    return bounds


def _restore_memory(bounds: tuple[int, int] | None) -> None:
    if bounds:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, bounds)
