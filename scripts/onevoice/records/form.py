"""Forms: how people without Git request content, ask a question or disagree."""

from __future__ import annotations

import re
from typing import Literal, get_args

from pydantic import Field, model_validator

from onevoice.records.envelope import Lines, Part, Record
from onevoice.records.scalar import Line, Slug, Text, validate_email, validate_site, validate_web_link

FillName = Literal["persona", "stage", "page", "title", "record", "nearest", "team", "why", "word", "place", "verdict"]
FILL_NAMES: tuple[str, ...] = get_args(FillName)
HOLE = re.compile(r"\{([^{}]*)\}")
# What each service's address must be.
TARGETS = {"github": validate_site, "url": validate_web_link, "mailto": validate_email}


class Question(Part):
    """One field of the form."""

    id: Slug = Field(description="The field's name.")
    label: Line = Field(description="What people see next to the field.")
    type: Literal["text", "area", "choice"] = Field(
        "text", description="text: one line; area: several lines; choice: a list to choose from."
    )
    options: Lines = Field(
        (), description="choice: what to choose from. `personas`, `stages` or `teams` inserts all of ours."
    )
    required: bool = Field(False, description="`true` if people have to fill it in.")
    help: Text | None = Field(None, description="A line of help.")
    fill: FillName | None = Field(None, description="What our pages fill in.")
    quotes: Literal["pain", "objection"] | None = Field(
        None,
        description="If people write here what customers said: whether it's about a `pain` or an `objection`. "
        "`onevoice data add` keeps these answers, if nothing in them leads to a person.",
    )
    param: Line | None = Field(
        None, description="`url`: what the form's service calls this field, such as `entry.1234567`."
    )

    @model_validator(mode="after")
    def _check_options(self) -> Question:
        if self.type == "choice" and not self.options:
            raise ValueError(
                "`options` is missing. A question of type choice needs it: add what people can choose from"
            )
        return self


class Form(Record):
    """A form, and the service behind it."""

    KIND = "forms"
    SINGULAR = "form"
    PAGE = "/request/#{id}"
    EXAMPLE = """
    - id: request-content
      title: Request content
      summary: Something you need on a call isn't in the catalog. Marketing answers within five working days.
      backend: mailto
      to: content@acme.example
      subject: "Content wanted: {what}"
      questions:
        - {id: what, label: "What do you need?", required: true, fill: title}
        - {id: persona, label: "Who is it for?", type: choice, options: personas, fill: persona}
        - {id: why, label: "What happens without it?", type: area, fill: why}
    """

    title: Line = Field(description="The form's name.")
    summary: Text = Field(description="What it's for, and what happens next.")
    backend: Literal["github", "url", "mailto"] = Field(
        description="`github`: an issue form; `url`: any web form that its address can fill in; `mailto`: an email."
    )
    to: Line = Field(
        description="`github`: the repository's web address; `url`: the form's address, in which {field id} is "
        "replaced with the value; `mailto`: the email address."
    )
    subject: Line | None = Field(
        None, description="The title of the issue or email. {field id} is replaced with the value."
    )
    use: Literal["ask", "feedback"] = Field(
        "ask",
        description="`ask`: people request content, ask or disagree; `feedback`: a short survey, listed on the "
        "feedback page.",
    )
    read_by: Text | None = Field(None, description="`feedback`: who reads the answers, when, and what happens then.")
    labels: Lines = Field((), description="`github`: the labels of the new issue.")
    questions: tuple[Question, ...] = Field(min_length=1, description="The fields, in order.")

    @property
    def page_path(self) -> str:
        return f"/together/feedback/#{self.id}" if self.use == "feedback" else super().page_path

    @model_validator(mode="after")
    def _check_target(self) -> Form:
        try:
            # What fills the holes is encoded, so that it ends no part of the address.
            TARGETS[self.backend](HOLE.sub("x", self.to) if self.backend == "url" else self.to)
        except ValueError as error:
            raise ValueError(f"`to` {error}. It must fit the `backend` {self.backend}") from None
        if self.backend == "github" and self.id == "config":
            raise ValueError("`id` can't be `config`: GitHub has a file of that name. Choose another")
        known = [question.id for question in self.questions]
        for field in ("to", "subject"):
            for hole in HOLE.findall(getattr(self, field) or ""):
                if hole not in known:
                    listed = ", ".join(f"{{{id}}}" for id in known)
                    raise ValueError(f"`{field}` has {{{hole}}}, but no question has that id. Use {listed}")
        return self
