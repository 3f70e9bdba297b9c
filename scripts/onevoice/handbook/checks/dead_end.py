"""A lead can get stuck in a stage.

Leads get lost when nobody knows what comes next. Each stage needs a way forward (`steps` or `handoffs`) that eventually
leads to a stage with `ends: true`. Add the missing step or handoff, or mark the stage as an end.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook
from onevoice.handbook.ways import find_reachable, list_transitions


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each lead stage without a way forward, and each from which no way leads to an end."""
    stages = handbook.list_approved("leads")
    found = list_transitions(handbook)
    leaves = {way.start.id for way in found}
    ended = find_reachable({stage.id for stage in stages if stage.ends}, {(way.end.id, way.start.id) for way in found})
    for stage in stages:
        if stage.id in ended:
            continue
        message = (
            f"leads at `{stage.id}` go in circles and never reach an end. Add a step or a handoff that leads to one."
        )
        if stage.id not in leaves:
            message = f"`{stage.id}` is a dead end: nothing comes after it. Add `steps` or `handoffs`, or `ends: true`."
        yield handbook.make_record_finding("dead-end", "error", stage, ("id",), message, match=stage.id)
