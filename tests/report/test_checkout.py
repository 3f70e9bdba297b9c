"""The names of files for programs that read reports: from the top of the checkout, wherever we run."""

from pathlib import Path

import pytest

from onevoice.finding import Finding, Span
from onevoice.run.checkout import name_from_top


@pytest.fixture
def docs(tmp_path) -> Path:
    """A folder in a folder of checkouts; nothing around it is a repository."""
    made = tmp_path / "work" / "repo" / "docs"
    made.mkdir(parents=True)
    return made


def name(path, folder, **environ):
    [found] = name_from_top([Finding("r", "error", path, Span(1, 1, 1, 2), "x", "m")], folder, environ)
    return found.path


def test_from_the_workspace(docs):
    work = docs.parent.parent
    assert name("page.md", docs, GITHUB_WORKSPACE=str(docs.parent)) == "docs/page.md"
    assert name("page.md", docs, GITHUB_WORKSPACE=f"{work}/") == "repo/docs/page.md"
    assert name("../README.md", docs, GITHUB_WORKSPACE=str(docs.parent)) == "README.md"
    assert name(str(docs / "page.md"), docs, GITHUB_WORKSPACE=str(docs.parent)) == "docs/page.md"
    assert name("docs/page.md", docs.parent, GITHUB_WORKSPACE=str(docs.parent)) == "docs/page.md"


@pytest.mark.parametrize("kind", ["folder", "file"])
@pytest.mark.parametrize("workspace", ["", "no/such/folder", "elsewhere"])
def test_from_the_top_of_the_repository(docs, kind, workspace, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    top = docs.parent / ".git"
    top.mkdir() if kind == "folder" else top.write_text("gitdir: ../other/.git/worktrees/docs\n")
    environ = {"GITHUB_WORKSPACE": workspace and str(tmp_path / workspace)}
    assert name("page.md", docs, **environ) == "docs/page.md"


def test_links_on_the_way(docs, tmp_path):
    (tmp_path / "link").symlink_to(docs.parent)
    (docs / "up").symlink_to("..")
    (docs / "page.md").symlink_to("other.md")
    environ = {"GITHUB_WORKSPACE": str(tmp_path / "link")}
    assert name("page.md", tmp_path / "link" / "docs", **environ) == "docs/page.md"
    assert name("up/docs/page.md", docs, **environ) == "docs/page.md"
    assert name(str(tmp_path / "link" / "docs" / "page.md"), tmp_path, **environ) == "docs/page.md"


def test_what_is_outside_gets_its_absolute_path(docs):
    work = docs.parent.parent
    assert name("../../x.md", docs, GITHUB_WORKSPACE=str(docs.parent)) == f"{work}/x.md"


def test_what_stays(docs):
    assert name("page.md", docs) == "page.md"
    assert name("../x.md", docs) == "../x.md"
    assert name("-", docs, GITHUB_WORKSPACE=str(docs.parent)) == "-"
