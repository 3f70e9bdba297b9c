"""Proof: the claims we may make, in the words we may use."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import Field

from onevoice.records.envelope import Date, Proofs, Record, Texts
from onevoice.records.scalar import Line, Text


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
      expires: 2027-12-31
    """

    title: Line = Field(description="A short name for lists.")
    claim: Text = Field(description="The claim itself.")
    standing: Literal["usable", "disputed", "expired"] = Field(
        description="usable: say it; disputed: don't say it until it's settled; expired: it's no longer true."
    )
    say: Text = Field(description="The approved wording. If the claim is disputed: what to say instead.")
    say_not: Texts = Field((), description="Wordings that go further than the source.")
    number: Line | None = Field(None, description="The number alone, such as `32%`.")
    measures: Line | None = Field(
        None, description="What the number measures, in a few words. Claims that measure the same thing are compared."
    )
    basis: Text = Field(
        description="What it's based on: who asked whom, when and how many. If the source doesn't tell, say so."
    )
    source: Text = Field(description="Who found it. Name them when you make the claim.")
    expires: Date | None = Field(None, description="The last day it may be used, as YYYY-MM-DD.")
    disagrees_with: Proofs = Field((), description="Ids of the claims that contradict it.")

    def is_usable(self, today: datetime.date) -> bool:
        """Whether we may make the claim on a day."""
        return self.standing == "usable" and not (self.expires and self.expires < today)
