"""Quotes: what customers said, in their own words, as `content/quotes/*.csv` has them. No person is in them."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

COLUMNS = ("week", "form", "about", "persona", "stage", "id", "words")
ABOUT = ("pain", "objection")


class Quote(NamedTuple):
    """What one customer said.

    week: by ISO 8601, such as `2026-W48`. form: the id of the form, or the name of the map, that it comes from. about:
    in ABOUT. persona, stage: ids, or "". id: made from all that stays the same when a form is exported again.
    """

    week: str
    form: str
    about: str
    persona: str
    stage: str
    id: str
    words: str


def make_quote_id(week: str, form: str, about: str, words: str) -> str:
    """The id of a quote: the same words in the same form and week are one quote."""
    text = "\n".join((week, form, about, " ".join(words.casefold().split())))
    return f"q{hashlib.sha256(text.encode()).hexdigest()[:10]}"
