"""A side disagrees with a record, and it isn't settled yet.

`dissent` names the side, the day and the reason. Talk it over, change the record or someone's mind, and remove the
entry; the longer it stays, the less the record is worth. The calendar alone never fails a handbook: this is a warning.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook
from onevoice.records import KINDS


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """A warning for each dissent, with its age."""
    for kind in KINDS:
        for record in handbook.list_approved(kind):
            for index, dissent in enumerate(record.dissent):
                age = max((today - dissent.date).days, 0)
                message = (
                    f"{dissent.side} disagrees with `{record.id}`: {dissent.why} "
                    f"Open for {age} day{'s' * (age != 1)}. Settle it, then remove the entry."
                )
                yield handbook.make_record_finding("open-dissent", "warning", record, ("dissent", index), message)
