"""The company itself, and the settings of its handbook."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from onevoice.records.envelope import Code, Interval, Link, Part, Record, Ref, Slug, Text, Texts

PLACEHOLDERS = ("channel", "asset", "persona", "stage")


def _validate_placeholders(value: str) -> str:
    for name in re.findall(r"\{([^{}]*)\}?|\}", value):
        if name not in PLACEHOLDERS:
            known = ", ".join(f"{{{item}}}" for item in PLACEHOLDERS)
            raise ValueError(f"has braces around something that cannot be filled in; {known} can")
    return value


class Review(Part):
    """How long a review holds."""

    default: Interval = Field("12 months", description="For every kind that is not listed.")
    kinds: dict[Text, Interval] = Field(
        default_factory=dict, description="For single kinds, such as `assets: 6 months`."
    )


class Brand(Record):
    """Who we are, where we publish, and for whom."""

    KIND = "brand"
    SINGULAR = "brand record"
    PAGE = "/brand/#brand"
    SINGLE = True
    NEWS_GROUP = "messages"

    id: Slug = Field("brand", description="Always `brand`; may be left out.")
    name: Text = Field(description="The company's name, as it is written.")
    tagline: Text | None = Field(None, description="The line under the name.")
    summary: Text | None = Field(None, description="What the company does, in two or three sentences.")
    products: dict[Slug, Text] = Field(default_factory=dict, description="Products: id and name.")
    url: Link | None = Field(None, description="Where this handbook is published. Makes shared links unfurl.")
    repository: Link | None = Field(None, description="The Git repository's web address. Makes the edit links.")
    branch: Text = Field("main", description="The branch that edit links lead to.")
    language: Text = Field("en", description="The language of the handbook, as a BCP 47 tag.")
    channels: Texts = Field((), description="Where we publish: the values that `channel` may have in a document.")
    audiences: Texts = Field((), description="Whom we write for: the values that `audience` may have in a document.")
    utm: Annotated[str, AfterValidator(_validate_placeholders)] | None = Field(
        None, description="The tracking added to asset links; {channel}, {asset}, {persona} and {stage} are filled in."
    )
    review: Review = Field(Review(), description="How long a review holds, by kind.")
    both_sign: Annotated[Texts, Code()] = Field(
        (), description="The kinds of records that sales and marketing must both sign, such as `personas`."
    )
    request_form: Annotated[str, Ref("forms")] | None = Field(None, description="The form that asks for content.")
    ask_form: Annotated[str, Ref("forms")] | None = Field(
        None, description="The form with which people without Git ask or disagree."
    )
