"""Ctrl-C, SIGTERM, SIGHUP: the conventional exit code, a word at most, and neither a process nor a file is left."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import handbooks
import rounds

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

CODES = {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129}
MUCH_TEXT = "We utilize it, and so do others who came along.\n\n" * 6000


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Path:
    """A handbook with much to lint, a Vale that takes its time, and much to build."""
    folder = tmp_path_factory.mktemp("book")
    handbooks.copy(folder)
    (folder / "drafts").mkdir()
    for number in range(8):
        (folder / "drafts" / f"{number}.md").write_text(MUCH_TEXT)
    (folder / "one.md").write_text("We utilize it.\n")
    (folder / "vale").write_text(
        '#!/bin/sh\ncase "$*" in *--version*) echo "vale version 3.22.0"; exit 0;; esac\nexec sleep 600\n'
    )
    (folder / "vale").chmod(0o755)
    return folder


def hear_signals() -> None:
    """A shell lets what runs in the background ignore the key, and `nohup` the end of the terminal."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def start(folder: Path, arguments: list[str], **more: str) -> subprocess.Popen:
    (folder / "tmp").mkdir(exist_ok=True)
    env = {
        **os.environ, "PYTHONPATH": str(handbooks.ROOT / "scripts"), "ONEVOICE_TODAY": handbooks.TODAY,
        "ONEVOICE_CACHE": str(folder / ".cache"), "TMPDIR": str(folder / "tmp"), **more,
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "onevoice", *arguments], cwd=folder, env=env, start_new_session=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=hear_signals,
    )  # fmt: skip
    _started.append(process)
    return process


_started: list[subprocess.Popen] = []


@pytest.fixture(autouse=True)
def leave_nothing():
    yield
    for process in _started:
        process.kill()
        process.communicate()
    _started.clear()


def list_processes(session: int) -> list[int]:
    """The living processes of a session."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(place.parent.name))
    return found


def wait_until(condition, what: str) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def count_processes(process: subprocess.Popen, count: int) -> bool:
    return process.poll() is not None or len(list_processes(process.pid)) >= count


def has_temporary_site(folder: Path) -> bool:
    return any((folder / "build").glob(".site-new-*/*"))


WORK = {
    # Two processes, of which one would wait for ever to tell what it has found.
    "lint": (["lint", "--no-vale", "--no-cache", "drafts"], {}, lambda folder, process: count_processes(process, 2)),
    "vale": (["lint", "one.md"], {"ONEVOICE_VALE": "vale"}, lambda folder, process: any((folder / "tmp").glob("*/*"))),
    "input": (["lint", "--no-vale", "-"], {}, lambda folder, process: bool(time.sleep(1.5)) or True),
    "build": (["build"], {}, lambda folder, process: has_temporary_site(folder)),
    "serve": (["serve", "--port", "0"], {}, lambda folder, process: has_temporary_site(folder)),
}


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the table of processes of Linux")
@pytest.mark.parametrize("name", CODES)
@pytest.mark.parametrize("work", WORK if rounds.IS_WHOLE else ["lint", "vale", "build"])
def test_nothing_is_left(book, work, name):
    if work not in ("lint", "vale") and name != "SIGTERM" and not rounds.IS_WHOLE:
        pytest.skip("tried with one signal")
    arguments, env, is_at_work = WORK[work]
    process = start(book, arguments, **{name: str(book / value) for name, value in env.items()})
    wait_until(lambda: is_at_work(book, process), "it never got to work")
    process.send_signal(getattr(signal, name))
    out, told = process.communicate(timeout=30)  # to the end of all that holds standard output
    assert process.returncode == CODES[name], told
    assert "Traceback" not in told and out == ""
    assert told.endswith("Stopped.\n") is (name == "SIGINT")
    # A killed process needs a moment to be gone.
    wait_until(lambda: not list_processes(process.pid), "a process lives on")
    assert list((book / "tmp").iterdir()) == []
    assert not list((book / "build").glob(".site-*"))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a signal of Linux")
def test_a_killed_run_takes_its_second_process_along(book):
    process = start(book, WORK["lint"][0])
    wait_until(lambda: count_processes(process, 2), "it never got to work")
    process.kill()
    process.communicate(timeout=30)
    wait_until(lambda: not list_processes(process.pid), "the second process lives on")


def test_a_signal_that_is_ignored_stays_so(tmp_path):
    """`nohup onevoice serve` goes on if its terminal closes."""
    (tmp_path / "terminology").mkdir()
    (tmp_path / "terminology" / "t.yaml").write_text("terms: []\n")
    code = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); from onevoice.commands import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "lint", "--no-vale", "-"], cwd=tmp_path, text=True,
        env={**os.environ, "PYTHONPATH": str(handbooks.ROOT / "scripts")},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    time.sleep(1.5)
    process.send_signal(signal.SIGHUP)
    _, told = process.communicate("We use it.\n", timeout=30)
    assert process.returncode == 0 and told.startswith("1 file, ")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the table of processes of Linux")
@pytest.mark.parametrize("name", ["SIGINT", "SIGKILL"])
def test_a_preview_takes_the_build_of_an_edit_along(book, name):
    process = start(book, ["serve", "--port", "0"])
    while "Ctrl+C" not in (line := process.stderr.readline()):
        assert line, "it ended"
    time.sleep(1)  # until it watches
    terms = book / "terminology" / "journey.yaml"
    terms.write_text(terms.read_text("utf-8").replace("definition: ", f"definition: {name} ", 1), "utf-8")
    before = len(list_processes(process.pid))
    wait_until(lambda: len(list_processes(process.pid)) > before, "the build never began")
    time.sleep(0.3)
    # A terminal tells all of them.
    os.killpg(process.pid, signal.SIGINT) if name == "SIGINT" else process.kill()
    told = process.communicate(timeout=30)[1]
    assert told.replace("Stopped.\n", "") in ("", "The site is up to date.\n")
    assert process.returncode == (130 if name == "SIGINT" else -signal.SIGKILL)
    wait_until(lambda: not list_processes(process.pid), "the build lives on")


def test_a_signal_that_comes_where_nothing_can_be_raised():
    """Python drops what is raised in the end of an object's life, in hooks of a fork, in callbacks."""
    code = (
        "import os, signal, time; from onevoice import commands\n"
        "class Thing:\n"
        "    def __del__(self):\n"
        "        os.kill(os.getpid(), signal.SIGTERM)\n"
        "        time.sleep(0.1)\n"
        "def work(**_):\n"
        "    Thing()\n"
        "    time.sleep(60)\n"
        "commands.cli.main = work; commands.main()"
    )
    env = {**os.environ, "PYTHONPATH": str(handbooks.ROOT / "scripts")}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False, timeout=50
    )
    assert (done.returncode, done.stderr) == (143, "")
