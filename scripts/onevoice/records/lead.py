"""Leads: the stages a lead goes through on our side, and the handoffs between the teams that hold it."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from onevoice.records.envelope import Internal, Lines, Part, Record, Ref, Stages, Texts
from onevoice.records.scalar import Line, Name, Text, ValueFormat

CLOCK = re.compile(r"^[1-9][0-9]{0,5} (?:working )?(?:minute|hour|day|week)s?$")


def _validate_clock(value: str) -> str:
    if not CLOCK.match(value):
        raise ValueError(
            "is not a length of time. Write a number and minutes, hours, days or weeks, such as `4 working hours`"
        )
    return value


Clock = Annotated[
    str,
    AfterValidator(_validate_clock),
    ValueFormat("length of time", "A number and minutes, hours, days or weeks, such as `4 working hours`."),
]


class Criterion(Part):
    """One condition, written so that everyone who checks it gets the same answer."""

    text: Text = Field(description="What must be true, such as `Works at a company of 100 to 800 people`.")
    see: Text | None = Field(None, description="Where to look it up.")


class Step(Part):
    """A move to another stage that leaves the lead with the same team."""

    to: Annotated[Name, Ref("leads")] = Field(description="The id of the next lead stage.")
    when: Text = Field(description="What moves the lead there.")


class Return(Part):
    """How a lead comes back from a handoff."""

    to: Annotated[Name, Ref("leads")] = Field(description="The id of the lead stage it comes back to.")
    reasons: Texts = Field(min_length=1, description="The reasons to choose from. One of them goes back with the lead.")
    then: Text | None = Field(None, description="What the giver does with it, and what the taker hears about that.")


class Handoff(Part):
    """A move to another stage that gives the lead to another team."""

    to: Annotated[Name, Ref("leads")] = Field(description="The id of the lead stage that begins with it.")
    when: Text = Field(description="What triggers the handoff.")
    giver: Annotated[Name, Ref("teams")] | None = Field(
        None, description="The id of the team that hands the lead over."
    )
    taker: Annotated[Name, Ref("teams")] | None = Field(None, description="The id of the team that takes it.")
    taken_by: Line | None = Field(None, description="The role of the one person who takes it. No names of people.")
    clock: Clock | None = Field(
        None, description="How long the taker has to accept it or send it back, such as `4 working hours`."
    )
    hands_over: Texts = Field((), description="What goes along with the lead.")
    giver_promises: Texts = Field((), description="What the giver promises the taker.")
    taker_promises: Texts = Field((), description="What the taker promises the giver.")
    comes_back: Return | None = Field(None, description="How the lead comes back if it isn't a fit.")


class Lead(Record):
    """One stage of a lead, the team that holds it, and every way out."""

    KIND = "leads"
    SINGULAR = "lead stage"
    PAGE = "/together/leads/#{id}"
    UNSIGNED_FIELDS = ("crm",)
    EXAMPLE = """
    - id: inquiry
      name: Inquiry
      summary: Someone wants a quote. Marketing checks it and hands it over.
      held_by: marketing
      stages: compare
      starts: true
      question: Can we help this company?
      criteria:
        - {text: The company has 50 or more desks., see: "CRM, company record"}
      handoffs:
        - to: first-call
          when: All criteria are met.
          giver: marketing
          taker: sales
          taken_by: The rep for the region
          clock: 4 working hours
          hands_over: ["What they asked for, in their words"]
          giver_promises: [Every inquiry meets all criteria.]
          taker_promises: [Every inquiry gets a call.]
          comes_back:
            to: inquiry
            reasons: [Not a company we can help, Not reached after two calls]
            then: Marketing answers each reason in the Monday meeting.
    - id: first-call
      name: First call
      summary: A rep finds out what the office needs.
      held_by: sales
      stages: compare
      ends: true
    """

    name: Line = Field(description="What we call a lead at this stage.")
    term: Annotated[Name, Ref("terms")] | None = Field(None, description="The id of the term that defines it.")
    summary: Text = Field(description="What happens at this stage, and who does what.")
    held_by: Annotated[Name, Ref("teams")] = Field(description="The id of the team that holds the lead.")
    stages: Stages = Field((), description="Ids of the customer journey's stages that run alongside it.")
    starts: bool = Field(False, description="`true` if leads come in here.")
    ends: bool = Field(False, description="`true` if a lead's path ends here.")
    question: Text | None = Field(
        None, description="The question that the criteria answer, such as `Is this a marketing qualified lead?`"
    )
    criteria: tuple[Criterion, ...] = Field(
        (), description="What must be true of a lead at this stage. All of it must hold."
    )
    crm: Annotated[Lines, Internal()] = Field(
        (), description="What the CRM calls this stage, such as `MQL`: how exports find it, besides by its name."
    )
    steps: tuple[Step, ...] = Field((), description="Moves that leave the lead with the same team.")
    handoffs: tuple[Handoff, ...] = Field((), description="Moves that give it to another team.")

    @model_validator(mode="after")
    def _require_criteria(self) -> Lead:
        if self.question and not self.criteria:
            raise ValueError("`question` has no `criteria` that answer it. Add them, or delete `question`")
        return self
