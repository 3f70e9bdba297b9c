"""The company itself, and the settings of its handbook."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from onevoice.records.envelope import Code, Date, Internal, Interval, Level, Lines, Part, Record, Ref
from onevoice.records.scalar import Branch, Language, Line, Name, Number, Site, Slug, Text, TimeOfDay, check_address
from onevoice.records.source import FolderOrSource

PLACEHOLDERS = ("channel", "asset", "persona", "stage")


def _validate_placeholders(value: str) -> str:
    for name in re.findall(r"\{([^{}]*)\}?|\}", value):
        if name not in PLACEHOLDERS:
            known = ", ".join(f"{{{item}}}" for item in PLACEHOLDERS)
            raise ValueError(f"has braces around something that can't be filled in. Use {known}")
    check_address(re.sub(r"[{}]", "", value))
    return value


Fix = Literal["auto", "ask"]
CoverIcon = Literal[
    "book", "calculator", "chart", "chat", "checklist", "form", "mail", "page", "play", "quote", "screen", "slides",
    "versus",
]  # fmt: skip


class Words(Part):
    """How findings of terms are treated, if neither the avoided word nor its term says so."""

    level: Level = Field("error", description="How serious they are: suggestion, warning or error.")
    fix: Fix = Field("auto", description="`auto` if `lint --fix` may write what is right, `ask` if a person must.")


class Review(Part):
    """How long a review is good for."""

    default: Interval = Field("12 months", description="For every kind that isn't listed under `kinds`.")
    kinds: dict[Line, Interval] = Field(
        default_factory=dict, description="For individual kinds, such as `assets: 6 months`."
    )


class WorkTime(Part):
    """When people work: what a clock in working hours counts."""

    days: tuple[Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"], ...] = Field(
        ("monday", "tuesday", "wednesday", "thursday", "friday"), min_length=1, description="The working days."
    )
    begins: TimeOfDay = Field("09:00", description="When work begins, such as `09:00`.")
    ends: TimeOfDay = Field("17:00", description="When it ends, such as `17:00`.")
    holidays: tuple[Date, ...] = Field((), description="Days off, as YYYY-MM-DD.")

    @model_validator(mode="after")
    def _check_times(self) -> WorkTime:
        if self.begins >= self.ends:
            raise ValueError("`ends` is not after `begins`. Write when work begins and ends, such as 09:00 and 17:00")
        return self


class AssetType(Part):
    """One type of content that the catalog knows."""

    name: Annotated[Line, Code()] = Field(description="What people call it, such as `case study`.")
    internal: bool = Field(False, description="`true` if only colleagues use it, unless an asset says otherwise.")
    icon: CoverIcon = Field("page", description="The icon on the covers of such assets.")


ASSET_TYPES = tuple(
    AssetType(name=name, internal=internal, icon=icon)
    for name, icon, internal in (
        ("article", "page", False),
        ("battle card", "versus", True),
        ("calculator", "calculator", False),
        ("case study", "quote", False),
        ("checklist", "checklist", False),
        ("deck", "slides", False),
        ("demo", "screen", False),
        ("email", "mail", False),
        ("guide", "book", False),
        ("one-pager", "page", False),
        ("report", "chart", False),
        ("script", "chat", True),
        ("template", "form", False),
        ("video", "play", False),
        ("webinar", "screen", False),
        ("white paper", "book", False),
    )
)


class Brand(Record):
    """Who we are, where we publish, and who we write for."""

    KIND = "brand"
    SINGULAR = "brand record"
    PAGE = "/brand/#brand"
    SINGLE = True
    NEWS_GROUP = "messages"
    UNSIGNED_FIELDS = ("format",)
    EXAMPLE = """
    name: Acme
    tagline: Desks that move with you.
    summary: Acme makes standing desks for offices.
    products: {lift: Acme Lift}
    url: https://handbook.acme.example
    channels: [blog, email, website]
    audiences: [customers, colleagues]
    review:
      default: 12 months
      kinds: {assets: 6 months}
    request_form: request-content
    """

    id: Slug = Field("brand", description="Always `brand`. You can leave it out.")
    format: Annotated[Number, Internal()] = Field(
        1,
        ge=1,
        description="The format of the handbook's records. `onevoice upgrade` sets it; don't edit it by hand.",
    )
    name: Line = Field(description="The company's name, the way we write it.")
    extends: Annotated[FolderOrSource | None, Code(), Internal()] = Field(
        None,
        description="The handbook that this one refines: a folder, starting from this handbook's, or `package`, or "
        "`git` and `revision`. Its records hold here, too, unless a record here with the same id says otherwise.",
    )
    tagline: Line | None = Field(None, description="The line that goes under the name.")
    summary: Text | None = Field(None, description="What the company does, in two or three sentences.")
    products: dict[Slug, Line] = Field(default_factory=dict, description="Our products, each as an id and a name.")
    url: Site | None = Field(
        None, description="Where this handbook is published. Shared links need it to show a preview."
    )
    repository: Annotated[Site | None, Internal()] = Field(
        None, description="The web address of the Git repository. Edit links need it; the public site has none."
    )
    branch: Annotated[Branch, Internal()] = Field("main", description="The branch that edit links lead to.")
    language: Language = Field(
        "en", description="The language of the handbook, as a BCP 47 tag such as `en` or `en-US`."
    )
    channels: Lines = Field((), description="Where we publish: the values that `channel` can have in a document.")
    audiences: Lines = Field((), description="Who we write for: the values that `audience` can have in a document.")
    asset_types: tuple[AssetType, ...] = Field(
        ASSET_TYPES,
        min_length=1,
        description="The types of content in the catalog, each with a name. Default: 16 types, from article to white "
        "paper, of which battle cards and scripts are internal.",
    )
    utm: Annotated[Line, AfterValidator(_validate_placeholders)] | None = Field(
        None, description="The tracking added to asset links. {channel}, {asset}, {persona} and {stage} are filled in."
    )
    review: Review = Field(Review(), description="How long a review is good for, by kind.")
    words: Words = Field(Words(), description="How findings of terms are treated by default.")
    work: Annotated[WorkTime, Internal()] = Field(
        WorkTime(), description="When people work: clocks in working hours stand still outside of it."
    )
    least_rows: Annotated[Number, Internal()] = Field(
        5,
        ge=1,
        description="How many rows of an export each weekly sum must have, at least. Below, it could tell about a "
        "person, so `onevoice data add` leaves it out.",
    )
    both_sign: Annotated[Lines, Code(), Internal()] = Field(
        (), description="The kinds of records that sales and marketing must both sign, such as `personas`."
    )
    request_form: Annotated[Name, Ref("forms")] | None = Field(
        None, description="The id of the form for requesting content."
    )
    ask_form: Annotated[Name, Ref("forms")] | None = Field(
        None, description="The id of the form that people without Git use to ask or disagree."
    )
    confirm_form: Annotated[Name, Ref("forms"), Internal()] | None = Field(
        None, description="The id of the form that says that a record is still true, for people without Git."
    )
    suggest_form: Annotated[Name, Ref("forms")] | None = Field(
        None, description="The id of the form for suggesting a word that has no rule yet."
    )
    feedback_form: Annotated[Name, Ref("forms")] | None = Field(
        None, description="The id of the form with which reps say whether a line on a call card worked."
    )
