"""Front matter: what is read from it, where its title stands, and that nothing in it stops the rest."""

import pytest

from onevoice.prose import front, markdown
from prose.shown import shown

CASES = [
    ("words", "title: A b\ntags: [c, d]\nn: 3\nx: 1.5\nyes: true\nno: no\nnone: ~\nempty:\n",
     {"title": "A b", "tags": ["c", "d"], "n": 3, "x": 1.5, "yes": True, "no": "no", "none": None, "empty": None},
     ["title: A b"]),
    ("lists", "audience:\n  - a\n  - b\nchannel:\n- c\n", {"audience": ["a", "b"], "channel": ["c"]}, []),
    ("comments", "# x\na: b\n\n# y\n", {"a": "b"}, []),
    ("comment after a value", "a: b # c\n", {"a": "b"}, []),
    ("quotation marks", "title: \"A: b\"\ndescription: 'c # d'\n", {"title": "A: b", "description": "c # d"},
     ["title: A: b", "title: c # d"]),
    ("escapes", 'title: "A \\"b\\" \\u00e9"\n', {"title": 'A "b" é'}, ['title: A "b" é']),
    ("doubled apostrophe", "title: 'it''s'\n", {"title": "it's"}, ["title: it's"]),
    ("several lines", "title: a\n  b\n", {"title": "a b"}, ["title: a¶b"]),
    ("folded", "description: >-\n  a\n  b\nx: y\n", {"description": "a b", "x": "y"}, ["title: a¶b"]),
    ("kept lines", "description: |\n  a\n  b\n", {"description": "a\nb\n"}, ["title: a¶b"]),
    ("rich", "a: {b: [c, {d: 1}]}\ntitle: e\n", {"a": {"b": ["c", {"d": 1}]}, "title": "e"}, ["title: e"]),
    ("alias", "a: &x [b]\nc: *x\n", {"a": ["b"], "c": ["b"]}, []),
    ("date stays text", "date: 2026-11-01\n", {"date": "2026-11-01"}, []),
    ("title that is no text", "title: [a]\ndescription: {b: c}\n", {"title": ["a"], "description": {"b": "c"}}, []),
    ("key of a colleague", "github: a\n", {"github": "a"}, []),
    ("broken", "a: [b\nc: }\n", {}, []),
    ("same key twice", "a: b\na: c\n", {"a": "c"}, []),
    ("line ends of YAML alone", "a: [P\x85s]\n# c\u2028d: e\n# f\rg: h\n", {"a": ["P s"], "d": "e", "g": "h"}, []),
    ("blanks that are letters", "a: b\xa0\nc: \u3000\nd: [e\xa0,\u3000]\n",
     {"a": "b\xa0", "c": "\u3000", "d": ["e\xa0", "\u3000"]}, []),
    ("title that is a value", "title: true # rich\ndescription: 2026\n", {"title": True, "description": 2026}, []),
    ("alias of itself", "a: &x [*x]\n", {}, []),
]  # fmt: skip


@pytest.mark.parametrize(("front", "meta", "titles"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_reads(front, meta, titles, newline):
    source = f"---\n{front}---\n\nBody *words*.\n".replace("\n", newline)
    prose = markdown.read("a.md", source)
    assert (prose.meta, shown(prose)) == (meta, [*titles, "paragraph: Body words."])


def test_a_title_stands_where_it_is_written():
    source = "---\nx: 1\ntitle: 'My \"é\" page'\n---\n"
    block = markdown.read("a.md", source).blocks[0]
    assert source[slice(*block.map_to_source(0, len(block.text)))] == 'My "é" page'


def test_reads_toml():
    prose = markdown.read("a.md", '+++\ntitle = "A b"\nlinkTitle = "L"\naudience = ["c"]\n[x]\ny = 1\n+++\nd\n')
    assert (prose.meta["audience"], shown(prose)) == (["c"], ["title: A b", "title: L", "paragraph: d"])


def test_reads_json():
    prose = markdown.read("a.md", '{"title": "A \\"b\\"", "x": {"title": "n"},\n "audience": ["c"]}\nd\n')
    assert (prose.meta["audience"], shown(prose)) == (["c"], ['title: A "b"', "paragraph: d"])


@pytest.mark.parametrize(
    "source", ["---\n- a\n---\nb", "---\na: b\n", "----\na: b\n----\n", "+++\na\n+++\nb", '{"a": 1} b', '{"a"']
)
def test_what_is_no_front_matter_gives_no_data(source):
    assert markdown.read("a.md", source).meta == {}


@pytest.mark.parametrize(
    ("between", "read"),
    [
        ("- some words\n- more words\n\nand others\n", True),
        ("*A line*\n", True),
        ("title: a: b\n", False),
        ("  'k': [a\n", False),
    ],
)
def test_what_has_no_key_is_prose_between_two_rules(between, read):
    _, _, start = front.parse_front_matter(f"---\n{between}---\n\nText.\n")
    assert (start == 0) == read
