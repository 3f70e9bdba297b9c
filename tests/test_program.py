"""Other people's programs: none from the current folder is ever started, and none outlives its limits."""

import ast
import contextlib
import os
import sys
import time
from pathlib import Path

import pytest

from onevoice import program
from onevoice.history.git import NoHistory, run_git
from onevoice.program import ProgramLimits, find_program, run_program
from onevoice.vale.resolve import resolve_vale
from test_layers import MODULES

posix = pytest.mark.skipif(sys.platform == "win32", reason="stands in for programs with shell scripts")
PLANTED = "#!/bin/sh\ntouch {marker}\necho vale version 3.22.0\n"


def plant(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    (folder / name).chmod(0o755)
    return folder / name


@posix
@pytest.mark.parametrize("entry", ["", ".", "./", "bin", "../here", "{absolute}/none"])
def test_no_program_of_the_current_folder_is_started(tmp_path, monkeypatch, entry):
    here, marker = tmp_path / "here", tmp_path / "marker"
    for name in ("git", "vale"):
        plant(here, name, PLANTED.format(marker=marker))
        plant(here / "bin", name, PLANTED.format(marker=marker))
    monkeypatch.chdir(here)
    path = os.pathsep.join([entry.format(absolute=tmp_path), str(tmp_path / "other")])
    monkeypatch.setenv("PATH", path)
    assert resolve_vale({"PATH": path}, tmp_path / "cache") is None
    with pytest.raises(NoHistory, match="Git is not installed"):
        run_git(here, "status")
    assert not marker.exists()


@posix
def test_what_comes_after_a_relative_entry_counts(tmp_path, monkeypatch):
    plant(tmp_path / "here", "tool", "")
    good = plant(tmp_path / "good", "tool", "")
    monkeypatch.chdir(tmp_path / "here")
    assert find_program("tool", {"PATH": f"{os.pathsep}.{os.pathsep}{good.parent}"}) == good
    assert find_program("tool", {"PATH": ""}) is None


@posix
def test_a_named_vale_without_a_folder_is_looked_up_on_path_only(tmp_path, monkeypatch):
    marker = tmp_path / "marker"
    plant(tmp_path / "here", "my-vale", PLANTED.format(marker=marker))
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(Exception, match="which is not on PATH"):
        resolve_vale({"ONEVOICE_VALE": "my-vale", "PATH": os.pathsep}, tmp_path)
    assert not marker.exists()
    found = resolve_vale({"ONEVOICE_VALE": "./my-vale", "PATH": ""}, tmp_path)
    assert found.path.is_absolute() and marker.exists(), "a path is somebody's choice"


def test_on_windows_too_the_current_folder_does_not_count(tmp_path, monkeypatch):
    """Windows as its own search sees it: endings, quotation marks, and nothing from the current folder."""
    monkeypatch.setattr(program.sys, "platform", "win32")
    plant(tmp_path / "here", "git.exe", "")
    good = plant(tmp_path / "good", "git.EXE", "")
    monkeypatch.chdir(tmp_path / "here")
    environ = {"PATHEXT": ".COM;.EXE", "PATH": os.pathsep.join(["", ".", f'"{good.parent}"'])}
    assert find_program("git", environ) == good
    assert find_program("git.EXE", environ) == good
    assert find_program("git", {**environ, "PATH": os.pathsep}) is None


def test_whatever_is_started_is_looked_up_in_one_place():
    """Nobody asks shutil or the system: both look into the current folder on Windows."""
    for path in MODULES:
        tree = ast.parse(path.read_text("utf-8"))
        names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert "which" not in names, path
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and ast.unparse(call.func).startswith("subprocess."):
                assert "shell" not in {word.arg for word in call.keywords}, f"{path}:{call.lineno}"


SCRIPTS = {
    "ends": ("echo out; echo err >&2; exit 3", (3, b"out\n", b"err\n", "")),
    "hangs": ("echo out; sleep 60", (-9, b"out\n", b"", "time")),
    "hangs without its output": ("exec >&- 2>&-; sleep 60", (-9, b"", b"", "time")),
    "leaves another behind": ("sleep 60 & echo out", (0, b"out\n", b"", "")),
    "talks without end": ("while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done", (-9, None, b"", "output")),
    "complains without end": ("while :; do echo aaaaaaaaaaaaaaaaaaaaaaaa; done >&2", (-9, b"", None, "time")),
}


@posix
@pytest.mark.parametrize("name", SCRIPTS)
def test_a_program_ends_at_its_limits(tmp_path, name):
    script, (code, stdout, stderr, stopped_by) = SCRIPTS[name]
    path = plant(tmp_path, "tool", f"#!/bin/sh\n{script}\n")
    done = run_program([path], ProgramLimits(1, output=100_000))
    assert (done.code, done.stopped_by) == (code, stopped_by)
    assert stdout is None or done.stdout == stdout
    assert stderr is None or done.stderr == stderr
    assert len(done.stdout) <= 100_000 and len(done.stderr) <= 1 << 16


def list_processes(word: str) -> list[str]:
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            found += [entry.parent.name] * (word.encode() in entry.read_bytes())
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_nothing_that_a_program_started_outlives_it(tmp_path):
    word = f"3{os.getpid()}"
    path = plant(tmp_path, "tool", f"#!/bin/sh\n(sleep {word} & sleep {word})\n")
    assert run_program([path], ProgramLimits(0.5)).stopped_by == "time"
    for _ in range(100):
        if not list_processes(word):
            return
        time.sleep(0.05)
    pytest.fail("a process goes on")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts them")
@pytest.mark.parametrize(
    ("script", "allowed", "stopped_by"),
    [
        ("while :; do :; done", ProgramLimits(60, cpu_seconds=1), "time"),
        # As Go's runtime does.
        ("trap '' XCPU; while :; do :; done", ProgramLimits(60, cpu_seconds=1), "time"),
        (f"exec {sys.executable} -c 'a = bytearray(10**9)'", ProgramLimits(60, memory=100 << 20), ""),
    ],
)
def test_processor_time_and_memory_are_limits(tmp_path, script, allowed, stopped_by):
    path = plant(tmp_path, "tool", f"#!/bin/sh\n{script}\n")
    done = run_program([path], allowed)
    assert done.code != 0 and done.stopped_by == stopped_by
