"""The checks of records, which two processes share if there are many."""

from __future__ import annotations

import datetime
import marshal
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from onevoice import process
from onevoice.finding import Finding
from onevoice.run.handbook import inspect_records
from onevoice.run.packed import pack_findings, unpack_findings

if TYPE_CHECKING:
    from onevoice.handbook.handbook import Handbook

# From how many records on a second process helps: a copy of this one is not worth its while for few.
PARALLEL_RECORDS = 1000
_Made = TypeVar("_Made")


def has_many_records(handbook: Handbook) -> bool:
    """Whether a second process helps with a handbook, and can be started."""
    return len(handbook.load_result.records) >= PARALLEL_RECORDS and process.can_fork()


def inspect_meanwhile(
    handbook: Handbook, today: datetime.date, make: Callable[[], _Made]
) -> tuple[list[Finding], _Made]:
    """What `inspect_records` finds, by a second process, while this one makes something, and then takes its share."""
    from onevoice.handbook.checks import collect_findings, settle_findings
    from onevoice.handbook.origin import list_own_findings

    splitter = process.WorkSplitter(turn_size=1)

    def take_rules() -> list[Finding]:
        return collect_findings(handbook, today, splitter.claim_item)

    with process.Worker(lambda: marshal.dumps(pack_findings(take_rules()))) as worker:
        made = make()
        found = take_rules()
        packed = worker.result()
    if packed is None:
        return inspect_records(handbook, today), made
    found += unpack_findings(marshal.loads(packed))
    return list_own_findings(handbook, settle_findings(handbook, found)), made
