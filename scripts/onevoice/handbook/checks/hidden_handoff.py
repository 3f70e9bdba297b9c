"""A lead changes hands without a handoff.

A step leaves the lead with the team that holds it. If another team holds the next stage, the lead changes hands, and
that needs a taker, a clock and a way back. A handoff also has to be between the teams that hold the two stages.
Turn the step into a handoff, or correct the teams.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook
from onevoice.handbook.ways import list_transitions


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each step between two teams, and each handoff whose giver or taker does not hold the stage."""
    for way in list_transitions(handbook):
        giver, taker = way.start.held_by, way.end.held_by
        if way.kind == "step" and giver != taker:
            message = (
                f"`{way.start.id}` is held by `{giver}` and `{way.end.id}` by `{taker}`, so the lead changes hands. "
                "Move it to `handoffs`, with a taker, a clock and a way back."
            )
            yield handbook.make_record_finding("hidden-handoff", "error", way.start, way.loc, message, match=way.end.id)
        if way.kind != "handoff":
            continue
        for field, named, stage in (("giver", giver, way.start), ("taker", taker, way.end)):
            said = getattr(way.handoff, field)
            if said and said != named:
                message = f"the {field} is `{said}`, but `{stage.id}` is held by `{named}`. Correct one of the two."
                loc = (*way.loc[:-1], field)
                yield handbook.make_record_finding("hidden-handoff", "error", way.start, loc, message, match=said)
