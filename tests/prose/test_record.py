"""Texts of records: each word is found where it stands in the YAML."""

import io

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from onevoice.load import yaml
from onevoice.prose import record


def prose(source: str):
    """The values of a YAML mapping as prose."""
    document = yaml.parse_yaml("x.yaml", source)
    assert not document.findings
    return record.read_record_texts(
        "x.yaml", source, [(document.values[(key,)], value) for key, value in document.data.items()]
    )


def places(source: str, word: str) -> list[str]:
    """Where a word is found, as `line:column-line:column text in the source`."""
    read = prose(source)
    found = []
    for block in read.blocks:
        at = -1
        while (at := block.text.find(word, at + 1)) >= 0:
            start, end = block.map_to_source(at, at + len(word))
            span = read.locate_span(start, end)
            place = f"{span.line}:{span.column}-{span.end_line}:{span.end_column}"
            found.append(f"{place} {source[start:end]}")
    return found


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a: foo bar\n", "1:4-1:7 foo"),
        ("a: the foo\n", "1:8-1:11 foo"),
        ("a: one\n  two\n  foo bar\n", "3:3-3:6 foo"),
        ("a: 'the foo'\n", "1:9-1:12 foo"),
        ("a: 'it''s our foo''s'\n", "1:15-1:18 foo"),
        ("a: '''foo'''\n", "1:7-1:10 foo"),
        ("a: 'one\n\n  two foo'\n", "3:7-3:10 foo"),
        ('a: "the foo"\n', "1:9-1:12 foo"),
        ('a: "\\"foo\\", they said"\n', "1:7-1:10 foo"),
        ('a: "one\\ntwo foo"\n', "1:14-1:17 foo"),
        ('a: "one\\tfoo"\n', "1:10-1:13 foo"),
        ('a: "caf\\u00e9 foo"\n', "1:15-1:18 foo"),
        ('a: "\\x41\\U0001F600foo"\n', "1:19-1:22 foo"),
        ('a: "one \\\n    two foo"\n', "2:9-2:12 foo"),
        ('a: "one\\_foo"\n', "1:10-1:13 foo"),
        ('a: "one\n  foo two"\n', "2:3-2:6 foo"),
        ("a: >-\n  one two\n  foo bar\n", "3:3-3:6 foo"),
        ("a: > # folded\n  one two\n\n  foo bar\n", "4:3-4:6 foo"),
        ("a: |\n  one\n    foo\n", "3:5-3:8 foo"),
        ("a: |2-\n    foo\n", "2:5-2:8 foo"),
        ("a: &name foo\n", "1:10-1:13 foo"),
        ("a: !!str foo\n", "1:10-1:13 foo"),
        ("a: &name >-\n  foo\n", "2:3-2:6 foo"),
        ("{a: the foo, b: c}\n", "1:9-1:12 foo"),
        ("{b: 'it''s', a: \"the foo\"}\n", "1:22-1:25 foo"),
        ("a: 😀é foo\n", "1:7-1:10 foo"),
        ("a: one\r\n  foo\r\n", "2:3-2:6 foo"),
        ("a: 24/7 foo # bar\n", "1:9-1:12 foo"),
        ('a: "one\u2028foo"\n', "1:9-1:12 foo"),
    ],
)
def test_word(source, expected):
    assert places(source, "foo") == [expected]


@pytest.mark.parametrize(
    ("source", "word", "expected"),
    [
        ("a: the buyer\n  persona\n", "buyer persona", "1:8-2:10 buyer\n  persona"),
        ("a: >-\n  the buyer\n  persona\n", "buyer persona", "2:7-3:10 buyer\n  persona"),
        ("a: 'the buyer''s journey'\n", "buyer's journey", "1:9-1:25 buyer''s journey"),
        ('a: "the buyer\\u2019s journey"\n', "buyer’s journey", "1:9-1:29 buyer\\u2019s journey"),
        ('a: "the buyer\\\n  s journey"\n', "buyers journey", "1:9-2:12 buyer\\\n  s journey"),
    ],
)
def test_phrase(source, word, expected):
    assert places(source, word) == [expected]


def test_texts_that_do_not_stand_there_are_passed_over():
    read = record.read_record_texts(
        "x.yaml", "a: foo\nb: bar\n", [((1, 4), "12 months"), ((2, 4), "bar"), ((1, 4), "")]
    )
    assert [block.text for block in read.blocks] == ["bar"]


def test_blocks_stand_in_the_order_of_the_file():
    read = record.read_record_texts("x.yaml", "a: foo\nb: bar\n", [((2, 4), "bar"), ((1, 4), "foo")])
    assert [block.text for block in read.blocks] == ["foo", "bar"]


WORDS = st.lists(
    st.text(st.sampled_from("ab'\"\\:#-é😀&*!?{}[],|>%@`.\u2019\u00a0"), min_size=1, max_size=8),
    min_size=1,
    max_size=12,
).map(" ".join)


@given(st.lists(WORDS, min_size=1, max_size=3), st.booleans(), st.integers(20, 80))
def test_every_character_is_found_however_yaml_writes_it(texts, flow, width):
    # The writer forgets the quotation marks of these, too; it takes what it has written for something else.
    assume(not (flow and any(text.startswith(": ") for text in texts)))
    writer = YAML()
    writer.default_flow_style = flow
    writer.width = width
    stream = io.StringIO()
    writer.dump({f"k{number}": text for number, text in enumerate(texts)}, stream)
    source = stream.getvalue()
    document = yaml.parse_yaml("x.yaml", source)
    # The writer forgets the quotation marks of some texts between braces, and writes what is no YAML.
    assume(document.data is not None)
    values = [(document.values[(key,)], value) for key, value in document.data.items()]
    blocks = record.read_record_texts("x.yaml", source, values).blocks
    assert [block.text for block in blocks] == [text for text in document.data.values() if text.strip()]
    for block in blocks:
        for at, char in enumerate(block.text):
            if not char.isspace():
                start, end = block.map_to_source(at, at + 1)
                assert source[start:end] == char or len(source[start:end]) > 1
