"""A meeting to which only one side comes.

Meetings in this handbook are those in which sales and marketing come together; each team keeps its own elsewhere.
Add a team of the other side to `who`, or take the meeting out.
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
            message = f"nobody from {who} comes to `{meeting.id}`. Add a team of that side to `who`."
            yield handbook.make_record_finding(
                "one-sided-meeting", "error", meeting, ("who",), message, match=meeting.id
            )
