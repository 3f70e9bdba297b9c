"""Assets: what we send. Marketing's and sales' content side by side."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from onevoice.records.envelope import Date, Job, Link, Messages, Personas, Proofs, Record, Ref, Stages, Text, Texts


class Asset(Record):
    """A piece of content that can be sent, shown or read aloud."""

    KIND = "assets"
    SINGULAR = "asset"
    PAGE = "/catalog/{id}/"
    FOLDER = "/catalog/"
    RESERVED_IDS = ("by", "due", "gaps")
    NEWS_GROUP = "content"
    UNSIGNED_FIELDS = ("url", "file_format", "minutes", "tags", "answers")
    NEWS_FIELDS = ("url",)

    title: Text = Field(description="The asset's title.")
    summary: Text = Field(description="What is in it, in one or two sentences.")
    type: Literal[
        "article",
        "battle card",
        "calculator",
        "case study",
        "checklist",
        "deck",
        "demo",
        "email",
        "guide",
        "one-pager",
        "report",
        "script",
        "template",
        "video",
        "webinar",
        "white paper",
    ] = Field(description="What it is.")
    job: Job = Field(description="marketing: it starts a conversation. sales: it helps somebody to decide.")
    personas: Personas = Field(min_length=1, description="For whom.")
    stages: Stages = Field(min_length=1, description="At which stages of the journey.")
    carries: Messages = Field((), description="Ids of the messages that it carries.")
    leans_on: Proofs = Field((), description="Ids of the proof points in it.")
    url: Link = Field(description="Where it is.")
    file_format: Text | None = Field(None, description="Such as PDF, slides or web page.")
    minutes: int | None = Field(None, gt=0, description="How long it takes to read or watch.")
    expires: Date | None = Field(None, description="The last day on which it may be sent.")
    use_when: Text = Field(description="When it helps.")
    not_when: Text | None = Field(None, description="When it does harm.")
    answers: Annotated[str, Ref("requests")] | None = Field(None, description="The request that it answers.")
    tags: Texts = Field((), description="Words under which people look for it.")
