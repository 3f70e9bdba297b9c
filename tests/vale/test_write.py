"""The generated styles, run by the real Vale: the same words on the same lines as ours, but for known losses."""

import datetime
import json
import re
import subprocess
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from onevoice.matcher.compile import gather_patterns
from onevoice.records.term import Term
from onevoice.records.voice import Voice
from onevoice.vale.write import write, write_voice_style

TODAY = datetime.date(2026, 11, 22)


def read_cases(name: str) -> list[dict]:
    read = YAML(typ="safe").load((Path(__file__).parents[1] / "cases" / name).read_text("utf-8"))
    return [case for case in read if "text" in case]


CASES = read_cases("contract.yaml")
INI = "StylesPath = vale/styles\nMinAlertLevel = suggestion\n\n[*]\nBasedOnStyles = Brand\n"

# What Vale does not see, or sees otherwise. A case that agrees has to leave this table.
LOSSES = {
    "code-then-emphasis": "a second hit beside code is placed on the first, and dropped as a repetition",
    "phrase-over-a-line-break": "a phrase that is wrapped and indented, as in a list, is not found again in the source",
    "quotations-are-the-speakers-words": "a phrase that is wrapped in a block quotation is not found in the source",
    "no-break-spaces": "an entity is reported in its decoded form",
    "apostrophes-are-equal": "an entity is reported in its decoded form",
    "entities": "a word with an entity is not found again beside the same word without",
    "markup-inside-a-phrase": "the words are reported without their markup",
    "composed-and-decomposed": "letters with combining marks are compared as they are written",
    "soft-hyphen-and-zero-width-space": "invisible characters break a word",
    "admonitions-tabs-and-details": "the indented bodies of Material's blocks are code to Vale",
    "markup-that-readers-never-see": "Material's keys are text, unless .vale.ini says what to ignore",
    "readers-see-these": "the title of a link is not read",
    "title-of-a-reference": "the title of a reference is not read",
    "first-use-is-not-spelled-out": "a rule does not know the words of other paragraphs",
    "only-for-customers": "a rule does not know the front matter, so words for some audiences only are left out",
    "a-name-is-a-name-even-in-quotation-marks": "words in quotation marks are words",
}


def lay(folder: Path, artifacts) -> None:
    for artifact in artifacts:
        target = folder / artifact.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(artifact.data)


def alerts(vale, folder: Path, terms: list[dict], text: str, name: str = "doc.md") -> list[dict]:
    (folder / "vale" / "styles" / "Brand").mkdir(parents=True)
    lay(
        folder,
        write(gather_patterns([Term(**term) for term in terms]), None, today=TODAY, url="https://handbook.example/"),
    )
    (folder / "vale.ini").write_text(INI)
    (folder / name).write_text(text, "utf-8", newline="")
    command = [vale.path, "--config=vale.ini", "--no-global", "--output=JSON", "--no-exit", name]
    done = subprocess.run(command, cwd=folder, capture_output=True, stdin=subprocess.DEVNULL, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout).get(name, [])


def folded(text: str) -> str:
    return " ".join(text.split())


def agree(vale, folder: Path, case: dict) -> bool:
    """Whether Vale finds the words that a case wants, on their lines."""
    found = alerts(vale, folder, case["terms"], case["text"], case.get("name", "doc.md"))
    wanted = [re.match(r"(\d+):\d+ (.*) -> ", line, re.S) for line in case["expect"]]
    return sorted((alert["Line"], folded(alert["Match"])) for alert in found) == sorted(
        (int(line[1]), folded(line[2])) for line in wanted
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_vale_finds_what_the_contract_wants(vale, tmp_path, case):
    assert agree(vale, tmp_path, case) == (case["id"] not in LOSSES)


@pytest.mark.parametrize("case", read_cases("names.yaml"), ids=lambda case: case["id"])
def test_vale_tells_names_apart(vale, tmp_path, case):
    assert agree(vale, tmp_path, case) == case.get("vale", True)


def test_every_known_loss_is_a_case():
    assert set(LOSSES) <= {case["id"] for case in CASES}


def rule(term: dict, text: str, vale, folder: Path) -> list[tuple]:
    found = alerts(vale, folder, [{"definition": "d", **term}], text)
    return [(alert["Check"], alert["Severity"], alert["Match"], alert["Action"]["Params"]) for alert in found]


def test_an_alert_tells_the_replacement_the_reason_and_the_page(vale, tmp_path):
    why = "Two names for one path: 100% confusing."
    term = {
        "id": "cj",
        "preferred": "customer journey",
        "definition": "d",
        "avoid": [{"term": "sales path", "why": why}],
    }
    (alert,) = alerts(vale, tmp_path, [term], "The Sales path.")
    assert alert["Check"] == "Brand.cj"
    assert alert["Message"] == f"Say 'Customer journey', not 'Sales path'. {why}"
    assert alert["Description"] == why
    assert alert["Link"] == "https://handbook.example/glossary/cj/"


def test_several_reasons_stand_in_the_description_and_split_nothing(vale, tmp_path):
    avoid = [{"term": "foo", "why": "One."}, {"term": "bar", "why": "Two."}]
    found = alerts(vale, tmp_path, [{"id": "x", "preferred": "baz", "definition": "d", "avoid": avoid}], "foo bar")
    assert [alert["Check"] for alert in found] == ["Brand.x", "Brand.x"]
    assert found[0]["Description"] == "foo: One. bar: Two."


def test_words_of_another_level_have_a_rule_below_the_terms_own(vale, tmp_path):
    avoid = [{"term": "foo", "level": "warning"}, {"term": "very", "remove": True}, "bar", "qux"]
    assert rule({"id": "x", "preferred": "baz", "avoid": avoid}, "foo bar very", vale, tmp_path) == [
        ("Brand.x.warning", "warning", "foo", ["baz"]),
        ("Brand.x", "error", "bar", ["baz"]),
        ("Brand.x.remove", "error", "very", None),
    ]


@pytest.mark.parametrize(
    ("avoid", "text", "found"),
    [
        ("100%", "It is 100% and 1100% and 100%s.", ["100%"]),
        ("a|b", "a|b, a, b", ["a|b"]),
        ("no", "No, on, not.", ["No"]),
        ("(beta)", "The (beta) of beta.", ["(beta)"]),
        ("what?", "what? what", ["what?"]),
        ("C:\\temp", "C:\\temp and C:temp", ["C:\\temp"]),
        ("it's 'fine'", "it’s 'fine'", ["it’s 'fine'"]),
    ],
)
def test_signs_are_literal(vale, tmp_path, avoid, text, found):
    hits = rule({"id": "x", "preferred": "it's {one}: 5%", "avoid": [avoid]}, text, vale, tmp_path)
    assert [hit[2] for hit in hits] == found
    assert all(hit[3][0].lower() == "it's {one}: 5%" for hit in hits)


def test_days_are_heeded(vale, tmp_path):
    avoid = [{"term": "foo", "since": "2026-11-23"}, {"term": "bar", "error_from": "2026-11-23"},
             {"term": "qux", "since": "2026-11-22", "error_from": "2026-11-22"}]  # fmt: skip
    found = rule({"id": "x", "preferred": "baz", "avoid": avoid}, "foo bar qux", vale, tmp_path)
    assert [(level, word) for _, level, word, _ in found] == [("warning", "bar"), ("error", "qux")]


def test_contexts_are_heeded(vale, tmp_path):
    avoid = [{"term": "foo", "unless": ["heading", "link"]}]
    text = "# A foo\n\nA foo and [a foo](x.md).\n\n> A foo\n"
    found = rule({"id": "x", "preferred": "baz", "avoid": avoid}, text, vale, tmp_path)
    assert len(found) == 2


def test_two_terms_never_report_one_place(vale, tmp_path):
    terms = [
        {"id": "a", "preferred": "register", "definition": "d", "avoid": ["sign up"]},
        {"id": "b", "preferred": "register for", "definition": "d", "avoid": ["sign up for"]},
        {"id": "c", "preferred": "form", "definition": "d", "avoid": ["sign-up", "sign"], "except": ["stop sign"]},
    ]
    found = alerts(vale, tmp_path, terms, "Sign up for it, sign up, the sign-up, a sign, a stop sign.")
    assert [(alert["Check"], alert["Match"]) for alert in found] == [
        ("Brand.b", "Sign up for"), ("Brand.a", "sign up"), ("Brand.c", "sign-up"), ("Brand.c", "sign"),
    ]  # fmt: skip


def test_the_voice_becomes_a_style(vale, tmp_path):
    rules = [
        {"id": "hype", "extends": "existence", "message": "Drop '%s'.", "tokens": ["awesome"], "why": "100% air."},
        {"id": "short", "extends": "occurrence", "message": "Cut it.", "scope": "sentence", "token": r"\S+", "max": 3},
        {"id": "swap", "extends": "substitution", "message": "Use '%s' not '%s'.", "swap": {"no": "yes"}},
        {"id": "level", "extends": "readability", "message": "Grade %s.", "metrics": ["Flesch-Kincaid"], "grade": 1},
        {"id": "one-way", "extends": "consistency", "message": "Both.", "either": {"advisor": "adviser"}},
    ]
    trait = {"id": "plain", "we_are": "plain", "we_are_not": "dull", "why": "y", "vale": rules}
    voice = Voice(summary="s", traits=[trait])
    lay(tmp_path, write_voice_style(voice, url="https://handbook.example"))
    (tmp_path / "vale.ini").write_text(INI.replace("Brand", "Voice"))
    (tmp_path / "doc.md").write_text("It is awesome that no elephant remembers an adviser or advisor.\n")
    command = [vale.path, "--config=vale.ini", "--no-global", "--output=JSON", "--no-exit", "doc.md"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, stdin=subprocess.DEVNULL, check=True)
    found = {alert["Check"]: alert for alert in json.loads(done.stdout)["doc.md"]}
    assert set(found) == {"Voice.hype", "Voice.short", "Voice.swap", "Voice.level", "Voice.one-way.spelling"}
    assert found["Voice.hype"]["Description"] == "100% air."
    assert found["Voice.hype"]["Link"] == "https://handbook.example/brand/#plain"
    assert found["Voice.swap"]["Action"]["Params"] == ["yes"]


def test_the_same_records_give_the_same_bytes():
    terms = [Term(**term) for case in CASES[:20] for term in case["terms"]]
    unique = list({term.id: term for term in terms}.values())
    assert write(gather_patterns(unique), None, today=TODAY) == write(gather_patterns(unique), None, today=TODAY)
    paths = [artifact.path for artifact in write(gather_patterns(unique), None, today=TODAY)]
    assert paths == sorted(paths) and len(paths) == len(set(paths))


def test_words_of_the_sentence_are_heeded(vale, tmp_path):
    terms = [
        {"id": "a", "preferred": "alpha", "avoid": [{"term": "one", "only_near": ["sum", "big x"]}]},
        {"id": "b", "preferred": "Beta", "case": "exact", "never_near": ["y"]},
        {"id": "c", "preferred": "gamma", "avoid": [{"term": "two", "only_near": ["x"], "never_near": ["y"]}]},
    ]
    text = (
        "The sum of one. We have one. A one and Sums! Is one summed? One with a big\nX.\n\n"
        "The beta of y. A beta. Some Y and a beta, v1.5. We beta?\n\n"
        "X is two. Two. A two of x and y. Two in X.\n"
    )
    found = alerts(vale, tmp_path, [{"definition": "d", **fields} for fields in terms], text)
    assert sorted((alert["Line"], alert["Span"][0]) for alert in found) == [
        (1, 12), (1, 32), (1, 61), (4, 18), (4, 52), (6, 6), (6, 34),
    ]  # fmt: skip
