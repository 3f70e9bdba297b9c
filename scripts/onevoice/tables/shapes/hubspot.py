"""HubSpot contacts: a row for each, with a date for each lifecycle stage that it came to."""

from __future__ import annotations

import re

from onevoice.privacy import fold_name
from onevoice.tables.cells import DateColumn
from onevoice.tables.handoffs import MEASURES, Arrival, HandoffCount
from onevoice.tables.shape import Found, Shape
from onevoice.tables.tally import Tally

# With the quotation marks that some exports have in the header.
_CLOCKS = (
    re.compile(r"became an? (.{1,80}) date", re.I),
    re.compile(r'date entered "?([^"(]{1,80}?)"?(?: \([^()]{0,80}\))?"?', re.I),
    re.compile(r"hs_(?:v2_date_entered|lifecyclestage)_([a-z]{1,80}?)(?:_date)?", re.I),
)
_KEYS = ("record id", "contact id", "record id contact")
_REASONS = ("return reason", "disqualification reason", "unqualified reason", "reason for return", "lost reason")


def find_role(header: str) -> str:
    """What a column is for: a contact's key, a stage's clock, or a reason."""
    folded = fold_name(header)
    if folded in _KEYS:
        return "lead"
    if folded in _REASONS:
        return "reason"
    for clock in _CLOCKS:
        if match := clock.fullmatch(" ".join(header.split())):
            return f"clock:{match[1].strip()}"
    return ""


def _read(found: Found, tally: Tally) -> None:
    clocks = {}
    for role, columns in found.columns.items():
        kind, _, name = role.partition(":")
        if kind == "clock" and (stage := found.directory.find_stage(name)):
            clocks[stage] = DateColumn(found, columns[0])
        elif kind == "clock":
            found.said.append(
                f"{found.names[columns[0]]}: no stage in leads.yaml has this name, or has it under `crm`."
            )
    if not clocks:
        raise found.make_stage_error()
    reason = found.get_column("reason")
    count = HandoffCount(found.directory)
    for row, cells in found.iter_rows():
        arrivals = [
            Arrival(moment, stage) for stage, dates in clocks.items() if (moment := dates.read_time(row, cells))
        ]
        if arrivals:
            why = found.get_cell(cells, reason)
            count.add_lead(arrivals, [(arrivals[0].moment, why)] if why else ())
    count.add_sums(tally)


SHAPE = Shape("hubspot", "HubSpot contacts", find_role, ("clock",), MEASURES, _read)
