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
from onevoice.records import Record
from onevoice.records.identity import Identity

Loc = tuple[str | int, ...]


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each file that a record names and that is not in the content folder."""
    named: list[tuple[Record, Loc, str]] = []
    if identity := handbook.find_single("identity"):
        named += [(identity, loc, file) for loc, file in _iter_named_files(identity)]
    named += [(asset, ("picture",), asset.picture) for asset in handbook.list_records("assets") if asset.picture]
    for record, loc, file in named:
        if file not in handbook.load_result.files:
            message = f"there is no file {CONTENT}/{file} in the handbook. Correct the name, or add the file."
            if reason := handbook.load_result.refused_files.get(file):
                message = f"{CONTENT}/{file} {reason}"
            yield handbook.make_record_finding("missing-file", "error", record, loc, message, match=file)


def _iter_named_files(identity: Identity) -> Iterator[tuple[Loc, str]]:
    """Each file with the place of its name."""
    yield from ((("logos", index, "file"), logo.file) for index, logo in enumerate(identity.logos))
    for index, face in enumerate(identity.typefaces):
        yield from ((("typefaces", index, "files", n), file) for n, file in enumerate(face.files))
        if face.license_file:
            yield ("typefaces", index, "license_file"), face.license_file
    for index, template in enumerate(identity.templates):
        if template.picture:
            yield ("templates", index, "picture"), template.picture
    if identity.motif:
        yield ("motif",), identity.motif
