"""Leads: the stages that a lead goes through on our side, and the handoffs between the people who hold it."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from onevoice.records.envelope import Part, Record, Ref, Stages, Text, Texts

CLOCK = re.compile(r"^[1-9][0-9]* (?:working )?(?:minute|hour|day|week)s?$")


def _validate_clock(value: str) -> str:
    if not CLOCK.match(value):
        raise ValueError("is not a clock: write a number and minutes, hours, days or weeks, such as `4 working hours`")
    return value


Clock = Annotated[str, AfterValidator(_validate_clock)]


class Criterion(Part):
    """One condition, written so that everybody who checks it comes to the same answer."""

    text: Text = Field(description="What must be true, such as `Works in a company of 100 to 800 people`.")
    see: Text | None = Field(None, description="Where one looks it up.")


class Step(Part):
    """A way on to another stage that leaves the lead in the same hands."""

    to: Annotated[str, Ref("leads")] = Field(description="The id of the next lead stage.")
    when: Text = Field(description="What happens, so that the lead goes there.")


class Return(Part):
    """How a lead comes back from a handoff."""

    to: Annotated[str, Ref("leads")] = Field(description="The id of the lead stage to which it comes back.")
    reasons: Texts = Field(min_length=1, description="The reasons that can be given; one of them goes with the lead.")
    then: Text | None = Field(None, description="What the giver does with it, and what the taker hears of that.")


class Handoff(Part):
    """A way on to another stage that gives the lead to somebody else."""

    to: Annotated[str, Ref("leads")] = Field(description="The id of the lead stage that begins with it.")
    when: Text = Field(description="What happens, so that the lead is handed over.")
    giver: Annotated[str, Ref("teams")] | None = Field(None, description="The id of the team that hands it over.")
    taker: Annotated[str, Ref("teams")] | None = Field(None, description="The id of the team that takes it.")
    taken_by: Text | None = Field(None, description="The role of the one person who takes it; no names of people.")
    clock: Clock | None = Field(
        None, description="How long the taker has to accept it or send it back, such as `4 working hours`."
    )
    hands_over: Texts = Field((), description="What goes along with the lead.")
    giver_promises: Texts = Field((), description="What the giver promises the taker.")
    taker_promises: Texts = Field((), description="What the taker promises the giver.")
    comes_back: Return | None = Field(None, description="How the lead comes back where it does not fit.")


class Lead(Record):
    """One stage of a lead, the people who hold it, and every way out of it."""

    KIND = "leads"
    SINGULAR = "lead stage"
    PAGE = "/together/leads/#{id}"

    name: Text = Field(description="What we call a lead at this stage.")
    term: Annotated[str, Ref("terms")] | None = Field(None, description="The id of the term that defines it.")
    summary: Text = Field(description="What is so at this stage, and who does what.")
    held_by: Annotated[str, Ref("teams")] = Field(description="The id of the team that holds the lead.")
    stages: Stages = Field((), description="The stages of the customer journey that run beside it.")
    starts: bool = Field(False, description="`true` where leads come in.")
    ends: bool = Field(False, description="`true` where the way of a lead ends.")
    question: Text | None = Field(
        None, description="The question that the criteria answer, such as `Is this a marketing qualified lead?`"
    )
    criteria: tuple[Criterion, ...] = Field((), description="What must be true of a lead at this stage, all of it.")
    steps: tuple[Step, ...] = Field((), description="Ways on that leave it in the same hands.")
    handoffs: tuple[Handoff, ...] = Field((), description="Ways on that give it to somebody else.")
