"""Plays: campaigns and sales drives, and how everybody acts while they run."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field

from onevoice.records.envelope import ONE_OR_MORE, Date, Personas, Record, Ref, Stages, Text, Texts


class Play(Record):
    """Something that both sides do together for a limited time."""

    KIND = "plays"
    SINGULAR = "play"
    PAGE = "/messaging/plays/{id}/"
    FOLDER = "/messaging/plays/"

    title: Text = Field(description="What we call it.")
    type: Literal["campaign", "sales drive"] = Field(description="campaign or sales drive.")
    summary: Text = Field(description="What it is about, in one or two sentences.")
    why: Text = Field(description="Why now, and how we will know that it worked.")
    starts: Date | None = Field(None, description="The first day, as YYYY-MM-DD.")
    ends: Date | None = Field(None, description="The last day, as YYYY-MM-DD. After it the play goes to the archive.")
    personas: Personas = Field((), description="For whom. Left out: for everybody.")
    stages: Stages = Field((), description="At which stages. Left out: at all of them.")
    marketing_does: Texts = Field((), description="How marketing acts while it runs.")
    sales_does: Texts = Field((), description="How sales acts while it runs.")
    say: Texts = Field((), description="Words to say that are only for this play.")
    messages: Annotated[tuple[Annotated[str, Ref("messages")], ...], ONE_OR_MORE] = Field(
        (), description="Ids of the messages to say."
    )
    send: Annotated[tuple[Annotated[str, Ref("assets")], ...], ONE_OR_MORE] = Field(
        (), description="Ids of the assets to send."
    )
    say_not: Texts = Field((), description="What not to say.")
    dont: Texts = Field((), description="What not to do.")
    kpis: Annotated[tuple[Annotated[str, Ref("kpis")], ...], ONE_OR_MORE] = Field(
        (), description="Ids of the KPIs that it should move."
    )

    def compute_phase(self, today: datetime.date) -> str:
        """Whether it is `coming`, `running` or `over` on a day."""
        if self.ends and self.ends < today:
            return "over"
        return "coming" if self.starts and self.starts > today else "running"
