"""Groups of quotes: the same whatever the order, each quote in one, by words that all of it have; and what answers."""

import random
from collections import Counter

import pytest

from handbooks import ROOT
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_folder
from onevoice.pains.answer import list_pains
from onevoice.pains.group import Lexicon, group_quotes
from onevoice.records.quote import Quote, make_quote_id


def make_quotes(*texts):
    ids = (make_quote_id("2026-W48", "calls", "pain", text) for text in texts)
    return [Quote("2026-W48", "calls", "pain", "", "", id, text) for id, text in zip(ids, texts, strict=True)]


def group(*texts, tag="en"):
    quotes = make_quotes(*texts)
    return [(one.id, len(one.quotes)) for one in group_quotes(quotes, Lexicon(quotes, tag))]


@pytest.mark.parametrize(
    ("texts", "groups"),
    [
        (["The handoff is slow", "Our handoffs got slower, so slow", "I like blue desks"],
         [("handoff-slow", 2), ("blue-desks", 1)]),
        (["Same old thing", "A thing of old"], [("old", 1), ("old-2", 1)]),
        (["Nothing at all"], [("", 1)]),
        (["The phone is broken again", "My phone broke"], [("broke-phone", 1), ("broken-phone", 1)]),
    ],
)  # fmt: skip
def test_groups_are_named_by_their_words(texts, groups):
    found = group(*texts)
    assert [(id if id[:1] != "q" else "", count) for id, count in found] == groups


def test_names_keep_their_capitals_and_beginnings_lose_them():
    quotes = make_quotes("Every Monday we sort duplicates", "Duplicates, each Monday again", "Monday is for duplicates")
    assert [one.words for one in group_quotes(quotes, Lexicon(quotes, "en"))] == [("Monday", "duplicates")]


def test_what_everybody_says_groups_nobody():
    texts = [
        f"Marketing leads are {word} for us"
        for word in ["late", "cold", "wrong", "old", "few", "many", "odd", "bad", "dull", "sour"]
    ]
    texts += [f"Marketing leads come {word}" for word in ["twice", "broken", "unsorted", "naked"]]
    assert {count for _, count in group(*texts)} == {1}


def test_other_languages_group_without_stop_words():
    texts = ["Die Übergabe ist zu langsam", "Bei uns sind Übergaben einfach langsam", "Wir haben nie Zeit"]
    assert group(*texts, tag="de")[0][1] == 2


@pytest.fixture(scope="module")
def book():
    return Handbook(load_folder(ROOT))


def test_groups_are_stable_and_whole(book):
    quotes = list(book.quotes)
    lexicon = Lexicon(quotes, "en")
    groups = group_quotes(quotes, lexicon)
    assert Counter(quote for one in groups for quote in one.quotes) == Counter(quotes)
    assert len({one.id for one in groups}) == len(groups)
    for one in groups:
        for quote in one.quotes:
            assert one.stems <= lexicon.by_quote[quote.id]
    random.Random(4).shuffle(quotes)
    assert group_quotes(quotes, Lexicon(quotes, "en")) == groups


def test_what_nothing_answers_comes_first(book):
    pains = list_pains(book)
    flags = [bool(pain.answers) for pain in pains]
    assert flags == sorted(flags) and {*flags} == {True, False}
    sizes = [len(pain.group.quotes) for pain in pains if not pain.answers]
    assert sizes == sorted(sizes, reverse=True) and sizes[0] > 1
    for pain in pains:
        for answer in pain.answers:
            assert answer.message.status == "approved" and (answer.words or answer.message.answers)
