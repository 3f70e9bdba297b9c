"""A record relies on a claim that isn't usable.

We must not use a disputed or expired claim, so nothing we say or send may rest on it.
Use another proof point, or settle the claim first.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each message or asset that names a disputed or expired claim."""
    for reference in handbook.references:
        proof = handbook.find_record("proof", reference.id) if reference.kind == "proof" else None
        if not proof or reference.record.KIND == "proof" or reference.record.status in ("retired", "declined"):
            continue
        if proof.standing != "usable":
            place = handbook.locate_record(proof)
            message = (
                f"the claim `{proof.id}` is {proof.standing} ({place.path}:{place.line}). "
                "Name a usable one, or delete it."
            )
            yield handbook.make_record_finding(
                "shaky-ground", "error", reference.record, reference.loc, message, match=proof.id
            )
