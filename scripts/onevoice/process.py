"""What a long run asks of its process: a second one for a part of the work, and no garbage collection meanwhile."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

# How many things two processes take in one turn.
TURN = 32
# Linux copies a process without starting Python anew; elsewhere that is not safe.
WAY = "fork" if sys.platform == "linux" else "spawn"


@contextlib.contextmanager
def gc_paused() -> Iterator[None]:
    """Pause garbage collection: when nearly all new objects stay, looking through them takes up to half of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def copies() -> bool:
    """Whether the second process can be a copy of this one, and a processor is there for it.

    It cannot where threads are at work, nor where this process is itself one that must end with another.
    """
    import multiprocessing

    if WAY != "fork" or processors() < 2:
        return False
    return threading.active_count() == 1 and not multiprocessing.current_process().daemon


def processors() -> int:
    """How many processors may be used: $ONEVOICE_PROCESSORS, or those that this process is allowed."""
    given = os.environ.get("ONEVOICE_PROCESSORS", "")
    if given.isdigit():
        return int(given)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Beside:
    """A process beside this one, which does a piece of work and ends.

    work, given: a function to bytes and its arguments; any where the process is a copy of this one, else such as can be
        pickled.
    """

    def __init__(self, work: Callable[..., bytes], *given: Any) -> None:
        # Only a long run needs what it takes a while to import.
        import multiprocessing

        way = multiprocessing.get_context(WAY)
        self._from, into = way.Pipe(duplex=False)
        self._process = way.Process(target=_run, args=(into, work, given), daemon=True)
        self._process.start()
        into.close()

    def result(self) -> bytes | None:
        """What it made, as soon as it has; None where it failed: who does its work anew learns why."""
        try:
            return self._from.recv_bytes()
        except (EOFError, OSError):
            return None
        finally:
            self._from.close()
            self._process.join()

    def __enter__(self) -> Beside:
        return self

    def __exit__(self, *raised: object) -> None:
        self.end()

    def end(self) -> None:
        """End it, whether it is done or not. The end of a `with` does so, too."""
        if self._from.closed:
            return
        self._from.close()
        self._process.terminate()
        self._process.join()


def _run(into: Any, work: Callable[..., bytes], given: tuple) -> None:
    try:
        into.send_bytes(work(*given))
    except BaseException:
        os._exit(1)


class Turns:
    """Shares what two processes go through in the same order: each takes a few in turn, until all are taken.

    Made before the process is copied; asked by both for each thing, which is taken by exactly one.
    """

    def __init__(self) -> None:
        import multiprocessing

        self._next = multiprocessing.get_context(WAY).Value("L", 0)
        self._mine = -1
        self._seen: dict[str, bool] = {}

    def take(self, name: str) -> bool:
        """Whether this process takes the thing of this name."""
        if name not in self._seen:
            turn = len(self._seen) // TURN
            while self._mine < turn:
                with self._next.get_lock():
                    self._mine = self._next.value
                    self._next.value += 1
            self._seen[name] = self._mine == turn
        return self._seen[name]
