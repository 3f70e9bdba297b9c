"""An audit that is killed at any moment goes on to the results of one that wasn't: the main process or a worker."""

import contextlib
import importlib.util
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import rounds
from handbooks import ROOT, TODAY

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it looks for workers in /proc")
RESULTS = ("documents.csv", "findings.csv", "index.html", "manifest.json")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A handbook, an archive of several partitions, and the results of an audit that nobody disturbed."""
    folder = tmp_path_factory.mktemp("audit")
    (folder / "book" / "terminology").mkdir(parents=True)
    (folder / "book" / "terminology" / "terms.yaml").write_text(
        "terms:\n  - {id: use, preferred: use, definition: d, part_of_speech: verb, avoid: [{term: utilize, why: w}]}\n"
    )
    (folder / "archive").mkdir()
    for number in range(600):
        (folder / "archive" / f"{number}.md").write_text(f"# Text {number}\n\nWe utilize it {number} times.\n" * 9)
    # Partitions of a hundred documents, so that some are done when the audit is killed.
    (folder / "run.py").write_text(
        "from onevoice.audit import plan\nplan.MAX_DOCUMENTS = 100\nfrom onevoice.commands import main\nmain()\n"
    )
    began = time.monotonic()
    assert start(folder, "whole").wait() == 1
    return folder, time.monotonic() - began


def start(folder: Path, out: str, stderr=subprocess.DEVNULL, more=("--processes", "2")) -> subprocess.Popen:
    env = {
        **os.environ, "PYTHONPATH": str(ROOT / "scripts"), "ONEVOICE_TODAY": TODAY,
        "ONEVOICE_CACHE": str(folder / "cache"),
    }  # fmt: skip
    command = [sys.executable, "run.py", "audit", "archive", "--handbook", "book", "--out", out, *more]
    return subprocess.Popen(
        command, cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=stderr,
        # What runs in the background of a script hears no Ctrl-C, and neither would what it starts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip


def list_children(process_id: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{process_id}/task/{process_id}/children").read_text().split()]
    except OSError:
        return []


def is_running(process_id: int) -> bool:
    """Not one that has ended, and whose exit code nobody has asked for yet."""
    try:
        return Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.rounds
@pytest.mark.parametrize("seed", range(rounds.choose_count(2, 60)))
def test_a_killed_audit_goes_on(folder, seed):
    folder, seconds = folder
    chance = random.Random(seed)
    process = start(folder, out := f"killed{seed}")
    time.sleep(chance.uniform(0.2, 1) * seconds)
    workers = list_children(process.pid)
    if seed % 2 and workers:
        os.kill(chance.choice(workers), signal.SIGKILL)
        process.wait()
    else:
        process.kill()
        process.wait()
    assert start(folder, out).wait() == 1
    for name in RESULTS:
        assert (folder / out / name).read_bytes() == (folder / "whole" / name).read_bytes(), name
    assert list_names(folder / out / "parts") == list_names(folder / "whole" / "parts")
    assert not [name for name in list_names(folder / out) if name.startswith(".onevoice-")]


@pytest.fixture
def cluster(folder, tmp_path):
    """A Dask scheduler and a worker, each a process of its own; and the scheduler's address."""
    if not importlib.util.find_spec("distributed"):
        pytest.skip("distributed, which only --dask needs, is not installed")
    folder, _ = folder
    (folder / "small.py").write_text("from onevoice.audit import plan\nplan.MAX_DOCUMENTS = 100\n")
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'scripts'}{os.pathsep}{folder}", "ONEVOICE_TODAY": TODAY,
           "ONEVOICE_CACHE": str(folder / "cache")}  # fmt: skip
    place = tmp_path / "scheduler.json"
    given = ["--scheduler-file", str(place), "--no-dashboard"]
    commands = [
        ["dask_scheduler", *given, "--host", "127.0.0.1", "--port", "0"],
        ["dask_worker", *given, "--nthreads", "1", "--no-nanny", "--death-timeout", "60", "--preload", "small"],
    ]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = [
        subprocess.Popen([sys.executable, "-m", f"distributed.cli.{name}", *more], cwd=folder, env=env, **quiet)
        for name, *more in commands
    ]
    while not (place.is_file() and (said := place.read_text())):
        time.sleep(0.1)
    yield started[0], json.loads(said)["address"]
    for process in started:
        process.kill()
        process.wait()


@pytest.mark.rounds
@pytest.mark.parametrize("seed", range(rounds.choose_count(1, 20)))
def test_an_audit_whose_scheduler_is_killed_ends_and_goes_on(folder, cluster, seed):
    folder, seconds = folder
    scheduler, address = cluster
    process = start(folder, out := f"orphan{seed}", more=("--dask", address))
    if seed:
        time.sleep(random.Random(seed).uniform(0.2, 2) * seconds)
    else:
        while process.poll() is None and not [*(folder / out).glob("parts/*.gz")]:
            time.sleep(0.02)
    scheduler.kill()
    # It may have been done, or not have begun. It must not wait for what will never come.
    assert process.wait(timeout=100) in (1, 2)
    assert start(folder, out).wait() == 1
    for name in RESULTS:
        assert (folder / out / name).read_bytes() == (folder / "whole" / name).read_bytes(), name
    assert list_names(folder / out / "parts") == list_names(folder / "whole" / "parts")


def test_ctrl_c_on_a_terminal_says_how_to_go_on(folder):
    import pty

    folder, _ = folder
    screen, end = pty.openpty()
    process = start(folder, "stopped", stderr=end)
    os.close(end)
    said, workers = b"", []
    # Between two partitions, there are no workers.
    while not (b" of 600 documents, " in said and b" a second, " in said and b" left" in said and workers):
        said += os.read(screen, 4096)
        workers = list_children(process.pid)
    process.send_signal(signal.SIGINT)
    with contextlib.suppress(OSError):  # A terminal whose other end is closed.
        while more := os.read(screen, 4096):
            said += more
    assert process.wait() == 130
    assert b"To go on, run the same command again: what is done stays done." in said and b"Traceback" not in said
    for _ in range(200):
        if not any(map(is_running, workers)):
            break
        time.sleep(0.05)
    assert not any(map(is_running, workers))
    assert start(folder, "stopped").wait() == 1
    assert (folder / "stopped" / "findings.csv").read_bytes() == (folder / "whole" / "findings.csv").read_bytes()


def list_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
