"""The command line as a whole: help, exit codes, and what goes wrong without a traceback."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from onevoice import __version__
from onevoice.commands import cli, main

ROOT = Path(__file__).parents[2]
ENV = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
VERBS = cli.list_commands(None)


def run(*arguments: str, cwd: Path = ROOT, **env: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "onevoice", *arguments],
        cwd=cwd, env={**ENV, **env}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_version():
    found = run("--version")
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.endswith(f" {__version__}\n")


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], *([verb, "-h"] for verb in VERBS)])
def test_help(arguments):
    found = run(*arguments)
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.startswith("Usage: ")


def test_help_lists_every_verb():
    listed = re.findall(r"^  ([a-z][a-z-]+)  ", run("--help").stdout, re.M)
    assert listed == VERBS
    assert not [verb for verb in VERBS if verb.startswith("_")]


@pytest.mark.parametrize("arguments", [[], ["baseline"]])
def test_help_shows_what_each_verb_does_as_a_whole_sentence(arguments):
    listed = re.findall(r"^  [a-z-]+  +(.*)$", run(*arguments, "--help").stdout.partition("Commands:")[2], re.M)
    assert listed and [line for line in listed if line.endswith("...") or not line.endswith(".")] == []


@pytest.mark.parametrize("arguments", [["nonsense"], ["_lint"], ["check", "--nonsense"], ["lint", "--fail-on"], []])
def test_wrong_use(arguments):
    found = run(*arguments)
    assert (found.returncode, found.stdout) == (2, "")
    assert re.search("Usage: |Error: ", found.stderr)


@pytest.mark.parametrize("verb", ["check", "build", "serve"])
def test_verbs_that_need_a_handbook_of_ones_own(verb, tmp_path):
    found = run(verb, cwd=tmp_path)
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.startswith("onevoice: there is no handbook here.")


def failing(monkeypatch, error: BaseException) -> int:
    def fail(**_):
        raise error

    monkeypatch.setattr(cli, "main", fail)
    with pytest.raises(SystemExit) as end:
        main()
    return end.value.code


def test_a_file_that_cannot_be_used(monkeypatch, capsys):
    assert failing(monkeypatch, PermissionError(13, "Permission denied", "content/brand.yaml")) == 2
    assert capsys.readouterr().err == "onevoice: content/brand.yaml: Permission denied. Check the file.\n"


def test_a_reader_that_has_seen_enough(tmp_path):
    """`onevoice lint | head` ends without a word about it."""
    (tmp_path / "terminology").mkdir()
    (tmp_path / "terminology" / "t.yaml").write_text(
        "terms:\n  - {id: a, preferred: use, definition: d, part_of_speech: verb, avoid: [utilize]}\n"
    )
    (tmp_path / "draft.md").write_text("We utilize it.\n\n" * 3000)
    process = subprocess.Popen(
        [sys.executable, "-m", "onevoice", "lint", "--no-vale", "draft.md"],
        cwd=tmp_path, env=ENV, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    process.stdout.readline()
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    process.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_control_c(tmp_path):
    (tmp_path / "terminology").mkdir()
    (tmp_path / "terminology" / "t.yaml").write_text("terms: []\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "onevoice", "lint", "--no-vale", "-"],
        cwd=tmp_path, env=ENV,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        # A shell lets what runs in the background ignore the key.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=3)  # it waits for its input
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert b"Traceback" not in said
    assert process.returncode == 130
