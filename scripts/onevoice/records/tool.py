"""Tools: the software that sales and marketing work with, and how its data connects."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from onevoice.records.envelope import Part, Record, Ref, Texts
from onevoice.records.scalar import Line, Link, Name, Text


class Use(Part):
    """How one team uses a tool."""

    team: Annotated[Name, Ref("teams")] = Field(description="The id of the team.")
    does: Text = Field(description="What the team does in it.")


class Junction(Part):
    """A connection to another tool's data."""

    tool: Annotated[Name, Ref("tools")] = Field(description="The id of the other tool.")
    what: Text = Field(description="Which data goes to which of the two, and how often. It's shown with both.")


class Tool(Record):
    """One tool: who uses it for what, and how its data connects to other tools."""

    KIND = "tools"
    SINGULAR = "tool"
    PAGE = "/together/tools/#{id}"
    UNSIGNED_FIELDS = ("url",)
    NEWS_FIELDS = ("url",)
    EXAMPLE = """
    - id: crm
      name: CRM
      type: CRM
      summary: The one place for customers and deals.
      holds: [Companies and people, Deals]
      used_by:
        - {team: sales, does: Keeps deals up to date.}
        - {team: marketing, does: Looks up what became of inquiries.}
      not_for: A list of people to call. Inquiries come through the handoff.
      url: https://crm.acme.example
    """

    name: Line = Field(description="What we call it.")
    type: Literal[
        "CRM", "marketing automation", "sales engagement", "lead routing", "analytics", "content", "other"
    ] = Field(description="What kind of tool it is.")
    summary: Text = Field(description="What it's for.")
    holds: Texts = Field((), description="The data that belongs here. Anywhere else it's a copy.")
    used_by: tuple[Use, ...] = Field(min_length=1, description="Who uses it for what.")
    meets: tuple[Junction, ...] = Field((), description="How its data connects to other tools.")
    not_for: Text | None = Field(None, description="What it isn't used for.")
    url: Link | None = Field(None, description="Where to open it.")
