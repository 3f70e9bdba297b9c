"""Personas: who we talk to. One record with two facets, so that both sides look at the same person."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from onevoice.records.envelope import Code, Part, Phrases, Record, Texts
from onevoice.records.scalar import Line, Text


class Facet(Part):
    """The persona at one moment: interested, or ready to buy."""

    summary: Text = Field(description="What this person is doing and thinking at that moment.")
    signs: Texts = Field(min_length=1, description="How we can tell.")
    wants: Texts = Field(min_length=1, description="What they want from us.")
    asks: Texts = Field((), description="What they ask, in their own words.")
    worries: Texts = Field((), description="What could stop them.")


class Persona(Record):
    """A kind of person who buys from us."""

    KIND = "personas"
    SINGULAR = "persona"
    UNSIGNED_FIELDS = ("own_team",)
    PAGE = "/messaging/personas/{id}/"
    FOLDER = "/messaging/"
    RESERVED_IDS = (
        *("boilerplate", "compare", "journey", "objections", "pains"),
        *("personas", "plays", "proof", "questions", "versus"),
    )
    NEWS_GROUP = "messages"
    EXAMPLE = """
    - id: office-manager
      name: Office manager
      summary: Runs the office of a company of 50 to 200 people.
      goals: [An office that people like to come to]
      pains: [Every order needs three signatures]
      found_at: [Trade fairs, Newsletters on Tuesday mornings]
      interested:
        summary: Is planning a move or a renovation.
        signs: [Downloads the guide]
        wants: [Ideas that fit the budget]
        asks: ["What do other offices do?"]
      ready_to_buy:
        summary: Has a budget and a date.
        signs: [Asks for a quote]
        wants: [A delivery date to rely on]
        worries: [Desks that come late]
      not_this: The architect, who advises but doesn't buy.
    """

    name: Line = Field(description="What we call this persona: a role, such as `Head of marketing`.")
    summary: Text = Field(description="Who they are, in one or two sentences.")
    goals: Texts = Field(min_length=1, description="What they're measured by and care about.")
    pains: Texts = Field(min_length=1, description="What makes their week hard.")
    found_at: Texts = Field((), description="Where they read, meet and ask.")
    interested: Facet = Field(description="The facet that marketing watches for.")
    ready_to_buy: Facet = Field(description="The facet that sales watches for.")
    own_team: Annotated[Phrases, Code()] = Field(
        (),
        description="What their own team is called, such as `sales`. Questions that speak of it as of another one are "
        "reported. Default: `sales` or `marketing` if the name has it.",
    )
    not_this: Text | None = Field(None, description="Who is often mistaken for this persona.")
