"""Pieces of work in other processes: copies of this one, or elsewhere than on Linux new ones.

The system ends them at a limit of processor time and of memory. One that crashes, runs away or is killed costs the
piece it was at; another goes on.
"""

from __future__ import annotations

import contextlib
import marshal
import mmap
import os
import select
import signal
import struct
from collections import deque
from collections.abc import Callable, Iterator, MutableSequence, Sequence
from typing import TYPE_CHECKING, NoReturn

from onevoice import limits, process
from onevoice.fence.here import Loss, Work, describe_error, explain_size, explain_slowness, limit_memory

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Place = MutableSequence[int] | memoryview

# What one process takes in a turn: little enough that all end at about the same time, enough that they seldom wait.
TURN_PIECES, TURN_BYTES = 32, 200_000
# How a process ends that has run out of memory.
_EXIT_MEMORY = 77
_HEAD, _TURN = struct.Struct("=Q"), struct.Struct("=QQ")


def run_fenced(
    work: Work, sizes: Sequence[int], *, workers: int = 1, waits: bool = False
) -> Iterator[tuple[int, bytes | Loss]]:
    """Do each piece of work; yields its number and its result, or why it has none, as soon as one is there.

    work: makes bytes of a piece's number. Where a process can't be copied, it must be one that can be pickled.
    sizes: of each piece, about how many bytes it goes through. workers: how many processes to use.
    waits: for a network, which takes long at times, and libraries that take much room.
    """
    turns = deque(_plan_turns(sizes))
    crew: list[_Worker] = []
    killed: list[_Worker] = []
    try:
        while turns or crew:
            while turns and len(crew) < workers:
                crew.append(_start_worker(work, crew, waits))
                crew[-1].give_turn(turns.popleft())
            for worker in _wait_for_workers(crew):
                start, end = worker.turn
                try:
                    answers = worker.receive_answers()
                except (EOFError, OSError):
                    crew.remove(worker)
                    number, code = max(worker.place[0], start), worker.wait()
                    # What others have left behind must not decide over a piece: the last word is a fresh process's.
                    # Each piece has its own time.
                    again = code not in _TIMEOUTS and (worker.has_done_turn or number > start)
                    open_turns = [(start, number), (number, number + again), (number + 1, end)]
                    turns.extendleft(turn for turn in reversed(open_turns) if turn[0] < turn[1])
                    if not again:
                        yield number, _explain_idleness(waits) if worker.is_idle else _explain_end(code)
                    continue
                if turns:
                    worker.give_turn(turns.popleft())
                else:
                    # The system takes a while to clear a process away; the others needn't wait for that.
                    crew.remove(worker)
                    worker.kill()
                    killed.append(worker)
                yield from zip(range(start, end), answers, strict=True)
    finally:
        for worker in crew:
            worker.kill()
        for worker in (*killed, *crew):
            worker.wait()


def _plan_turns(sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = size = 0
    for number, more in enumerate(sizes):
        if number > start and (number - start == TURN_PIECES or size + more > TURN_BYTES):
            yield start, number
            start, size = number, 0
        size += more
    if sizes:
        yield start, len(sizes)


class _Worker:
    """A process that does turns of work, as the process that started it sees it."""

    # The number of the piece that it is at, in memory that both processes see.
    place: Place
    turn = (0, 0)
    has_done_turn = False
    # It has been ended because it went on no more.
    is_idle = False

    def give_turn(self, turn: tuple[int, int]) -> None:
        self.has_done_turn = self.turn != (0, 0)
        self.turn = turn
        # If it has died, that shows when its answers are waited for.
        with contextlib.suppress(OSError):
            self.send(_TURN.pack(*turn))

    def receive_answers(self) -> list[bytes | Loss]:
        """What it has made of each piece of its turn. Raises EOFError or OSError if it has ended."""
        return [Loss(answer) if isinstance(answer, str) else answer for answer in marshal.loads(self.receive())]

    def send(self, data: bytes) -> None:
        raise NotImplementedError

    def receive(self) -> bytes:
        raise NotImplementedError

    def kill(self) -> None:
        """End it, whatever it is doing."""
        raise NotImplementedError

    def wait(self) -> int:
        """Wait until it has ended. Returns its exit code, or the negative number of the signal that ended it."""
        raise NotImplementedError


# The signals with which the system ends a process that takes too long.
_TIMEOUTS = {-getattr(signal, name) for name in ("SIGPROF", "SIGXCPU") if hasattr(signal, name)}


def _choose_idle_seconds(waits: bool) -> int:
    return limits.NETWORK_IDLE_SECONDS if waits else limits.IDLE_SECONDS


def _explain_idleness(waits: bool) -> Loss:
    seconds = f"{_choose_idle_seconds(waits)} seconds"
    return Loss(f"stopped its reader, which did nothing for {seconds}, and that is the limit", is_limit=True)


def _explain_end(code: int) -> Loss:
    if code == _EXIT_MEMORY:
        return explain_size()
    if code in _TIMEOUTS:
        return explain_slowness()
    name = signal.Signals(-code).name if -code in {*signal.Signals} else f"exit code {code}"
    return Loss(f"crashes its reader ({name})")


class _CopiedWorker(_Worker):
    """A copy of this process, and two pipes."""

    def __init__(self, work: Work, others: Sequence[_Worker], waits: bool) -> None:
        self._idle_seconds = _choose_idle_seconds(waits)
        self.place = memoryview(mmap.mmap(-1, 8)).cast("Q")
        turn_reader, self._turn_writer = os.pipe()
        self.result_reader, result_writer = os.pipe()
        self._used, self._idle_turns = b"", 0
        self._process_id = os.fork()
        if not self._process_id:
            for other in (self, *others):
                # While a copy holds them, nobody can see that the process that made them has ended.
                if isinstance(other, _CopiedWorker):
                    other.close_pipes()
            _run_copy(work, self.place, turn_reader, result_writer, waits)
        os.close(turn_reader)
        os.close(result_writer)

    def close_pipes(self) -> None:
        os.close(self._turn_writer)
        os.close(self.result_reader)

    def send(self, data: bytes) -> None:
        _write_message(self._turn_writer, data)

    def receive(self) -> bytes:
        return _read_message(self.result_reader)

    def watch_progress(self) -> None:
        """End it if it got no processor time since the last looks. Called about once a second.

        The looks are counted, not the seconds: whatever stops this process stops the other, too.
        """
        before, self._used = self._used, _read_used_time(self._process_id)
        self._idle_turns = self._idle_turns + 1 if self._used == before else 0
        if self._idle_turns >= self._idle_seconds:
            self.is_idle = True
            os.kill(self._process_id, signal.SIGKILL)

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._process_id, signal.SIGKILL)

    def wait(self) -> int:
        self.close_pipes()
        return os.waitstatus_to_exitcode(os.waitpid(self._process_id, 0)[1])


class _NewWorker(_Worker):
    """A new process, which takes a while to start."""

    def __init__(self, work: Work, waits: bool) -> None:
        import multiprocessing

        context = multiprocessing.get_context("spawn")
        place = context.RawArray("Q", 1)
        self.place = place
        self.connection, other = context.Pipe()
        self._process = context.Process(target=_run_new, args=(work, place, other, waits), daemon=True)
        self._process.start()
        other.close()

    def send(self, data: bytes) -> None:
        self.connection.send_bytes(data)

    def receive(self) -> bytes:
        return self.connection.recv_bytes()

    def kill(self) -> None:
        self._process.kill()

    def wait(self) -> int:
        self.connection.close()
        self._process.join()
        return self._process.exitcode or 0


def _start_worker(work: Work, others: Sequence[_Worker], waits: bool) -> _Worker:
    return _CopiedWorker(work, others, waits) if can_copy_process() else _NewWorker(work, waits)


def can_copy_process() -> bool:
    """Whether a worker is a copy of this process, which is at once at work, and needs nothing that can be pickled."""
    return process.START_METHOD == "fork"


def _wait_for_workers(crew: Sequence[_Worker]) -> list[_Worker]:
    """Those that have a result, or have ended."""
    copies = {worker.result_reader: worker for worker in crew if isinstance(worker, _CopiedWorker)}
    if len(copies) == len(crew):
        poll = select.poll()
        for reader in copies:
            poll.register(reader, select.POLLIN)
        while not (ready := poll.poll(1000)):
            for worker in copies.values():
                worker.watch_progress()
        return [copies[reader] for reader, _ in ready]
    from multiprocessing import connection

    new = {worker.connection: worker for worker in crew if isinstance(worker, _NewWorker)}
    return [new[ready] for ready in connection.wait(new) if isinstance(ready, connection.Connection)]


def _read_used_time(process_id: int) -> bytes:
    """The processor time of a process so far, in user's and system's ticks (proc(5))."""
    with contextlib.suppress(OSError), open(f"/proc/{process_id}/stat", "rb") as file:  # noqa: PTH123
        return b" ".join(file.read().rpartition(b")")[2].split()[11:13])
    return b""


def _run_copy(work: Work, place: Place, turn_reader: int, result_writer: int, waits: bool) -> NoReturn:
    try:
        for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGPROF"):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
        # Who reads our output must not wait for a copy of us.
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(nowhere, stream)
        _work_in_turns(
            work, place, waits, lambda: _read_message(turn_reader), lambda data: _write_message(result_writer, data)
        )
    except MemoryError:
        os._exit(_EXIT_MEMORY)
    except BaseException:
        os._exit(1)
    os._exit(0)


def _run_new(work: Work, place: Place, connection: Connection, waits: bool) -> None:
    process.follow_parent()
    try:
        _work_in_turns(work, place, waits, connection.recv_bytes, connection.send_bytes)
    except MemoryError:
        os._exit(_EXIT_MEMORY)


def _work_in_turns(
    work: Work, place: Place, waits: bool, receive: Callable[[], bytes], send: Callable[[bytes], None]
) -> None:
    limit_memory(limits.NETWORK_MEMORY if waits else 0)
    # What's inherited stays until the end, and stays shared. On a cluster, this is a copy of a process that isn't ours.
    process.relax_collector()
    # The end of the process that gives the turns is the end of this one.
    with contextlib.suppress(EOFError, OSError):
        while True:
            answers: list[bytes | str] = []
            for number in range(*_TURN.unpack(receive())):
                place[0] = number
                _limit_seconds()
                try:
                    answers.append(work(number))
                except MemoryError:
                    raise
                except Exception as error:
                    answers.append(describe_error(error))
            send(marshal.dumps(answers))


def _limit_seconds() -> None:
    if hasattr(signal, "setitimer"):
        # Nobody handles the signal here: the system ends the process, even inside a library in C.
        signal.setitimer(signal.ITIMER_PROF, limits.DOCUMENT_SECONDS)


def _write_message(pipe: int, data: bytes) -> None:
    rest = memoryview(_HEAD.pack(len(data)) + data)
    while rest:
        rest = rest[os.write(pipe, rest) :]


def _read_message(pipe: int) -> bytes:
    return _read_bytes(pipe, _HEAD.unpack(_read_bytes(pipe, _HEAD.size))[0])


def _read_bytes(pipe: int, size: int) -> bytes:
    parts = []
    while size:
        part = os.read(pipe, min(size, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
