"""A public record leans on one that is for colleagues only.

The public site leaves internal records out, so a public page would point at nothing, or give away what it should not.
Make the other record public, or this one internal.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook

# Who keeps a record and where to ask are left off public pages.
EXEMPT_KINDS = ("teams", "stages", "forms")


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each reference from a public record to an internal one, owners and forms aside."""
    for reference in handbook.references:
        if not reference.record.public or reference.kind in EXEMPT_KINDS:
            continue
        other = handbook.find_record(reference.kind, reference.id)
        if other and not other.public:
            place = handbook.locate_record(other)
            where = f"{place.path}:{place.line}"
            message = (
                f"`{reference.record.id}` is public but leans on `{other.id}`, which is not: {where}. "
                "Set `public: true` there, or delete it here."
            )
            yield handbook.make_record_finding(
                "public-leans-on-internal", "error", reference.record, reference.loc, message, match=other.id
            )
