"""No regular expression of ours takes the square of a text's length, whatever the text is made of."""

import random
import re

import pytest

from growth.patterns import Use, find_square_text, list_texts, list_uses
from rounds import choose_count

# Of these a search goes over a text many times, if the text is made for it.
HARMLESS = {
    "onevoice.engine.policy.CHARSET": "it reads our own pages",
    "onevoice.engine.policy.CUT_LABEL": "it reads our own pages",
    "onevoice.engine.policy.HEAD": "it reads our own pages",
    "onevoice.engine.policy.SCRIPT": "it reads our own pages",
    "onevoice.engine.policy.TEMPLATE_TAG": "it reads our own templates",
    "onevoice.engine.server.BODY_TAG": "it reads our own pages",
    "onevoice.load.edit:125": "it reads a record in which its owner writes a date",
}
USES = [use for use in list_uses() if use.where not in HARMLESS]


def test_patterns_and_their_worst_texts_are_found():
    assert len(USES) > 150
    pattern = re.compile("<a[^>]*>")
    assert find_square_text(Use("here", pattern, frozenset({"finditer"})), list_texts(pattern))
    assert not find_square_text(Use("here", pattern, frozenset({"match"})), list_texts(pattern))


@pytest.mark.rounds
@pytest.mark.parametrize("use", USES, ids=[use.where for use in USES])
def test_a_search_goes_over_a_text_once(use):
    texts = list_texts(use.pattern)
    chosen = random.Random(use.where).sample(texts, min(choose_count(6, len(texts)), len(texts)))
    assert find_square_text(use, chosen) is None
