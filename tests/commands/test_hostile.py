"""One bad document silences nothing: it's a finding, and its neighbors are reported; nor does a Vale that stops."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

LETTERS = "abcdefghij"
ALIASES = ["x", *(f"*{letter}" for letter in LETTERS)]
BOMB = "".join(f"{name}: &{name} [{', '.join([ALIASES[at]] * 10)}]\n" for at, name in enumerate(LETTERS))
DOCUMENTS = {
    "brackets": f"---\nx: {'[' * 30_000}\n---\n",
    "indentation": "---\n" + "- " * 30_000 + "x\n---\n",
    "tag": "---\nx: !a [b]\n---\n",
    "toml-number": f"+++\nx = {'9' * 4301}\n+++\n",
    "toml-depth": f"+++\nx = {'[' * 10_000}\n+++\n",
    "yaml-number": f"---\nx: {'9' * 4301}\n---\n",
    "aliases": f"---\n{BOMB}audience: *j\n---\n",
    "alias-of-itself": "---\nx: &x [*x]\n---\n",
    "percent": f"---\naudience: customers\n---\nThat is {'9' * 4301}% more revenue.\n",
    "times": f"We are {'9' * 5000} times as fast, and {'1,' * 3000}000 times cheaper.\n",
}  # fmt: skip


@pytest.fixture
def book(tmp_path) -> Path:
    (tmp_path / "terminology").mkdir()
    (tmp_path / "terminology" / "terms.yaml").write_text(
        "terms:\n  - {id: use, preferred: use, definition: d, part_of_speech: verb, avoid: [{term: utilize, why: w}]}\n"
    )
    (tmp_path / "content" / "submissions").mkdir(parents=True)
    (tmp_path / "content" / "proof.yaml").write_text(
        "proof:\n  - {id: p, title: t, claim: Revenue grew 30%., standing: usable, say: Revenue grew 30%., basis: b,"
        " source: s, number: 30%, measures: revenue}\n"
    )
    (tmp_path / "content" / "submissions" / "good.md").write_text("We utilize it.\n")
    return tmp_path


def lint(book: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "onevoice", "lint", *arguments],
        cwd=book,
        env={**os.environ, "ONEVOICE_CACHE": str(book / "cache"), **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_hostile_document_silences_nothing(book, name):
    (book / "content" / "submissions" / "bad.md").write_text(f"{DOCUMENTS[name]}\nWe utilize that.\n")
    done = lint(book, "--no-vale", "--format", "json", "content/submissions")
    assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
    found = {(one["path"].rpartition("/")[2], one["rule"]) for one in json.loads(done.stdout)}
    assert ("good.md", "Brand.use") in found
    assert ("bad.md", "Brand.use") in found or ("bad.md", "file") in found


@pytest.mark.skipif(sys.platform == "win32", reason="files of POSIX")
def test_what_is_no_regular_file_silences_nothing(book):
    os.mkfifo(book / "content" / "submissions" / "pipe.md")
    (book / "content" / "submissions" / "zero.md").symlink_to("/dev/zero")
    done = lint(book, "--no-vale", "content/submissions")
    assert done.returncode == 1
    for line in ("good.md:1:4  error", "pipe.md:1:1  error  cannot be read (not a regular file)", "zero.md:1:1  error"):
        assert line in done.stdout


FAULTS = {
    "exception": ("raise TypeError('broken\\nrule')", "it stopped onevoice with TypeError: broken."),
    "memory": ("bytearray(500 * 2**20)", "it takes more than 400 MB of memory, and that is the limit."),
    "time": ("while True: pass", "it takes more than 0.5 seconds of processor time, and that is the limit."),
    "crash": ("import os; os.abort()", "it crashes its reader (SIGABRT)."),
}


def run_with_fault(book: Path, fault: str, *arguments: str) -> subprocess.CompletedProcess:
    code = (
        "import sys; from onevoice import limits; limits.DOCUMENT_SECONDS = 0.5; from onevoice.lint import rules\n"
        f"def fail():\n    {fault}\n"
        "old = rules.Draft\n"
        "def draft(prose, *more):\n    return fail() if 'hostile' in prose.source else old(prose, *more)\n"
        "rules.Draft = draft\n"
        f"from onevoice.commands import main; sys.argv = ['onevoice', *{arguments!r}]; main()"
    )
    return subprocess.run(
        [sys.executable, "-c", code], cwd=book, capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, "ONEVOICE_CACHE": str(book / "cache")},
    )  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("length", [10, 200_000])
def test_whatever_one_document_does_is_a_finding_on_it(book, name, length):
    """Short texts are read in the same process, where nothing can crash; long ones in another."""
    if name == "crash" and length == 10:
        length = 100_001
    (book / "content" / "submissions" / "bad.md").write_text("A hostile text.\n" + "Good text.\n" * (length // 10))
    fault, reason = FAULTS[name]
    done = run_with_fault(book, fault, "lint", "--no-vale", "content/submissions")
    assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
    assert f"bad.md:1:1  error  onevoice did not check this file: {reason}" in done.stdout
    assert "good.md:1:4  error" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
@pytest.mark.parametrize("name", FAULTS)
def test_what_cannot_be_fixed_keeps_nothing_else_from_it(book, name):
    folder = book / "content" / "submissions"
    (folder / "bad.md").write_text("A hostile text.\n" + "Good text.\n" * 20_000)
    fault, reason = FAULTS[name]
    patch = run_with_fault(book, fault, "lint", "--no-vale", "--diff", "content/submissions")
    assert (patch.returncode, patch.stdout.count("+++")) == (1, 1)
    assert f"bad.md: onevoice did not fix this file: {reason}" in patch.stderr
    done = run_with_fault(book, fault, "lint", "--no-vale", "--fix", "content/submissions")
    assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
    assert f"bad.md:1:1  error  onevoice did not fix this file: {reason}" in done.stdout
    assert (folder / "good.md").read_text() == "We use it.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="stands in for Vale with a shell script")
@pytest.mark.parametrize("end", ["kill -9 $$", "echo 'panic: runtime error' >&2; exit 2", "echo '{'; exit 0"])
def test_a_vale_that_stops_takes_no_words_away(book, end):
    (book / "content" / "voice.yaml").write_text(
        "voice:\n  summary: s\n  traits:\n    - {id: plain, we_are: plain, we_are_not: vague, why: w, vale: "
        "[{id: hype, extends: existence, message: No., tokens: [awesome]}]}\n"
    )
    vale = book / "vale"
    vale.write_text(f'#!/bin/sh\ncase "$*" in *--version*) echo "vale version 3.22.0"; exit 0;; esac\n{end}\n')
    vale.chmod(0o755)
    done = lint(book, "content/submissions", ONEVOICE_VALE=str(vale))
    assert done.returncode == 1, done.stderr
    assert "good.md:1:4  error" in done.stdout
    assert "error  Style was not checked: " in done.stdout
    assert "not for 1 file" in done.stderr
