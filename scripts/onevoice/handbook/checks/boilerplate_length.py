"""A boilerplate text is more than 10 % longer or shorter than it says.

Publications ask for a number of words and cut the rest. Shorten or lengthen the text, or correct `words`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook

TOLERANCE = 0.10


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """A warning for each text whose number of words is off by more than a tenth."""
    for message in handbook.list_approved("messages"):
        for index, length in enumerate(message.lengths):
            count = len(length.text.split())
            if abs(count - length.words) > length.words * TOLERANCE:
                text = f"the text has {count} words, not {length.words}. Fix the text, or write `words: {count}`."
                loc = ("lengths", index, "words")
                yield handbook.make_record_finding(
                    "boilerplate-length", "warning", message, loc, text, match=str(length.words)
                )
