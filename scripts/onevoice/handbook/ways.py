"""How leads move: the stages and handoffs of leads.yaml as a graph."""

from __future__ import annotations

from dataclasses import dataclass

from onevoice.handbook.handbook import Handbook
from onevoice.records.lead import Handoff, Lead


@dataclass(frozen=True)
class LeadTransition:
    """One way from a lead stage to another.

    kind: `step` (it stays with the same team), `handoff`, or `return` (a handoff that comes back).
    loc: the field of the record that says so; a return is written at the stage that handed over.
    """

    start: Lead
    end: Lead
    kind: str
    when: str
    loc: tuple[str | int, ...]
    handoff: Handoff | None = None


def list_transitions(handbook: Handbook) -> list[LeadTransition]:
    """Every way between approved lead stages, in the order in the file."""
    stages = {stage.id: stage for stage in handbook.list_approved("leads")}
    found = []
    for stage in stages.values():
        for index, step in enumerate(stage.steps):
            if step.to in stages:
                found.append(LeadTransition(stage, stages[step.to], "step", step.when, ("steps", index, "to")))
        for index, handoff in enumerate(stage.handoffs):
            if handoff.to not in stages:
                continue
            taken, loc = stages[handoff.to], ("handoffs", index)
            found.append(LeadTransition(stage, taken, "handoff", handoff.when, (*loc, "to"), handoff))
            back = handoff.comes_back
            if back and back.to in stages:
                when = "; ".join(back.reasons)
                found.append(
                    LeadTransition(taken, stages[back.to], "return", when, (*loc, "comes_back", "to"), handoff)
                )
    return found


def find_reachable(starts: set[str], edges: set[tuple[str, str]]) -> set[str]:
    """Every stage that can be reached from `starts` along `edges` (from, to), including `starts`."""
    seen, open_ = set(starts), list(starts)
    while open_:
        here = open_.pop()
        for start, end in edges:
            if start == here and end not in seen:
                seen.add(end)
                open_.append(end)
    return seen
