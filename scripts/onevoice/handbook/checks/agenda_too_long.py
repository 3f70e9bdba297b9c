"""An agenda takes longer than its meeting.

A meeting that runs over eats into the next call. Shorten the agenda, or make the meeting longer.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """A warning for each meeting whose agenda items add up to more minutes than it has."""
    for meeting in handbook.list_approved("meetings"):
        total = sum(item.minutes for item in meeting.agenda)
        if total > meeting.minutes:
            message = (
                f"the agenda takes {total} minutes, but `{meeting.id}` has only {meeting.minutes}. Shorten the agenda."
            )
            yield handbook.make_record_finding(
                "agenda-too-long", "warning", meeting, ("minutes",), message, match=str(meeting.minutes)
            )
