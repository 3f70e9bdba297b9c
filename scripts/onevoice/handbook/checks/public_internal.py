"""An asset for us is public, so that customers could read about it.

Scripts, battle cards and notes for colleagues name what customers shouldn't read. Delete `public: true`, or say
`for: customers` if it's fine to send.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each asset that is both public and for us."""
    for asset in handbook.list_records("assets"):
        if asset.public and asset.is_internal:
            message = "`public: true` lets customers read it, but it's for us. Delete it, or write `for: customers`."
            yield handbook.make_record_finding("public-internal", "error", asset, ("public",), message)
