"""Salesforce field history: a row for each change, of leads or of opportunities."""

from __future__ import annotations

from onevoice.privacy import fold_name
from onevoice.tables.cells import DateColumn
from onevoice.tables.handoffs import MEASURES, Arrival, HandoffCount, Reason
from onevoice.tables.shape import Found, Shape, make_finder
from onevoice.tables.tally import Tally

_FIND = make_finder(
    lead="LeadId|Lead ID|OpportunityId|Opportunity ID|ParentId|Case Number|Lead Number|Record ID",
    field="Field|Field / Event|Changed Field|Feld / Ereignis|Geändertes Feld",
    old="OldValue|Old Value|Alter Wert",
    new="NewValue|New Value|Neuer Wert",
    moment="CreatedDate|Created Date|Edit Date|Bearbeitungsdatum|Date",
    deleted="IsDeleted",
)
_STAGES = frozenset(("status", "lead status", "stage", "stagename", "stage name", "lifecycle stage", "leadstatus"))
_REASONS = frozenset(("return reason", "unqualified reason", "disqualification reason", "reason", "loss reason"))


def _read(found: Found, tally: Tally) -> None:
    lead, changed, new, moment, deleted = map(found.get_column, ("lead", "field", "new", "moment", "deleted"))
    dates = DateColumn(found, moment)
    # By the id of a lead, which is forgotten when the weeks are counted.
    arrivals: dict[str, list[Arrival]] = {}
    reasons: dict[str, list[Reason]] = {}
    count, missing = HandoffCount(found.directory), 0
    for row, cells in found.iter_rows():
        name = fold_name(cells[changed]) if changed < len(cells) else ""
        if name not in _STAGES and name not in _REASONS:
            continue
        if found.get_cell(cells, deleted).lower() in ("true", "1"):
            continue
        when = dates.read_time(row, cells)
        if when is None:
            raise found.make_error(row, moment, "the change has no date", "Add the column Edit Date, and export again.")
        count.latest = max(count.latest, when)
        key, text = found.get_cell(cells, lead).strip(), found.get_cell(cells, new)
        if name in _REASONS:
            reasons.setdefault(key, []).append((when, text))
        elif stage := found.directory.find_stage(text):
            arrivals.setdefault(key, []).append(Arrival(when, stage))
        else:
            missing += 1
    if not arrivals:
        raise found.make_stage_error()
    if missing:
        found.said.append(f"{missing} changes to stages that no record in leads.yaml names, also not under `crm`.")
    for key, came in arrivals.items():
        count.add_lead(came, reasons.get(key, ()))
    count.add_sums(tally)


SHAPE = Shape("salesforce", "Salesforce history", _FIND, ("lead", "field", "new", "moment"), MEASURES, _read)
