"""Closed, full and broken streams: one clear line if there's somewhere to say it, the right exit code, no traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import handbooks
import rounds
from conftest import absent
from onevoice.commands import cli

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="streams of POSIX")

VERBS = [name for name in cli.list_commands(None) if name not in ("serve", "prove")]
# A call of each verb, and its exit code if all can be printed. `prove` needs Vale; `serve` prints nothing but errors.
CALLS = {
    "audit": (["audit", "draft.md", "--out", "audited"], 1),
    "baseline": (["baseline", "update", "known.yaml", "draft.md", "--no-vale"], 0),
    "build": (["build", "--check"], 0),
    "check": (["check"], 0),
    "data": (["data", "check"], 0),
    "digest": (["digest"], 0),
    "doctor": (["doctor"], 0),
    "explain": (["explain", "use"], 0),
    "export": (["export", "json", "--out", "-"], 0),
    "from-issue": (["from-issue", "word", "answers.txt"], 0),
    "impact": (["impact"], 0),
    "import": (["import", "--dry-run", "words.yaml"], 1),
    "init": (["init", "."], 2),
    "lint": (["lint", "--no-vale", "draft.md"], 1),
    "sign": (["sign", "use", "--as", "sales"], 0),
    "upgrade": (["upgrade", "--dry-run"], 1),
    "help": (["--help"], 0),
    "version": (["--version"], 0),
    "wrong": (["lint", "--nonsense"], 2),
    "json": (["lint", "--no-vale", "--format", "json", "draft.md"], 1),
    "diff": (["lint", "--no-vale", "--diff", "draft.md"], 1),
    "clean": (["lint", "--no-vale", "clean.md"], 0),
    "input": (["lint", "--no-vale", "-"], 0),
}
# Each takes eight processes.
TRIED = [*CALLS] if rounds.IS_WHOLE else ["check", "lint", "sign", "help"]
# What these print goes to standard error.
ASIDE = {"data", "from-issue", "init", "sign", "wrong"}
INCOMPLETE = "onevoice: standard output could not be written: {}. The report is incomplete.\n"


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("book")
    (folder / "terminology").mkdir()
    (folder / "terminology" / "terms.yaml").write_text(
        "terms:\n  - {id: use, preferred: use, definition: d, part_of_speech: verb, avoid: [{term: utilize, why: w}]}\n"
    )
    (folder / "content").mkdir()
    (folder / "content" / "brand.yaml").write_text(
        "brand: {name: Acme, url: 'https://brand.example', repository: 'https://code.example/a', language: en}\n"
    )
    (folder / "draft.md").write_text("We utilize it.\n")
    (folder / "content" / "forms.yaml").write_text(
        "forms:\n  - {id: word, title: t, summary: s, backend: mailto, to: a@b.example, questions: "
        "[{id: word, label: Word, fill: word}]}\n"
    )
    (folder / "answers.txt").write_text("### Word\n\ndesk\n")
    (folder / "words.yaml").write_text("terms:\n  - {id: desk, preferred: desk, definition: d}\n")
    (folder / "clean.md").write_text("We use it.\n")
    (folder / "vale").write_text('#!/bin/sh\necho "vale version 3.22.0"\n')
    (folder / "vale").chmod(0o755)
    for command in (
        ["init", "-q"], ["add", "."],
        ["-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "-qm", "a"],
    ):  # fmt: skip
        subprocess.run(["git", *command], cwd=folder, check=True)
    call(folder, "onevoice build 2>&1")
    return folder


def call(folder: Path, command: str, **more: str) -> subprocess.CompletedProcess:
    """Run a command of the shell. `onevoice` is this program."""
    env = {
        **os.environ, "PYTHONPATH": str(handbooks.ROOT / "scripts"), "ONEVOICE_TODAY": handbooks.TODAY,
        "ONEVOICE_CACHE": str(folder / ".cache"), "ONEVOICE_VALE": str(folder / "vale"), **more,
    }  # fmt: skip
    script = f'onevoice() {{ "{sys.executable}" -m onevoice "$@"; }}\n{command}'
    return subprocess.run(
        ["bash", "-c", script], cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=300,
        stdin=subprocess.DEVNULL, errors="surrogateescape",
    )  # fmt: skip


def test_every_verb_is_tried():
    assert {*VERBS} <= {*CALLS}


def shell(name: str) -> str:
    return " ".join(["onevoice", *CALLS[name][0]])


@pytest.mark.parametrize("name", TRIED)
def test_all_is_well(book, name):
    done = call(book, shell(name))
    assert done.returncode == CALLS[name][1], done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("redirect", "reason"), [(">/dev/full", "No space left on device"), (">&-", "it is closed")])
@pytest.mark.parametrize("name", TRIED)
@pytest.mark.rounds
def test_a_report_that_cannot_be_written(book, name, redirect, reason):
    done = call(book, f"{shell(name)} {redirect}")
    if name in ASIDE:
        assert (done.returncode, INCOMPLETE.format(reason) in done.stderr) == (CALLS[name][1], False)
    else:
        assert done.returncode == 2
        assert done.stderr.endswith(INCOMPLETE.format(reason))
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("redirect", ["2>/dev/full", "2>&-"])
@pytest.mark.parametrize("name", TRIED)
@pytest.mark.rounds
def test_nobody_hears_what_is_said_aside(book, name, redirect):
    done, usual = call(book, f"{shell(name)} {redirect}"), call(book, shell(name))
    assert (done.returncode, done.stdout) == (usual.returncode, usual.stdout)


@pytest.mark.parametrize("name", TRIED)
@pytest.mark.rounds
def test_no_stream_at_all(book, name):
    done = call(book, f"{shell(name)} <&- >&- 2>&-")
    assert done.returncode == (CALLS[name][1] if name in ASIDE else 2)


@pytest.mark.parametrize("redirect", [">", "2>&1 >/dev/null "])
@pytest.mark.parametrize("name", TRIED)
@pytest.mark.rounds
def test_a_reader_that_is_gone(book, name, redirect):
    gone = "2>/dev/null | true" if redirect == ">" else "2>&1 >/dev/null | true"
    done = call(book, f'(sleep 0.2; {shell(name)}) {gone}; exit "${{PIPESTATUS[0]}}"')
    assert (done.returncode, done.stderr) == (CALLS[name][1], "")


def test_an_input_that_cannot_be_read(book):
    done = call(book, "onevoice lint --no-vale - <&-")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("onevoice: standard input cannot be read: ") and done.stderr.count("\n") == 1


def test_a_closed_output_is_no_file_of_ours(book):
    """The first file that is opened would get the number of standard output, and the report with it."""
    call(book, "cp draft.md fixed.md; onevoice lint --fix --no-vale fixed.md >&- 2>&-")
    assert (book / "fixed.md").read_text() == "We use it.\n"


def test_a_locale_without_our_characters(book):
    (book / "wide.md").write_text("漏斗 utilize\n", "utf-8")
    done = call(book, "onevoice lint --no-vale wide.md", PYTHONIOENCODING="latin-1")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "    \\u6f0f\\u6597 utilize\n" in done.stdout
    done = call(book, "onevoice lint --no-vale --fix - < wide.md", PYTHONIOENCODING="latin-1")
    assert done.stdout == "漏斗 use\n"


# --- what is printed is data ------------------------------------------------------------------------------------------

EVIL = "  ::add-mask::We utilize it\n\n##[error]We utilize ##vso[task.complete]it\n\n\x1b[31mutilize\u202e\n"
NAMES = ["::error::x.md", "##[error]y.md", "a\n::error::z.md", "caf\udce9.md", "\x1b[2J.md"]


@pytest.fixture(scope="module")
def evil(book) -> list[str]:
    (book / "evil").mkdir()
    try:
        for name in NAMES:
            Path(os.fsdecode(os.fsencode(f"{book}/evil/{name}"))).write_text(EVIL, "utf-8")
    except OSError:
        absent("a file system that takes any name")
    return NAMES


def obeyed(output: str) -> list[str]:
    """The lines that a runner would take for commands, or that steer a terminal."""
    marks = ("##[", "##vso[", "##teamcity[", "\x1b", "\u202e", "\x85")
    lines = output.replace("\r", "\n").split("\n")
    return [line for line in lines if line.strip().startswith("::") or any(mark in line for mark in marks)]


@pytest.mark.parametrize(
    "command",
    [
        "onevoice lint --no-vale",
        "onevoice lint --no-vale --format json",
        "onevoice lint --no-vale --format sarif",
        "onevoice lint --no-vale --format gitlab",
        "onevoice lint --no-vale --diff",
        "onevoice baseline update --no-vale caf.baseline",
        "onevoice impact",
        "onevoice impact --format json",
        "onevoice impact --format markdown",
        "cp -r ../evil ../fixed && cd ../fixed && onevoice lint --no-vale --fix",
        'for n in ::* caf*; do onevoice lint "--$n"; onevoice explain "$n"; onevoice check --handbook "$n"; done; :',
    ],
)
def test_a_draft_and_its_name_command_nothing(book, evil, command):
    (book / "terminology" / "terms.yaml").write_text(
        (book / "terminology" / "terms.yaml").read_text().replace("term: utilize", "term: utilise")
        if "impact" in command
        else "terms:\n  - {id: use, preferred: use, definition: d, part_of_speech: verb, "
        "avoid: [{term: utilize, why: w}]}\n"
    )
    place = "" if "for n" in command else " *"
    done = call(book, f"cd evil; {command}{place}")
    assert "Traceback" not in done.stderr
    assert obeyed(done.stdout + done.stderr) == []
    assert "caf" in done.stdout + done.stderr


def test_records_command_nothing(tmp_path):
    hostile = r'"::add-mask::x ##[error]y ##vso[a]z \e[31m \u202e \u2028::error::"'
    (tmp_path / "terminology").mkdir()
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "brand.yaml").write_text(f"brand: {{name: {hostile}, language: en}}\n")
    (tmp_path / "terminology" / "terms.yaml").write_text(
        f"terms:\n  - {{id: use, preferred: use, definition: {hostile}, part_of_speech: verb, "
        f"avoid: [{{term: utilize, why: {hostile}}}]}}\n"
    )
    (tmp_path / "draft.md").write_text("We utilize it.\n")
    commands = (
        "git init -q; git add .; git -c user.name='##[x]' -c user.email=a@b.example commit -qm '::error::x ##[error]y';"
        "onevoice explain use; onevoice check; onevoice digest; onevoice digest --format html;"
        "onevoice digest --format mail; onevoice lint --no-vale draft.md; onevoice sign use --as sales;"
        "echo '::error::x: [##[error]' >> terminology/terms.yaml; onevoice check; onevoice lint --no-vale draft.md"
    )
    done = call(tmp_path, f"{{ {commands}; }} 2>&1")
    assert "Traceback" not in done.stdout
    assert obeyed(done.stdout) == []


def test_json_has_every_name(book, evil):
    found = json.loads(call(book, "cd evil; onevoice lint --no-vale --format json *").stdout)
    assert {name.replace("\udce9", "%E9") for name in evil} <= {one["path"] for one in found}


def test_sarif_has_every_name(book, evil):
    log = json.loads(call(book, "cd evil; onevoice lint --no-vale --format sarif *").stdout)
    places = [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in log["runs"][0]["results"]]
    names = {"caf%E9.md", "%3A%3Aerror%3A%3Ax.md", "%23%23%5Berror%5Dy.md", "a%0A%3A%3Aerror%3A%3Az.md"}
    # The top of the repository is where paths start.
    assert {f"evil/{name}" for name in names} < {*places}


def test_annotations_are_commands_of_ours_alone(book, evil):
    done = call(book, "cd evil; onevoice lint --no-vale --format github *", GITHUB_STEP_SUMMARY=str(book / "page.md"))
    lines = done.stdout.splitlines()
    assert all(line.startswith(("::error file=", "::group::", "::endgroup::", "error  ")) for line in lines)
    assert not any(mark in done.stdout for mark in ("\x1b", "\u202e"))
    assert "caf\\\\xe9.md" in (book / "page.md").read_text("utf-8")


def test_a_patch_into_a_file_is_exact(book):
    (book / "p.md").write_text("  ::error::We utilize it.\n")
    shown = call(book, "onevoice lint --no-vale --diff p.md")
    assert "-  ::error::We utilize it.\n" in shown.stdout
    (book / "q.md").write_text("##[error]\nWe utilize it.\n")
    shown = call(book, "onevoice lint --no-vale --diff q.md")
    assert "escaped in this patch. Write it to a file to apply it." in shown.stderr
    done = call(book, "onevoice lint --no-vale --diff q.md > q.patch; git apply q.patch && cat q.md")
    assert done.stdout == "##[error]\nWe use it.\n"
