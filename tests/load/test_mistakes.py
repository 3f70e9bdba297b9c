"""What people do wrong, and all that `onevoice check` says then: its exit code, the places, the sentences."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from onevoice.commands import cli

CASES = YAML(typ="safe", pure=True).load(
    (Path(__file__).parents[1] / "cases" / "mistakes.yaml").read_text(encoding="utf-8")
)
TERM = "terms:\n  - id: term\n    preferred: term\n    definition: d\n"


def check(folder):
    result = CliRunner().invoke(
        cli, ["check", "--handbook", str(folder)], env={"ONEVOICE_TODAY": "2026-11-22"}, standalone_mode=False
    )
    if result.exception:
        raise result.exception
    return result


def write(folder, name, data):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_mistake(case, tmp_path):
    for name, text in case["files"].items():
        write(tmp_path, name, text.encode())
    if not (tmp_path / "terminology").is_dir():
        write(tmp_path, "terminology/terms.yaml", TERM.encode())
    result = check(tmp_path)
    assert [line.rpartition("  [")[0] for line in result.stdout.splitlines()] == case["says"]
    assert result.return_value == case["exit"]


def test_each_mistake_of_the_review_is_there():
    """But the tenth, which is no UTF-8 and so no text that YAML can hold."""
    assert {case["number"] for case in CASES if "number" in case} == {*range(1, 26)} - {10}


@pytest.mark.parametrize(("encoding", "place"), [("cp1252", "3:18"), ("latin-1", "3:18"), ("utf-16", "1:1")])
def test_a_file_of_another_encoding(encoding, place, tmp_path):
    text = "terms:\n  - id: alpha\n    preferred: Grüße\n    definition: d\n"
    write(tmp_path, "terminology/words.yaml", text.encode(encoding))
    result = check(tmp_path)
    assert result.return_value == 2
    said = "this file is not UTF-8 text from here on. Save it as UTF-8."
    assert result.stdout == f"terminology/words.yaml:{place}  error  {said}  [yaml]\n"


@pytest.mark.parametrize("ending", ["yaml.txt", "yml.txt", "YAML.TXT", "yaml.yaml", "yaml.docx", "ymal"])
def test_a_handbook_whose_only_file_has_a_wrong_ending(ending, tmp_path):
    write(tmp_path, f"terminology/words.{ending}", TERM.encode())
    try:
        said = check(tmp_path).stdout
    except Exception as error:
        said = str(error)
    assert f"terminology/words.{ending}" in said
    assert "Rename it to `words.yaml`." in said


@pytest.mark.parametrize("name", ["content/brand.YAML", "terminology/words.yml", "content/messages/a.b.yaml"])
def test_a_name_that_is_right(name, tmp_path):
    text = {"content/brand.YAML": "brand:\n  name: Acme\n", "terminology/words.yml": TERM}.get(name, "messages: []\n")
    write(tmp_path, name, text.encode())
    if not name.startswith("terminology"):
        write(tmp_path, "terminology/terms.yaml", TERM.encode())
    assert "wrong ending" not in check(tmp_path).stdout
