"""The sieve lets pass every text that holds a word, whatever stands around it."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from onevoice.matcher.compile import compile_terms
from onevoice.matcher.matcher import Context, Matcher
from onevoice.records.term import Term

DAY = Context(datetime.date(2026, 11, 22))
AVOID = ["sign up", "e-mail", "buyer's journey", "café", "东京", "say “yes”", "C++", "straße", "and", "…"]
UNQUOTED = [{"term": word, "unless": []} for word in AVOID]
MATCHER = Matcher(
    compile_terms(
        [
            Term.model_validate(
                {
                    "id": "x",
                    "preferred": "other",
                    "definition": "d",
                    "avoid": [{"term": a, "unless": []} for a in AVOID],
                }
            ),
            Term.model_validate({"id": "y", "preferred": "iPhone", "definition": "d", "case": "exact"}),
        ]
    )
)
BITS = [*AVOID, "iPhone", "IPHONE", "sign", "up", "mail", " ", "  ", "\n", "\t", "\u00a0", "\u00ad", "\u0301", "’", "“",
        "”", "–", "\u2011", "-", ".", "\ufffc", "\x01", "\x02", "x", "É", "É", "SS", "ß", "京"]  # fmt: skip
text = st.lists(st.sampled_from(BITS), max_size=8).map("".join)


@given(st.lists(text, max_size=6))
def test_no_hit_is_lost(texts):
    kept = [block.number for block in MATCHER.blocks_to_check(texts)]
    assert kept == sorted(set(kept))
    with_hits = [number for number, one in enumerate(texts) if MATCHER.find_hits(one, document=DAY)]
    assert set(with_hits) <= set(kept)


@given(st.lists(text, max_size=6))
def test_what_the_quick_look_knows_is_what_a_closer_one_finds(texts):
    for block in MATCHER.blocks_to_check(texts):
        one = texts[block.number]
        assert MATCHER.find_hits(one, document=DAY, known=block) == MATCHER.find_hits(one, document=DAY)


def test_texts_without_a_word_are_left_out():
    texts = ["Nothing here.", "We sign up.", "Two  spaces — and", "An “ox”", "Signs up", "SIGN\u00a0UP"]
    assert [block.number for block in MATCHER.blocks_to_check(texts)] == [1, 2, 5]


def test_a_name_as_it_should_be_is_looked_at_and_fine():
    assert MATCHER.find_hits("My iPhone.", document=DAY) == []
    assert [hit.category for hit in MATCHER.find_hits("My Iphone.", document=DAY)] == ["case"]


def test_no_texts():
    assert list(MATCHER.blocks_to_check([])) == []
