"""YAML in which other data is written: it says what it should, and what was the same stays byte for byte."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevoice.load.amend import amend_source
from onevoice.load.render import render_item, render_pair
from onevoice.load.yaml import parse_yaml

SOURCE = """\
# head
terms:
  - id: a   # one
    preferred: alpha
    avoid:
      # below
      - beta  # b
      - term: gamma
        why: because
    allowed: [x, y]

  # second
  - {id: b, preferred: beth, avoid: [w]}
# tail
"""
PARTS = ["beta", {"term": "gamma", "why": "because"}]
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), min_size=1, max_size=12).filter(
    lambda text: text == text.strip()
)
VALUES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(TEXTS, inner, min_size=1, max_size=3),
    max_leaves=6,
)


def change(key, value, index=0):
    data = copy.deepcopy(parse_yaml("", SOURCE).data)
    if value is None:
        del data["terms"][index][key]
    else:
        data["terms"][index][key] = value
    return data


@pytest.mark.parametrize(
    ("key", "value", "index", "old", "new"),
    [
        ("preferred", "no", 0, "preferred: alpha", "preferred: 'no'"),
        ("allowed", ["x", "y", "it's: 1"], 0, "[x, y]", '[x, y, "it\'s: 1"]'),
        ("allowed", ["x"], 0, "[x, y]", "[x]"),
        ("allowed", None, 0, "    allowed: [x, y]\n", ""),
        ("avoid", ["beta", {"term": "gamma", "why": "so"}], 0, "because", "so"),
        ("avoid", [{"term": "gamma", "why": "because"}], 0, "      - beta  # b\n", ""),
        ("avoid", ["beta", {"term": "gamma", "why": "because"}, "d"], 0, "because\n", "because\n      - d\n"),
        ("avoid", [{"term": "beta", "why": "z"}, *PARTS[1:]], 0, "- beta ", "- {term: beta, why: z} "),
        ("note", "n: m", 0, "[x, y]\n", "[x, y]\n    note: 'n: m'\n"),
        ("note", "more", 1, "avoid: [w]", "avoid: [w], note: more"),
        ("avoid", None, 1, ", avoid: [w]", ""),
    ],
)  # fmt: skip
def test_only_what_differs_changes(key, value, index, old, new):
    assert amend_source("f", SOURCE, change(key, value, index)) == SOURCE.replace(old, new)


def test_windows_lines_stay():
    made = amend_source("f", SOURCE.replace("\n", "\r\n"), change("note", "more"))
    assert made == SOURCE.replace("[x, y]\n", "[x, y]\n    note: more\n").replace("\n", "\r\n")


@given(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4))
def test_what_is_written_is_read_again(record):
    source = "terms:\n" + "\n".join(render_item(record, 2)) + "\n"
    document = parse_yaml("f", source)
    assert document.findings == []
    assert document.data == {"terms": [record]}
    assert amend_source("f", SOURCE, {"terms": [record]})


@given(TEXTS)
def test_a_text_is_read_as_it_was(text):
    document = parse_yaml("f", "\n".join(render_pair("key", text, 0)) + "\n")
    assert document.data == {"key": text} and document.findings == []
