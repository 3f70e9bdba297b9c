"""Meetings: when both sides come together, and what they talk about."""

from __future__ import annotations

import datetime
import re
from typing import Annotated

from pydantic import AfterValidator, Field

from onevoice.records.envelope import Code, Date, Link, Part, Record, Ref, Teams, Text, Texts

TIME_OF_DAY = re.compile(r"^([01][0-9]|2[0-3]):([0-5][0-9])$")


def _validate_time(value: str) -> str:
    if not TIME_OF_DAY.match(value):
        raise ValueError('is not a time of day: write it as "HH:MM" in 24 hours, such as "09:30"')
    return value


class Item(Part):
    """One point of the agenda."""

    topic: Text = Field(description="What it is about.")
    minutes: int = Field(gt=0, description="How long it may take.")
    led_by: Annotated[str, Ref("teams")] | None = Field(None, description="The id of the team that leads it.")


class Meeting(Record):
    """A meeting that comes again, with both sides in it."""

    KIND = "meetings"
    SINGULAR = "meeting"
    PAGE = "/together/meetings/#{id}"
    UNSIGNED_FIELDS = ("where",)
    NEWS_FIELDS = ("where",)

    name: Text = Field(description="What we call it.")
    purpose: Text = Field(description="What is there after it that was not there before.")
    repeats: Annotated[str, Code()] = Field(
        min_length=1, description="When it comes again, as a rule of iCalendar (RRULE), such as `FREQ=WEEKLY;BYDAY=MO`."
    )
    first: Date = Field(description="The day of the first one, as YYYY-MM-DD.")
    time: Annotated[str, Code(), AfterValidator(_validate_time)] = Field(
        description='When it begins, such as `"09:30"`.'
    )
    time_zone: Annotated[str, Code()] = Field(
        min_length=1, description="Whose clock that is: a name of the time zone database, such as `America/New_York`."
    )
    minutes: int = Field(gt=0, description="How long it takes.")
    who: Teams = Field(min_length=1, description="The ids of the teams that come. Both sides must be among them.")
    roles: Texts = Field((), description="The roles that come; no names of people.")
    agenda: tuple[Item, ...] = Field(min_length=1, description="What is talked about, in order.")
    bring: Texts = Field((), description="What to bring.")
    where: Link | None = Field(None, description="Where it takes place, if that has an address.")

    @property
    def first_start(self) -> datetime.datetime:
        """The beginning of the first one on the local clock, without a time zone."""
        return datetime.datetime.combine(self.first, datetime.time.fromisoformat(self.time))
