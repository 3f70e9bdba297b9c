"""A record in use names one that is not: it is retired, declined, or only proposed.

A record that we no longer use must not be part of one that we do. Name another record, or retire this one too.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """A warning for each reference from an approved record to one that is not approved."""
    for reference in handbook.references:
        other = handbook.find_record(reference.kind, reference.id)
        if reference.record.status != "approved" or getattr(other, "status", "approved") == "approved":
            continue
        place = handbook.locate_record(other)
        message = (
            f"`{other.id}` is {other.status} ({place.path}:{place.line}), so it is left out here. "
            "Name another, or delete it."
        )
        yield handbook.make_record_finding(
            "retired-reference", "warning", reference.record, reference.loc, message, match=other.id
        )
