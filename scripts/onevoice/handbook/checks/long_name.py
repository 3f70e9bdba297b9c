"""The address of an avoided word is too long for a file.

Each avoided word has an address of its own, `/glossary/<the word>/`, and the site has a folder of that name. File
systems take names of 255 bytes; a sign of Chinese takes three. Avoid the part of the phrase that you mind.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice import limits
from onevoice.finding import Finding
from onevoice.handbook.address import make_slug
from onevoice.handbook.handbook import Handbook


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each avoided word whose name in its address has more bytes than a file system takes."""
    for term in handbook.list_approved("terms"):
        for index, avoid in enumerate(term.avoid):
            # An address of ASCII is no longer than its words.
            if len(avoid.term) <= limits.MAX_NAME_BYTES and avoid.term.isascii():
                continue
            if (size := len(make_slug(avoid.term).encode())) > limits.MAX_NAME_BYTES:
                message = (
                    f"this phrase makes an address of {size} bytes, too long for the name of a file "
                    f"({limits.MAX_NAME_BYTES} at most). Avoid a part of it."
                )
                loc = ("avoid", index, "term")
                yield handbook.make_record_finding("long-name", "error", term, loc, message)
