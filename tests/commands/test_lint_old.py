"""`lint --since` and `--baseline`: an old corpus in which only what is new counts."""

import json
import os
import subprocess
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from onevoice.commands import cli
from onevoice.errors import OnevoiceError

TERMS = """\
terms:
  - id: use
    preferred: use
    definition: To do something with a thing.
    part_of_speech: verb
    avoid: [utilize, leverage]
"""
NAMED = {f"GIT_{who}_{what}": "t@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
NAMED |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


@pytest.fixture
def book(tmp_path):
    """A handbook of words with a folder of old documents, committed."""
    (tmp_path / "terminology").mkdir()
    (tmp_path / "terminology" / "terms.yaml").write_text(TERMS)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "old.md").write_text("# Old\n\nWe utilize it.\n\nThey utilize that.\n\nWe utilize it.\n")
    (tmp_path / "docs" / "other.md").write_text("We leverage it.\n")
    git(tmp_path, "-c", "init.defaultBranch=main", "init")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-m", "old")
    return tmp_path


def git(folder, *args):
    subprocess.run(["git", *args], cwd=folder, env={**os.environ, **NAMED}, check=True, capture_output=True)


def run(folder, *args):
    """Run `onevoice` in a folder: its exit code and what it printed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        done = CliRunner().invoke(cli, args, env={"ONEVOICE_TODAY": "2026-11-22"}, standalone_mode=False)
    if isinstance(done.exception, OnevoiceError):
        return SimpleNamespace(returncode=done.exception.exit_code, stdout=done.stdout, stderr=str(done.exception))
    if done.exception:
        raise done.exception
    return SimpleNamespace(returncode=done.return_value, stdout=done.stdout, stderr=done.stderr)


def places(done):
    return [(one["path"], one["line"], one["rule"]) for one in json.loads(done.stdout)]


def lint(folder, *args):
    return run(folder, "lint", "--no-vale", "--format", "json", *args)


def test_since_reports_changed_lines_only(book):
    text = (book / "docs" / "old.md").read_text()
    (book / "docs" / "old.md").write_text(text.replace("They utilize that.", "They utilize this."))
    (book / "docs" / "new.md").write_text("We utilize it.\n")
    done = lint(book, "docs", "--since", "HEAD")
    assert places(done) == [("docs/new.md", 1, "Brand.use"), ("docs/old.md", 5, "Brand.use")]
    assert done.returncode == 1
    assert "2 files changed since HEAD" in done.stderr


def test_since_counts_what_is_staged(book):
    (book / "docs" / "other.md").write_text("We leverage it.\nWe utilize it.\n")
    git(book, "add", "-A")
    assert places(lint(book, "docs", "--since", "HEAD")) == [("docs/other.md", 2, "Brand.use")]


def test_since_without_changes_is_clean(book):
    done = lint(book, "docs", "--since", "HEAD")
    assert (done.returncode, json.loads(done.stdout)) == (0, [])


@pytest.mark.parametrize("setting", ["color.diff=always", "diff.external=false"])
def test_since_with_files_and_links_that_changed_places(book, setting):
    docs = book / "docs"
    (docs / "link.md").symlink_to("old.md")
    git(book, "add", "-A")
    git(book, "commit", "-m", "link")
    git(book, "config", *setting.split("="))
    (docs / "link.md").unlink()
    (docs / "link.md").write_text("Fine.\n\nWe utilize it.\n")
    (docs / "other.md").unlink()
    (docs / "other.md").symlink_to("old.md")
    (docs / "old.md").write_text((docs / "old.md").read_text().replace("that", "this"))
    assert places(lint(book, "docs", "--since", "HEAD")) == [
        ("docs/link.md", 3, "Brand.use"),
        ("docs/old.md", 5, "Brand.use"),
        ("docs/other.md", 5, "Brand.use"),
    ]


def test_since_follows_into_a_submodule(book, tmp_path_factory):
    source = tmp_path_factory.mktemp("source")
    (source / "page.md").write_text("We utilize it.\n\nThey leverage it.\n")
    git(source, "init")
    git(source, "add", "-A")
    git(source, "commit", "-m", "page")
    git(book, "-c", "protocol.file.allow=always", "submodule", "add", str(source), "docs/sub")
    git(book, "commit", "-m", "submodule")
    page = book / "docs" / "sub" / "page.md"
    page.write_text(page.read_text().replace("They", "You"))
    done = lint(book, "docs", "--since", "HEAD")
    assert places(done) == [("docs/sub/page.md", 3, "Brand.use")]
    assert "1 file changed since HEAD" in done.stderr


def test_since_fixes_changed_lines_only(book):
    text = (book / "docs" / "old.md").read_text()
    (book / "docs" / "old.md").write_text(text.replace("They utilize that.", "They utilize this."))
    assert lint(book, "docs", "--since", "HEAD", "--fix").returncode == 0
    assert (book / "docs" / "old.md").read_text() == text.replace("They utilize that.", "They use this.")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("docs", "--since", "nowhere"), "nowhere: no such commit"),
        (("-", "--since", "HEAD"), "--since compares files in Git, and standard input is not one"),
        ((".", "--since", ""), "--since needs a Git revision, and got an empty text. Name one"),
        (("docs", "--baseline", "none.yaml"), "none.yaml: there is no such file. Create it with `onevoice baseline"),
    ],
)
def test_what_cannot_be_done_is_said(book, args, said):
    done = lint(book, *args)
    assert done.returncode == 2
    assert said in done.stderr


def test_since_outside_a_repository(book, tmp_path_factory):
    folder = tmp_path_factory.mktemp("nowhere")
    (folder / "a.md").write_text("We utilize it.\n")
    done = lint(folder, "a.md", "--since", "HEAD", "--handbook", str(book))
    assert done.returncode == 2
    assert "not in a Git repository" in done.stderr


def test_a_baseline_from_the_first_day_to_the_last(book):
    done = run(book, "baseline", "update", "base.yaml", "docs", "--no-vale")
    assert done.returncode == 0
    assert "base.yaml: recorded 4 findings." in done.stdout
    base = (book / "base.yaml").read_text()
    assert [line[:30] for line in base.splitlines() if line.startswith("- ")] == [
        '- ["docs/old.md", "Brand.use",', '- ["docs/old.md", "Brand.use",', '- ["docs/other.md", "Brand.use',
    ]  # fmt: skip

    # Lines that move are still known; what is new is not.
    text = (book / "docs" / "old.md").read_text()
    (book / "docs" / "old.md").write_text(f"A new first line.\n\n{text}\nWe leverage all.\n")
    done = lint(book, "docs", "--baseline", "base.yaml")
    assert places(done) == [("docs/old.md", 11, "Brand.use")]
    assert done.returncode == 1
    assert "4 more recorded in base.yaml" in done.stderr

    # Nothing is added to a baseline.
    done = run(book, "baseline", "update", "base.yaml", "docs", "--no-vale")
    assert done.stdout == "base.yaml: 0 fixed, 4 left. 1 new finding is not in it. Fix it.\n"
    assert (book / "base.yaml").read_text() == base

    # What is fixed is said, and taken out.
    (book / "docs" / "old.md").write_text("We utilize it.\n")
    done = lint(book, "docs", "--baseline", "base.yaml")
    assert places(done) == [("base.yaml", 4, "stale-baseline"), ("base.yaml", 5, "stale-baseline")]
    assert done.returncode == 0
    assert run(book, "baseline", "update", "base.yaml", "docs", "--no-vale").stdout == "base.yaml: 2 fixed, 2 left.\n"
    assert places(lint(book, "docs", "--baseline", "base.yaml")) == []
    assert len((book / "base.yaml").read_text().splitlines()) == 5


def test_a_baseline_holds_for_some_of_its_files(book):
    run(book, "baseline", "update", "base.yaml", "docs", "--no-vale")
    assert places(lint(book, "docs/other.md", "--baseline", "base.yaml")) == []


def test_a_baseline_holds_from_other_folders(book):
    run(book, "baseline", "update", "base.yaml", "docs", "--no-vale")
    assert places(lint(book / "docs", ".", "--baseline", "../base.yaml")) == []


def test_a_baseline_holds_for_renamed_files(book):
    run(book, "baseline", "update", "base.yaml", "docs", "--no-vale")
    (book / "docs" / "old.md").rename(book / "docs" / "renamed.md")
    assert places(lint(book, "docs", "--baseline", "base.yaml")) == []


def test_a_broken_baseline_is_an_error_with_its_line(book):
    (book / "base.yaml").write_text("<<<<<<< ours\n")
    done = lint(book, "docs", "--baseline", "base.yaml")
    assert done.returncode == 2
    assert "base.yaml:1: this is not a baseline entry" in done.stderr


def test_since_and_baseline_together(book):
    run(book, "baseline", "update", "base.yaml", "docs", "--no-vale")
    (book / "docs" / "other.md").write_text("We leverage it.\n\nWe utilize all.\n")
    assert places(lint(book, "docs", "--baseline", "base.yaml", "--since", "HEAD")) == [
        ("docs/other.md", 3, "Brand.use")
    ]
