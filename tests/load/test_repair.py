"""Where a file is not YAML: the line of the mistake, what to do, and the rest of the file as if nothing was wrong."""

import pytest

from onevoice import limits
from onevoice.load import yaml

KEYS = (
    "terms",
    "id",
    "preferred",
    "definition",
    "note",
    "area",
    "allowed",
    "avoid",
    "term",
    "why",
    "examples",
    "owner",
)
SOURCE = """\
# yaml-language-server: $schema=../schemas/terms.json
terms:
  - id: alpha
    preferred: alpha
    definition: The first of all.
    allowed: [first, "number one"]
    note: It's the first one
    avoid:
      - {term: ay, why: It isn't Greek}
      - term: aleph
        why: That's another script.
    area: letters

  - id: beta
    preferred: beta
    definition: >-
      The second one.
    note: 'The second'
    area: letters
"""
# What is written instead of what, and the line and column of the mistake with the beginning of what is said.
MISTAKES = {
    "a tab": ("    preferred: alpha", "\tpreferred: alpha", 4, 1, "the line is indented with a tab"),
    "a tab after spaces": ("    note: It's", "  \tnote: It's", 7, 3, "the line is indented with a tab"),
    "no-break spaces": (
        "    preferred: alpha",
        "\u00a0\u00a0\u00a0\u00a0preferred: alpha",
        4,
        1,
        "this line is indented with no-b",
    ),
    "narrow spaces": (
        "    preferred: alpha",
        "  \u202f preferred: alpha",
        4,
        3,
        "this line is indented with no-break spaces",
    ),
    "a no-break space after a colon": (
        "preferred: alpha",
        "preferred:\u00a0alpha",
        4,
        15,
        "this line has no-break spaces",
    ),
    "a no-break space after a hyphen": ("  - id: beta", "  -\u00a0id: beta", 14, 4, "this line has no-break spaces"),
    "a wide colon": ("preferred: alpha", "preferred：alpha", 4, 14, "the colon of this line isn't a plain one"),
    "a dash": ("  - id: beta", "  – id: beta", 14, 3, "a list item starts with a hyphen, not with `–`"),
    "a bullet": ("  - id: beta", "  • id: beta", 14, 3, "a list item starts with a hyphen, not with `•`"),
    "too far": (
        "    definition: The f",
        "     definition: The f",
        5,
        6,
        "`definition` is indented too far. Align it with `preferred` on line 4",
    ),
    "not far enough": (
        "    definition: The f",
        "   definition: The f",
        5,
        4,
        "`definition` isn't indented far enough. Align it with `preferred` on line 4",
    ),
    "too far after a quotation": (
        "    area: letters\n\n",
        "     area: letters\n\n",
        12,
        6,
        "`area` is indented too far. Align it with",
    ),
    "an item too far": (
        "  - id: beta\n",
        "   - id: beta\n",
        14,
        4,
        "this list item is indented too far. Start it in the same column as the item on line 3",
    ),
    "no space": (
        "preferred: alpha",
        "preferred:alpha",
        4,
        5,
        "there is no space after the colon. Write `preferred: alpha`",
    ),
    "no space in the first line": (
        "- id: alpha",
        "- id:alpha",
        3,
        5,
        "there is no space after the colon. Write `id: alpha`",
    ),
    "no space in the last line": (
        "    area: letters\n\n",
        "    area:letters\n\n",
        12,
        5,
        "there is no space after the colon. Write `area: letters`",
    ),
    "no colon": ("preferred: alpha", "preferred alpha", 4, 5, "`preferred` has no colon. Write `preferred: alpha`"),
    "no colon above a list": ("    avoid:", "    avoid", 8, 5, "`avoid` has no colon. Write `avoid:`"),
    "an apostrophe": (
        "note: It's the first one",
        "note: 'It's the first one'",
        7,
        15,
        "the apostrophe ends the text that `'` starts. Use double quotation marks: `note: \"It's the first one\"`",
    ),
    "an apostrophe and no end": (
        "note: It's the first one",
        "note: 'It's the first one",
        7,
        15,
        "the apostrophe ends the text",
    ),
    "three hyphens": (
        "\n\n  - id: beta",
        "\n---\n  - id: beta",
        13,
        1,
        "a line of three hyphens starts a second document. Delete this line",
    ),
    "a closed bracket too few": ('"number one"]', '"number one"', 6, 14, "this bracket is not closed"),
    "a quotation mark too few": ("'The second'", "'The second", 18, 11, "this quotation mark is not closed"),
}
# The same for mistakes that leave another text than the one that was there: key and value of the first record.
TEXTS = {
    "a quotation": (
        'note: "First" of all',
        "note",
        '"First" of all',
        7,
        19,
        "the value goes on after its quotation mark",
    ),
    "two quotations": (
        'note: "First" and "last"',
        "note",
        '"First" and "last"',
        7,
        19,
        "the value goes on after its quotation",
    ),
    "a colon": (
        "note: The rule: always",
        "note",
        "The rule: always",
        7,
        19,
        "the value of `note` has a second colon in it",
    ),
    "a colon at the end": (
        "note: The rule:",
        "note",
        "The rule:",
        7,
        19,
        "the value of `note` has a second colon in it",
    ),
    "a colon and a comment": (
        "note: The rule: one # why",
        "note",
        "The rule: one",
        7,
        19,
        "the value of `note` has a second colon",
    ),
    "a percent sign": ("note: % of all", "note", "% of all", 7, 11, "a value cannot start with `%`"),
    "an at sign": ("note: @brand says so", "note", "@brand says so", 7, 11, "a value cannot start with `@`"),
    "a backtick": ("note: `code` first", "note", "`code` first", 7, 11, "a value cannot start with ```"),
    "asterisks": ("note: **Bold** first", "note", "**Bold** first", 7, 11, "a value cannot start with `*`"),
    "an ampersand": ("note: &c is out", "note", "&c is out", 7, 11, None),
    "a placeholder": ("note: {name} says so", "note", "{name} says so", 7, 18, "the value goes on after its bracket"),
    "a remark in brackets": ("note: [sic] so", "note", "[sic] so", 7, 17, "the value goes on after its bracket"),
    "a backslash": (
        r'note: "C:\brand\words"',
        "note",
        r"C:\brand\words",
        7,
        14,
        "a backslash between double quotation marks",
    ),
    "a second line": (
        "note: It is so\n    and so",
        "note",
        "It is so and so",
        8,
        5,
        "this line has no key. If it continues the text of `note` on line 7, indent it",
    ),
    "a second line at the left": ("note: It is so\nand so", "note", "It is so and so", 8, 1, "this line has no key"),
    "a hashtag in a list": (
        "allowed: [#first, #one]",
        "allowed",
        ["#first", "#one"],
        7,
        15,
        "`#first` is read as a comment",
    ),
    "a color in braces": (
        "note: {hex: #F4B400, use: x}",
        "note",
        {"hex": "#F4B400", "use": "x"},
        7,
        17,
        '`#F4B400` is read as a comment, with all that follows on this line. Put it in quotation marks: `"#F4B400"`',
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_and_the_file_is_read_as_it_was_meant(name):
    old, new, line, column, said = MISTAKES[name]
    source = SOURCE.replace(old, new, 1)
    assert source != SOURCE
    document = yaml.parse_yaml("x.yaml", source, KEYS)
    assert [(one.span.line, one.span.column) for one in document.findings] == [(line, column)]
    assert document.findings[0].message.startswith(said)
    assert document.data == yaml.parse_yaml("x.yaml", SOURCE).data
    assert not document.lost_lines


@pytest.mark.parametrize("name", TEXTS)
def test_a_value_that_needs_quotation_marks(name):
    written, key, value, line, column, said = TEXTS[name]
    source = (
        SOURCE.replace('    allowed: [first, "number one"]\n', "    area: x\n")
        .replace("note: It's the first one", written)
        .replace("    area: letters\n\n", "\n")
    )
    document = yaml.parse_yaml("x.yaml", source, KEYS)
    if said is None:  # That is YAML, with another meaning.
        return
    assert [(one.span.line, one.span.column) for one in document.findings] == [(line, column)]
    assert document.findings[0].message.startswith(said)
    assert document.data["terms"][0][key] == value
    assert [one["id"] for one in document.data["terms"]] == ["alpha", "beta"]


def test_all_mistakes_of_a_file_come_at_once():
    names = (
        "a tab",
        "not far enough",
        "no space in the last line",
        "an apostrophe",
        "a quotation mark too few",
        "a dash",
    )
    source = SOURCE
    for old, new, *_ in (MISTAKES[name] for name in names):
        source = source.replace(old, new, 1)
    document = yaml.parse_yaml("x.yaml", source, KEYS)
    assert sorted(one.span.line for one in document.findings) == [4, 5, 7, 12, 14, 18]
    assert document.data == yaml.parse_yaml("x.yaml", SOURCE).data


@pytest.mark.parametrize(
    "conflict",
    [
        "<<<<<<< HEAD\n    area: letters\n=======\n    area: signs\n>>>>>>> words\n",
        "<<<<<<< HEAD\n    area: letters\n||||||| 13ca0cd\n    area: x\n=======\n    area: signs\n>>>>>>> words\n",
        "<<<<<<< HEAD\r\n    area: letters\r\n=======\r\n    area: signs\r\n>>>>>>> words\r\n",
    ],
)
def test_a_conflict_is_one_mistake(conflict):
    source = SOURCE.replace("    area: letters\n", conflict, 1)
    document = yaml.parse_yaml("x.yaml", source, KEYS)
    [finding] = document.findings
    assert finding.span.line == 12
    end = source[: source.index(">>>>>>>")].count("\n") + 1
    assert finding.message.startswith(
        f"here is a merge conflict, which ends on line {end}. Keep one of the two versions"
    )
    assert document.data == yaml.parse_yaml("x.yaml", SOURCE).data


def test_a_file_of_tabs_has_one_mistake():
    source = "terms:\n\t- id: a\n\t  preferred: b\n\t  note: c\n"
    document = yaml.parse_yaml("x.yaml", source, KEYS)
    assert [one.message for one in document.findings] == [
        "the line is indented with a tab. So are lines 3 and 4. Indent with spaces."
    ]
    assert document.data == {"terms": [{"id": "a", "preferred": "b", "note": "c"}]}


def test_what_nobody_understands_costs_its_line_alone():
    source = SOURCE.replace("    area: letters\n\n", "    {{ ]]\n\n", 1)
    document = yaml.parse_yaml("x.yaml", source, KEYS)
    assert document.findings
    assert {one.span.line for one in document.findings} == {12}
    assert [one["id"] for one in document.data["terms"]] == ["alpha", "beta"]


def test_guesses_that_undo_each_other_are_told_once():
    source = (
        "leads:\n  - id: a\n    handoffs:\n      - to: b\n        back:\n          to: c\n          then: d\n"
        ' "- id: e\n    note: f\n "- id: g\n    name: H: i\n    ends: true\n'
    )
    found = yaml.parse_yaml("x.yaml", source, KEYS).findings
    assert len({(one.span, one.message) for one in found}) == len(found) < 8
    assert {8, 10, 11} <= {one.span.line for one in found}


def test_no_file_has_more_mistakes_than_people_read():
    source = "terms:\n" + "".join(f"  - id: a{n}\n    note: a: b\n" for n in range(2 * limits.MAX_YAML_MISTAKES))
    document = yaml.parse_yaml("x.yaml", source, KEYS)
    assert len(document.findings) == limits.MAX_YAML_MISTAKES + 1
    assert document.data is None


def test_a_mistake_in_a_long_file_is_found_among_the_records_around_it():
    record = (
        "  - id: t{0}\n    preferred: word {0}\n    definition: A thing that we call so.\n    allowed: [x{0}, y{0}]\n"
    )
    body = [record.format(number) for number in range(2 * limits.MIN_WINDOWED_YAML // len(record))]
    plain = yaml.parse_yaml("x.yaml", "terms:\n" + "".join(body), KEYS).data
    wrong = list(body)
    wrong[5] = body[5].replace("preferred: word", "preferred:word")
    wrong[-3] = body[-3].replace("    definition", "   definition")
    document = yaml.parse_yaml("x.yaml", "terms:\n" + "".join(wrong), KEYS)
    assert [one.span.line for one in document.findings] == [23, 4 * (len(body) - 3) + 4]
    assert document.data == plain
