"""The strategy speaks of one side only, or rewards one side only.

A marketing strategy that sales supports says how both work for it. And a reward that one side earns alone works against
it: each then looks after its own figure. Add the other side.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """The strategy whose teams are not on both sides, and each incentive for teams of one side."""
    for strategy in handbook.list_approved("strategy"):
        missing = _find_missing_sides(handbook, [operation.team for operation in strategy.operations])
        if missing:
            message = f"the strategy does not say how {missing} works for it. Add a team of that side."
            yield handbook.make_record_finding(
                "one-sided-strategy", "error", strategy, ("operations",), message, match=strategy.id
            )
        for index, incentive in enumerate(strategy.incentives):
            missing = _find_missing_sides(handbook, incentive.teams)
            if missing:
                message = f"{missing} has no share in this reward. Add a team of that side, or take the reward out."
                loc = ("incentives", index, "teams")
                yield handbook.make_record_finding("one-sided-strategy", "error", strategy, loc, message, match=missing)


def _find_missing_sides(handbook: Handbook, teams: Iterable[str]) -> str:
    teams = list(teams)
    if not all(handbook.find_record("teams", id) for id in teams):
        return ""
    return " and ".join(sorted({"sales", "marketing"} - handbook.find_sides(teams)))
