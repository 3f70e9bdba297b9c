"""A record names a file that doesn't exist or can't be used.

The brand page shows logos and offers them for download, so each must be in the content folder under the name that the
record gives: a regular file, neither a link out of the handbook nor too large. Correct the name, or add the file.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook
from onevoice.load.walk import CONTENT


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each logo whose file is not in the content folder."""
    identity = handbook.find_single("identity")
    files = handbook.load_result.files
    if identity is None:
        return
    for index, logo in enumerate(identity.logos):
        if logo.file not in files:
            message = f"there is no file {CONTENT}/{logo.file} in the handbook. Correct the name, or add the file."
            if reason := handbook.load_result.refused_files.get(logo.file):
                message = f"{CONTENT}/{logo.file} {reason}"
            yield handbook.make_record_finding(
                "missing-file", "error", identity, ("logos", index, "file"), message, match=logo.file
            )
