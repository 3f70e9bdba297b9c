"""The check `claimed-twice` and the matcher mean the same by one word."""

import datetime
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onevoice.handbook.checks import claimed_twice
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import LoadResult, load_files
from onevoice.matcher.characters import INVISIBLE
from onevoice.matcher.compile import compile_terms
from onevoice.matcher.matcher import Context, Matcher

TODAY = datetime.date(2026, 11, 22)
SIGNS = (
    "aaAbBéÉßİıſ  e\u0301\u0327'’‘ʼ＇´-‐‑‒–—−﹣－\u00ad\u200b\u2060\ufe0f\ufeff\u00a0\t東한\u1112\u1161\u11abﬁ\u212a"
)
WORDS = st.text(st.sampled_from(SIGNS), min_size=1, max_size=6)
# A word, and the same with a sign in place of another one.
PAIRS = st.tuples(WORDS, st.sampled_from(SIGNS), st.sampled_from(SIGNS)).map(
    lambda three: (three[0], three[0].replace(three[1], three[2]))
)


def read(*words: str) -> Handbook:
    """A handbook with a term for each word, which avoids it. A verb has no plural, which would be another word."""
    loaded = load(*words)
    assert not loaded.findings
    return Handbook(loaded)


def load(*words: str) -> LoadResult:
    terms = [
        {"id": f"t{at}", "preferred": f"zz{at}", "definition": "d", "part_of_speech": "verb", "avoid": [word]}
        for at, word in enumerate(words)
    ]
    return load_files([("terms", "terminology/terms.yaml", json.dumps({"terms": terms}).encode())])


def finds(word: str, text: str) -> bool:
    """Whether a lint for the word finds it in the text, and all of the text but for what nobody sees."""
    matcher = Matcher(compile_terms(read(word).list_approved("terms")))
    hits = matcher.find_hits(text, document=Context(TODAY))
    return len(hits) == 1 and not (text[: hits[0].start] + text[hits[0].end :]).strip(f"{INVISIBLE} \t\u00a0")


def claims(one: str, other: str) -> bool:
    """Whether `claimed-twice` says that two terms avoid one word."""
    return bool(list(claimed_twice.check(read(one, other), TODAY)))


def is_word(text: str) -> bool:
    # A text of marks alone is refused: nobody could see it.
    return bool(text.strip(f"{INVISIBLE} \t\u00a0")) and not load(text).findings and finds(text, text)


@given(st.one_of(PAIRS, st.tuples(WORDS, WORDS)))
@example(("a-b", "a–b"))
@example(("a-b", "a−b"))
@example(("a´b", "a'b"))
@example(("a\ufe0fb", "ab"))
@example(("\u200b ab", "ab"))
@example(("É", "e\u0301"))
def test_the_check_and_the_matcher_agree(pair):
    one, other = pair
    if is_word(one) and is_word(other):
        assert claims(one, other) == finds(one, other) == finds(other, one)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("e-mail", "E‑mail", True), ("buyer's", "buyer´s", True), ("on-line", "on–line", False), ("a b", "a-b", False)],
)
def test_what_one_word_is(one, other, same):
    assert claims(one, other) == finds(one, other) == same
