"""Messages: what we say, to whom, when, and on what it stands."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from onevoice.records.envelope import Part, Personas, Proofs, Record, Ref, Stages, Text, Texts

MessageType = Literal["pillar", "value", "objection", "question", "versus", "pitch", "boilerplate"]


# The pages on which messages of some types stand by themselves.
PAGES = {"objection": "objections", "versus": "versus", "boilerplate": "boilerplate"}
# What a message of each type cannot do without.
REQUIRED_FIELDS = {"objection": ("they_say", "say"), "versus": ("against", "say"), "boilerplate": ("lengths",)}


class Length(Part):
    """The same text at one length."""

    words: int = Field(gt=0, description="How many words it should have.")
    text: Text = Field(description="The text.")


class Message(Record):
    """One thing that we say."""

    KIND = "messages"
    SINGULAR = "message"
    PAGE = "/messaging/#{id}"
    NEWS_GROUP = "messages"

    type: MessageType = Field(
        description="pillar (what all rests on), value (what they gain), objection (what they hold against us), "
        "question (what to ask), versus (against somebody else), pitch (the short talk), boilerplate (about us)."
    )
    title: Text = Field(description="A short name for lists.")
    say: Text | None = Field(None, description="The words to say. Not for boilerplate, which has `lengths`.")
    say_not: Texts = Field((), description="What not to say in its place.")
    why: Text | None = Field(None, description="Why it works, for the colleague who says it.")
    they_say: Text | None = Field(None, description="objection: the words that we hear.")
    ask_back: Text | None = Field(None, description="objection: the question with which to go on.")
    against: Text | None = Field(None, description="versus: the competitor, or `the status quo`.")
    they_do_well: Texts = Field((), description="versus: what to grant them.")
    we_do_better: Texts = Field((), description="versus: where we win, and why.")
    listen_for: Text | None = Field(None, description="question: what a good answer tells us.")
    lengths: tuple[Length, ...] = Field((), description="boilerplate: the text at several lengths.")
    personas: Personas = Field((), description="For whom. Left out: for everybody.")
    stages: Stages = Field((), description="At which stages. Left out: at all of them.")
    product: Text | None = Field(None, description="The id of the product it is about, as in brand.yaml.")
    pillar: Annotated[str, Ref("messages")] | None = Field(None, description="The id of the pillar that it supports.")
    proof: Proofs = Field((), description="The proof points it leans on.")

    @property
    def page_path(self) -> str:
        own = PAGES.get(self.type)
        return f"/messaging/{own}/#{self.id}" if own else super().page_path

    @model_validator(mode="after")
    def _check_required_fields(self) -> Message:
        for name in REQUIRED_FIELDS.get(self.type, ("say",)):
            if not getattr(self, name):
                description = type(self).model_fields[name].description
                raise ValueError(f"`{name}` is missing, and a message of type {self.type} needs it: {description}")
        return self
