"""Proof: the claims we may make, in the words we may use."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from onevoice.records.envelope import Date, Proofs, Record, Text, Texts


class Proof(Record):
    """A claim with its source, and whether we can use it."""

    KIND = "proof"
    SINGULAR = "proof point"
    PAGE = "/messaging/proof/#{id}"
    NEWS_GROUP = "messages"
    UNSIGNED_FIELDS = ("measures", "disagrees_with")

    title: Text = Field(description="A short name for lists.")
    claim: Text = Field(description="The claim itself.")
    standing: Literal["usable", "disputed", "expired"] = Field(
        description="usable: say it; disputed: don't say it until it's settled; expired: it's no longer true."
    )
    say: Text = Field(description="The approved wording. If the claim is disputed: what to say instead.")
    say_not: Texts = Field((), description="Wordings that go further than the source.")
    number: Text | None = Field(None, description="The number alone, such as `32 %`.")
    measures: Text | None = Field(
        None, description="What the number measures, in a few words. Claims that measure the same thing are compared."
    )
    basis: Text = Field(
        description="What it's based on: who asked whom, when and how many. If the source doesn't tell, say so."
    )
    source: Text = Field(description="Who found it. Name them when you make the claim.")
    expires: Date | None = Field(None, description="The last day it may be used, as YYYY-MM-DD.")
    disagrees_with: Proofs = Field((), description="Ids of the claims that contradict it.")
