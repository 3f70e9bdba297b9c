"""Word lists of other programs: what is read of each, and that each is recognized as itself (cases/lists.yaml)."""

import datetime
import itertools
import json
import re

import pytest
from ruamel.yaml import YAML

from exchange.wordlists import describe_reading, read_list
from handbooks import ROOT, TODAY
from office import archive
from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.exchange.entry import Source
from onevoice.exchange.formats import Export, load_word_formats, recognize_format
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_folder

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


def test_the_second_reading_is_the_first():
    for case in CASES:
        assert read_list(case["format"], case["files"]) == read_list(case["format"], case["files"])


def test_a_plain_list_may_be_of_two_programs():
    source = Source("own.txt", {"own.txt": b"Ferrywell\nkubectl\n"})
    with pytest.raises(
        OnevoiceError, match=r"own.txt: this may be in more than one format. Say in which: `--as cspell`"
    ):
        recognize_format(source)
    assert recognize_format(source, "harper") == "harper"
    assert (
        recognize_format(
            Source("letter.txt", {"letter.txt": b"Dear all\nThis is a letter to all of you and no list.\n"})
        )
        == ""
    )


DEEP = limits.MAX_YAML_DEPTH + 1
# What no list can be, by the file's name, and what is said of it.
REFUSED = {
    "not closed": (".textlintrc", '{"rules": {', r"\.textlintrc:1:\d+"),
    "a text that is not closed": ("cspell.json", '{"words": ["a', r"quotation mark is not closed"),
    "after the end": ("cspell.json", '{"words": []} x', "after the end of the data"),
    "a key without quotation marks": ("cspell.json", "{words: []}", "a key was expected"),
    "a wrong backslash": ("cspell.json", '{"words": ["\\q"]}', "backslash"),
    "a bare word": ("cspell.json", '{"words": [a]}', "Put texts in quotation marks"),
    "deep JSON": ("terms.json", "[" * DEEP + "]" * DEEP, "nested deeper than"),
    "deep YAML": ("prh.yml", "rules: " + "[" * DEEP + "]" * DEEP, "nested deeper than"),
    "aliases for millions": (
        "prh.yml",
        "rules:\n  - &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
            f"  - &{new} [*{old}, *{old}, *{old}, *{old}, *{old}, *{old}, *{old}, *{old}]\n"
            for old, new in itertools.pairwise("abcdefgh")
        ),
        "too many values",
    ),
    "values without end": ("terms.json", "[" + "1," * limits.MAX_LIST_VALUES + "1]", "more than 200,000 values"),
    "lines without end": (".woke.yaml", "rules:\n" + "- a\n" * limits.MAX_LIST_VALUES, "more than 200,000 values"),
    "a huge file": (".woke.yaml", "#" * (limits.MAX_LIST_BYTES + 1), "larger than 16 MB"),
    "no UTF-8": ("cspell.json", b'{\n"words": ["\xff"]}', "cspell.json:2: this is not UTF-8"),
    "no text": ("cspell.json", b"\0\0", "this is not a text"),
    "a second colon": ("prh.yml", "rules:\n  - expected: a: b\n", "prh.yml:2:"),
}  # fmt: skip
FORMATS = {".textlintrc": "textlint", "terms.json": "textlint", "prh.yml": "prh", ".woke.yaml": "woke"}


@pytest.mark.parametrize(("name", "text", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_list_is_refused_with_its_place(name, text, said):
    kind = FORMATS.get(name, "cspell")
    with pytest.raises(OnevoiceError) as refused:
        read_list(kind, {name: text})
    findings = getattr(refused.value, "findings", ())
    lines = [f"{one.path}:{one.span.line}:{one.span.column}: {one.message}" for one in findings] or [str(refused.value)]
    assert re.search(said, "\n".join(lines)), lines
    # Asking what it is doesn't fail.
    recognize_format(Source(name, {name: text.encode() if isinstance(text, str) else text}))


def test_patterns_without_end_are_rules_at_once():
    evil = ["(a?){40}" * 4, "((((((((((x+x+)+)+)+)+)+)+)+)+)+)y", "[a-z]{9}" * 5, "(" * 200 + "a" + ")" * 200]
    terms = json.dumps([[pattern, "b"] for pattern in evil])
    reading = read_list("textlint", {"terms.json": terms})
    assert [*reading.entries] == []
    assert sum(len(rule.fields["swap"]) for rule in reading.rules) + len(reading.omissions) == len(evil)


def test_a_pack_of_rules_is_an_archive():
    rules = {"Teh.weir": 'expr main teh\nlet becomes "the"\n', "manifest.json": "{}"}
    source = {"own.weirpack": archive(rules)}
    assert recognize_format(Source("own.weirpack", source)) == "weirpack"
    [entry] = read_list("weirpack", source).entries
    assert (entry.place, dict(entry.fields)) == ("own.weirpack, Teh.weir:1", {"preferred": "the", "avoid": ["teh"]})
    with pytest.raises(OnevoiceError, match=r"own\.weirpack"):
        read_list("weirpack", {"own.weirpack": b"PK\x03\x04 and nothing else"})
    bomb = archive({"Bomb.weir": b" " * (limits.MAX_XML_BYTES + 1)})
    with pytest.raises(OnevoiceError, match="far larger"):
        read_list("weirpack", {"own.weirpack": bomb})


def test_a_rule_with_endless_choices_is_left_out():
    choices = "[a, b, c, d, e, f, g, h]"
    rules = {
        "many.weir": f"expr main {choices * 9}\n",
        "deep.weir": f"expr main {'(' * 999}a{')' * 999}\n",
        "circle.weir": "expr main @other\nexpr other @main\n",
    }
    reading = read_list("weirpack", rules)
    assert (len(reading.omissions), reading.total) == (3, 3)


@pytest.mark.parametrize("name", ["textlint", "cspell", "weirpack", "contextive"])
def test_what_we_export_is_recognized_and_read(name):
    export = Export(Handbook(load_folder(ROOT)), "https://handbook.example/", datetime.date.fromisoformat(TODAY))
    made = load_word_formats()[name].write(export)
    files = {one.path.rpartition("/")[2]: one.data for one in made}
    assert recognize_format(Source(next(iter(files)), files)) == name
    reading = read_list(name, files)
    assert reading.total > 100
    assert len(reading.omissions) < 5
