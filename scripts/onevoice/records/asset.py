"""Assets: what we send. Marketing's and sales' content side by side."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Annotated, Literal

from pydantic import Field

from onevoice.records.brand import ASSET_TYPES, AssetType
from onevoice.records.envelope import Code, Date, Job, Lines, Messages, Personas, Proofs, Record, Ref, Stages
from onevoice.records.scalar import FilePath, Language, Line, Link, Name, Number, Text

INTERNAL_TYPES = frozenset(one.name for one in ASSET_TYPES if one.internal)


class Asset(Record):
    """A piece of content: one to send to customers, or one that we use ourselves on the call."""

    KIND = "assets"
    SINGULAR = "asset"
    PAGE = "/catalog/{id}/"
    FOLDER = "/catalog/"
    RESERVED_IDS = ("by", "due", "gaps")
    NEWS_GROUP = "content"
    UNSIGNED_FIELDS = ("url", "file_format", "language", "picture", "minutes", "tags", "answers", "replaced_by")
    NEWS_FIELDS = ("url",)
    EXAMPLE = """
    - id: desk-guide
      title: How to choose a desk
      summary: Four pages on size, motor and warranty, with a checklist at the end.
      type: guide
      job: sales
      personas: office-manager
      stages: compare
      carries: too-expensive
      leans_on: desks-last
      url: https://library.acme.example/desk-guide
      use_when: Someone asks what to look for in a desk.
      answers: desk-checklist
    """

    title: Line = Field(description="The asset's title.")
    summary: Text = Field(description="What's in it, in one or two sentences.")
    type: Annotated[Line, Code()] = Field(
        description="What kind of content it is: one of the `asset_types` in brand.yaml. If there are none, one of "
        + ", ".join(f"`{one.name}`" for one in ASSET_TYPES)
        + "."
    )
    for_: Literal["customers", "us"] | None = Field(
        None,
        alias="for",
        description="customers: reps may send it; us: only colleagues use it, so there's no link to copy. Default: us "
        "for types that are internal (battle card and script), customers for everything else.",
    )
    job: Job = Field(description="marketing: it starts a conversation; sales: it helps someone decide.")
    personas: Personas = Field(min_length=1, description="Ids of the personas it's for.")
    stages: Stages = Field(min_length=1, description="Ids of the journey stages it's for.")
    carries: Messages = Field((), description="Ids of the messages it delivers.")
    leans_on: Proofs = Field((), description="Ids of the proof points it relies on.")
    url: Link = Field(description="Where to find it.")
    file_format: Line | None = Field(None, description="The file format, such as PDF, slides or web page.")
    language: Language | None = Field(
        None, description="The language it's in, as a BCP 47 tag such as `de`. Default: the handbook's."
    )
    picture: FilePath | None = Field(
        None, description="Its cover, as a path below content/, such as `pictures/guide.png`: 16 wide, 9 high."
    )
    minutes: Number | None = Field(None, gt=0, description="How many minutes it takes to read or watch.")
    expires: Date | None = Field(None, description="The last day it may be sent, as YYYY-MM-DD.")
    replaced_by: Annotated[Name, Ref("assets")] | None = Field(
        None, description="The id of the asset to use instead once this one has expired."
    )
    use_when: Text = Field(description="When to use it.")
    not_when: Text | None = Field(None, description="When not to use it.")
    answers: Annotated[Name, Ref("requests")] | None = Field(None, description="The id of the request it answers.")
    tags: Lines = Field((), description="Words that people search for it by.")

    @property
    def is_internal(self) -> bool:
        """Whether only colleagues use it, so that it's never sent."""
        return (self.for_ or ("us" if self.type in INTERNAL_TYPES else "customers")) == "us"

    def is_sendable(self, today: datetime.date) -> bool:
        """Whether a rep may send it to a customer on a day."""
        return not self.is_internal and not self.is_expired(today)

    def is_expired(self, today: datetime.date) -> bool:
        """Whether its last day has passed."""
        return self.expires is not None and self.expires < today

    def iter_files(self) -> Iterable[tuple[tuple[str | int, ...], str]]:
        return ((("picture",), self.picture),) if self.picture else ()

    def take_types(self, types: Sequence[AssetType]) -> Asset:
        """The same asset in a handbook with these types."""
        if self.for_:
            return self
        internal = any(one.internal for one in types if one.name == self.type)
        return self.model_copy(update={"for_": "us" if internal else "customers"})
