"""A record leans on a claim that is not usable.

A disputed or expired claim must not be said, so nothing that we say or send may rest on it.
Lean on another proof point, or settle the claim first.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each message or asset that names a claim whose standing is disputed or expired."""
    for reference in handbook.references:
        proof = handbook.find_record("proof", reference.id) if reference.kind == "proof" else None
        if not proof or reference.record.KIND == "proof" or reference.record.status in ("retired", "declined"):
            continue
        if proof.standing != "usable":
            place = handbook.locate_record(proof)
            message = (
                f"the claim `{proof.id}` is {proof.standing} ({place.path}:{place.line}). "
                "Name a usable one, or take it out."
            )
            yield handbook.make_record_finding(
                "shaky-ground", "error", reference.record, reference.loc, message, match=proof.id
            )
