"""A short text is looked at with the terms that it may hold alone, and nothing is lost by it."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevoice.matcher import shelf
from onevoice.matcher.compile import compile, dump, load
from onevoice.matcher.fold import fold
from onevoice.matcher.kept import atoms, first
from onevoice.matcher.matcher import Context, Matcher
from onevoice.records.term import Term

DAY = Context(datetime.date(2026, 11, 22))
WORDS = [
    "sign up",
    "e-mail",
    ".net",
    "C++",
    "café",
    "东京",
    "京x",
    "x京",
    "24/7",
    "हिन्दी",
    "ลูกค้า",
    "ß",
    "“ok”",
    "up",
    "²x",
    "...",
    "l’eau",
]
TERMS = [
    Term.model_validate(
        {"id": "x", "preferred": "other", "definition": "d", "allowed": ["signing"], "avoid": [
            {"term": word, "unless": []} for word in WORDS]}
    ),
    Term.model_validate({"id": "y", "preferred": "iPhone", "definition": "d", "case": "exact", "except": ["up to"]}),
]  # fmt: skip
BITS = [
    *WORDS,
    "iphone",
    "signing",
    " ",
    " ",
    "\n",
    "-",
    "'",
    ".",
    "²",
    "x",
    "1",
    "_",
    "to",
    "(",
    "京",
    "\u00ad",
    "\u0301",
]


@pytest.fixture(scope="module")
def narrow():
    patch = pytest.MonkeyPatch()
    patch.setattr(shelf, "FEW", 0)
    patch.setattr(shelf, "SHORT", 10**9)
    yield Matcher(load(dump(compile(TERMS))))
    patch.undo()


@given(st.lists(st.sampled_from(BITS), max_size=12).map("".join))
def test_the_same_is_found(narrow, text):
    whole = Matcher(compile(TERMS))
    assert narrow.hits(text, document=DAY) == whole.hits(text, document=DAY)
    assert narrow.mentions(text) == whole.mentions(text)
    assert list(narrow.sift([text, "", text])) == list(whole.sift([text, "", text]))


def test_what_is_not_near_is_not_read(narrow):
    near = narrow.compiled.loud.near(fold("We sign it.").text)
    assert {"sign up", "东京", "ลูกค้า", "..."} <= set(near)
    assert near.keys().isdisjoint({"e-mail", "iphone", "up", "24/7"})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sign up", ["sign", "up"]),
        ("l'eau 24/7", ["l", "eau", "24", "7"]),
        ("东京x", ["x"]),
        ("x²", ["x"]),
        ("...", []),
    ],
)
def test_atoms(text, found):
    assert atoms(text) == found
    assert first(text) == (found or [""])[0]


def test_many_texts_are_looked_at_with_all_words(monkeypatch):
    monkeypatch.setattr(shelf, "FEW", 0)
    monkeypatch.setattr(shelf, "SHORT", 20)
    matcher = Matcher(load(dump(compile(TERMS))))
    texts = ["We sign up.", "An e-mail.", "Signing up", "C++"]
    assert [len(matcher.hits(text, document=DAY)) for text in texts] == [1, 1, 1, 1]
