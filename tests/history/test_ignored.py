"""What `.gitignore` names is nobody's text, unless somebody names it."""

import subprocess

import pytest

from onevoice.history.ignored import list_ignored_paths
from onevoice.run.job import collect_documents


@pytest.fixture
def repo(tmp_path, monkeypatch):
    folder = tmp_path / "repo"
    for name in (
        "a.md",
        "out/b.md",
        "out/deep/c.md",
        "docs/d.md",
        "docs/e.md",
        "docs/kept.md",
        "docs/ä b.md",
        "x/out/f.md",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("Text.\n")
    (folder / ".gitignore").write_text("/out/\nkept.md\nä*\n")
    (folder / "docs" / ".gitignore").write_text("e.*\n")
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    subprocess.run(["git", "add", "--force", "docs/kept.md"], cwd=folder, check=True)
    monkeypatch.chdir(folder)
    return folder


def find(*paths):
    return [file.path for file in collect_documents(paths, None).documents]


def test_ignored_files_are_passed_over(repo):
    assert list_ignored_paths(repo) == {"out", "docs/e.md", "docs/ä b.md"}
    assert find(".") == ["a.md", "docs/d.md", "docs/kept.md", "x/out/f.md"]
    assert find("docs", "x") == ["docs/d.md", "docs/kept.md", "x/out/f.md"]


def test_they_are_not_counted_as_unread(repo):
    (repo / "out" / "b.key").write_text("x")
    (repo / "docs" / "f.key").write_text("x")
    assert collect_documents(["."], None).unread == {".key": 1}


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ("out", ["out/b.md", "out/deep/c.md"]),
        ("out/deep", ["out/deep/c.md"]),
        ("docs/e.md", ["docs/e.md"]),
        ("out/b.md", ["out/b.md"]),
    ],
)
def test_what_is_named_is_read(repo, named, found):
    assert find(named) == found


def test_without_a_repository_all_is_read(tmp_path, monkeypatch):
    (tmp_path / ".gitignore").write_text("a.md\n")
    (tmp_path / "a.md").write_text("Text.\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert find(".") == ["a.md"]


def test_without_git_all_is_read(repo, monkeypatch):
    monkeypatch.setenv("PATH", str(repo))
    assert len(find(".")) == 8


def test_a_repository_within_is_read(repo):
    """Git does not look into it."""
    (repo / "docs" / "inner").mkdir()
    subprocess.run(["git", "init", "--quiet"], cwd=repo / "docs" / "inner", check=True)
    (repo / "docs" / "inner" / "g.md").write_text("Text.\n")
    assert "docs/inner/g.md" in find("docs")
