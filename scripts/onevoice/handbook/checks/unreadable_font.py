"""A font file isn't a font.

The pages are set in the files that a typeface names: TrueType (`.ttf`), OpenType (`.otf`), WOFF or WOFF2. This one
begins like none of them. Perhaps it's a web page that was saved instead of the font, a ZIP archive, or what
Git LFS keeps instead of a large file. Put the font itself there.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook
from onevoice.load.walk import CONTENT

# How TrueType, Apple's TrueType, OpenType, WOFF and WOFF2 begin.
BEGINNINGS = (b"\0\1\0\0", b"true", b"OTTO", b"wOFF", b"wOF2")


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each file of a typeface that is no font."""
    identity = handbook.find_single("identity")
    if identity is None:
        return
    for index, face in enumerate(identity.typefaces):
        for n, file in enumerate(face.files):
            data = handbook.load_result.files.get(file)
            if data is not None and not data.startswith(BEGINNINGS):
                message = f"{CONTENT}/{file} isn't a font. Put a TTF, OTF, WOFF or WOFF2 file there."
                loc = ("typefaces", index, "files", n)
                yield handbook.make_record_finding("unreadable-font", "error", identity, loc, message, match=file)
