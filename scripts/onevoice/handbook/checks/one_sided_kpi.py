"""Only one side can move a KPI.

A number that belongs to one team sets it against the other. A joint KPI says what marketing does to move it and what
sales does. Add the missing half, or leave the number to the team's own report.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each KPI without `marketing_moves`, without `sales_moves`, or without both."""
    for kpi in handbook.list_approved("kpis"):
        missing = [side for side in ("marketing", "sales") if not getattr(kpi, f"{side}_moves")]
        if missing:
            who = " and ".join(missing)
            keys = " and ".join(f"`{side}_moves`" for side in missing)
            message = f"nothing says what {who} does to move `{kpi.id}`. Add {keys}, or remove the KPI."
            yield handbook.make_record_finding("one-sided-kpi", "error", kpi, ("id",), message, match=kpi.id)
