"""No lead ever gets to a stage.

A stage to which no way leads is a rule that nobody follows. Add the step or the handoff that leads there, mark the
stage with `starts: true` where leads come in, or retire it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook
from onevoice.handbook.ways import find_reachable, list_transitions


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each lead stage that cannot be reached from one where leads come in."""
    stages = handbook.list_approved("leads")
    starts = {stage.id for stage in stages if stage.starts}
    if stages and not starts:
        message = "no lead stage says that leads come in there. Add `starts: true` to the first one."
        yield handbook.make_record_finding(
            "unreachable-stage", "error", stages[0], ("id",), message, match=stages[0].id
        )
        return
    reached = find_reachable(starts, {(way.start.id, way.end.id) for way in list_transitions(handbook)})
    for stage in stages:
        if stage.id not in reached:
            message = f"no way leads to `{stage.id}`. Add a step or a handoff to it, or `starts: true`, or retire it."
            yield handbook.make_record_finding("unreachable-stage", "error", stage, ("id",), message, match=stage.id)
