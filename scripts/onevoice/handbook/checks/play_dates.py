"""A play does not say when it runs, or ends before it starts.

A campaign without an end is never over: people keep using its words and offers. Give it a first day (`starts`) and a
last day (`ends`); after that it moves to the archive automatically.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each play without a first or a last day, or with the last before the first."""
    for play in handbook.list_approved("plays"):
        missing = [f"`{name}`" for name in ("starts", "ends") if not getattr(play, name)]
        if missing:
            message = f"`{play.id}` has no {' and no '.join(missing)}. Add the day as YYYY-MM-DD."
            yield handbook.make_record_finding("play-dates", "error", play, ("id",), message, match=play.id)
        elif play.ends and play.starts and play.ends < play.starts:
            message = f"`{play.id}` ends on {play.ends}, before it starts on {play.starts}. Correct one of the two."
            yield handbook.make_record_finding("play-dates", "error", play, ("ends",), message, match=str(play.ends))
