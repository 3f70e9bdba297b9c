"""The strategy: one page that sales and marketing agree on."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from onevoice.records.envelope import ONE_OR_MORE, Date, Part, Record, Ref, Teams, Texts
from onevoice.records.scalar import Line, Name, Slug, Text

Kpis = Annotated[tuple[Annotated[Name, Ref("kpis")], ...], ONE_OR_MORE]


class Objective(Part):
    """One thing that both sides want to achieve."""

    text: Text = Field(description="What we want to achieve.")
    kpis: Kpis = Field((), description="Ids of the KPIs that show whether we did.")
    by: Date | None = Field(None, description="The day to achieve it by, as YYYY-MM-DD.")


class Operation(Part):
    """What one team does for it."""

    team: Annotated[Name, Ref("teams")] = Field(description="The id of the team.")
    does: Texts = Field(min_length=1, description="What it does, week by week.")
    relies_on: Text | None = Field(None, description="What it counts on from the other side.")


class Incentive(Part):
    """One thing that we reward."""

    text: Text = Field(description="The reward, and what it's for.")
    teams: Teams = Field(min_length=1, description="Ids of the teams that share it. Both sides must be among them.")
    kpi: Annotated[Name, Ref("kpis")] | None = Field(None, description="The id of the KPI it depends on.")


class Strategy(Record):
    """The marketing strategy that sales supports, short enough for one page."""

    KIND = "strategy"
    SINGULAR = "strategy"
    PAGE = "/together/strategy/"
    SINGLE = True
    EXAMPLE = """
    title: Our strategy for 2027
    summary: We win offices that are about to move, and keep them as they grow.
    objectives:
      - {text: Everyone who asks for a quote gets a call on the same day., kpis: first-answer-time, by: 2027-03-31}
    operations:
      - team: marketing
        does: [Goes where office managers read and ask.]
        relies_on: A reason for every inquiry that comes back.
      - team: sales
        does: [Calls every inquiry in the order in which it came.]
    tools: crm
    measures: first-answer-time
    incentives:
      - {text: A quarter on target is a dinner for both teams., teams: [marketing, sales], kpi: first-answer-time}
    not_now: [Desks for private homes.]
    """

    id: Slug = Field("strategy", description="Always `strategy`. You can leave it out.")
    title: Line = Field(description="Its name, with the period it covers.")
    summary: Text = Field(description="The whole strategy in two or three sentences.")
    objectives: tuple[Objective, ...] = Field(min_length=1, description="What both sides want to achieve.")
    operations: tuple[Operation, ...] = Field(min_length=1, description="What each team does for it.")
    tools: Annotated[tuple[Annotated[Name, Ref("tools")], ...], ONE_OR_MORE] = Field(
        (), description="Ids of the tools it needs."
    )
    measures: Kpis = Field(min_length=1, description="Ids of the KPIs we watch.")
    incentives: tuple[Incentive, ...] = Field((), description="What we reward, for both sides together.")
    not_now: Texts = Field((), description="What we leave out on purpose.")
