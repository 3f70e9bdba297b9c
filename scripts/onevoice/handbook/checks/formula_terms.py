"""A formula names a term that does not exist.

Two teams get the same number only if they count the same things, so a formula names glossary terms, as
`{its-id}` or `{its-id|other words}`. Correct the id, or add the missing term.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.errors import suggest_known
from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook
from onevoice.records.kpi import TERM_REFERENCE


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each name in braces in a formula that is not the id of an approved term."""
    known = dict.fromkeys(term.id for term in handbook.list_approved("terms"))
    # An invalid term is not missing: its own problems are reported.
    lost = handbook.load_result.invalid_ids.get("terms", set())
    for kpi in handbook.list_approved("kpis"):
        for match in TERM_REFERENCE.finditer(kpi.formula):
            if match[1] not in known and not lost & {match[1], ""}:
                message = f"no term has the id `{match[1]}`. {suggest_known(match[1], known)}"
                yield handbook.make_record_finding("formula-terms", "error", kpi, ("formula",), message, match=match[0])
