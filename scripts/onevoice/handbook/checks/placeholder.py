"""A record is still the text that `onevoice init` wrote.

Its keys are right, its words aren't yours. Write your own, then delete the line `placeholder: true`; or delete the
record, if you don't need one like it. Until then its page says that it's a placeholder.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """A warning for each placeholder."""
    for record, _ in handbook.load_result.records:
        if record.placeholder:
            message = (
                f"`{record.id}` is a placeholder. Write your own text, then delete this line; or delete the record."
            )
            yield handbook.make_record_finding("placeholder", "warning", record, ("placeholder",), message)
