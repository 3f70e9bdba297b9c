"""Word lists of other programs: what is read of each, and that each is recognized as itself (cases/lists.yaml)."""

import pytest
from ruamel.yaml import YAML

from exchange.wordlists import describe_reading, read_list
from handbooks import ROOT
from onevoice.exchange.entry import Source
from onevoice.exchange.formats import load_word_formats, recognize_format

CASES = YAML(typ="safe").load((ROOT / "tests" / "cases" / "lists.yaml").read_text("utf-8"))
BY_NAME = [pytest.param(case, id=f"{case['format']}: {case['what']}") for case in CASES]


@pytest.mark.parametrize("case", BY_NAME)
def test_all_rows_are_accounted_for(case):
    assert describe_reading(read_list(case["format"], case["files"])).split("\n") == case["read"].split("\n")[:-1]


@pytest.mark.parametrize("case", BY_NAME)
def test_a_list_is_recognized_as_itself_alone(case):
    source = Source(next(iter(case["files"])), {path: text.encode() for path, text in case["files"].items()})
    scores = {name: kind.recognize(source) for name, kind in load_word_formats().items() if kind.read}
    assert recognize_format(source) == case["format"]
    assert [name for name, score in scores.items() if score >= scores[case["format"]]] == [case["format"]]
