"""Messages: what we say, who we say it to, when, and what backs it up."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from onevoice.records.envelope import ONE_OR_MORE, Internal, Part, Personas, Proofs, Record, Ref, Stages, Texts
from onevoice.records.scalar import Line, Name, Number, Slug, Text

MessageType = Literal["pillar", "value", "objection", "question", "versus", "pitch", "boilerplate"]

# The types of messages that have a page of their own, and its name.
PAGES = {"objection": "objections", "versus": "versus", "boilerplate": "boilerplate"}
# What a message of each type must have.
REQUIRED_FIELDS = {"objection": ("they_say", "say"), "versus": ("against", "say"), "boilerplate": ("lengths",)}


class Length(Part):
    """The same text at one length."""

    words: Number = Field(gt=0, description="How many words it should have.")
    text: Text = Field(description="The text.")


class Message(Record):
    """One thing that we say.

    An objection also needs `they_say` and `say`, a versus `against` and `say`, a boilerplate `lengths`. All others need
    `say`.
    """

    KIND = "messages"
    SINGULAR = "message"
    PAGE = "/messaging/#{id}"
    UNSIGNED_FIELDS = ("answers",)
    NEWS_GROUP = "messages"
    EXAMPLE = """
    - id: too-expensive
      type: objection
      title: Too expensive
      they_say: We can get a desk for half of that.
      say: You can. Ours come with a ten-year warranty. Shall we compare what each costs you per year?
      say_not: [I can ask for a discount.]
      why: A discount says that the first price wasn't meant.
      ask_back: How long did your last desks hold up?
      personas: office-manager
      stages: compare
      proof: desks-last
    """

    type: MessageType = Field(
        description="pillar: what everything else rests on; value: what customers gain; objection: what they push "
        "back on; question: what to ask them; versus: how we compare; pitch: the short "
        "talk; boilerplate: about us."
    )
    title: Line = Field(description="A short name for lists.")
    say: Text | None = Field(None, description="What to say. A boilerplate has `lengths` instead.")
    say_not: Texts = Field((), description="What not to say instead.")
    why: Text | None = Field(None, description="Why it works, for the colleague who says it.")
    they_say: Text | None = Field(None, description="objection: what we hear them say.")
    ask_back: Text | None = Field(None, description="objection: the question to ask next.")
    against: Line | None = Field(None, description="versus: the competitor, or `the status quo`.")
    they_do_well: Texts = Field((), description="versus: what they do well.")
    we_do_better: Texts = Field((), description="versus: where we win, and why.")
    listen_for: Text | None = Field(None, description="question: what a good answer tells us.")
    lengths: tuple[Length, ...] = Field((), description="boilerplate: the text at several lengths.")
    personas: Personas = Field((), description="Ids of the personas it's for. Default: all of them.")
    stages: Stages = Field((), description="Ids of the journey stages it's for. Default: all of them.")
    product: Line | None = Field(None, description="The id of the product it's about, as in brand.yaml.")
    pillar: Annotated[Name, Ref("messages")] | None = Field(None, description="The id of the pillar it supports.")
    proof: Proofs = Field((), description="Ids of the proof points it relies on.")
    answers: Annotated[tuple[Slug, ...], ONE_OR_MORE, Internal()] = Field(
        (), description="Ids of the customers' quotes that it answers, as in content/quotes."
    )

    @property
    def page_path(self) -> str:
        own = PAGES.get(self.type)
        return f"/messaging/{own}/#{self.id}" if own else super().page_path

    @model_validator(mode="after")
    def _check_required_fields(self) -> Message:
        for name in REQUIRED_FIELDS.get(self.type, ("say",)):
            if not getattr(self, name):
                description = type(self).model_fields[name].description
                hint = (description or "").removeprefix(f"{self.type}: ")
                raise ValueError(f"`{name}` is missing. A message of type {self.type} needs it: {hint}")
        return self
