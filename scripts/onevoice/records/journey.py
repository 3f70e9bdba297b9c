"""The customer journey: one path that both sides agree on."""

from __future__ import annotations

from pydantic import Field

from onevoice.records.envelope import Part, Record, Texts
from onevoice.records.scalar import Line, Slug, Text


class Stage(Part):
    """One stage of the journey."""

    id: Slug = Field(description="The stage's permanent name: lowercase words joined by hyphens.")
    name: Line = Field(description="What we call it.")
    question: Text = Field(description="The question on the customer's mind.")
    customer: Text = Field(description="What the customer does.")
    marketing: Text = Field(description="What marketing does.")
    sales: Text = Field(description="What sales does.")
    done_when: Text = Field(description="How we know that the next stage has begun.")
    signs: Texts = Field((), description="Signs that someone is at this stage.")


class Journey(Record):
    """The one path that both sides agree on, from first hearing of us to the last message about a product."""

    KIND = "journey"
    SINGULAR = "journey"
    PAGE = "/messaging/journey/"
    SINGLE = True
    NEWS_GROUP = "messages"
    EXAMPLE = """
    summary: From the first idea of a better office to the last desk we pick up.
    stages:
      - id: compare
        name: Compare
        question: Which desk is right for us?
        customer: Compares three makers and asks colleagues.
        marketing: Shows what each desk is good for.
        sales: Brings a desk to try out.
        done_when: The customer asks for a quote.
        signs: [Downloads the guide, Asks about the warranty]
    """

    id: Slug = Field("journey", description="Always `journey`. You can leave it out.")
    summary: Text = Field(description="The path in two or three sentences.")
    stages: tuple[Stage, ...] = Field(min_length=1, description="The stages, in order.")
