"""Which lines have changed since a commit, in repositories that the test makes."""

import os
import subprocess

import pytest

from onevoice.errors import OnevoiceError
from onevoice.history import lines
from onevoice.history.git import NoHistory

NAMED = {f"GIT_{who}_{what}": "t@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def git(folder, *args):
    env = {**os.environ, **NAMED, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(
        ["git", "-c", "init.defaultBranch=main", *args], cwd=folder, env=env, check=True, capture_output=True
    )


@pytest.fixture
def repo(tmp_path):
    folder = tmp_path / "a repo"
    folder.mkdir()
    git(folder, "init")
    (folder / "a.md").write_text("".join(f"line {n}\n" for n in range(1, 11)))
    (folder / "b.md").write_text("same\n")
    (folder / ".gitignore").write_text("ignored.md\n")
    commit(folder)
    return folder


def commit(folder):
    git(folder, "add", "-A")
    git(folder, "commit", "-m", "c", "--no-verify")


def changed(folder, rev="HEAD"):
    top = folder.resolve()
    return {path.relative_to(top).as_posix(): found for path, found in lines.find_changed_lines(folder, rev).items()}


def edit(folder, name, number, text):
    old = (folder / name).read_text().splitlines(keepends=True)
    old[number - 1] = text
    (folder / name).write_text("".join(old))


def test_nothing(repo):
    assert changed(repo) == {}


def test_changed_and_added_lines(repo):
    edit(repo, "a.md", 3, "changed\nadded\n")
    assert changed(repo) == {"a.md": lines.LineRanges(((3, 4),))}


def test_staged_unstaged_and_committed(repo):
    edit(repo, "a.md", 2, "committed\n")
    commit(repo)
    edit(repo, "a.md", 5, "staged\n")
    git(repo, "add", "a.md")
    edit(repo, "a.md", 9, "unstaged\n")
    assert changed(repo, "HEAD~1")["a.md"].ranges == ((2, 2), (5, 5), (9, 9))
    assert changed(repo, "HEAD")["a.md"].ranges == ((5, 5), (9, 9))


def test_a_taken_out_line_changes_no_other(repo):
    edit(repo, "a.md", 4, "")
    assert changed(repo)["a.md"].ranges == ()
    assert not changed(repo)["a.md"].has_overlap(1, 9)


def test_new_files_staged_or_not_but_not_ignored_ones(repo):
    (repo / "staged.md").write_text("1\n2\n")
    git(repo, "add", "staged.md")
    (repo / "sub").mkdir()
    (repo / "sub" / 'new ä "q".md').write_text("1\n")
    (repo / "ignored.md").write_text("1\n")
    found = changed(repo)
    assert set(found) == {"staged.md", 'sub/new ä "q".md'}
    assert found["staged.md"].has_overlap(1, 1) and found["staged.md"].has_overlap(2, 2)
    assert found['sub/new ä "q".md'].whole


def test_a_renamed_file_counts_with_what_changed_in_it(repo):
    git(repo, "mv", "a.md", "ä new\tname.md")
    edit(repo, "ä new\tname.md", 7, "changed\n")
    assert changed(repo) == {"ä new\tname.md": lines.LineRanges(((7, 7),))}


def test_names_that_look_like_a_patch(repo):
    (repo / "p.md").write_text("x\n")
    commit(repo)
    (repo / "p.md").write_text("diff --git a/z b/z\n@@ -1 +7 @@\n+++ b/z\n")
    assert changed(repo) == {"p.md": lines.LineRanges(((1, 3),))}


def test_binary_files_count_as_a_whole(repo):
    (repo / "d.docx").write_bytes(b"PK\0\1")
    commit(repo)
    (repo / "d.docx").write_bytes(b"PK\0\2")
    assert changed(repo) == {"d.docx": lines.LineRanges(whole=True)}


def test_what_others_changed_meanwhile_is_not_ours(repo):
    git(repo, "checkout", "-b", "ours")
    edit(repo, "a.md", 2, "ours\n")
    commit(repo)
    git(repo, "checkout", "main")
    edit(repo, "a.md", 9, "theirs\n")
    commit(repo)
    git(repo, "checkout", "ours")
    assert changed(repo, "main") == {"a.md": lines.LineRanges(((2, 2),))}


def test_from_a_folder_below(repo):
    (repo / "sub").mkdir()
    edit(repo, "a.md", 1, "changed\n")
    top = repo.resolve()
    assert lines.find_changed_lines(repo / "sub", "HEAD") == {top / "a.md": lines.LineRanges(((1, 1),))}


def test_the_users_own_settings_do_not_matter(repo):
    for setting in (
        "diff.noprefix=true",
        "diff.mnemonicPrefix=true",
        "core.quotePath=true",
        "color.ui=always",
        "diff.context=9",
        "diff.interHunkContext=9",
    ):
        git(repo, "config", *setting.split("="))
    edit(repo, "a.md", 3, "changed\n")
    edit(repo, "a.md", 6, "changed\n")
    assert changed(repo)["a.md"].ranges == ((3, 3), (6, 6))


@pytest.mark.parametrize("rev", ["nowhere", "--output=x", "HEAD~99"])
def test_no_such_commit(repo, rev):
    with pytest.raises(OnevoiceError, match="no such commit"):
        lines.find_changed_lines(repo, rev)
    assert not (repo / "x").exists()


def test_no_repository(tmp_path):
    with pytest.raises(NoHistory):
        lines.find_changed_lines(tmp_path, "HEAD")


@pytest.mark.parametrize(
    ("first", "last", "hit"),
    [(1, 1, False), (2, 2, True), (4, 4, False), (1, 2, True), (4, 6, True), (8, 9, False), (1, 9, True)],
)
def test_touch(first, last, hit):
    assert lines.LineRanges(((2, 3), (5, 7))).has_overlap(first, last) is hit
