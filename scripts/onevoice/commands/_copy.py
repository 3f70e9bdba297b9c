"""Half of the work in a copy of this process, where the machine allows it."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable

# How many pages two processes take in one turn.
TURN = 32


def possible() -> bool:
    """Whether this process can be copied, and a processor is there for the copy.

    Linux copies a process without starting Python anew. Elsewhere that is not safe; nor is it where threads are at
    work, or where this process is itself one that must end with another.
    """
    if sys.platform != "linux" or processors() < 2:
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


class Copy:
    """A copy of this process, which does a piece of work and ends. work: what it does, to bytes."""

    def __init__(self, work: Callable[[], bytes]) -> None:
        way = multiprocessing.get_context("fork")
        self._from, into = way.Pipe(duplex=False)
        self._process = way.Process(target=_run, args=(work, into), daemon=True)
        self._process.start()
        into.close()

    def result(self) -> bytes | None:
        """What it made, as soon as it has; None where it failed: whoever does its work anew learns why."""
        try:
            return self._from.recv_bytes()
        except (EOFError, OSError):
            return None
        finally:
            self._from.close()
            self._process.join()

    def end(self) -> None:
        """End it, whether it is done or not."""
        self._from.close()
        self._process.terminate()
        self._process.join()


def _run(work: Callable[[], bytes], into) -> None:
    try:
        into.send_bytes(work())
    except BaseException:
        os._exit(1)


class Turns:
    """Shares what two processes go through in the same order: each takes a few in turn, until all are taken.

    Made before the process is copied; asked by both for each thing, which is taken by exactly one.
    """

    def __init__(self) -> None:
        self._next = multiprocessing.get_context("fork").Value("L", 0)
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
