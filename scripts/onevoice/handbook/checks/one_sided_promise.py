"""Only one side promises something at a handoff.

If only one side makes a promise, it's an order. The giver promises what the lead is like; the taker promises what
happens with it. Add what the other side promises, as both agreed.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook

COUNTERPARTS = {"giver_promises": "taker_promises", "taker_promises": "giver_promises"}


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each handoff with promises from only the giver or only the taker."""
    for stage in handbook.list_approved("leads"):
        for index, handoff in enumerate(stage.handoffs):
            for field, other in COUNTERPARTS.items():
                if getattr(handoff, field) and not getattr(handoff, other):
                    one, two = field.split("_")[0], other.split("_")[0]
                    message = (
                        f"only the {one} promises something at the handoff from `{stage.id}` to `{handoff.to}`. "
                        f"Add `{other}`: what the {two} promises in return."
                    )
                    yield handbook.make_record_finding(
                        "one-sided-promise", "error", stage, ("handoffs", index, field), message, match=field
                    )
