"""No lead can reach a stage.

A stage that no lead can reach is a rule that nobody follows. Add the step or handoff that leads there, mark the stage
with `starts: true` if leads enter there, or retire it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook
from onevoice.handbook.ways import find_reachable, list_transitions


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each lead stage that cannot be reached from a stage where leads enter."""
    stages = handbook.list_approved("leads")
    starts = {stage.id for stage in stages if stage.starts}
    if stages and not starts:
        message = "no lead stage says that leads enter there. Add `starts: true` to the first one."
        yield handbook.make_record_finding(
            "unreachable-stage", "error", stages[0], ("id",), message, match=stages[0].id
        )
        return
    reached = find_reachable(starts, {(way.start.id, way.end.id) for way in list_transitions(handbook)})
    for stage in stages:
        if stage.id not in reached:
            message = f"nothing leads to `{stage.id}`. Add a step or a handoff to it, or `starts: true`, or retire it."
            yield handbook.make_record_finding("unreachable-stage", "error", stage, ("id",), message, match=stage.id)
