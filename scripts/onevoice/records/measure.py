"""Measures: what a week's figures say of a record, as `content/metrics/*.csv` has them. No person is in them."""

from __future__ import annotations

from typing import NamedTuple

COLUMNS = ("record", "measure", "week", "value", "side")
SIDES = ("sales", "marketing", "")


class Measure(NamedTuple):
    """One figure of one week.

    record: what it's about, as kind and id: `assets/first-two-weeks`, `kpis/first-answer-time`,
    `handoffs/marketing-qualified-lead-to-first-call`, `queries/lead handoff`. measure: what is counted, such as
    `views`, `late`, `returned:Not now`. week: by ISO 8601, such as `2026-W48`. side: whose figure it is, or "".
    """

    record: str
    measure: str
    week: str
    value: float
    side: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """All but the value: there's one figure for each key."""
        return self.record, self.measure, self.week, self.side


def name_handoff(stage: str, to: str) -> str:
    """What the measures of a handoff name, by the ids of the lead stages that it's between."""
    return f"handoffs/{stage}-to-{to}"
