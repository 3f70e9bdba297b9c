"""A play sends what is for us only, or something like that replaces what customers get.

Scripts, battle cards and notes for colleagues name what customers shouldn't read. List such an asset under `use` of the
play, or say `for: customers` if it's fine to send.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each asset for us in `send` of a play, or in `replaced_by` of an asset for customers."""
    for reference in handbook.references:
        record, field = reference.record, reference.loc[0]
        if reference.kind != "assets" or record.status in ("retired", "declined"):
            continue
        asset = handbook.find_record("assets", reference.id)
        if not asset or not asset.is_internal:
            continue
        place = handbook.locate_record(asset)
        where = f"{place.path}:{place.line}"
        if record.KIND == "plays" and field == "send":
            message = f"`{asset.id}` is for us and never sent ({where}). Move it to `use`, or send another asset."
        elif field == "replaced_by" and not getattr(record, "is_internal", True):
            message = (
                f"`{record.id}` is for customers, but `{asset.id}` is for us ({where}). "
                "Name one that may be sent, or delete it."
            )
        else:
            continue
        yield handbook.make_record_finding("send-internal", "error", record, reference.loc, message, match=asset.id)
