"""Only one side attends a meeting.

This handbook lists the meetings that sales and marketing attend together; each team keeps its own elsewhere.
Add a team from the other side to `who`, or remove the meeting.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each meeting whose teams are not on both sides."""
    for meeting in handbook.list_approved("meetings"):
        missing = {"sales", "marketing"} - handbook.find_sides(meeting.who)
        if missing and all(handbook.find_record("teams", id) for id in meeting.who):
            who = " and ".join(sorted(missing))
            message = f"nobody from {who} attends `{meeting.id}`. Add a team from that side to `who`."
            yield handbook.make_record_finding(
                "one-sided-meeting", "error", meeting, ("who",), message, match=meeting.id
            )
