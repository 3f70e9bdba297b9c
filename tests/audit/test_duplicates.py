"""Duplicates: copies and near copies are found, other texts aren't, and one of each cluster stays."""

import io
import random

import pytest

from onevoice.audit import duplicates
from onevoice.audit.duplicates import Candidate, CandidateTable, find_duplicates, make_sketch
from onevoice.audit.row import hash_text

WORDS = [f"word{number}" for number in range(3000)]


def make_text(seed, count=400):
    return " ".join(random.Random(seed).choices(WORDS, k=count))


def change_words(text, share, seed=0):
    """The text with a part of it, in a row, in other words."""
    words, count = text.split(), int(len(text.split()) * share)
    start = random.Random(seed).randrange(len(words) - count + 1)
    return " ".join([*words[:start], *make_text(seed + 1, count).split(), *words[start + count :]])


def find_among(candidates):
    table = CandidateTable(io.BytesIO())
    for candidate in candidates:
        table.add_document(candidate)
    return find_duplicates(table)


def find(*texts, days=()):
    days = [*days, *[""] * (len(texts) - len(days))]
    made = [Candidate(f"{n}.md", hash_text([text]), len(text.split()), make_sketch([text]), days[n])
            for n, text in enumerate(texts)]  # fmt: skip
    return {number: tuple(found) for number, found in find_among(made).items()}


def test_the_same_words_are_the_same_however_they_are_laid_out():
    text = make_text(1, 30)
    assert hash_text([text]) == hash_text([text.replace(" ", "\n  ")])
    assert find(text, make_text(2, 30), text) == {2: (0, True)}


def test_texts_of_a_few_words_are_not_compared():
    assert find("Coming soon.", "Coming soon.") == {}


@pytest.mark.parametrize("seed", range(8))
def test_a_text_with_a_few_other_words_is_nearly_the_same(seed):
    text = make_text(seed)
    assert find(text, make_text(seed + 100), change_words(text, 0.04, seed)) == {2: (0, False)}


@pytest.mark.parametrize("seed", range(8))
def test_a_text_with_a_quarter_of_other_words_is_another(seed):
    text = make_text(seed)
    assert find(text, change_words(text, 0.25, seed)) == {}


def test_the_newest_stays_and_of_these_the_shortest_name():
    text = make_text(3)
    assert find(text, text, text, days=["2024-01-01", "2025-01-01", ""]) == {0: (1, True), 2: (1, True)}
    assert find(text, text) == {1: (0, True)}


def test_a_sketch_estimates_the_share_of_common_shingles():
    """The standard error of 64 bins is 0.06."""
    decode = duplicates.base64.b64decode
    for share in (0.1, 0.3, 0.5):
        seen = []
        for seed in range(20):
            text = make_text(seed, 600)
            one, other = make_sketch([text]), make_sketch([change_words(text, share, seed)])
            seen.append(duplicates.measure_similarity(decode(one), decode(other)))
        wanted = (1 - share) / (1 + share)
        assert abs(sum(seen) / len(seen) - wanted) < 0.05


def test_the_order_of_documents_does_not_count():
    texts = [make_text(number) for number in range(5)]
    texts += [change_words(text, 0.03) for text in texts]
    made = [Candidate(f"{'a' * n}.md", hash_text([text]), 400, make_sketch([text]), "") for n, text in enumerate(texts)]
    turned = made[::-1]
    there = {made[a].uri: made[found.number].uri for a, found in find_among(made).items()}
    back = {turned[a].uri: turned[found.number].uri for a, found in find_among(turned).items()}
    assert there == back and len(there) == 5
