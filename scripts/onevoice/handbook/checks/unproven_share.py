"""A boilerplate text claims a share without proof.

Journalists quote such texts word for word. Name in `proof` the claim that a share like "most", "half of" or "40%" rests
on, or take the share out.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook

WORD = "one|two|three|four|five|six|seven|eight|nine|ten"
SHARE = re.compile(
    r"(?<![\w.])\d+(?:[.,]\d+)?\s?(?:%|percent\b|per cent\b)|"
    r"\bmost (?:of\b|(?!(?:process|business|success|importan|likel|recent)\w*\b)\w+s\b)|"
    r"\b(?:the|a|vast) majority\b|\bhalf (?:of|the|our|all)\b|"
    rf"\b(?:\d+|{WORD}) (?:in|out of) (?:every )?(?:\d+|{WORD})\b|\b\d+ of (?:every )?\d+\b|"
    rf"\b(?:an?|{WORD})[ -](?:thirds?|quarters?|fifths?|tenths?) of\b|\b(?:nearly|almost) (?:all|every)\b",
    re.I,
)


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each boilerplate text with a share whose record names no proof that may be used."""
    for message in handbook.list_approved("messages"):
        if message.type != "boilerplate" or handbook.resolve_ids("proof", message.proof):
            continue
        for index, length in enumerate(message.lengths):
            if found := SHARE.search(length.text):
                text = f"“{found[0]}” is a share without proof. Name the claim it rests on in `proof`, or take it out."
                loc = ("lengths", index, "text")
                yield handbook.make_record_finding("unproven-share", "error", message, loc, text, match=found[0])
