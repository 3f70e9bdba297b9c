"""A handoff does not say who takes the lead, by when, with what, or how it comes back.

Leads get lost when they change hands. So each handoff names the team that gives and the team that takes, the one role
that accepts the lead, a clock, what comes with it, and the way back with its reasons. Add what is missing.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook

REQUIRED_FIELDS = {
    "giver": "who hands over",
    "taker": "who takes it",
    "taken_by": "which role takes it",
    "clock": "no clock",
    "hands_over": "what comes with it",
    "comes_back": "no way back",
}


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each handoff that leaves something open, once, with everything that is missing."""
    for stage in handbook.list_approved("leads"):
        for index, handoff in enumerate(stage.handoffs):
            missing = [name for name in REQUIRED_FIELDS if not getattr(handoff, name)]
            if missing:
                what = ", ".join(f"`{name}` ({REQUIRED_FIELDS[name]})" for name in missing)
                message = f"the handoff from `{stage.id}` to `{handoff.to}` leaves open: {what}. Add it."
                loc = ("handoffs", index, "to")
                yield handbook.make_record_finding("open-handoff", "error", stage, loc, message, match=handoff.to)
