"""Asking git: what is there, what is not, and what is said then."""

import os
from pathlib import Path

import pytest

from onevoice.errors import EXIT_TOOL_MISSING, OnevoiceError
from onevoice.history import git, log, tree
from repository import Repository

TERM = "terms:\n  - {id: a, preferred: a, definition: d}\n"


@pytest.fixture
def book(tmp_path) -> Repository:
    made = Repository(tmp_path / "a book")
    made.commit("2026-11-01", {'terminology/größe "1".yaml': TERM, "content/pages/x.yaml": "a: 1\n", "x.md": "x"})
    return made


def test_contents_in_one_go(book):
    blob = book.git("rev-parse", "HEAD:x.md").strip()
    found = git.read_blobs(book.folder, [blob, "HEAD:x.md", "HEAD:none.md", "HEAD:two\nlines", "0" * 40])
    assert found == {blob: b"x", "HEAD:x.md": b"x", "HEAD:none.md": None, "HEAD:two\nlines": None, "0" * 40: None}


def test_names_as_they_are(book):
    [commit] = log.read_commit_log(book.folder).commits
    assert [path for path, _ in commit.files] == ['terminology/größe "1".yaml']
    [(path, blob)] = tree.list_record_files(book.folder, "HEAD", "terminology").items()
    assert (path, blob) == ('terminology/größe "1".yaml', tree.hash_blob(TERM.encode()))


def test_a_hook_of_another_repository_does_not_mislead(book, tmp_path, monkeypatch):
    other = Repository(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.folder / "none"))
    assert git.find_repository_root(book.folder) == book.folder


def test_no_repository(tmp_path):
    with pytest.raises(git.NoHistory, match="is not in a Git repository"):
        git.find_repository_root(tmp_path)


def test_no_folder(tmp_path):
    with pytest.raises(OnevoiceError, match="there is no such folder"):
        git.find_repository_root(tmp_path / "none")


def test_no_git(book, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(git.NoHistory, match="Git is not installed") as error:
        git.find_repository_root(book.folder)
    assert error.value.exit_code == EXIT_TOOL_MISSING


def test_nothing_committed(tmp_path):
    made = Repository(tmp_path)
    with pytest.raises(git.NoHistory, match="nothing is committed yet"):
        log.read_commit_log(made.folder)


def test_git_that_refuses_is_quoted(book):
    with pytest.raises(OnevoiceError, match="`git ls-tree` failed: Not a valid object name none"):
        git.run_git(book.folder, "ls-tree", "none")


def test_git_that_takes_too_long_is_stopped(tmp_path, monkeypatch):
    slow = tmp_path / "git"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(OnevoiceError, match="took longer than 1 seconds"):
        git.run_git(Path(tmp_path), "log", seconds=1)
