"""`onevoice init`: a handbook of one's own, sound from the first minute, with nothing of anyone else in it."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import onevoice
from handbooks import ROOT, build
from onevoice.commands import cli
from onevoice.run.init import ROOMS, guess_name

DARK_LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><path fill="#203040" d="M0 0h40v10H0z"/></svg>'
ENV = {
    "ONEVOICE_TODAY": "2026-11-29",
    "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@northlight.example",
    "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@northlight.example",
}  # fmt: skip


def start(folder, *options: str, answers: str | None = None):
    return CliRunner().invoke(cli, ["init", str(folder), *options], input=answers, env=ENV, standalone_mode=False)


def list_files(folder) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts
    )


def read_everything(folder) -> str:
    return "\n".join(
        f"{path}\n{path.read_bytes().decode('utf-8', 'replace')}"
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.parts and path.suffix not in (".png", ".zip", ".woff2", ".gz")
    )


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_is_sound_and_only_placeholders_are_told(tmp_path, room):
    folder = tmp_path / "northlight-handbook"
    result = start(folder, "--yes", "--rooms", room)
    assert result.exception is None and result.return_value == 0
    checked = CliRunner().invoke(cli, ["check", "--handbook", str(folder)], env=ENV, standalone_mode=False)
    assert checked.return_value == 0
    told = [line for line in checked.stdout.splitlines() if line.startswith(("content/", "terminology/"))]
    assert told and all(line.endswith("[placeholder]") for line in told), told
    linted = CliRunner().invoke(cli, ["lint", "--no-vale", "--handbook", str(folder)], env=ENV, standalone_mode=False)
    assert linted.return_value == 0, linted.stdout


def test_a_handbook_of_ones_own_has_nothing_of_the_example(tmp_path):
    folder = tmp_path / "nl"
    options = ("--name", "Northlight", "--words", "customer = client", "--rooms", "cards,catalog,together")
    assert start(folder, *options, "--url", "https://handbook.northlight.example").return_value == 0
    build(folder, today="2026-11-29")
    text = read_everything(folder)
    assert "Northlight" in text and "ferrywell" not in text.lower()
    home = (folder / "build/site/index.html").read_text("utf-8")
    assert "Northlight handbook</title>" in home
    assert "Placeholder: not our text yet" in (folder / "build/site/messaging/buyer/decide/index.html").read_text()
    news = (folder / "build/site/news/index.html").read_text("utf-8")
    assert "(term)" not in news


def test_its_history_begins_with_its_own_records_and_a_build_leaves_nothing_to_commit(tmp_path):
    folder = tmp_path / "nl"
    start(folder, "--yes")
    build(folder, today="2026-11-29")

    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout

    assert git("log", "--format=%s").split("\n") == ["Start the handbook", ""]
    assert git("status", "--short") == ""


def test_words_are_rules_at_once(tmp_path):
    folder = tmp_path / "nl"
    start(folder, "--yes", "--name", "Northlight", "--words", "customer = client, account holder")
    draft = tmp_path / "draft.md"
    draft.write_text("A client of NORTHLIGHT.\n")
    linted = CliRunner().invoke(
        cli, ["lint", "--no-vale", "--handbook", str(folder), str(draft)], env=ENV, standalone_mode=False
    )
    assert linted.return_value == 1
    assert "customer" in linted.stdout and "Northlight" in linted.stdout


def test_a_spreadsheet_of_words_can_be_the_start(tmp_path):
    folder, words = tmp_path / "handbook", tmp_path / "words.csv"
    words.write_text("Use;Don't use;Why\ncustomer;client, account;One word for them\nlog in (verb);login;\n")
    result = start(folder, "--yes", "--name", "Northlight", "--from", str(words))
    assert result.exception is None and result.return_value == 0, result.output
    made = (folder / "terminology" / "words.yaml").read_text("utf-8")
    assert "preferred: customer" in made and "part_of_speech: verb" in made
    assert (folder / "import.yaml").is_file()
    again = CliRunner().invoke(cli, ["import", str(words), "--handbook", str(folder), "--yes"], env=ENV)
    assert again.exit_code == 0 and "2 same" in again.output
    assert (folder / "terminology" / "words.yaml").read_text("utf-8") == made


def test_a_list_that_needs_answers_says_so_and_the_handbook_is_there(tmp_path):
    folder, words = tmp_path / "handbook", tmp_path / "words.csv"
    words.write_text("Use;Don't use\ncustomer (CU);client, account\n")
    result = start(folder, "--name", "Northlight", "--from", str(words))
    assert result.return_value == 1
    assert "2 questions nobody has answered" in result.output
    assert (folder / "terminology" / "words.yaml").is_file() and not (folder / "import.yaml").exists()


def test_a_color_that_cannot_be_read_and_a_logo_that_vanishes_are_said(tmp_path):
    logo = tmp_path / "logo.svg"
    logo.write_text(DARK_LOGO.replace("#203040", "#F9C940"))
    result = start(tmp_path / "nl", "--yes", "--color", "#F4B400", "--logo", str(logo))
    assert (
        "#F4B400 on the page has a contrast of 1.6 : 1, and text needs 4.5 : 1. So links are #8B6700" in result.stderr
    )
    assert "most of Logo is #f9c940, which on the header (#f4b400)" in result.stdout.lower().replace(
        "logo is", "Logo is"
    )
    assert "[logo-vanishes]" in result.stdout and result.return_value == 0


COLORS = ["#F4B400", "#ffd400", "#00FFAA", "#888888", "#767676", "#000000", "#FFFFFF", "#1F3A4D"]


@pytest.mark.parametrize("color", COLORS)
def test_whatever_the_color_links_can_be_read(tmp_path, color):
    result = start(tmp_path / "nl", "--yes", "--color", color)
    assert result.return_value == 0 and "[color-contrast]" not in result.stdout


def test_a_picture_of_the_logo_is_in_the_header(tmp_path):
    logo = tmp_path / "logo.svg"
    logo.write_text(DARK_LOGO)
    start(tmp_path / "nl", "--yes", "--logo", str(logo), "--color", "#F4B400")
    build(tmp_path / "nl", today="2026-11-29")
    assert "#203040" in (tmp_path / "nl/build/site/assets/header.svg").read_text()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--color", "yellow"], "--color: `yellow` is not a color."),
        (["--url", "northlight"], "--url: "),
        (["--language", "not a language"], "--language: "),
        (["--logo", "nowhere.svg"], "--logo: "),
        (["--logo", "logo.docx"], "--logo: logo.docx is no picture that pages can show."),
        (["--rooms", "kitchen"], "--rooms: there is no room named `kitchen`."),
        (["--host", "attic"], "--host: there is no `attic`."),
        (["--words", "customer"], "--words: `customer` needs both sides"),
        (["--words", "a = b", "--words", "A = c"], "--words: `A` is there twice."),
        (["--example", "--name", "Northlight"], "--example copies a handbook as it is."),
    ],
)
def test_an_answer_that_cannot_be_used_is_named_and_nothing_is_written(tmp_path, options, told):
    folder = tmp_path / "nl"
    result = start(folder, "--yes", *options)
    assert told in str(result.exception)
    assert not folder.exists()


def test_nothing_is_written_over(tmp_path):
    folder = tmp_path / "nl"
    folder.mkdir()
    (folder / "README.md").write_text("Mine.\n")
    assert "README.md is already there" in str(start(folder, "--yes").exception)
    assert list_files(folder) == ["README.md"] and (folder / "README.md").read_text() == "Mine.\n"
    (folder / "README.md").unlink()
    assert start(folder, "--yes").exception is None
    assert "there is a handbook here already" in str(start(folder, "--yes").exception)


def test_within_a_repository_nothing_is_committed(tmp_path):
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    result = start(tmp_path / "nl", "--yes")
    assert "in a Git repository already" in result.stderr and result.return_value == 0
    assert not (tmp_path / "nl" / ".git").exists()


def test_questions_are_asked_on_a_terminal_and_their_answers_are_used(tmp_path, monkeypatch):
    monkeypatch.setattr("onevoice.commands._terminal.sees_terminal", lambda: True)
    typed = "Northlight\n\n\n\n#0B5FFF\ncards\nnone\ncustomer = client\n\n"
    result = start(tmp_path / "nl", answers=typed)
    assert result.exception is None
    text = read_everything(tmp_path / "nl")
    assert "name: Northlight\n" in text and "#0B5FFF" in text and "preferred: customer" in text and "id: buyer" in text
    assert not (tmp_path / "nl" / ".github").exists()


def test_nothing_is_asked_where_nobody_can_answer(tmp_path):
    result = start(tmp_path / "northlight-handbook", answers="")
    assert result.return_value == 0
    assert "the handbook of Northlight." in result.stdout and "?" not in result.stdout


def test_the_example_is_ferrywells_whole_handbook(tmp_path):
    assert start(tmp_path / "nl", "--example").return_value == 0
    ours = {
        path.relative_to(ROOT).as_posix()
        for part in ("content", "terminology")
        for path in (ROOT / part).rglob("*")
        if path.is_file()
    }
    assert set(list_files(tmp_path / "nl")) == ours


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("northlight-handbook", "Northlight"), ("brand_of_acme", "Of Acme"), ("handbook", "Our company"), ("IBM", "IBM")],
)
def test_the_name_of_a_folder_suggests_that_of_the_company(tmp_path, name, wanted):
    assert guess_name(tmp_path / name) == wanted


@pytest.mark.parametrize(
    "name", ['A "quoted" name', "Müller & Söhne: GmbH #1", "- dash", "no", "日本", "O'Neill", "24/7"]
)
def test_a_name_of_any_letters_is_one(tmp_path, name):
    assert start(tmp_path / "nl", "--yes", "--name", name).exception is None
    build(tmp_path / "nl", today="2026-11-29")


def run(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess:
    """The program in a process of its own, with these variables and no others of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ONEVOICE_", "PYTHON", "LC_"))}
    package = str(Path(onevoice.__file__).parents[1])
    return subprocess.run(
        [sys.executable, "-m", "onevoice", *arguments],
        cwd=folder, env={**kept, **ENV, "PYTHONPATH": package, **variables}, capture_output=True, check=False,
    )  # fmt: skip


def list_tool_files() -> dict[str, float]:
    found = Path(onevoice.__file__).parent.rglob("*")
    return {str(path): path.stat().st_mtime for path in found if path.is_file() and path.suffix != ".pyc"}


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"LC_ALL": "C"},
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "cp437"},
    ],
    ids=["here", "C", "cp1252", "cp437"],
)
def test_a_handbook_is_the_same_in_any_surroundings(tmp_path, variables):
    """From init to a finding, in a path with spaces and umlauts, with a name that a console can't show."""
    before, places = list_tool_files(), {}
    for place, given in (("plain", {}), ("Straße mit Ümlaut", variables)):
        here = tmp_path / place
        here.mkdir()
        given = {"ONEVOICE_CACHE": str(here / "cache"), **given}
        name = ("--name", "Łódź Solar ☀")
        done = run(here, "init", "Mein Handbuch", *name, "--words", "customer = client", "--rooms", "cards", **given)
        assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr
        folder = here / "Mein Handbuch"
        assert run(folder, "check", **given).returncode == 0
        assert run(folder, "build", **given).returncode == 0
        (folder / "Entwurf.md").write_text("A client \U0001f44b of ŁÓDŹ SOLAR ☀.\n", "utf-8")
        done = run(folder, "lint", "--no-vale", "Entwurf.md", **given)
        assert done.returncode == 1 and b"Entwurf.md:1:3" in done.stdout and b"Traceback" not in done.stderr
        site = folder / "build" / "site"
        places[place] = {
            path.relative_to(site).as_posix(): path.read_bytes()
            for path in sorted(site.rglob("*"))
            if path.is_file() and path.suffix != ".gz"
        }
    plain, strange = places.values()
    assert plain.keys() == strange.keys()
    assert [name for name in plain if plain[name] != strange[name]] == []
    assert list_tool_files() == before


def can_mount() -> bool:
    return os.name == "posix" and subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode == 0


@pytest.mark.skipif(not can_mount(), reason="needs root on Linux, to make a folder read-only")
def test_the_tools_folder_may_be_read_only(tmp_path):
    package = Path(onevoice.__file__).parents[1]
    program = f"{shlex.quote(sys.executable)} -m onevoice"
    script = " && ".join(
        [
            "set -e; mount --bind $P $P",
            "mount -o remount,bind,ro $P",
            "! touch $P/new 2>&1",
            f"{program} init nl --name Northlight --words 'customer = client'",
            f"{program} build --handbook nl",
            "echo A client. > draft.md",
            f"{program} lint --no-vale --handbook nl draft.md || [ $? -eq 1 ]",
        ]
    )
    given = {**os.environ, **ENV, "P": str(package), "PYTHONPATH": str(package), "ONEVOICE_CACHE": str(tmp_path / "c")}
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script], cwd=tmp_path, env=given, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Read-only" in done.stdout and "customer" in done.stdout
    assert (tmp_path / "nl" / "build" / "site" / "index.html").is_file()
