"""Meetings: when both sides get together, and what they talk about."""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import Field

from onevoice.records.envelope import Code, Date, Lines, Part, Record, Ref, Teams, Texts
from onevoice.records.scalar import Line, Link, Name, Number, Text, TimeOfDay


class Item(Part):
    """One item on the agenda."""

    topic: Line = Field(description="What it's about.")
    minutes: Number = Field(gt=0, description="How many minutes it may take.")
    led_by: Annotated[Name, Ref("teams")] | None = Field(None, description="The id of the team that leads it.")


class Meeting(Record):
    """A recurring meeting that both sides attend."""

    KIND = "meetings"
    SINGULAR = "meeting"
    PAGE = "/together/meetings/#{id}"
    UNSIGNED_FIELDS = ("where",)
    NEWS_FIELDS = ("where",)
    EXAMPLE = """
    - id: monday
      name: Monday meeting
      purpose: Both teams know what became of last week's inquiries, and who does what this week.
      repeats: FREQ=WEEKLY;BYDAY=MO
      first: 2026-10-05
      time: "09:30"
      time_zone: America/New_York
      minutes: 20
      who: [marketing, sales]
      agenda:
        - {topic: "Inquiries that came back, and why", minutes: 12, led_by: sales}
        - {topic: "Who does what until next Monday", minutes: 8, led_by: marketing}
      bring: [One question that a customer asked]
      where: https://meet.acme.example/monday
    """

    name: Line = Field(description="What we call it.")
    purpose: Text = Field(description="What the meeting should produce.")
    repeats: Annotated[Line, Code()] = Field(
        min_length=1, description="When it recurs, as an iCalendar rule (RRULE), such as `FREQ=WEEKLY;BYDAY=MO`."
    )
    first: Date = Field(description="The day of the first one, as YYYY-MM-DD.")
    time: Annotated[TimeOfDay, Code()] = Field(description='When it starts, such as `"09:30"`.')
    time_zone: Annotated[Line, Code()] = Field(
        min_length=1,
        description="The time zone it's in, such as `America/New_York` (a name from the time zone database).",
    )
    minutes: Number = Field(gt=0, description="How many minutes it takes.")
    who: Teams = Field(min_length=1, description="Ids of the teams that attend. Both sides must be among them.")
    roles: Lines = Field((), description="The roles that attend. No names of people.")
    agenda: tuple[Item, ...] = Field(min_length=1, description="What to talk about, in order.")
    bring: Texts = Field((), description="What to bring.")
    where: Link | None = Field(None, description="A link to where it takes place, such as a video call.")

    @property
    def first_start(self) -> datetime.datetime:
        """When the first one starts, on the local clock, without a time zone."""
        return datetime.datetime.combine(self.first, datetime.time.fromisoformat(self.time))
