"""The program that compares us with Vale: each kind of difference gets its class, and a mistake of ours none."""

import importlib.util
from pathlib import Path

import pytest

from onevoice.prose.read import read_prose
from onevoice.records.term import Term

PLACE = Path(__file__).parents[1] / "bench" / "vale_differences.py"


@pytest.fixture(scope="module")
def program():
    spec = importlib.util.spec_from_file_location("vale_differences", PLACE)
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


TERMS = [
    {"id": "crm", "preferred": "customer file", "abbreviation": "CF", "expand_first": True, "avoid": ["client record"]},
    {"id": "deal", "preferred": "opportunity", "avoid": ["deal", {"term": "pitch", "unless": ["heading", "quote"]}]},
    {"id": "visit", "preferred": "visit", "avoid": ["first call"]},
    {"id": "page", "preferred": "page", "avoid": ["call sheet"]},
]


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("A deal, two deals, a client record.\n", []),
        ("A CF.\n", [("first use", "ours")]),
        ("---\ndeck: A deal\n---\n\nText.\n", [("other front matter", "vale")]),
        ('A [page](x.md "A deal").\n', [("titles", "ours")]),
        ("!!! note\n\n    A deal.\n", [("indented", "ours")]),
        ("A pit&shy;ch. A pit&#99;h.\n", [("markup inside", "ours"), ("markup inside", "ours")]),
        ("- A client\n  record.\n", [("wrapped", "ours")]),
        ("He said “a deal” to us.\n", [("quotation marks", "vale")]),
        ("A d\u00adeal.\n", [("soft hyphens", "ours")]),
        ("Use ++deal+deal++ now.\n", [("code", "vale"), ("code", "vale")]),
        ("See docs/deal/notes for it.\n", [("identifier", "vale")]),
        ("---\ntitle: A deal\n---\n", [("no body", "ours")]),
        ('{{< figure caption="A deal" >}}\n', [("macros", "vale")]),
        (
            "<blockquote>\nA deal.\n\nA deal.\n</blockquote>\n",
            [("block quotation", "vale")],
        ),
        ("Idea\n\n<br/>\nA deal.\n{{< /note >}}\n", [("HTML", "ours")]),
        ("A [b](c)\u00a0deal.\n", [("no-break space", "ours")]),
        ("A first call sheet.\n", [("overlapping", "vale")]),
    ],
)
def test_each_difference_has_its_class(vale, program, text, classes):
    records = [Term.model_validate({"definition": "d", **term}) for term in TERMS]
    _, listed = program.compare([read_prose("page.md", text.encode())], records, vale)
    assert [one[:2] for one in listed] == classes


def test_what_vale_cannot_read_is_left_out(vale, program):
    records = [Term.model_validate({"definition": "d", **term}) for term in TERMS]
    pages = [
        read_prose(f"{n}.md", text)
        for n, text in enumerate([b"A deal.\n", b"---\ntitle: [a\n---\nA deal.\n", b"A deal.\n"])
    ]
    counts, listed = program.compare(pages, records, vale)
    assert (counts["files at which Vale stops"], counts["both"], listed) == (1, 2, [])


def test_made_terms_are_words_of_the_corpus(program):
    source = b"The green apple and the green pear are here. The green apple, a green pear.\n" * 3
    made = program.made([read_prose("a.md", source)], 10)
    assert made == program.made([read_prose("a.md", source)], 10)
    assert all(term.avoid[0].term in source.decode().lower() for term in made)
