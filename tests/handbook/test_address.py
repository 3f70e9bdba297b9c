"""What a word is called in an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevoice.handbook.address import make_slug
from onevoice.matcher.fold import make_match_key, normalize_text


@pytest.mark.parametrize(
    ("word", "address"),
    [
        ("buyer's journey", "buyers-journey"),
        ("buyer´s journey", "buyers-journey"),
        ("24/7", "24-7"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("R&D", "r-and-d"),
        (".NET", "net"),
        ("Café", "cafe"),
        ("日本語", "日本語"),
        ("../../etc", "etc"),
        ("!", "sign"),
    ],
)
def test_slug(word, address):
    assert make_slug(word) == address


@given(st.text(st.sampled_from("aZéßİ e\u0301'’´‑-–+#&/\u00ad\u200b\u00a0東ﬁ"), max_size=12))
def test_all_spellings_of_one_word_have_one_address(word):
    for other in (word.upper(), normalize_text(word), make_match_key(word), f" {word}\u200b"):
        if make_match_key(other) == make_match_key(word):
            assert make_slug(other) == make_slug(word)
