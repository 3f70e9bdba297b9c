"""Teams: who owns what. Roles, not people."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from onevoice.records.envelope import Internal, Lines, Record, Side
from onevoice.records.scalar import Handle, Line, Link, Text


class Team(Record):
    """A team, and the side it's on."""

    KIND = "teams"
    SINGULAR = "team"
    PAGE = "/together/teams/#{id}"
    EXAMPLE = """
    - id: marketing
      name: Marketing
      side: marketing
      purpose: Gets the right companies interested, and hands over those that want to talk.
      roles: [Head of marketing, Content writer]
      contact: mailto:marketing@acme.example
      ask_about: ["A lead that doesn't fit", Events]
      github: "@acme/marketing"
    - id: sales
      name: Sales
      side: sales
      purpose: Finds out whether we can help, and closes deals that both sides want.
    """

    name: Line = Field(description="What the team is called.")
    public_name: Line | None = Field(
        None, description="What customers call it: the public site shows this if the team itself is internal."
    )
    side: Side = Field(description="The side it's on: sales, marketing or both.")
    purpose: Text = Field(description="What others can count on this team for.")
    roles: Lines = Field((), description="The roles on the team. No names of people.")
    contact: Link | None = Field(None, description="How to reach the team, such as mailto:brand@example.com.")
    ask_about: Lines = Field((), description="What colleagues come to this team for, each in a few words.")
    github: Annotated[Handle | None, Internal()] = Field(
        None, description="The team's handle for CODEOWNERS, such as @example/brand."
    )
