"""Proof: the claims that we may make, worded as we may make them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from onevoice.records.envelope import Date, Proofs, Record, Text, Texts


class Proof(Record):
    """A claim with its source, and whether it can be used."""

    KIND = "proof"
    SINGULAR = "proof point"
    PAGE = "/messaging/proof/#{id}"
    NEWS_GROUP = "messages"
    UNSIGNED_FIELDS = ("measures", "disagrees_with")

    title: Text = Field(description="A short name for lists.")
    claim: Text = Field(description="What is claimed.")
    standing: Literal["usable", "disputed", "expired"] = Field(
        description="usable: say it; disputed: do not, until it is settled; expired: no longer true."
    )
    say: Text = Field(description="The approved wording. For a disputed claim: what to say in its place.")
    say_not: Texts = Field((), description="Wordings that go further than the source.")
    number: Text | None = Field(None, description="The figure alone, such as `32 %`.")
    measures: Text | None = Field(
        None, description="What the figure measures, in a few words. Two claims that measure the same are compared."
    )
    basis: Text = Field(description="What it rests on: who asked whom, when, how many; or that nobody says.")
    source: Text = Field(description="Who found it. Say it with the claim.")
    expires: Date | None = Field(None, description="The last day on which it may be used.")
    disagrees_with: Proofs = Field((), description="Ids of claims that contradict it.")
