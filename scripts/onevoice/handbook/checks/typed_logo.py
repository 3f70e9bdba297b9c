"""The letters of a logo are set in a typeface.

Readers who don't have that typeface see another one, and the logo looks wrong. So do the PNG files that are made of
it. In your design program, convert the text to outlines (or paths), and export the logo again.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.drawing import has_text
from onevoice.handbook.handbook import Handbook
from onevoice.load.walk import CONTENT


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """A warning for each logo with text in it."""
    identity = handbook.find_single("identity")
    for index, logo in enumerate(identity.logos if identity else ()):
        if identity and has_text(handbook.load_result.files.get(logo.file, b"")):
            message = (
                f"{CONTENT}/{logo.file} has letters in a typeface that readers may lack. Convert them to outlines."
            )
            loc = ("logos", index, "file")
            yield handbook.make_record_finding("typed-logo", "warning", identity, loc, message, match=logo.file)
