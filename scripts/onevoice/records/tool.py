"""Tools: the programs that sales and marketing work with, and where their data meet."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from onevoice.records.envelope import Link, Part, Record, Ref, Text, Texts


class Use(Part):
    """One team's use of a tool."""

    team: Annotated[str, Ref("teams")] = Field(description="The id of the team.")
    does: Text = Field(description="What the team does in it.")


class Junction(Part):
    """A place at which the data of two tools meet."""

    tool: Annotated[str, Ref("tools")] = Field(description="The id of the other tool.")
    what: Text = Field(description="Which data go to which of the two, and how often. It is shown with both.")


class Tool(Record):
    """One program: who uses it for what, and where its data meet those of others."""

    KIND = "tools"
    SINGULAR = "tool"
    PAGE = "/together/tools/#{id}"
    UNSIGNED_FIELDS = ("url",)
    NEWS_FIELDS = ("url",)

    name: Text = Field(description="What we call it.")
    type: Literal[
        "CRM", "marketing automation", "sales engagement", "lead routing", "analytics", "content", "other"
    ] = Field(description="What kind of tool it is.")
    summary: Text = Field(description="What it is there for.")
    holds: Texts = Field((), description="The data that belong here; everywhere else they are a copy.")
    used_by: tuple[Use, ...] = Field(min_length=1, description="Who uses it for what.")
    meets: tuple[Junction, ...] = Field((), description="Where its data meet those of other tools.")
    not_for: Text | None = Field(None, description="What it is not used for.")
    url: Link | None = Field(None, description="Where to open it.")
