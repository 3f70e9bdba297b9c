"""Copies of drafts stay in no temporary folder, not even after a run that was killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from onevoice.errors import OnevoiceError
from onevoice.vale import scratch
from onevoice.vale.scratch import hold_scratch_folder, sweep_scratch_folders
from rounds import choose_count

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and locks of POSIX")
HOLD = """
import sys, time
from onevoice.vale.scratch import hold_scratch_folder
with hold_scratch_folder("lint") as folder:
    (folder / "draft.md").write_text("secret")
    print(folder, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def place(tmp_path, monkeypatch) -> Path:
    """The folder of temporary files."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def start_holder() -> tuple[subprocess.Popen, Path]:
    process = subprocess.Popen([sys.executable, "-c", HOLD], stdout=subprocess.PIPE, text=True)
    return process, Path(process.stdout.readline().strip())


def test_a_folder_is_removed_at_the_end(place):
    with pytest.raises(KeyError), hold_scratch_folder("lint") as folder:
        (folder / "draft.md").write_text("secret")
        raise KeyError
    assert list(place.iterdir()) == []


@posix
def test_what_a_killed_run_left_is_removed_by_the_next(place):
    process, folder = start_holder()
    assert (folder / "draft.md").exists()
    with hold_scratch_folder("lint"):
        assert (folder / "draft.md").exists(), "it is in use"
    process.kill()
    process.wait()
    with hold_scratch_folder("lint") as mine:
        assert list(place.iterdir()) == [mine]


def test_only_old_folders_without_a_lock_are_removed(place):
    for name in ("onevoice-vale-old", "onevoice-vale-new", "another-old"):
        (place / name).mkdir()
    (place / "onevoice-vale-file").write_text("")
    for name in ("onevoice-vale-old", "another-old", "onevoice-vale-file"):
        os.utime(place / name, (1, time.time() - scratch.MAX_SCRATCH_AGE - 1))
    sweep_scratch_folders(place)
    assert sorted(path.name for path in place.iterdir()) == ["another-old", "onevoice-vale-file", "onevoice-vale-new"]


@posix
def test_a_link_is_not_followed(place, tmp_path_factory):
    target = tmp_path_factory.mktemp("target")
    (target / "file").write_text("mine")
    (place / "onevoice-vale-link").symlink_to(target)
    (place / "onevoice-vale-dir").mkdir()
    (place / "onevoice-vale-dir" / "lock").symlink_to(target / "file")
    sweep_scratch_folders(place)
    assert (target / "file").read_text() == "mine"


def test_no_place_for_it_is_one_clear_line(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    with pytest.raises(OnevoiceError, match=r"cannot be written \(.*TMPDIR"), hold_scratch_folder("lint"):
        pass


@posix
@pytest.mark.rounds
def test_a_lint_that_is_killed_leaves_no_draft_and_no_vale(place, tmp_path_factory):
    """At any moment, and by any signal: the next run leaves nothing."""
    book = tmp_path_factory.mktemp("book")
    (book / "terminology").mkdir()
    (book / "terminology" / "t.yaml").write_text("terms:\n  - {id: a, preferred: a, definition: d}\n")
    (book / ".vale.ini").write_text("StylesPath = styles\n[*]\nBasedOnStyles = Mine\n")
    (book / "styles" / "Mine").mkdir(parents=True)
    (book / "styles" / "Mine" / "a.yml").write_text("extends: existence\nmessage: No.\ntokens: [bad]\n")
    (book / "draft.md").write_text("!!! note\n\n    A secret draft.\n")
    vale = book / "vale"
    vale.write_text('#!/bin/sh\ncase "$*" in *--version*) echo "vale version 3.22.0"; exit 0;; esac\nexec sleep 20\n')
    vale.chmod(0o755)
    environ = {**os.environ, "ONEVOICE_VALE": str(vale), "ONEVOICE_CACHE": str(book / "cache"), "TMPDIR": str(place)}
    command = [sys.executable, "-m", "onevoice", "lint", "draft.md"]
    for number in range(choose_count(3, 40)):
        process = subprocess.Popen(command, cwd=book, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            if any(place.iterdir()) or process.poll() is not None:
                break
            time.sleep(0.05)
        time.sleep(0.02 * number)
        process.send_signal((signal.SIGKILL, signal.SIGINT, signal.SIGTERM)[number % 3])
        process.wait(30)
    with hold_scratch_folder("lint"):
        # A run that was killed before it held its lock has made no copy yet; its empty folder goes when it is old.
        assert {path.name for path in place.rglob("*") if path.is_file()} <= {"lock", ".lock"}
