"""The formats of `onevoice lint` on the repository's own off-brand draft."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DRAFT = "tests/golden/offbrand.md"


def lint(*args, folder=ROOT, **env):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ONEVOICE_", "GITHUB_"))}
    env = {**kept, "PYTHONPATH": str(ROOT / "scripts"), "ONEVOICE_TODAY": "2026-11-22", **env}
    command = [sys.executable, "-m", "onevoice", "lint", "--no-vale", *args]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode == 1
    return done


@pytest.fixture(scope="module")
def found():
    return json.loads(lint(DRAFT, "--format", "json").stdout)


def test_text_fits_a_terminal_but_for_its_first_lines_and_links(found):
    lines = lint(DRAFT).stdout.splitlines()
    heads = [line for line in lines if line.startswith(DRAFT)]
    assert len(heads) == len(found) == sum(bool(re.fullmatch(r" +\^+", line)) for line in lines)
    rest = [line for line in lines if line not in heads and "https://" not in line]
    assert max(map(len, rest)) <= 80


def test_the_caret_stands_below_each_match(found):
    lines = lint(DRAFT).stdout.splitlines()
    carets = [at for at, line in enumerate(lines) if re.fullmatch(r" +\^+", line)]
    for at, one in zip(carets, found, strict=True):
        start, end = lines[at].index("^"), len(lines[at])
        assert lines[at - 1][start:end] == one["match"]


def test_github_annotations_and_the_summary_page(found, tmp_path):
    page = tmp_path / "summary.md"
    page.write_text("before\n")
    done = lint(DRAFT, "--format", "github", GITHUB_STEP_SUMMARY=str(page))
    assert sum(line.startswith("::error ") for line in done.stdout.splitlines()) == 10
    text = page.read_text()
    assert text.startswith("before\n### 1 file, the handbook of Ferrywell in ")
    assert text.count("| error |") == len(found)


def test_a_summary_page_that_cannot_be_written_is_said(tmp_path):
    done = lint(DRAFT, "--format", "github", GITHUB_STEP_SUMMARY=str(tmp_path / "no" / "where"))
    assert "could not write the summary" in done.stderr


def test_sarif(found):
    run = json.loads(lint(DRAFT, "--format", "sarif").stdout)["runs"][0]
    assert [result["ruleId"] for result in run["results"]] == [one["rule"] for one in found]
    assert len({result["partialFingerprints"]["sentence/v1"] for result in run["results"]}) == len(found)
    assert all("Each term of the handbook is a rule" in rule["help"]["text"] for rule in run["tool"]["driver"]["rules"])


def test_code_quality_of_gitlab(found):
    issues = json.loads(lint(DRAFT, "--format", "gitlab").stdout)
    assert [(one["check_name"], one["location"]["lines"]["begin"]) for one in issues] == [
        (one["rule"], one["line"]) for one in found
    ]
    assert len({one["fingerprint"] for one in issues}) == len(found)


def test_reports_for_others_name_files_from_the_top(tmp_path):
    page = tmp_path / "summary.md"
    inner = {"folder": ROOT / "tests" / "golden", "GITHUB_WORKSPACE": str(ROOT)}
    annotations = lint("offbrand.md", "--format", "github", GITHUB_STEP_SUMMARY=str(page), **inner).stdout
    assert f"file={DRAFT}," in annotations
    assert f"**{DRAFT}**" in page.read_text()
    [run] = json.loads(lint("offbrand.md", "--format", "sarif", **inner).stdout)["runs"]
    places = [one["locations"][0]["physicalLocation"] for one in run["results"]]
    assert {place["artifactLocation"]["uri"] for place in places} == {DRAFT}
    quality = json.loads(lint("offbrand.md", "--format", "gitlab", **inner).stdout)
    assert {one["location"]["path"] for one in quality} == {DRAFT}
    assert {one["path"] for one in json.loads(lint("offbrand.md", "--format", "json", **inner).stdout)} == {
        "offbrand.md"
    }
