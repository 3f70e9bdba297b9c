"""Terms don't say what they mean yet.

A word from a list or another program may come without a definition, and is checked in texts all the same. People look
it up, though. Write one sentence that a new colleague understands under `definition`, for the words that come up most
first.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook
from onevoice.records.term import Term

MAX_SHOWN = 5


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """A warning for each file with such terms, at the first of them; not for one with errors, which may hide some."""
    wrong = {finding.path for finding in handbook.load_result.findings if finding.level == "error"}
    files: dict[str, list[Term]] = {}
    for term in handbook.list_approved("terms"):
        if not term.definition and (path := handbook.locate_record(term).path) not in wrong:
            files.setdefault(path, []).append(term)
    for terms in files.values():
        names = ", ".join(f"`{term.id}`" for term in terms[:MAX_SHOWN])
        more = f" and {len(terms) - MAX_SHOWN} more" if len(terms) > MAX_SHOWN else ""
        message = f"no definition yet: {names}{more}. Add `definition`, one sentence that a new colleague understands."
        yield handbook.make_record_finding("no-definition", "warning", terms[0], ("id",), message)
