"""`onevoice explain`: a rule or a term in words."""

import ast
import os
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

import onevoice
from onevoice.commands import cli
from onevoice.errors import OnevoiceError

TERMS = """\
terms:
  - id: other
    preferred: other
    definition: Something else.
  - id: use
    preferred: use
    definition: To do something with a thing.
    part_of_speech: verb
    allowed: [apply]
    avoid:
      - term: utilize
        why: It says no more than use.
        forms: {utilized: used}
      - {term: leverage, level: warning, audiences: [customers]}
      - {term: employ, only_near: [pen], never_near: [salary]}
    except: [leverage ratio]
    examples: [{bad: They utilize a pen., good: They use a pen.}]

  - id: acme
    preferred: Acme
    definition: Us.
    case: exact
"""
VOICE = """\
voice:
  summary: Short and plain.
  traits:
    - id: plain
      we_are: Plain
      we_are_not: simple
      why: Readers have little time.
      vale:
        - id: short
          extends: occurrence
          message: Make two of it.
          why: Long ones lose the reader.
          scope: sentence
          max: 30
          token: \\w+
        - id: words
          extends: existence
          message: Drop '%s'.
          why: They add nothing.
          tokens: [very, really much]
          ignorecase: true
"""
NAMED = {f"GIT_{who}_{what}": "t@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
NAMED |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


@pytest.fixture
def book(tmp_path):
    (tmp_path / "terminology").mkdir()
    (tmp_path / "terminology" / "terms.yaml").write_text(TERMS)
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "voice.yaml").write_text(VOICE)
    return tmp_path


@pytest.fixture
def explain(monkeypatch):
    """Run `onevoice explain` in a folder: its exit code and what it printed."""

    def run(folder, *args):
        monkeypatch.chdir(folder)
        done = CliRunner().invoke(cli, ["explain", *args], env={"ONEVOICE_TODAY": "2026-11-22"}, standalone_mode=False)
        if isinstance(done.exception, OnevoiceError):
            return SimpleNamespace(returncode=done.exception.exit_code, stdout=done.stdout, stderr=str(done.exception))
        if done.exception:
            raise done.exception
        return SimpleNamespace(returncode=done.return_value, stdout=done.stdout, stderr=done.stderr)

    return run


def git(folder, *args):
    subprocess.run(["git", *args], cwd=folder, env={**os.environ, **NAMED}, check=True, capture_output=True)


@pytest.mark.parametrize("name", ["use", "Brand.use", "Brand.use.warning", "utilize", "UTILIZE", "apply"])
def test_a_term_by_any_of_its_names(book, explain, name):
    done = explain(book, name)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Brand.use: use\n\n  To do something with a thing.\n  terminology/terms.yaml:5")


def test_what_is_told_of_a_term(book, explain):
    out = explain(book, "use").stdout
    for line in (
        "  avoid    utilize → use. It says no more than use.",
        "  avoid    leverage → use (warning, for customers)",
        "  avoid    employ → use (only near pen, not near salary)",
        "  fine     leverage ratio (something else)",
        "  avoided    utilize | utilized  (any capitalization)",
        "  flagged  We say utilize here. → use",
        "  flagged  We say utilized here. → used",
        "  flagged  also: the start of a sentence, capitals, a heading, a list, a table,",
        "  flagged  We say leverage here. → use",
        "  flagged  We say employ here with pen. → use",
        "  fine     We say employ here.",
        "  fine     We say employ here with pen with salary.",
        "  flagged  They utilize a pen. → use",
        "  fine     They use a pen.",
    ):
        assert line in out.splitlines(), line
    assert max(map(len, out.splitlines())) <= 80


def test_how_to_let_a_word_be_in_another_sense(book, explain):
    lines = explain(book, "leverage").stdout.splitlines()
    at = lines.index("If a word is fine in another sense") + 1
    keys = ("  - term: leverage ", "    only_near: ", "    never_near: ", "    unless: ", "  except: [one leverage] ")
    assert [line for line, key in zip(lines[at:], keys, strict=False) if not line.startswith(key)] == []
    assert "another sense" not in explain(book, "acme").stdout


def test_a_name_is_tested_in_other_letters(book, explain):
    assert "  flagged  We say acme here. → Acme" in explain(book, "acme").stdout.splitlines()


def test_patterns_as_vale_gets_them(book, explain):
    assert "(?i)" in explain(book, "use", "--regex").stdout


def test_without_git_it_says_so(book, explain):
    done = explain(book, "use")
    assert done.returncode == 0
    assert "is not in a Git repository" in " ".join(done.stdout.split("Latest changes")[1].split())


@pytest.mark.parametrize(
    "record",
    [
        "  - preferred: first\n    id: first\n    definition: One.\n",
        "  - {preferred: first, definition: One., id: first}\n",
        "  -\n    definition: One.\n\n    id: 'first'\n    preferred: first\n",
        "  - definition: >-\n      One\n\n      more.\n    preferred: first\n    id: first\n",
    ],
)
def test_the_id_need_not_be_the_first_key(tmp_path, explain, record):
    file = tmp_path / "terminology" / "terms.yaml"
    file.parent.mkdir()
    other = "  - preferred: second\n    id: second\n    definition: {}\n"
    git(tmp_path, "init", "-q")
    for message, text in [("Start", "Two."), ("Change the second", "Three.")]:
        file.write_text(f"terms:\n{record}{other.format(text)}")
        git(tmp_path, "add", ".")
        git(tmp_path, "-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-qm", message)
    for id, wanted in [("first", ["Start"]), ("second", ["Change the second", "Start"])]:
        changes = explain(tmp_path, id).stdout.split("Latest changes\n")[1].splitlines()
        assert [line.split("  ")[-1] for line in changes] == wanted, id


def test_the_last_changes_are_those_of_the_record_alone(book, explain):
    git(book, "-c", "init.defaultBranch=main", "init")
    assert "Not committed yet." in explain(book, "use").stdout
    git(book, "add", "-A")
    git(book, "commit", "-m", "Begin")
    path = book / "terminology" / "terms.yaml"
    for old, new, subject in (("Something else.", "Another thing.", "Other"), ("no more than use", "the same", "Ours")):
        path.write_text(path.read_text().replace(old, new))
        git(book, "commit", "-am", subject)
    # What is not committed moves the lines of the file, not those that git knows.
    path.write_text(f"# A comment.\n# Another one.\n{path.read_text()}")
    changes = explain(book, "use").stdout.split("Latest changes\n")[1].splitlines()
    assert [line.split()[-1] for line in changes] == ["Ours", "Begin"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "unsourced-number",
            "A text makes a claim that the handbook has no usable proof for, or says what we agreed not to say.",
        ),
        ("Suppression", "Suppressions: a comment switches a rule off"),
        ("Brand", "Each term of the handbook is a rule of its own"),
        ("claimed-twice", "claimed-twice\n\n"),
        ("Voice.short", "Long ones lose the reader."),
        ("Voice.words", "  tokens      very, really much\n  ignorecase  true\n"),
    ],
)
def test_a_rule(book, explain, name, said):
    done = explain(book, name)
    assert done.returncode == 0, done.stderr
    assert said in done.stdout


@pytest.mark.parametrize(
    ("name", "near"),
    [("Brand.usee", "`Brand.use`"), ("unsourced-nmber", "`unsourced-number`"), ("zzzz", "in brackets")],
)
def test_what_is_unknown(book, explain, name, near):
    done = explain(book, name)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{name}: there is no rule or term with that name." in done.stderr
    assert near in done.stderr


def iter_finding_rules():
    """The rules that the source gives findings by name."""
    for path in sorted(Path(onevoice.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name("Finding"), args=[ast.Constant(rule), *_]):
                    yield rule


@pytest.mark.parametrize("rule", sorted({*iter_finding_rules(), "extends", "metrics", "quotes", "settings"}))
def test_each_rule_of_a_finding_is_explained_though_the_handbook_is_broken(book, explain, rule):
    (book / "terminology" / "terms.yaml").write_text("terms: [")
    done = explain(book, rule)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{rule}\n\n") and done.stdout.count("\n\n") >= 2


def test_a_word_of_the_handbook_counts_more_than_a_rule_about_files(book, explain):
    (book / "terminology" / "files.yaml").write_text("terms: [{id: file, preferred: file, definition: A document.}]\n")
    assert "A document." in explain(book, "file").stdout
