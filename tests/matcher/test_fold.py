"""Folded text: what readers take for the same words is the same, and every place leads back."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevoice.matcher.fold import fold_text, make_match_key, normalize_text

TRICKY = st.text(
    st.sampled_from("aZéßİ e\u0301\u0327'’‑-\u00ad\u200b\u00a0 \t\n東京한\u1112\u1161\u11ab😀ﬁ\u0345"), max_size=30
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sign  Up", "sign\u00a0up"),
        ("buyer’s", "BUYER'S"),
        ("buyer´s", "buyer's"),
        ("\u200b lead", "lead"),
        ("e‑mail", "E-mail"),
        ("cafe\u0301", "CAFÉ"),
        ("mar\u00adket\u200bing", "marketing"),
        ("Straße", "STRASSE"),
        ("한", "\u1112\u1161\u11ab"),
    ],
)
def test_same_words_fold_alike(one, other):
    assert make_match_key(one) == make_match_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("email", "e-mail"), ("resume", "résumé"), ("signup", "sign up"), ("a–b", "a-b"), ("a−b", "a-b")],
)
def test_other_words_do_not(one, other):
    assert make_match_key(one) != make_match_key(other)


@given(TRICKY)
def test_places_lead_back(text):
    folded = fold_text(text)
    for at in range(len(folded.text)):
        start, end = folded.map_to_source(at, at + 1)
        assert 0 <= start < end <= len(text)
        assert folded.text[at] in fold_text(text[start:end]).text


@given(TRICKY)
def test_folding_is_that_of_the_composed_text(text):
    assert fold_text(text).text == fold_text(unicodedata.normalize("NFC", text)).text


@given(TRICKY)
def test_tidy_keeps_case_only(text):
    assert fold_text(normalize_text(text)).text == fold_text(text).text
    assert normalize_text(normalize_text(text)) == normalize_text(text)
