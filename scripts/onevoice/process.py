"""What a long run asks of its process: a second one for a part of the work, and no garbage collection meanwhile."""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext, SpawnContext

# How many things two processes take in one turn.
TURN_SIZE = 32
# Linux copies a process without starting Python again; elsewhere that is not safe.
START_METHOD = "fork" if sys.platform == "linux" else "spawn"


# How many more objects there are before Python looks for those that nobody needs. Modules and documents leave hardly
# any: with Python's own 700, the search takes a twentieth of a short run.
GARBAGE_THRESHOLD = 50_000


def relax_collector() -> None:
    """Let Python look for garbage seldom, and never in what is here already."""
    gc.freeze()
    gc.set_threshold(GARBAGE_THRESHOLD)


# What goes with the process; None if it goes on after the work that is done in it.
_held: list[object] | None = None


def prepare_end(codes: list[int]) -> None:
    """Let this process end without freeing what the system frees anyway, as soon as there's a code to end with.

    To be called before anything else that is done at the end: what is registered first is called last.
    """
    global _held
    _held = []
    atexit.register(lambda: os._exit(codes[0]) if codes else None)


def hold_to_end(*held: object) -> None:
    """Let go of things not before the process ends: of a large handbook, that takes a while."""
    if _held is not None:
        _held[:] = held
        gc.freeze()


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


def can_fork() -> bool:
    """Whether the second process can be a copy of this one, and a processor is there for it.

    It cannot if threads are at work, nor if this process is itself one that must end with another.
    """
    import multiprocessing

    if START_METHOD != "fork" or count_processors() < 2:
        return False
    return threading.active_count() == 1 and not multiprocessing.current_process().daemon


def count_processors() -> int:
    """How many processors may be used: $ONEVOICE_PROCESSORS, or those that this process is allowed."""
    given = os.environ.get("ONEVOICE_PROCESSORS", "")
    if given.isdigit():
        return int(given)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _get_context() -> ForkContext | SpawnContext:
    # Only a long run needs what it takes a while to import.
    import multiprocessing

    return multiprocessing.get_context("fork") if START_METHOD == "fork" else multiprocessing.get_context("spawn")


class Worker:
    """A second process, which does a piece of work and ends.

    work, given: a function to bytes and its arguments; any if the process is a copy of this one, else such as can be
        pickled.
    """

    def __init__(self, work: Callable[..., bytes], *given: Any) -> None:
        way = _get_context()
        self._receiver, into = way.Pipe(duplex=False)
        self._process = way.Process(target=_run_work, args=(into, work, given), daemon=True)
        self._process.start()
        into.close()

    def result(self) -> bytes | None:
        """What it made, as soon as it has; None if it failed: doing its work again shows why."""
        try:
            return self._receiver.recv_bytes()
        except (EOFError, OSError):
            return None
        finally:
            self._receiver.close()
            self._process.join()

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *raised: object) -> None:
        self.stop_process()

    def stop_process(self) -> None:
        """End it, whether it is done or not. The end of a `with` does so, too."""
        if self._receiver.closed:
            return
        self._receiver.close()
        self._process.terminate()
        self._process.join()


def _run_work(into: Any, work: Callable[..., bytes], given: tuple[Any, ...]) -> None:
    try:
        into.send_bytes(work(*given))
    except BaseException:
        os._exit(1)


class WorkSplitter:
    """Shares what two processes go through in the same order: each takes a few in turn, until all are taken.

    Made before the process is copied; asked by both for each thing, which is taken by exactly one.
    turn_size: how many are taken in one turn.
    """

    def __init__(self, turn_size: int = TURN_SIZE) -> None:
        self._turn_size = turn_size
        self._next_turn = _get_context().Value("L", 0)
        self._own_turn = -1
        self._owned_by_name: dict[str, bool] = {}

    def claim_item(self, name: str) -> bool:
        """Whether this process takes the thing with this name."""
        if name not in self._owned_by_name:
            turn = len(self._owned_by_name) // self._turn_size
            while self._own_turn < turn:
                with self._next_turn.get_lock():
                    self._own_turn = self._next_turn.value
                    self._next_turn.value += 1
            self._owned_by_name[name] = self._own_turn == turn
        return self._owned_by_name[name]


@contextlib.contextmanager
def block_interrupts() -> Iterator[None]:
    """Let a process that this thread starts meanwhile hear nothing of Ctrl-C: this process ends it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    # When Python starts it, it lets the signal through again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def follow_parent() -> None:
    """In a second process: end with the process that has started it, even if that is killed."""
    import multiprocessing.connection

    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait_for_end() -> None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=wait_for_end, daemon=True).start()
