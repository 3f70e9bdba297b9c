"""Forms: how people without Git ask for content, ask a question or disagree."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, model_validator

from onevoice.records.envelope import Part, Record, Slug, Text, Texts

FILL_NAMES = ("persona", "stage", "page", "title", "record", "nearest", "team", "why")


class Question(Part):
    """One field of the form."""

    id: Slug = Field(description="The field's name.")
    label: Text = Field(description="What the person reads.")
    type: Literal["text", "area", "choice"] = Field("text", description="One line, several lines, or a choice.")
    options: Texts = Field(
        (), description="choice: what can be chosen. `personas`, `stages` or `teams` stand for ours."
    )
    required: bool = Field(False, description="`true` where it must be filled in.")
    help: Text | None = Field(None, description="A line of help.")
    fill: Literal[FILL_NAMES] | None = Field(None, description=f"What our pages fill in: {', '.join(FILL_NAMES)}.")
    param: Text | None = Field(
        None, description="url: the name that the form's service gives this field, such as `entry.1234567`."
    )

    @model_validator(mode="after")
    def _check_options(self) -> Question:
        if self.type == "choice" and not self.options:
            raise ValueError("`options` is missing, and a question of type choice needs it. Add what can be chosen")
        return self


class Form(Record):
    """A form, and the service behind it."""

    KIND = "forms"
    SINGULAR = "form"
    PAGE = "/request/#{id}"

    title: Text = Field(description="The form's name.")
    summary: Text = Field(description="What it is for and what happens next.")
    backend: Literal["github", "url", "mailto"] = Field(
        description="github: an issue form; url: any form with addresses that fill it in; mailto: an email."
    )
    to: Text = Field(
        description="github: left as the repository's address; url: the form's address, where {field id} may stand for "
        "a value; mailto: the email address."
    )
    subject: Text | None = Field(None, description="The title of the issue or email; {field id} is filled in.")
    use: Literal["ask", "feedback"] = Field(
        "ask", description="feedback: a short survey, shown with the others on the page about feedback."
    )
    read_by: Text | None = Field(None, description="feedback: who reads the answers, when, and what becomes of them.")
    labels: Texts = Field((), description="github: labels for the new issue.")
    questions: tuple[Question, ...] = Field(min_length=1, description="The fields, in order.")

    @property
    def page_path(self) -> str:
        return f"/together/feedback/#{self.id}" if self.use == "feedback" else super().page_path

    @model_validator(mode="after")
    def _check_target(self) -> Form:
        if self.backend == "mailto" and "@" not in self.to:
            raise ValueError("`to` must be an email address where `backend` is mailto")
        if self.backend != "mailto" and not self.to.startswith(("https://", "http://")):
            raise ValueError(f"`to` must start with https:// where `backend` is {self.backend}")
        known = [question.id for question in self.questions]
        for field in ("to", "subject"):
            for hole in re.findall(r"\{([^{}]*)\}", getattr(self, field) or ""):
                if hole not in known:
                    listed = ", ".join(f"{{{id}}}" for id in known)
                    raise ValueError(f"`{field}` has {{{hole}}}, but no question has that id. It can be {listed}")
        return self
