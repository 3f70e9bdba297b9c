"""Broken handbooks (broken.yaml, together.yaml, the refused ones of contract.yaml) and what `onevoice check` says."""

import datetime
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from onevoice.commands import cli
from onevoice.handbook import checks
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_folder
from onevoice.records import KINDS

CASES = Path(__file__).parents[1] / "cases"
ROOT = Path(__file__).parents[2]
TODAY = "2026-11-22"
TERM = "terms:\n  - id: term\n    preferred: term\n    definition: d\n"


def read(name: str) -> list[dict]:
    return YAML(typ="safe", pure=True).load((CASES / name).read_text(encoding="utf-8"))


BROKEN = [*read("broken.yaml"), *read("together.yaml")]
REFUSED = [case for case in read("contract.yaml") if "check" in case]


def write(folder: Path, files: dict[str, str], encoding: str = "utf-8") -> Path:
    if not any(path.startswith("terminology/") for path in files):
        files = {"terminology/terms.yaml": TERM, **files}
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode(encoding))
    return folder


def check(folder: Path, *options: str, today: str = TODAY) -> Result:
    """`onevoice check` on a folder; whatever is raised is a traceback, and fails the test."""
    arguments = ["check", "--handbook", str(folder), *options]
    result = CliRunner().invoke(cli, arguments, env={"ONEVOICE_TODAY": today}, standalone_mode=False)
    if result.exception:
        raise result.exception
    return result


def lines(result: Result) -> list[str]:
    """What was printed, as `path:line:column level rule`."""
    found = [line.split("  ") for line in result.stdout.splitlines()]
    return [f"{line[0]} {line[1]} {line[-1].strip('[]')}" for line in found]


def by_id(cases):
    return [pytest.param(case, id=case["id"]) for case in cases]


@pytest.mark.parametrize("case", by_id(BROKEN))
def test_case(case, tmp_path):
    result = check(write(tmp_path, case["files"], case.get("encoding", "utf-8")))
    assert lines(result) == case["expect"]
    for text in case.get("says", ()):
        assert text in result.stdout
    errors = [line for line in case["expect"] if " error " in line]
    assert result.return_value == (2 if errors else 0)


@pytest.mark.parametrize("case", by_id(case for case in BROKEN if case["expect"]))
def test_strict_makes_each_finding_an_error(case, tmp_path):
    result = check(write(tmp_path, case["files"], case.get("encoding", "utf-8")), "--strict")
    assert lines(result) == [line.replace(" warning ", " error ") for line in case["expect"]]
    assert result.return_value == 2


@pytest.mark.parametrize("case", by_id(REFUSED))
def test_contract(case, tmp_path):
    text = case.get("raw")
    if text is None:
        stream = io.StringIO()
        YAML().dump({"terms": case["terms"]}, stream)
        text = stream.getvalue()
    result = check(write(tmp_path, {"terminology/terms.yaml": text}))
    assert result.return_value == 2
    for text in case["check"]:
        assert text in result.stdout


@pytest.mark.parametrize("rule", sorted(checks.load_checks()))
def test_each_check_has_a_broken_handbook_and_a_sound_one(rule):
    assert any(line.endswith(f" {rule}") for case in BROKEN for line in case["expect"])
    assert [case["id"] for case in BROKEN if case.get("good") == rule and not case["expect"]]


def test_the_calendar_alone_never_fails(tmp_path):
    files = {
        "terminology/terms.yaml": f"defaults: {{reviewed: {{date: {TODAY}}}}}\n{TERM}",
        "content/proof.yaml": "proof:\n  - {id: a, title: t, claim: c, standing: usable, say: s, basis: b, source: s, "
        f"expires: {TODAY}}}\n",
    }
    write(tmp_path, files)
    assert lines(check(tmp_path)) == []
    later = check(tmp_path, today="2030-01-01")
    assert [line.split()[1] for line in lines(later)] == ["warning", "warning"]
    assert later.return_value == 0


def test_a_day_that_is_none(tmp_path):
    with pytest.raises(Exception, match=r"ONEVOICE_TODAY.*tomorrow.*YYYY-MM-DD"):
        check(write(tmp_path, {}), today="tomorrow")


def test_a_process_says_the_same(tmp_path):
    """The real command: exit code, findings on standard output, their number on standard error."""
    write(tmp_path, {"terminology/terms.yaml": "terms:\n  - id: a\n    prefered: alpha\n", "content/x.yaml": "\t"})
    env = {**os.environ, "ONEVOICE_TODAY": TODAY}
    run = subprocess.run(
        [sys.executable, "-m", "onevoice", "check"], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert run.returncode == 2
    assert [line.split()[0] for line in run.stdout.splitlines()] == [
        "content/x.yaml:1:1",
        "content/x.yaml:1:1",
        "terminology/terms.yaml:3:5",
    ]
    assert run.stderr == "The handbook's records: 3 errors.\n"


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    write(tmp_path, {"terminology/a.yaml": TERM, "terminology/b.yaml": TERM})
    read_bytes = Path.read_bytes

    def refuse(path):
        if path.name == "b.yaml":
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    result = check(tmp_path)
    assert lines(result) == ["terminology/b.yaml:1:1 error yaml"]
    assert "Permission denied" in result.stdout


@pytest.mark.parametrize("deep", ["[" * 50_000, "a: " + "[" * 50_000 + "]" * 50_000, "- " * 50_000 + "x"])
def test_nesting_without_end(deep, tmp_path):
    result = check(write(tmp_path, {"terminology/terms.yaml": deep}))
    assert [line.split()[2] for line in lines(result)] == ["yaml"]


GOOD = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "content").glob("*.yaml"))} | {
    path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "terminology").glob("*.yaml"))
}
SIGNS = st.sampled_from([*"\t\n\r :-#'\"[]{}&*!|>%@`,?\\~é😀\u2028\x00\x85\ufeff", "---\n", "<<: ", "- - ", "id: "])


@st.composite
def mutated(draw) -> tuple[str, str]:
    name = draw(st.sampled_from(sorted(GOOD)))
    rows = GOOD[name].splitlines(keepends=True)
    first = draw(st.integers(0, max(len(rows) - 30, 0)))
    text = rows[:3] + rows[first : first + draw(st.integers(1, 40))]
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(text) - 1))
        row = text[at]
        column = draw(st.integers(0, len(row)))
        match draw(st.sampled_from(["drop", "double", "move", "insert", "cut", "indent"])):
            case "drop":
                text[at] = ""
            case "double":
                text[at] = row * 2
            case "move":
                text.insert(draw(st.integers(0, len(text))), text.pop(at))
            case "insert":
                text[at] = row[:column] + draw(SIGNS) + row[column:]
            case "cut":
                text[at] = row[:column] + row[column + draw(st.integers(1, 8)) :]
            case "indent":
                text[at] = " " * draw(st.integers(1, 3)) + row
    return name, "".join(text)


@given(mutated())
def test_no_edit_raises_and_each_place_is_in_the_file(tmp_path_factory, case):
    name, text = case
    place = f"content/{name}" if Path(name).stem in KINDS else f"terminology/{name}"
    folder = write(tmp_path_factory.mktemp("handbook"), {place: text})
    handbook = Handbook(load_folder(folder))
    found = checks.run_checks(handbook, datetime.date.fromisoformat(TODAY))
    assert found == sorted(dict.fromkeys(found), key=lambda finding: finding.sort_key)
    sources = {finding.path: (folder / finding.path).read_bytes().decode().removeprefix("\ufeff") for finding in found}
    for finding in found:
        rows = sources[finding.path].split("\n")
        assert 1 <= finding.span.line <= len(rows)
        assert 1 <= finding.span.column <= len(rows[finding.span.line - 1]) + 1
        assert finding.message
        assert finding.level in ("error", "warning")
