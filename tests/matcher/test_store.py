"""A text is looked at with the terms that it may hold alone where they are many, and nothing is lost by it."""

import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevoice.matcher import index, store
from onevoice.matcher.characters import is_whole_word
from onevoice.matcher.compile import compile_terms, dump_compiled_terms, load_compiled_terms
from onevoice.matcher.fold import fold_text, make_match_key
from onevoice.matcher.matcher import Context, Matcher
from onevoice.matcher.store import PackedParts, find_lead, pack_parts, split_atoms
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
    "boss",
    "buyer's journey",
    "R&D desk",
    "s-y",
    "x_y z",
    "京 x y",
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
    "s",
    "y",
    "journey",
    "desk",
    "\x01",
]


@pytest.fixture(scope="module", params=[0, 100], ids=["by an automaton", "one by one"])
def narrow(request):
    patch = pytest.MonkeyPatch()
    patch.setattr(store, "MAX_UNSPLIT_WORDS", 0)
    patch.setattr(index, "MAX_LINEAR_WORDS", request.param)
    yield Matcher(load_compiled_terms(dump_compiled_terms(compile_terms(TERMS))))
    patch.undo()


WHOLE = Matcher(compile_terms(TERMS))


@given(text=st.lists(st.sampled_from(BITS), max_size=12).map("".join))
def test_the_same_is_found(narrow, text):
    assert narrow.find_hits(text, document=DAY) == WHOLE.find_hits(text, document=DAY)
    assert narrow.find_mentions(text) == WHOLE.find_mentions(text)
    kept, whole = ([block.number for block in one.blocks_to_check([text, "", text])] for one in (narrow, WHOLE))
    assert kept == whole


MIXED = st.lists(
    st.sampled_from([*"asxé²京ก_1'’-. &\n\t\u0301\u094d\u00ad", "ss", "हि", "İ", "the ", "é"]), max_size=8
).map("".join)


@given(MIXED, MIXED, MIXED)
def test_a_word_is_near_wherever_it_stands(before, word, after):
    word, text = make_match_key(word), fold_text(before + word + after).text
    at = text.find(word) if word else -1
    while at >= 0:
        if is_whole_word(text, at, at + len(word)):
            said = split_atoms(text)
            assert find_lead(word) in {"", *said, *pairwise(said)}
        at = text.find(word, at + 1)


def test_what_is_not_near_is_not_read(narrow):
    near = narrow.compiled.reportable_forms.select_words(fold_text("We sign, up to it, a buyer journey.").text)
    assert {"up", "up to", "sign up", "东京", "ลูกค้า", "..."} <= set(near)
    assert near.keys().isdisjoint({"e-mail", "iphone", "24/7", "signing", "x_y z"})
    assert "sign up" not in narrow.compiled.reportable_forms.select_words("sign it up")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sign up", ["sign", "up"]),
        ("l'eau 24/7", ["l", "eau", "24", "7"]),
        ("buyers' tests", ["buyer", "test"]),
        ("the buyer's boss", ["the", "buyer", "bos"]),
        ("cafés", ["café"]),
        ("东京x", ["x"]),
        ("x²", ["x"]),
        ("...", []),
    ],
)
def test_atoms(text, found):
    assert split_atoms(text) == found


@pytest.mark.parametrize(
    ("word", "found"), [("sign up now", ("sign", "up")), ("boss", "bos"), ("京x", "x"), ("...", "")]
)
def test_lead(word, found):
    assert find_lead(word) == found


@pytest.mark.parametrize("whole", [0, 10**6])
def test_words_stay_what_they_are(monkeypatch, whole):
    monkeypatch.setattr(store, "MAX_UNSPLIT_WORDS", whole)
    words = {"sign up": ((1, 0),), "signs up": ((1, 1),), "up": ((2, 0), (3, 0)), "...": ((4, 0),)}
    others = {"sign up": ((1, 0),), "up": ((2, 0),), "down": ((5, 0),)}
    read, read_others = store.load_words(store.dump_words(words, others))
    assert (dict(read), dict(read_others)) == (words, others)
    assert (len(read), len(read_others)) == (4, 3)
    assert "sign" not in read
    assert "down" not in read
    assert [dict(one) for one in store.load_words(store.dump_words({}, {}))] == [{}, {}]


def test_words_at_hand_are_selected_as_kept_ones_are(monkeypatch):
    monkeypatch.setattr(store, "MAX_UNSPLIT_WORDS", 0)
    words = {"sign up": ((1, 0),), "up": ((2, 0), (3, 0)), "down": ((5, 0),), "...": ((4, 0),)}
    kept, grouped = store.load_words(store.dump_words(words, {}))[0], store.GroupedWords(words)
    assert isinstance(kept, store.WordStore)
    assert dict(grouped) == words
    for text in ("we sign up here", "up and down", "nothing ..."):
        assert grouped.select_words(text) == kept.select_words(text)


@given(st.lists(st.binary(max_size=5), max_size=5))
def test_parts(parts):
    assert [bytes(part) for part in PackedParts(pack_parts(parts))] == parts


@pytest.mark.parametrize("data", [b"\x01", b"\x02\x00\x00\x00\x01\x00\x00\x00", pack_parts([b"one", b"two"])[:-1]])
def test_what_are_no_parts_is_refused(data):
    with pytest.raises((ValueError, TypeError)):
        PackedParts(data)
