"""Proof: the claims we may make, in the words we may use."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from onevoice.records.envelope import Date, Proofs, Record, Texts
from onevoice.records.scalar import Line, Text, ValueFormat

DATA_DAY = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
MAX_DATA_MONTHS = 36


def _validate_data_age(value: str) -> str:
    if value != "unknown" and not DATA_DAY.fullmatch(value):
        raise ValueError(
            "is not a time. Write a year, month or day, such as 2026, 2026-09 or 2026-09-30, or `unknown` if the "
            "source doesn't tell"
        )
    return value


# Editors take a year for a number.
DataAge = Annotated[
    Line,
    AfterValidator(_validate_data_age),
    BeforeValidator(lambda value: value, json_schema_input_type=int | str),
    ValueFormat("year or date", "YYYY, YYYY-MM or YYYY-MM-DD, or `unknown`."),
]


class Proof(Record):
    """A claim with its source, and whether we can use it."""

    KIND = "proof"
    SINGULAR = "proof point"
    PAGE = "/messaging/proof/#{id}"
    NEWS_GROUP = "messages"
    UNSIGNED_FIELDS = ("measures", "disagrees_with")
    EXAMPLE = """
    - id: desks-last
      title: Desks last ten years
      claim: Nine in ten desks sold in 2015 are still in use.
      standing: usable
      say: Nine in ten of the desks we sold in 2015 are still in use.
      say_not: [Our desks last forever.]
      number: 90%
      measures: desks in use after ten years
      basis: "A survey of 240 customers, 180 of whom answered."
      source: "Acme, customer survey, 2025"
      data_from: 2025
      expires: 2027-12-31
    """

    title: Line = Field(description="A short name for lists.")
    claim: Text = Field(description="The claim itself.")
    standing: Literal["usable", "disputed", "expired"] = Field(
        description="usable: say it; disputed: don't say it until it's settled; expired: it's no longer true."
    )
    say: Text = Field(description="The approved wording. If the claim is disputed or expired: what to say instead.")
    say_not: Texts = Field((), description="Wordings that go further than the source.")
    number: Line | None = Field(None, description="The number alone, such as `32%`.")
    measures: Line | None = Field(
        None, description="What the number measures, in a few words. Claims that measure the same thing are compared."
    )
    basis: Text = Field(
        description="What it's based on: who was asked, when, and how many. If the source doesn't tell, say so."
    )
    source: Text = Field(description="Who found it. Name them when you make the claim.")
    data_from: DataAge | None = Field(
        None,
        description="When the data is from: a year, month or day such as 2026, 2026-09 or 2026-09-30; `unknown` if the "
        "source doesn't tell. If it's unknown or more than three years old, people are told to ask first.",
    )
    expires: Date | None = Field(None, description="The last day it may be used, as YYYY-MM-DD.")
    disagrees_with: Proofs = Field((), description="Ids of the claims that contradict it.")

    def is_usable(self, today: datetime.date) -> bool:
        """Whether we may make the claim on a day."""
        return self.standing == "usable" and not (self.expires and self.expires < today)

    def find_doubt(self, today: datetime.date) -> str:
        """Why people should ask before they use the figure, judged by the age of its data; "" if they needn't."""
        if self.data_from == "unknown":
            return "nobody knows from when the data is"
        known = DATA_DAY.fullmatch(self.data_from or "")
        # Of a year, its end: what is not known is taken as it suits the claim.
        months = (today.year - int(known[1])) * 12 + today.month - int(known[2] or 12) if known else 0
        return f"the data is more than {MAX_DATA_MONTHS // 12} years old" if months > MAX_DATA_MONTHS else ""
