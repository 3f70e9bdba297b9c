"""A record names a file that doesn't exist or can't be used.

The brand page shows logos and offers them for download, the catalog shows covers, and the pages are set in the fonts
that a typeface names. So each must be in the content folder, in `identity/` or `pictures/`, under the name that the
record gives: a regular file, neither a link out of the handbook nor too large. Correct the name, or add the file.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook
from onevoice.load.walk import CONTENT
from onevoice.records import KINDS


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each file that a record names and that is not in the content folder."""
    loaded = handbook.load_result
    for record in (record for kind in KINDS for record in handbook.list_records(kind)):
        for loc, file in record.iter_files():
            if file not in loaded.files:
                message = f"there is no file {CONTENT}/{file} in the handbook. Correct the name, or add the file."
                if reason := loaded.refused_files.get(file):
                    message = f"{CONTENT}/{file} {reason}"
                yield handbook.make_record_finding("missing-file", "error", record, loc, message, match=file)
