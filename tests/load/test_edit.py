"""Writing a key into people's YAML: what they wrote stays as they wrote it."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onevoice.errors import OnevoiceError
from onevoice.load.edit import set_record_key
from onevoice.load.folder import load_folder
from onevoice.load.yaml import parse_yaml

SALES = {"sales": {"date": "2026-11-21", "of": "9b960d82bc9dd618"}}
LINES = "    signed:\n      sales: {date: 2026-11-21, of: 9b960d82bc9dd618}\n"
HEAD = "# Whom we talk to.\nteams:\n  - id: a  # the first\n"

# Name, what stands before the place of the new lines, and what stands behind it.
PLAIN = [
    ("at the end of the file", f"{HEAD}    name: A\n", ""),
    ("before the next record", f"{HEAD}    name: A\n", "  - id: b\n    name: B\n"),
    ("before an empty line", f"{HEAD}    name: A\n", "\n  - id: b\n"),
    ("behind a comment on the line", f"{HEAD}    name: A  # for now\n", "  - id: b\n"),
    ("before a comment on a line of its own", f"{HEAD}    name: A\n", "    # Ask Kim about her.\n  - id: b\n"),
    ("behind a folded text", f"{HEAD}    name: >-\n      A\n      and so on\n", "\n  # B\n  - id: b\n"),
    ("behind a text with a number sign", f"{HEAD}    name: |\n      A\n      # no comment\n", "  - id: b\n"),
    ("behind a text over two lines", f"{HEAD}    name: A\n      and so on\n", "  - id: b\n"),
    ("behind a list", f"{HEAD}    name: A\n    goals:\n      - one\n      - two  # both\n", "  - id: b\n"),
    ("behind a list between brackets", f"{HEAD}    name: A\n    goals: [one,\n      two]\n", "  - id: b\n"),
    ("behind a key without a value", f"{HEAD}    name: A\n    goals:\n", "  - id: b\n"),
    ("behind quotation marks", f"{HEAD}    name: 'It''s # A'\n", "  - id: b\n"),
]


@pytest.mark.parametrize(("before", "after"), [pytest.param(*case[1:], id=case[0]) for case in PLAIN])
def test_only_lines_are_added(before, after):
    assert set_record_key("t.yaml", before + after, ("teams", 0), "signed", SALES) == before + LINES + after


@pytest.mark.parametrize(("before", "after"), [pytest.param(*case[1:], id=case[0]) for case in PLAIN])
def test_line_ends_of_windows_stay(before, after):
    source, made = ((before + middle + after).replace("\n", "\r\n") for middle in ("", LINES))
    assert set_record_key("t.yaml", source, ("teams", 0), "signed", SALES) == made


def test_a_file_without_a_last_line_end():
    assert (
        set_record_key("t.yaml", f"{HEAD}    name: A", ("teams", 0), "signed", SALES) == f"{HEAD}    name: A\n{LINES}"
    )


def test_what_was_there_is_replaced():
    old = "    signed:\n      sales: {date: 2020-01-01, of: '0123'}\n"
    rest = "    name: A\n  - id: b\n"
    assert set_record_key("t.yaml", HEAD + old + rest, ("teams", 0), "signed", SALES) == HEAD + LINES + rest


@pytest.mark.parametrize(
    ("source", "stays"),
    [
        ("# all\nteams:\n  - {id: a, name: A}  # first\n  - {id: b, name: 'B'}\n", ["# all", "# first", "'B'"]),
        (
            f"{HEAD}    signed:  # at last\n      sales: {{date: 2020-01-01, of: x}}\n    name: A\n",
            ["# at last", "  - id"],
        ),
        ("teams:\n- id: a\n  signed: {}\n  # why\n  name: A\n", ["# why", "\n- id: a"]),
    ],
)
def test_comments_stay_where_the_record_is_rewritten(source, stays):
    made = set_record_key("t.yaml", source, ("teams", 0), "signed", SALES)
    data = parse_yaml("t.yaml", made).data
    assert data["teams"][0].pop("signed") == SALES
    before = parse_yaml("t.yaml", source).data
    before["teams"][0].pop("signed", None)
    assert data == before
    assert [text for text in stays if text not in made] == []


def test_a_single_record():
    assert set_record_key("b.yaml", "brand:\n  name: A\n", ("brand",), "signed", SALES) == (
        "brand:\n  name: A\n" + LINES.replace("    signed", "  signed").replace("      sales", "    sales")
    )


def test_what_cannot_be_edited_is_refused_with_its_place():
    source = "teams:\n  - &a\n    id: a\n    name: A\n  - *a\n"
    with pytest.raises(OnevoiceError, match=r"t\.yaml:2: .*try again"):
        set_record_key("t.yaml", source, ("teams", 1), "signed", SALES)


@given(st.from_regex(r"[0-9a-f]{1,16}", fullmatch=True))
@example("0b0")
def test_every_hash_is_read_as_the_text_it_is(of):
    """By our own reader, and by any other: a hash of digits alone must not become a number."""
    from ruamel.yaml import YAML

    made = set_record_key("t.yaml", "teams:\n  - id: a\n", ("teams", 0), "signed", {"sales": {"of": of}})
    assert YAML(typ="safe").load(made)["teams"][0]["signed"]["sales"]["of"] == of


def test_our_own_files_can_be_edited():
    """The first and the last record of each file: nothing is added but the lines."""
    root = Path(__file__).parents[2]
    places = {}
    for _, place in load_folder(root).records:
        places.setdefault(place.path, []).append(place)
    added = re.compile(r"^ +(?:signed:|sales: \{date: 2026-11-21, of: \S+\})\n", re.M)
    assert len(places) > 10
    for path, of in places.items():
        source = (root / path).read_text("utf-8")
        for place in (of[0], of[-1]):
            made = set_record_key(path, source, place.base, "signed", SALES)
            assert added.sub("", made) == source or "signed:" in source
