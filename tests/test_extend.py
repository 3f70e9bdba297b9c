"""What CONTRIBUTING.md promises under "Add something": one new file, and nothing else changes.

A record kind is added in tests/records/test_kind.py, a reader in tests/prose/test_formats.py, a report in
tests/report/test_report.py; here are a rule, with a fix, and a verb.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RULE = '''
"""A sentence ends in more than one exclamation mark.

One is enough.
"""

import re


def check(draft, facts):
    """An issue for each run of exclamation marks."""
    for number, block in enumerate(draft.prose.blocks):
        for match in re.finditer("!{2,}", block.text):
            yield draft.make_issue(
                "loud-sentence", "warning", number, match.start(), match.end(), "Use one.", replacement="!"
            )
'''
VERB = '''
import click


@click.command()
def command():
    """Say hello."""
    click.echo("Hello.")
    return 0
'''


@pytest.fixture
def scratch(tmp_path) -> Path:
    """A copy of the package next to a handbook with one term."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "terminology").mkdir()
    (tmp_path / "terminology" / "terms.yaml").write_text("terms:\n  - {id: a, preferred: alpha, definition: d}\n")
    return tmp_path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "onevoice", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "scripts"), "ONEVOICE_CACHE": str(folder / "cache")},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def add(folder: Path, path: str, text: str) -> None:
    file = folder / "scripts" / "onevoice" / path
    assert not file.exists()
    file.write_text(text.lstrip())


def test_a_rule_is_one_new_file(scratch):
    draft = scratch / "draft.md"
    draft.write_text("Read *this*!! Now!!!\n\n`a!!` stays.\n")
    assert run(scratch, "lint", "--no-vale", "draft.md").stdout == ""
    add(scratch, "lint/rules/loud_sentence.py", RULE)
    found = json.loads(run(scratch, "lint", "--no-vale", "--format", "json", "draft.md").stdout)
    assert [(one["rule"], one["column"], one["match"], one["replacements"]) for one in found] == [
        ("loud-sentence", 12, "!!", ["!"]), ("loud-sentence", 18, "!!!", ["!"]),
    ]  # fmt: skip
    assert "One is enough." in run(scratch, "explain", "loud-sentence").stdout
    assert run(scratch, "lint", "--no-vale", "--fix", "draft.md").returncode == 0
    assert draft.read_text() == "Read *this*! Now!\n\n`a!!` stays.\n"


def test_a_suppressed_issue_of_a_rule_is_not_fixed(scratch):
    add(scratch, "lint/rules/loud_sentence.py", RULE)
    text = "<!-- vale loud-sentence = NO -->\n<!-- because: a quote -->\nNow!!\n\n<!-- vale loud-sentence = YES -->\n"
    (scratch / "draft.md").write_text(text)
    done = run(scratch, "lint", "--no-vale", "--fix", "draft.md")
    assert (done.stdout, done.returncode) == ("", 0)
    assert (scratch / "draft.md").read_text() == text


def test_a_verb_is_one_new_file(scratch):
    assert run(scratch, "hello").returncode == 2
    add(scratch, "commands/hello.py", VERB)
    assert run(scratch, "hello").stdout == "Hello.\n"
    assert "  hello       Say hello.\n" in run(scratch, "--help").stdout
