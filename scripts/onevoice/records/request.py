"""Requests: content that somebody needs and that is not there yet."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from onevoice.records.envelope import Date, Record, Ref, Text


class Request(Record):
    """A wish for content, and what became of it."""

    KIND = "requests"
    SINGULAR = "request"
    PAGE = "/catalog/gaps/#{id}"
    NEWS_GROUP = "content"
    UNSIGNED_FIELDS = ("state", "decision")

    title: Text = Field(description="What is wanted, in a few words.")
    team: Annotated[str, Ref("teams")] = Field(description="The team that asks.")
    date: Date = Field(description="When they asked.")
    persona: Annotated[str, Ref("personas")] | None = Field(None, description="For whom it is.")
    stage: Annotated[str, Ref("stages")] | None = Field(None, description="For which stage.")
    why: Text = Field(description="What happens without it.")
    state: Literal["open", "planned", "answered", "declined"] = Field("open", description="How far it is.")
    decision: Text | None = Field(None, description="Why it was planned or declined.")
