"""A public record relies on an internal one.

The public site leaves out internal records, so a public page would point nowhere or reveal something it shouldn't.
Make the other record public, or this one internal.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook, Reference
from onevoice.records.kpi import TERM_REFERENCE

# Public pages leave these out: who owns a record, when it is for, and where to ask.
EXEMPT_KINDS = ("teams", "stages", "forms")


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each reference from a public record to an internal one, except to teams, stages and forms."""
    for reference in (*handbook.references, *_iter_formula_references(handbook)):
        if not reference.record.public or reference.kind in EXEMPT_KINDS:
            continue
        other = handbook.find_record(reference.kind, reference.id)
        if other and not other.public:
            place = handbook.locate_record(other)
            where = f"{place.path}:{place.line}"
            message = (
                f"`{reference.record.id}` is public but relies on `{other.id}`, which is not: {where}. "
                "Set `public: true` there, or delete it here."
            )
            yield handbook.make_record_finding(
                "public-leans-on-internal", "error", reference.record, reference.loc, message, match=other.id
            )


def _iter_formula_references(handbook: Handbook) -> Iterator[Reference]:
    for kpi in handbook.list_records("kpis"):
        for match in TERM_REFERENCE.finditer(kpi.formula):
            yield Reference(kpi, ("formula",), "terms", match[1])
