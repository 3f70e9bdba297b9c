"""What changed words mean for an archive: as two whole audits say, from a few documents."""

import csv
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from onevoice.audit.prefilter import ChangedWords, make_prefilter
from onevoice.commands import cli
from onevoice.matcher.compile import gather_patterns
from onevoice.records.term import Term

TERM = "  - {{id: {0}, preferred: {0}, definition: d, part_of_speech: verb, avoid: [{{term: {1}, why: w}}]}}\n"
OLD = {"use": "utilize", "help": "facilitate", "begin": "kick off"}
NEW = {"use": "leverage", "help": "facilitate", "begin": "kick off", "finish": "go live"}


def make_term(avoided):
    return Term.model_validate(
        {"id": "employ", "preferred": "employ", "definition": "d", "part_of_speech": "verb",
         "avoid": [{"term": avoided, "why": "w"}]}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("avoided", "text", "holds"),
    [
        ("utilize", "We UTILIZE it.", True),
        ("utilize", "We use it.", False),
        ("kick off", "Off we go for a kick.", True),
        ("kick off", "A kick.", False),
        ("café", "In the Cafe\u0301.", True),
        ("tool-kit", "The tool‑kit.", True),
        # Without spaces, a word can be anywhere.
        ("道具", "新しい道具箱", True),
        ("道具", "A box.", True),
    ],
)
def test_a_prefilter_passes_over_no_document_that_holds_a_word(avoided, text, holds):
    patterns = gather_patterns([make_term(avoided)])
    assert ChangedWords(patterns).may_be_in(make_prefilter([text])) is holds


def write_book(folder, words):
    (folder / "terminology").mkdir(parents=True, exist_ok=True)
    text = "terms:\n" + "".join(TERM.format(*item) for item in words.items())
    (folder / "terminology" / "terms.yaml").write_text(text)


@pytest.fixture
def archive(tmp_path, monkeypatch):
    """Two handbooks, the older of which is also a revision of the newer, and an audit of documents with the older."""
    write_book(tmp_path / "old", OLD)
    write_book(tmp_path / "new", OLD)
    for arguments in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "w"],
    ):
        subprocess.run(["git", "-C", tmp_path / "new", *arguments], check=True)
    write_book(tmp_path / "new", NEW)
    folder = tmp_path / "archive"
    folder.mkdir()
    words = ("use", "utilize", "leverage", "facilitate", "kick off", "go live", "live and go")
    for number in range(70):
        text = f"We {words[number % 7]} text {number}, and they {words[number // 10]} it.\n"
        (folder / f"{number}.md").write_text(text)
    monkeypatch.chdir(tmp_path)
    run("old", "out")
    return folder


def run(book, out, *arguments):
    done = CliRunner().invoke(
        cli, ["audit", "archive", "--out", out, "--handbook", book, *arguments],
        env={"ONEVOICE_TODAY": "2026-11-21"}, standalone_mode=False,
    )  # fmt: skip
    assert done.exception is None, done.exception
    return done


def read_counts(path, *columns, **wanted):
    with Path(path).open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if all(row[key] == value for key, value in wanted.items())]
    return Counter(tuple(row[column] for column in columns) for row in rows)


def test_the_impact_is_the_difference_of_two_audits(archive):
    done = run("new", "out", "--impact", "old")
    run("new", "after")
    before, after = (read_counts(f"{out}/findings.csv", "document", "rule", "match") for out in ("out", "after"))
    gained, lost = (
        read_counts("out/impact.csv", "document", "rule", "match", change=one) for one in ("gained", "lost")
    )
    assert gained == after - before and lost == before - after and gained and lost
    assert done.return_value == 1
    assert f"Gained: {gained.total()} findings in {len({name for name, *_ in gained})} documents" in done.stdout
    # Only what holds a word that has changed is read: "live and go" is not told from "go live".
    wanted = [p for p in archive.iterdir() if any(w in p.read_text() for w in ("utilize", "leverage", "live"))]
    assert f"Read {len(wanted)} of 70 documents" in done.stdout
    assert run("new", "out", "--impact", "HEAD").stdout == done.stdout


def test_a_document_that_is_newer_than_the_audit_is_read(archive):
    (archive / "0.md").write_text("Now we leverage it.\n")
    (archive / "new.md").write_text("They leverage it.\n")
    run("new", "out", "--impact", "old")
    gained = read_counts("out/impact.csv", "document", change="gained")
    assert gained["archive/0.md",] == gained["archive/new.md",] == 1


def test_words_that_have_not_changed_read_nothing(archive):
    done = run("old", "out", "--impact", "old")
    assert (done.return_value, done.stdout.splitlines()[:2]) == (
        0, ["Changed terms: none.", "Read 0 of 70 documents: no other holds a word that has changed."],
    )  # fmt: skip


def test_an_impact_without_an_audit_is_refused(archive):
    done = CliRunner().invoke(
        cli, ["audit", "archive", "--out", "none", "--handbook", "new", "--impact", "old"], standalone_mode=False
    )
    assert str(done.exception) == "none: there is no audit here. Run one without --impact first."
