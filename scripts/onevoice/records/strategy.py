"""The strategy: one page on which sales and marketing have agreed."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from onevoice.records.envelope import ONE_OR_MORE, Date, Part, Record, Ref, Slug, Teams, Text, Texts

Kpis = Annotated[tuple[Annotated[str, Ref("kpis")], ...], ONE_OR_MORE]


class Objective(Part):
    """One thing that both sides want to reach."""

    text: Text = Field(description="What should be so in the end.")
    kpis: Kpis = Field((), description="Ids of the KPIs by which we tell.")
    by: Date | None = Field(None, description="The day by which it should be so.")


class Operation(Part):
    """How one team works for it."""

    team: Annotated[str, Ref("teams")] = Field(description="The id of the team.")
    does: Texts = Field(min_length=1, description="What it does, week by week.")
    relies_on: Text | None = Field(None, description="What it counts on from the other side.")


class Incentive(Part):
    """What is rewarded."""

    text: Text = Field(description="The reward, and what it is given for.")
    teams: Teams = Field(min_length=1, description="The ids of the teams that share it. Both sides must be among them.")
    kpi: Annotated[str, Ref("kpis")] | None = Field(None, description="The id of the KPI that it hangs on.")


class Strategy(Record):
    """The marketing strategy that sales supports, short enough for one page."""

    KIND = "strategy"
    SINGULAR = "strategy"
    PAGE = "/together/strategy/"
    SINGLE = True

    id: Slug = Field("strategy", description="Always `strategy`; may be left out.")
    title: Text = Field(description="Its name, with the time for which it holds.")
    summary: Text = Field(description="The whole of it in two or three sentences.")
    objectives: tuple[Objective, ...] = Field(min_length=1, description="What both sides want to reach.")
    operations: tuple[Operation, ...] = Field(min_length=1, description="How each team works for it.")
    tools: Annotated[tuple[Annotated[str, Ref("tools")], ...], ONE_OR_MORE] = Field(
        (), description="Ids of the tools that it needs."
    )
    measures: Kpis = Field(min_length=1, description="Ids of the KPIs that are looked at.")
    incentives: tuple[Incentive, ...] = Field((), description="What is rewarded, for both sides together.")
    not_now: Texts = Field((), description="What we leave out on purpose.")
