"""Requests: content that someone needs and that doesn't exist yet."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from onevoice.records.envelope import Date, Record, Ref
from onevoice.records.scalar import Line, Name, Text


class Request(Record):
    """A request for content, and what happened to it."""

    KIND = "requests"
    SINGULAR = "request"
    PAGE = "/catalog/gaps/#{id}"
    NEWS_GROUP = "content"
    UNSIGNED_FIELDS = ("state", "decision")
    EXAMPLE = """
    - id: desk-checklist
      title: A checklist for choosing a desk
      team: sales
      date: 2026-05-11
      persona: office-manager
      stage: compare
      why: We write the same email to every customer.
      state: answered
    """

    title: Line = Field(description="What's wanted, in a few words.")
    team: Annotated[Name, Ref("teams")] = Field(description="The id of the team that asks.")
    date: Date = Field(description="The day they asked, as YYYY-MM-DD.")
    persona: Annotated[Name, Ref("personas")] | None = Field(None, description="The id of the persona it's for.")
    stage: Annotated[Name, Ref("stages")] | None = Field(None, description="The id of the journey stage it's for.")
    why: Text = Field(description="What happens without it.")
    state: Literal["open", "planned", "answered", "declined"] = Field("open", description="How far along it is.")
    decision: Text | None = Field(None, description="Why it was planned or declined.")
