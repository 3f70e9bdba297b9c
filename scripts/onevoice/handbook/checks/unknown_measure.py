"""A figure in content/metrics is about a record that isn't there.

No page shows it then. Usually the record was renamed or deleted: correct the id in the file, or delete the lines.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.errors import MAX_IDS_LISTED, suggest_known
from onevoice.finding import Finding, Span
from onevoice.handbook.handbook import Handbook
from onevoice.handbook.ways import list_transitions
from onevoice.records import KINDS
from onevoice.records.measure import name_handoff

# What is about no record of its own.
FREE = ("queries",)


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each record that measures name and that isn't in the handbook, once, at the first line."""
    if not handbook.load_result.measures:
        return
    handoffs = {name_handoff(way.start.id, way.end.id) for way in list_transitions(handbook) if way.kind == "handoff"}
    seen: set[str] = set()
    for measure, (path, line) in handbook.load_result.measures.items():
        kind, _, id = measure.record.partition("/")
        if measure.record in seen or kind in FREE:
            continue
        seen.add(measure.record)
        if measure.record in handoffs or (kind in KINDS and handbook.find_record(kind, id)):
            continue
        known = handbook.list_ids(kind) if kind in KINDS else []
        if kind == "handoffs":
            known = [one.partition("/")[2] for one in sorted(handoffs)]
        fix = suggest_known(id, known, most=MAX_IDS_LISTED) if known else "Delete the line."
        message = f"there is no `{measure.record}` in this handbook. {fix}"
        yield Finding("unknown-measure", "warning", path, Span(line, 1, line, 1), "", message)
