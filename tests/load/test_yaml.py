"""YAML with marks: nothing that an owner typed changes, and each key and value knows its place."""

import pytest

from onevoice import limits
from onevoice.load import yaml

SOURCE = """\
# a comment
terms:
  - id: a   # the first
    "preferred": 'no'
    definition: >-
      Two
      lines.
    numbers: [1.10, 0o7, 0x1F, 1e3, 24:60, 2026-11-01, 12_000, .5, +1, 007]
    words: {yes: on, no: off, y: n, null: ~, true: "true"}
"""


def test_every_scalar_stays_the_text_that_was_typed():
    [record] = yaml.parse_yaml("x.yaml", SOURCE).data["terms"]
    assert record == {
        "id": "a",
        "preferred": "no",
        "definition": "Two lines.",
        "numbers": ["1.10", "0o7", "0x1F", "1e3", "24:60", "2026-11-01", "12_000", ".5", "+1", "007"],
        "words": {"yes": "on", "no": "off", "y": "n", "null": None, "true": "true"},
    }


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_nothing_only_without_quotation_marks(text):
    data = yaml.parse_yaml("x.yaml", f"plain: {text}\nquoted: '{text}'\n").data
    assert data == {"plain": None, "quoted": text}


@pytest.mark.parametrize(
    ("path", "key", "place"),
    [
        ((), False, (2, 1)),
        (("terms",), True, (2, 1)),
        (("terms",), False, (3, 3)),
        (("terms", 0), False, (3, 5)),
        (("terms", 0, "id"), False, (3, 9)),
        (("terms", 0, "preferred"), True, (4, 5)),
        (("terms", 0, "preferred"), False, (4, 18)),
        (("terms", 0, "definition"), False, (5, 17)),
        (("terms", 0, "numbers", 4), False, (8, 37)),
        (("terms", 0, "words", "no"), True, (9, 22)),
        (("terms", 0, "missing"), False, (3, 5)),
        (("terms", 0, "missing", "deeper"), True, (3, 5)),
        (("terms", 9), False, (3, 3)),
    ],
)
def test_place(path, key, place):
    span = yaml.parse_yaml("x.yaml", SOURCE).locate_path(path, key=key)
    assert (span.line, span.column) == place


def test_the_parser_in_python_finds_the_same(monkeypatch):
    """Where the fast parser is missing, places and messages stay as they are."""
    broken = ["a: b: c\n", "\ta: b\n", "a: 'b\n", "a: @b\n", "a: [b\n", "a: b\n---\nc: d\n", "a: *b\n"]
    fast = [yaml.parse_yaml("x.yaml", source) for source in [SOURCE, *broken]]
    monkeypatch.setattr(yaml, "YAML", lambda typ, pure=True: FAST(typ=typ, pure=True))
    slow = [yaml.parse_yaml("x.yaml", source) for source in [SOURCE, *broken]]
    assert [document.data for document in slow] == [document.data for document in fast]
    assert slow[0].values == fast[0].values
    assert slow[0].keys == fast[0].keys
    for one, other in zip(slow, fast, strict=True):
        assert [(f.span, f.message) for f in one.findings] == [(f.span, f.message) for f in other.findings]


FAST = yaml.YAML


@pytest.mark.parametrize("source", ["a: {to: https://example.com/?a=b}\n", "a: [Sure?, 24:60]\n"])
def test_what_only_yaml_1_2_allows(source):
    document = yaml.parse_yaml("x.yaml", source)
    assert not document.findings
    assert document.data["a"] in ({"to": "https://example.com/?a=b"}, ["Sure?", "24:60"])


@pytest.mark.parametrize("number", ["FFFFFFFF", "7FFFFFFF", "00110000", "0000D800"])
@pytest.mark.parametrize("more", ["", "- [\n" * 200])
def test_a_character_that_is_none_is_a_finding(number, more):
    document = yaml.parse_yaml("a.yaml", f'x: "\\U{number}"\n{more}')
    assert {one.level for one in document.findings} == {"error"}
    assert document.findings[0].span.line == 1
    assert len(document.findings) <= limits.MAX_YAML_MISTAKES + 1
