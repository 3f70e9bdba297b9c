"""A checkout with the line ends of Windows: nothing is out of date, and nothing is rewritten."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import starters

ROOT = Path(__file__).parents[1]
PLAIN = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "ONEVOICE_"))}
ENVIRON = {
    **PLAIN,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "ONEVOICE_TODAY": "2026-11-22",
    "PYTHONPATH": str(ROOT / "scripts"),
}
WHO = ["-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false"]


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "safe.directory=*", *WHO, *arguments]
    return subprocess.run(command, cwd=folder, env=ENVIRON, capture_output=True, text=True, check=True).stdout


def clone(source: Path, target: Path) -> Path:
    """A clone as Git for Windows makes it."""
    git(source, "init", "-q", "-b", "main")
    git(source, "add", "-A")
    git(source, "commit", "-qm", "Start")
    git(source, "clone", "-q", "-c", "core.autocrlf=true", str(source), str(target))
    return target


def run_onevoice(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "onevoice", *arguments]
    return subprocess.run(command, cwd=folder, env=ENVIRON, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture
def source(tmp_path):
    """This repository as it stands, without its tests."""
    listed = git(ROOT, "ls-files", "-z", "-co", "--exclude-standard").split("\0")
    for name in filter(None, listed):
        if (ROOT / name).is_file() and not name.startswith(("tests/", "bench/")):
            (tmp_path / "source" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / "source" / name)
    return tmp_path / "source"


def list_windows_files(folder: Path) -> list[str]:
    return [line.split("\t")[1] for line in git(folder, "ls-files", "--eol").splitlines() if "w/crlf" in line]


def test_this_repository_has_no_line_ends_of_windows(source, tmp_path):
    checkout = clone(source, tmp_path / "checkout")
    assert list_windows_files(checkout) == []
    done = run_onevoice(checkout, "build", "--check")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert git(checkout, "status", "--porcelain") == ""


def test_pictures_are_left_as_they_are():
    names = [name for name in git(ROOT, "ls-files").splitlines() if name.endswith((".png", ".woff2", ".docx", ".pptx"))]
    assert names
    said = git(ROOT, "check-attr", "text", "--", *names).splitlines()
    assert {line.rpartition(": ")[2] for line in said} == {"unset"}


@pytest.mark.parametrize("has_attributes", [True, False])
def test_a_handbook_with_line_ends_of_windows_is_up_to_date(tmp_path, has_attributes):
    book = starters.write_starter(tmp_path / "book", "github")
    if not has_attributes:
        (book / ".gitattributes").unlink()
    (book / "schemas").mkdir()
    assert run_onevoice(book, "build", "--check").returncode == 1
    shutil.copytree(ROOT / "schemas", book / "schemas", dirs_exist_ok=True)
    checkout = clone(book, tmp_path / "checkout")
    assert bool(list_windows_files(checkout)) is not has_attributes
    done = run_onevoice(checkout, "build", "--check")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
