"""Two records of one kind have the same id.

An id is a record's permanent name and the address of its page, so it can belong to one record only.
Give one of the two another id.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each record whose id an earlier record of its kind has."""
    for record, place in handbook.loaded.records:
        first = handbook.place(record)
        if first is not place:
            where = f"{first.path}:{first.line}"
            what = f"there is only one {record.KIND} record" if record.SINGLE else f"the id `{record.id}` is taken"
            message = f"{what}: see {where}. Give this one another id, or delete one of the two."
            if record.SINGLE:
                message = f"{what}, and it stands in {where}. Delete one of the two."
            yield Finding("duplicate-id", "error", place.path, place.span("id"), record.id, message)
