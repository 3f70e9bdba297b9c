"""A record names a picture that doesn't exist or can't be used.

The brand page shows logos and offers them for download, and the catalog shows covers. So each must be in the content
folder, in `identity/` or `pictures/`, under the name that the record gives: a regular file, neither a link out of the
handbook nor too large. Correct the name, or add the file.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook
from onevoice.load.walk import CONTENT
from onevoice.records import Record


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each logo and each cover whose file is not in the content folder."""
    named: list[tuple[Record, tuple[str | int, ...], str]] = []
    if identity := handbook.find_single("identity"):
        named += [(identity, ("logos", index, "file"), logo.file) for index, logo in enumerate(identity.logos)]
    named += [(asset, ("picture",), asset.picture) for asset in handbook.list_records("assets") if asset.picture]
    for record, loc, file in named:
        if file not in handbook.load_result.files:
            message = f"there is no file {CONTENT}/{file} in the handbook. Correct the name, or add the file."
            if reason := handbook.load_result.refused_files.get(file):
                message = f"{CONTENT}/{file} {reason}"
            yield handbook.make_record_finding("missing-file", "error", record, loc, message, match=file)
