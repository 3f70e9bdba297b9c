"""The examples in schemas/README.md: each is a whole file, which check finds nothing wrong with."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from onevoice.commands import cli
from onevoice.exchange.reference import render_reference
from onevoice.records import KINDS

FOUND = re.findall(r"This is a whole `([^`]+)`: paste it .*?\n\n```yaml\n(.*?)```\n", render_reference(), re.DOTALL)
# What examples name that only a handbook of one's own can have.
OWN_FILES = {"missing-file"}
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><path fill="#0B5FFF" d="M0 0h60v20z"/></svg>'


def check(folder: Path) -> tuple[int, str]:
    result = CliRunner().invoke(
        cli, ["check", "--handbook", str(folder)], env={"ONEVOICE_TODAY": "2026-11-22"}, standalone_mode=False
    )
    if result.exception:
        raise result.exception
    return result.return_value, result.stdout


def paste(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def empty(tmp_path):
    paste(tmp_path, "terminology/first.yaml", "terms:\n  - id: first\n    preferred: first\n    definition: d\n")
    paste(tmp_path, "content/identity/logo.svg", LOGO)
    return tmp_path


def test_each_kind_has_an_example():
    assert [name.rpartition("/")[2].removesuffix(".yaml") for name, _ in FOUND if name.startswith("content/")] == [
        kind for kind in KINDS if kind != "terms"
    ]


@pytest.mark.parametrize(("name", "text"), FOUND, ids=[name for name, _ in FOUND])
def test_an_example_is_pasted_whole_into_a_new_file(empty, name, text):
    kind = "terms" if name.startswith("terminology/") else Path(name).stem
    assert text.startswith(f"# yaml-language-server: $schema=../schemas/{kind}.json\n{kind}:\n")
    paste(empty, name, text)
    code, said = check(empty)
    assert [line for line in said.splitlines() if "  error  " in line] == []
    assert code == 0


def test_all_examples_make_a_handbook(empty):
    for name, text in FOUND:
        paste(empty, name, text)
    code, said = check(empty)
    assert [line for line in said.splitlines() if "  error  " in line] == []
    assert code == 0
