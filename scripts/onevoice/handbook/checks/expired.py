"""A claim or an asset is past its expiration date.

A three-year-old figure or an offer that has ended does harm. Renew it with a new date, or retire it with
`status: retired`. The calendar alone never fails a handbook: this is a warning.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook
from onevoice.records.asset import Asset
from onevoice.records.proof import Proof


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """A warning for each claim or asset whose `expires` date has passed."""
    records: list[Proof | Asset] = [*handbook.list_approved("proof"), *handbook.list_approved("assets")]
    for record in records:
        if record.expires and record.expires < today:
            message = f"`{record.id}` expired on {record.expires}. Renew it with a new date, or set `status: retired`."
            yield handbook.make_record_finding(
                "expired", "warning", record, ("expires",), message, match=str(record.expires)
            )
