"""Plays: campaigns and sales drives, and what everyone does while they run."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field

from onevoice.records.envelope import ONE_OR_MORE, Date, Personas, Record, Ref, Stages, Texts
from onevoice.records.scalar import Line, Name, Text


class Play(Record):
    """Something both sides do together for a limited time."""

    KIND = "plays"
    SINGULAR = "play"
    PAGE = "/messaging/plays/{id}/"
    FOLDER = "/messaging/plays/"
    EXAMPLE = """
    - id: try-a-desk
      title: Try a desk for a week
      type: campaign
      summary: For five weeks, every office that asks gets a desk to try.
      why: Budgets for next year are made now. It worked if 40 offices have tried a desk.
      starts: 2026-11-09
      ends: 2026-12-11
      personas: office-manager
      stages: compare
      marketing_does: [Puts the offer at the top of the website.]
      sales_does: [Calls every office on the third day.]
      messages: too-expensive
      send: desk-guide
      kpis: first-answer-time
    """

    title: Line = Field(description="What we call it.")
    type: Literal["campaign", "sales drive"] = Field(description="Whether it's a campaign or a sales drive.")
    summary: Text = Field(description="What it's about, in one or two sentences.")
    why: Text = Field(description="Why now, and how we'll know it worked.")
    starts: Date | None = Field(None, description="The first day, as YYYY-MM-DD.")
    ends: Date | None = Field(
        None, description="The last day, as YYYY-MM-DD. After that, the play moves to the archive."
    )
    personas: Personas = Field((), description="Ids of the personas it's for. Default: all of them.")
    stages: Stages = Field((), description="Ids of the journey stages it's for. Default: all of them.")
    marketing_does: Texts = Field((), description="What marketing does while it runs.")
    sales_does: Texts = Field((), description="What sales does while it runs.")
    say: Texts = Field((), description="What to say in this play only.")
    messages: Annotated[tuple[Annotated[Name, Ref("messages")], ...], ONE_OR_MORE] = Field(
        (), description="Ids of the messages to say."
    )
    send: Annotated[tuple[Annotated[Name, Ref("assets")], ...], ONE_OR_MORE] = Field(
        (), description="Ids of the assets to send to customers."
    )
    use: Annotated[tuple[Annotated[Name, Ref("assets")], ...], ONE_OR_MORE] = Field(
        (), description="Ids of the assets that only we use on the call, such as a script."
    )
    say_not: Texts = Field((), description="What not to say.")
    dont: Texts = Field((), description="What not to do.")
    kpis: Annotated[tuple[Annotated[Name, Ref("kpis")], ...], ONE_OR_MORE] = Field(
        (), description="Ids of the KPIs it should move."
    )

    def compute_phase(self, today: datetime.date) -> str:
        """`coming`, `running` or `over` on a day."""
        if self.ends and self.ends < today:
            return "over"
        return "coming" if self.starts and self.starts > today else "running"
