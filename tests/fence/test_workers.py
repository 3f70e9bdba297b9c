"""Whatever a piece of work does to its process, all others are done (issue 12, H3)."""

import faulthandler
import functools
import os
import re
import signal
import subprocess
import sys
import time

import pytest

from onevoice import limits, process
from onevoice.fence.here import Loss, run_here
from onevoice.fence.workers import run_fenced

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows ends processes otherwise")
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")


def overrun():
    re.match(r"(a+)+$", "a" * 60 + "b")


def fill_memory(size=10**9):
    return len([0] * size)


def name_number(number):
    return b"piece %d" % number


def misbehave(faults, number):
    if number in faults:
        faults[number]()
    return name_number(number)


def run(faults, count=8, **more):
    results = dict(run_fenced(functools.partial(misbehave, faults), [1000] * count, **more))
    losses = {number: loss.reason for number, loss in results.items() if isinstance(loss, Loss)}
    assert {**results, **losses} == {number: losses.get(number, name_number(number)) for number in range(count)}
    return losses


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(limits, "DOCUMENT_SECONDS", 0.3)
    monkeypatch.setattr(limits, "DOCUMENT_MEMORY", 100 * 2**20)
    # pytest's would show the stack of each process that is to crash.
    enabled = faulthandler.is_enabled()
    faulthandler.disable()
    yield
    if enabled:
        faulthandler.enable()


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        pytest.param(os.abort, "crashes its reader (SIGABRT)", id="abort"),
        pytest.param(lambda: os.kill(os.getpid(), signal.SIGSEGV), "crashes its reader (SIGSEGV)", id="crash"),
        pytest.param(lambda: os.kill(os.getpid(), signal.SIGKILL), "crashes its reader (SIGKILL)", id="killed"),
        pytest.param(lambda: os._exit(3), "crashes its reader (exit code 3)", id="exit"),
        pytest.param(lambda: sys.exit(), "crashes its reader (exit code 1)", id="SystemExit"),
        pytest.param(overrun, "takes more than 0.3 seconds of processor time, and that is the limit", id="time"),
        pytest.param(fill_memory, "takes more than 100 MB of memory, and that is the limit", id="memory", marks=linux),
        pytest.param(lambda: int("x"), "stopped onevoice with ValueError: invalid literal for int() with base 10: 'x'",
                     id="exception"),
    ],
)  # fmt: skip
@POSIX
def test_only_the_piece_that_does_it_is_lost(fault, reason, workers, quick):
    assert run({3: fault, 5: fault}, workers=workers) == {3: reason, 5: reason}


@POSIX
def test_all_pieces_may_be_lost(quick):
    assert set(run(dict.fromkeys(range(8), os.abort), workers=2)) == {*range(8)}


@linux
def test_what_others_left_in_a_process_does_not_count_against_a_piece(quick):
    """Each takes less than the limit; together, and never given back, they would take more."""
    kept = []
    assert run({number: lambda: kept.append(bytearray(70 * 2**20)) for number in range(4)}) == {}


@linux
def test_the_limit_of_memory():
    """In a process of its own: one that did much before has given some back, which its copies use again."""
    code = (
        "import sys\nfrom onevoice import limits\nfrom onevoice.fence.workers import run_fenced\n"
        "limits.DOCUMENT_MEMORY = 100 * 2**20\n"
        "(_, result), = run_fenced(lambda _: b'%d' % len(bytearray(int(sys.argv[1]))), [1])\n"
        "print(result.decode() if isinstance(result, bytes) else result.reason)"
    )

    def take(size):
        done = subprocess.run([sys.executable, "-c", code, str(size)], capture_output=True, text=True, check=True)
        return done.stdout.strip()

    assert take(90 * 2**20) == str(90 * 2**20)
    assert take(105 * 2**20) == "takes more than 100 MB of memory, and that is the limit"


@POSIX
def test_the_limit_of_time(quick, monkeypatch):
    def work(seconds):
        end = time.process_time() + seconds
        while time.process_time() < end:
            pass

    assert run({1: functools.partial(work, 0.1)}) == {}
    assert set(run({1: functools.partial(work, 3)})) == {1}


@linux
def test_a_reader_that_waits_for_itself_is_lost(monkeypatch):
    """A library in Rust that runs out of memory may wait for a lock that it holds."""
    monkeypatch.setattr(limits, "IDLE_SECONDS", 2)
    lost = "stopped its reader, which did nothing for 2 seconds, and that is the limit"
    assert run({1: lambda: time.sleep(600)}) == {1: lost}


def test_where_a_process_cannot_be_copied_a_new_one_does_the_work(monkeypatch):
    monkeypatch.setattr(process, "START_METHOD", "spawn")
    assert run({3: os.abort, 4: functools.partial(int, "x")}, count=6).keys() == {3, 4}


def test_results_of_any_size_come_through():
    results = dict(run_fenced(lambda number: bytes([number]) * 3_000_000, [10] * 5, workers=2))
    assert results == {number: bytes([number]) * 3_000_000 for number in range(5)}


def test_nothing_to_do():
    assert list(run_fenced(name_number, [])) == []


@POSIX
def test_no_worker_outlives_the_process_that_started_it(tmp_path):
    """Not even one that is killed while they work; `lint | tee` would wait for them forever."""
    code = (
        "import os, signal, time\nfrom onevoice.fence.workers import run_fenced\n"
        "def work(number):\n    open(f'{number}.pid', 'w').write(str(os.getpid()))\n"
        "    if number: os.kill(os.getppid(), signal.SIGKILL)\n    time.sleep(0.1)\n    return b''\n"
        "list(run_fenced(work, [10**6] * 9, workers=2))"
    )
    # Its standard output is ours until all have ended.
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL
    for file in tmp_path.glob("*.pid"):
        end_within(int(file.read_text()), seconds=30)


def end_within(number, seconds):
    for _ in range(seconds * 20):
        try:
            os.kill(number, 0)
        except ProcessLookupError:
            return
        if read_state(number) == "Z":  # nobody has asked for its exit code yet
            return
        time.sleep(0.05)
    raise AssertionError(f"process {number} still runs")


def read_state(number):
    done = subprocess.run(["ps", "-o", "stat=", "-p", str(number)], capture_output=True, text=True, check=False)
    return done.stdout.strip()[:1]


@POSIX
def test_here_a_limit_or_an_exception_is_a_loss(quick):
    faults = {1: overrun, 2: functools.partial(int, "x")} | ({3: fill_memory} if sys.platform == "linux" else {})
    results = dict(run_here(functools.partial(misbehave, faults), range(5)))
    assert {number for number, result in results.items() if isinstance(result, Loss)} == faults.keys()
    assert results[0] == name_number(0) and results[4] == name_number(4)
    # No limit stays behind.
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    fill_memory(200 * 2**20 // 8)


@POSIX
def test_here_a_reader_that_swallows_the_end_is_ended_again(quick):
    def ignore():
        try:
            overrun()
        except BaseException:
            overrun()

    ((_, loss),) = run_here(functools.partial(misbehave, {0: ignore}), [0])
    assert "processor time" in loss.reason
