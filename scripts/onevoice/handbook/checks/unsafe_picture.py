"""A picture could do more than be seen.

An SVG is a small program: it can run scripts, load files from elsewhere and repeat itself without end. The site
publishes pictures as they are, and opens them to anyone, so none with such parts is taken. Export it again as a plain
SVG, or delete the part that the message names.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.drawing import find_danger
from onevoice.handbook.handbook import Handbook
from onevoice.load.walk import CONTENT
from onevoice.records import KINDS
from onevoice.records.identity import Identity


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each picture that is not safe to publish."""
    for record in (record for kind in KINDS for record in handbook.list_records(kind)):
        for loc, file in record.iter_files():
            data = handbook.load_result.files.get(file)
            # What has a role is published as SVG, whatever its name.
            is_svg = isinstance(record, Identity) and file in _list_drawings(record)
            if data is None or not (is_svg or file.lower().endswith(".svg")):
                continue
            if danger := find_danger(data):
                message = f"{CONTENT}/{file} {danger}, so it can't be published. Export it again as a plain SVG."
                yield handbook.make_record_finding("unsafe-picture", "error", record, loc, message, match=file)


def _list_drawings(identity: Identity) -> set[str | None]:
    return {identity.motif, *(logo.file for logo in identity.logos if logo.role)}
