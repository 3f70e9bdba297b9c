"""A record's review is overdue.

Nobody trusts a page with an old date. Read the record, fix it if it's no longer true, and set `reviewed: date` to
today's date. The calendar alone never fails a handbook: this is a warning, and an error only with `check --strict`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook
from onevoice.records import KINDS


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """A warning for each record whose review is overdue."""
    for kind in KINDS:
        for record in handbook.list_approved(kind):
            due = handbook.compute_due_date(record)
            if due and due < today:
                owner = f" Owner: {record.owner}." if record.owner else ""
                message = f"the review of `{record.id}` was due on {due}. Read it again, then update the date.{owner}"
                yield handbook.make_record_finding("review-overdue", "warning", record, ("reviewed", "date"), message)
