"""`onevoice import` with the word lists of other programs (tests/cases/lists.yaml): a second time, nothing changes."""

import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from handbooks import ROOT, TODAY
from onevoice.commands import cli

CASES = YAML(typ="safe").load((ROOT / "tests" / "cases" / "lists.yaml").read_text("utf-8"))
BY_NAME = [pytest.param(case, id=f"{case['format']}: {case['what']}") for case in CASES]


def import_words(source, folder):
    arguments = ["import", str(source), "--yes", "--handbook", str(folder)]
    result = CliRunner().invoke(cli, arguments, env={"ONEVOICE_TODAY": TODAY}, standalone_mode=False)
    if result.exception:
        raise result.exception
    return result


def read_files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("case", BY_NAME)
def test_a_second_import_changes_no_byte(case, tmp_path):
    handbook, folder = tmp_path / "handbook", tmp_path / "words"
    (handbook / "content").mkdir(parents=True)
    (handbook / "terminology").mkdir()
    (handbook / "content" / "brand.yaml").write_text("brand:\n  name: Northlight\n", "utf-8")
    (handbook / "terminology" / "own.yaml").write_text(
        "terms:\n  - id: chair\n    preferred: chair\n    definition: A seat for one.\n", "utf-8"
    )
    for path, text in case["files"].items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    source = folder if len(case["files"]) > 1 else folder / next(iter(case["files"]))
    first = import_words(source, handbook)
    assert first.exit_code == 0, first.output
    before = read_files(handbook)
    second = import_words(source, handbook)
    assert second.exit_code == 0, second.output
    assert read_files(handbook) == before
    check = CliRunner().invoke(cli, ["check", "--handbook", str(handbook)], env={"ONEVOICE_TODAY": TODAY})
    assert check.exit_code == 0, check.output
