"""The strategy covers or rewards only one side.

A joint strategy says what both sides do for it. A reward that only one side can earn works against it, because each
side then looks after its own numbers. Add the other side.
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
            message = f"the strategy does not say what {missing} does for it. Add a team from that side."
            yield handbook.make_record_finding(
                "one-sided-strategy", "error", strategy, ("operations",), message, match=strategy.id
            )
        for index, incentive in enumerate(strategy.incentives):
            missing = _find_missing_sides(handbook, incentive.teams)
            if missing:
                message = f"{missing} has no share in this reward. Add a team from that side, or remove the reward."
                loc = ("incentives", index, "teams")
                yield handbook.make_record_finding("one-sided-strategy", "error", strategy, loc, message, match=missing)


def _find_missing_sides(handbook: Handbook, teams: Iterable[str]) -> str:
    teams = list(teams)
    if not all(handbook.find_record("teams", id) for id in teams):
        return ""
    return " and ".join(sorted({"sales", "marketing"} - handbook.find_sides(teams)))
