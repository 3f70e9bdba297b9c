"""A figure in content/metrics names a person.

What is committed stays in Git for good, so only sums per week go there, under the ids of records or under words that
anyone could have searched for. An email address, a phone number, an IP address or an id of another system leads to one
person. Delete the line, and find out how it got there: `onevoice data add` leaves such things out.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding, Span
from onevoice.handbook.handbook import Handbook
from onevoice.privacy import find_personal_data
from onevoice.records import KINDS


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each line with something that leads to a person."""
    clean: set[str] = set()
    for measure, (path, line) in handbook.load_result.measures.items():
        kind, _, id = measure.record.partition("/")
        if kind in KINDS and handbook.find_record(kind, id):
            clean.add(measure.record)  # Whatever it's called, the handbook says so.
        for text in (measure.record, measure.measure):
            if text in clean:
                continue
            if found := find_personal_data(text.partition("/")[2] if text is measure.record else text):
                message = f"this line has {found} in it. Delete the line; only sums of many people belong here."
                yield Finding("personal-data", "error", path, Span(line, 1, line, 1), "", message)
            else:
                clean.add(text)
