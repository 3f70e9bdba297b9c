"""Which lines have changed since a commit, in repositories that the test makes."""

import os
import subprocess

import pytest

from onevoice.errors import OnevoiceError
from onevoice.history import lines
from onevoice.history.git import NoHistory, find_repository_root, run_git

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


def find_changed_lines(folder, rev):
    return lines.compare_files(find_repository_root(folder), lines.find_base(folder, rev))


def changed(folder, rev="HEAD"):
    top = folder.resolve()
    return {path.relative_to(top).as_posix(): found for path, found in find_changed_lines(folder, rev).items()}


def test_settings_do_not_change_what_a_log_lists(repo, monkeypatch):
    git(repo, "config", "log.diffMerges", "combined")
    git(repo, "config", "log.showRoot", "false")
    assert run_git(repo, "log", "--first-parent", "-m", "--raw", "-z", "--format=").count(":000000 100644") == 3


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
    assert find_changed_lines(repo / "sub", "HEAD") == {top / "a.md": lines.LineRanges(((1, 1),))}


SETTINGS = (
    "color.diff=always",
    "color.ui=always",
    "core.bigFileThreshold=1",
    "core.quotePath=true",
    "diff.colorMoved=zebra",
    "diff.context=9",
    "diff.dstPrefix=new/",
    "diff.external=false",
    "diff.ignoreSubmodules=none",
    "diff.interHunkContext=9",
    "diff.mnemonicPrefix=true",
    "diff.noprefix=true",
    "diff.orderFile=none",
    "diff.relative=true",
    "diff.renameLimit=1",
    "diff.renames=copies",
    "diff.submodule=log",
    "diff.wsErrorHighlight=all",
    "submodule.recurse=true",
)
VARIABLES = {
    "GIT_EXTERNAL_DIFF": "false",
    "GIT_DIFF_OPTS": "--unified=9",
    "GIT_GLOB_PATHSPECS": "1",
    "GIT_ICASE_PATHSPECS": "1",
    "GIT_PAGER": "false",
}


@pytest.mark.parametrize("settings", [*([one] for one in SETTINGS), SETTINGS], ids=lambda found: found[0])
def test_the_users_own_settings_do_not_matter(repo, settings, monkeypatch):
    (repo / "link.md").symlink_to("b.md")
    (repo / "old.md").write_text("".join(f"row {n}\n" for n in range(20)))
    commit(repo)
    for name, value in VARIABLES.items():
        monkeypatch.setenv(name, value)
    for setting in settings:
        git(repo, "config", *setting.split("="))
    edit(repo, "a.md", 3, "changed\n")
    edit(repo, "a.md", 6, "changed\n")
    (repo / "link.md").unlink()
    (repo / "link.md").write_text("a file\n")
    git(repo, "mv", "old.md", 'n "e" w.md')
    edit(repo, 'n "e" w.md', 9, "changed\n")
    assert changed(repo) == {
        "a.md": lines.LineRanges(((3, 3), (6, 6))),
        "link.md": lines.LineRanges(((1, 1),)),
        'n "e" w.md': lines.LineRanges(((9, 9),)),
    }


def test_a_file_that_became_a_link_leaves_the_lines_of_its_target(repo):
    (repo / "b.md").unlink()
    (repo / "b.md").symlink_to("a.md")
    (repo / "new.md").symlink_to("a.md")
    edit(repo, "a.md", 4, "changed\n")
    found = changed(repo)
    assert found["a.md"] == lines.LineRanges(((4, 4),))
    assert set(found) == {"a.md", "b.md", "new.md"}


def test_a_changed_mode_changes_no_line(repo):
    (repo / "a.md").chmod(0o755)
    (repo / "d.docx").write_bytes(b"PK\0\1")
    commit(repo)
    git(repo, "mv", "d.docx", "e.docx")
    assert set(changed(repo).values()) == {lines.LineRanges()}
    assert changed(repo, "HEAD~1")["a.md"] == lines.LineRanges()


def test_what_git_stores_in_another_form_counts_as_a_whole(repo):
    (repo / ".gitattributes").write_text("a.md filter=short\n")
    git(repo, "config", "filter.short.clean", "head -n 1 && date +%N")
    commit(repo)
    edit(repo, "a.md", 9, "changed\n")
    assert changed(repo) == {"a.md": lines.LineRanges(whole=True)}


def test_lines_in_the_midst_of_a_merge(repo):
    git(repo, "checkout", "-b", "other")
    edit(repo, "a.md", 2, "theirs\n")
    commit(repo)
    git(repo, "checkout", "main")
    edit(repo, "a.md", 2, "ours\n")
    commit(repo)
    with pytest.raises(subprocess.CalledProcessError):
        git(repo, "merge", "other")
    assert changed(repo) == {"a.md": lines.LineRanges(((2, 2), (4, 6)))}


@pytest.mark.parametrize("state", ["intent", "removed"])
def test_files_that_git_half_knows(repo, state):
    (repo / "new.md").write_text("1\n2\n")
    git(repo, *(("add", "-N", "new.md") if state == "intent" else ("rm", "--cached", "b.md")))
    found = changed(repo)
    assert found["new.md"].has_overlap(2, 2)
    assert ("b.md" in found) is (state == "removed")


@pytest.mark.parametrize("rev", ["nowhere", "--output=x", "HEAD~99"])
def test_no_such_commit(repo, rev):
    with pytest.raises(OnevoiceError, match="no such commit"):
        find_changed_lines(repo, rev)
    assert not (repo / "x").exists()


def test_no_repository(tmp_path):
    with pytest.raises(NoHistory):
        find_changed_lines(tmp_path, "HEAD")


@pytest.mark.parametrize(
    ("first", "last", "hit"),
    [(1, 1, False), (2, 2, True), (4, 4, False), (1, 2, True), (4, 6, True), (8, 9, False), (1, 9, True)],
)
def test_touch(first, last, hit):
    assert lines.LineRanges(((2, 3), (5, 7))).has_overlap(first, last) is hit
