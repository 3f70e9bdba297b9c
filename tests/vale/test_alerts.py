"""Where Vale's alerts stand, in time that grows with the text and not with its square."""

import time

import pytest

from onevoice import limits
from onevoice.finding import Span
from onevoice.vale.alerts import convert_alerts, read_alerts

ACTION = {"Name": "replace", "Params": ["x"]}


def make_alert(match: str, column: int, line: int = 1) -> dict:
    return {
        "Check": "A.b",
        "Severity": "error",
        "Match": match,
        "Message": "m",
        "Link": "",
        "Description": "",
        "Line": line,
        "Span": [column, column + len(match)],
        "Action": ACTION,
    }


def locate(text: str, match: str, column: int, line: int = 1):
    (found,) = convert_alerts([make_alert(match, column, line)], "a.md", text)
    return found.span.column, found.span.end_column, bool(found.replacements)


@pytest.mark.parametrize(
    ("text", "match", "column", "wanted"),
    [
        ("one two one", "one", 1, (1, 4, True)),
        ("one two one", "one", 9, (9, 12, True)),
        ("one two one", "one", 7, (9, 12, True)),
        ("one two one", "one", 5, (1, 4, True)),
        ("one two one", "one", 99, (9, 12, True)),
        ("one two one", "one", -5, (1, 4, True)),
        ("one two one", "three", 5, (5, 12, False)),
        ("A [wide range of](x) tools", "A wide range of", 1, (1, 17, False)),
        ("A wide **range** of", "wide range of", 3, (3, 20, False)),
        ("A [wide](https://x.example/a) range", "wide range", 4, (4, 36, False)),
        ("A [wide][ref] <b>range</b> &amp; more", "wide range & more", 1, (4, 38, False)),
        ("A w**id**e range", "wide range", 3, (3, 17, False)),
        ("wider ranges, *wide* range", "wide range", 1, (16, 27, False)),
        ("A widespread thing", "wide", 3, (3, 7, True)),
        ("[one](a) two [one](b) two", "one two", 15, (15, 26, False)),
        ("one two one", "", 5, (1, 1, False)),
        ("one", "two\nthree", 1, (1, 4, False)),
        ("", "one", 9, (1, 1, False)),
    ],
)
def test_the_nearest_place_counts(text, match, column, wanted):
    assert locate(text, match, column) == wanted


def test_words_with_markup_between_them_may_end_on_another_line():
    (found,) = convert_alerts([make_alert("a wide range of", 3)], "a.md", "We *a\n> wide* range\nof [x](y) of")
    assert found.span == Span(1, 5, 3, 3)
    assert found.replacements == ()


@pytest.mark.parametrize(("match", "line"), [("one", 99), ("", 99), ("one\n\n\nx", 1), ("two\nt", 2)])
def test_a_line_that_is_not_there_is_no_place(match, line):
    (found,) = convert_alerts([make_alert(match, 1, line)], "a.md", "one\ntwo")
    start, end = (found.span.line, found.span.column), (found.span.end_line, found.span.end_column)
    assert found.replacements == () and start <= end < (3, 0)
    assert locate("one", "one", 1, 99) == (1, 1, False)


def test_an_action_without_parameters_is_none():
    (found,) = convert_alerts([make_alert("one", 1) | {"Action": {"Name": ""}}], "a.md", "one")
    assert found.replacements == ()


def test_beyond_the_limit_only_what_is_near_counts(monkeypatch):
    monkeypatch.setattr(limits, "MAX_SEARCHED_CHARS", 10)
    monkeypatch.setattr(limits, "NEAR_CHARS", 5)
    text = "one" + " " * 20 + "two" + " " * 20
    assert locate(text, "two", 22) == (24, 27, True)
    assert locate(text, "two", 1) == (1, 4, False)
    assert locate("one  two", "two", 1) == (6, 9, True)


TEXTS = {
    "one word in a line": lambda count: ("word " * count, [("word", 1)] * count),
    "many words in a line": lambda count: (
        " ".join(f"w{number}" for number in range(count)),
        [(f"w{number}", 1) for number in range(count)],
    ),
    "words that are not there": lambda count: ("a " * count, [(f"b{number}", number) for number in range(count)]),
    "letters": lambda count: ("a" * count, [("a" * (number % 50), number) for number in range(count)]),
    "words with markup": lambda count: ("a *b* [c](d) " * count, [("a b c", number) for number in range(count)]),
    "links without end": lambda count: ("[a](" * count, [("a a b", number) for number in range(count)]),
    "long words": lambda count: ("a" * count, [("a" * (count // 2), 1 + number % 9) for number in range(count)]),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_alerts_are_placed_in_time_that_grows_with_the_text(name):
    def measure(count: int) -> float:
        text, places = TEXTS[name](count)
        alerts = [make_alert(match, column) for match, column in places]
        begin = time.process_time()
        found = convert_alerts(alerts, "a.md", text)
        assert len(found) == count
        return time.process_time() - begin

    measure(500)
    small, large = (min(measure(count) for _ in range(3)) for count in (4000, 16_000))
    assert large < 8 * small + 0.1


@pytest.mark.parametrize(
    "answer",
    [None, 1, "a", [], {"a": 1}, {"a": [1]}, {"a": [{}]}, {"a": None}]
    + [
        {"a": [{**make_alert("a", 1), key: value}]}
        for key, value in {
            "Check": None, "Severity": "loud", "Line": "1", "Span": [1], "Action": None, "Match": 1, "Message": [],
        }.items()
    ]
    + [{"a": [{**make_alert("a", 1), "Action": {"Name": "replace", "Params": params}}]} for params in (5, "abc", [1])]
    + [{"a": [{**make_alert("a", 1), "Line": -1}]}, {"a": [{**make_alert("a", 1), "Span": ["a", "b"]}]}],
)  # fmt: skip
def test_a_damaged_answer_is_none(answer):
    with pytest.raises(ValueError):
        read_alerts(answer)
    assert read_alerts({"a": [make_alert("a", 1)]})
