"""A record that both sides must sign lacks a signature.

`both_sign` in brand.yaml says which kinds of records sales and marketing must agree on. A signature covers the text as
it was signed: if the text changes, the side has to read and sign it again. `onevoice sign` writes the signature.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook
from onevoice.handbook.signature import list_signature_statuses
from onevoice.records import KINDS


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """A warning for each side that has not signed the current text."""
    for kind in filter(KINDS.__contains__, handbook.brand.both_sign):
        for record in handbook.list_approved(kind):
            for standing in list_signature_statuses(handbook, record):
                if standing.state == "signed":
                    continue
                what = "has not signed" if standing.state == "missing" else "signed an earlier version of"
                message = (
                    f"{standing.side} {what} `{record.id}`. If {standing.side} agrees, run: "
                    f"onevoice sign {kind}/{record.id} --as {standing.side}"
                )
                loc = ("id",) if standing.state == "missing" else ("signed", standing.side)
                yield handbook.make_record_finding("unsigned", "warning", record, loc, message, match=record.id)
