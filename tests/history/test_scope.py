"""Which repository a file is compared in: submodules, clones and worktrees within another one, links out of it."""

import os
from pathlib import Path

import pytest

from onevoice.errors import OnevoiceError
from onevoice.history import scope
from onevoice.history.git import NoHistory
from onevoice.history.lines import LineRanges
from repository import Repository

TEXT = "".join(f"line {number}\n" for number in range(1, 6))


@pytest.fixture
def outer(tmp_path, monkeypatch) -> Repository:
    made = Repository(tmp_path / "outer")
    made.commit("2026-11-01", {"a.md": TEXT})
    monkeypatch.chdir(made.folder)
    return made


@pytest.fixture
def inner(outer, tmp_path) -> Repository:
    """A submodule of `outer`, at two commits of it."""
    source = Repository(tmp_path / "source")
    source.commit("2026-11-01", {"in.md": TEXT})
    outer.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(source.folder), "sub")
    outer.commit("2026-11-02", {})
    made = Repository(outer.folder / "sub")
    change(made.folder / "in.md", 2)
    made.commit("2026-11-03", {})
    outer.commit("2026-11-03", {})
    return made


def change(path, number):
    lines = path.read_text().splitlines(keepends=True)
    lines[number - 1] = "changed\n"
    path.write_text("".join(lines))


def changed(folder, *paths, rev="HEAD"):
    """What has changed in the files that were named, by their paths from here."""
    found = scope.find_changes_of_files(paths, folder, rev)
    return {path: found[real] for path in paths if (real := Path(os.path.realpath(path))) in found}


def test_a_submodule_is_compared_with_the_commit_that_was_recorded(outer, inner):
    change(inner.folder / "in.md", 4)
    assert changed(outer.folder, "a.md", "sub/in.md") == {"sub/in.md": LineRanges(((4, 4),))}
    assert changed(outer.folder, "sub/in.md", rev="HEAD~1") == {"sub/in.md": LineRanges(((2, 2), (4, 4)))}
    assert changed(outer.folder, "sub/in.md", rev="HEAD~2") == {"sub/in.md": LineRanges(((1, 5),))}


def test_within_a_submodule_its_own_revisions_count(outer, inner, monkeypatch):
    change(inner.folder / "in.md", 4)
    change(outer.folder / "a.md", 1)
    monkeypatch.chdir(inner.folder)
    assert changed(inner.folder, "in.md", rev="HEAD~1") == {"in.md": LineRanges(((2, 2), (4, 4)))}
    assert changed(inner.folder, "../a.md") == {"../a.md": LineRanges(((1, 1),))}


def test_a_submodule_whose_old_commit_is_not_here_counts_as_new(outer, inner):
    outer.git("update-index", "--cacheinfo", f"160000,{'1' * 40},sub")
    outer.git("commit", "-q", "-m", "Record what nobody has")
    assert changed(outer.folder, "sub/in.md") == {"sub/in.md": LineRanges(((1, 5),))}


def test_submodules_of_submodules(outer, inner, tmp_path):
    inner.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(tmp_path / "source"), "deep")
    inner.commit("2026-11-04", {})
    outer.commit("2026-11-04", {})
    change(inner.folder / "deep" / "in.md", 3)
    assert changed(outer.folder, "sub/deep/in.md") == {"sub/deep/in.md": LineRanges(((3, 3),))}


def test_a_clone_and_a_worktree_within_a_repository(outer):
    clone = Repository(outer.folder / "clone")
    clone.commit("2026-11-01", {"c.md": TEXT})
    change(clone.folder / "c.md", 5)
    outer.git("worktree", "add", "-q", "tree", "-b", "other")
    change(outer.folder / "tree" / "a.md", 3)
    assert changed(outer.folder, "clone/c.md", "tree/a.md", "a.md") == {
        "clone/c.md": LineRanges(((5, 5),)),
        "tree/a.md": LineRanges(((3, 3),)),
    }


def test_another_repository_has_its_own_revisions(outer, tmp_path):
    other = Repository(tmp_path / "other")
    other.commit("2026-11-01", {"o.md": TEXT})
    other.git("branch", "start")
    change(other.folder / "o.md", 2)
    other.commit("2026-11-02", {})
    path = str(other.folder / "o.md")
    assert changed(outer.folder, path, rev="start") == {path: LineRanges(((2, 2),))}
    with pytest.raises(OnevoiceError, match="start: no such commit"):
        changed(outer.folder, path, "a.md", rev="start")


def test_links_count_as_what_they_lead_to(outer, tmp_path):
    for name in ("old.md", "new.md"):
        (tmp_path / name).write_text(TEXT)
    (outer.folder / "docs").mkdir()
    for name, target in {"link.md": "../a.md", "old.md": tmp_path / "old.md", "up": ".."}.items():
        (outer.folder / "docs" / name).symlink_to(target)
    outer.commit("2026-11-02", {})
    (outer.folder / "docs" / "new.md").symlink_to(tmp_path / "new.md")
    change(outer.folder / "a.md", 2)
    second = LineRanges(((2, 2),))
    names = ["docs/link.md", "docs/up/a.md", "docs/old.md", "docs/new.md"]
    assert changed(outer.folder, *names) == {
        "docs/link.md": second,
        "docs/up/a.md": second,
        "docs/new.md": LineRanges(whole=True),
    }


def test_a_file_in_no_repository_is_named(outer, tmp_path):
    (tmp_path / "loose.md").write_text(TEXT)
    with pytest.raises(NoHistory, match=r"loose\.md is not in a Git repository"):
        changed(outer.folder, "a.md", "../loose.md")


def test_an_empty_git_folder_is_no_repository(outer):
    (outer.folder / "docs" / ".git").mkdir(parents=True)
    (outer.folder / "docs" / "d.md").write_text(TEXT)
    assert changed(outer.folder, "docs/d.md") == {"docs/d.md": LineRanges(whole=True)}
