"""There is no message for a persona at a stage.

Each persona has a call card at each stage of the journey. Without a pitch or a value, the card is empty and the rep
improvises. Write a message for it, or extend one that fits.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """A warning for each cell without a message, at the persona."""
    if not handbook.list_records("messages") or handbook.load_result.invalid_ids.get("messages"):
        return
    for persona in handbook.list_approved("personas"):
        for stage in handbook.stages:
            said = handbook.find_messages(persona.id, stage.id, "pitch", "value")
            if not any(message.personas and message.stages for message in said):
                message = (
                    f"there is no message for {persona.name} at the stage {stage.name}. Add one of type pitch or value "
                    f"with `personas: {persona.id}` and `stages: {stage.id}`."
                )
                yield handbook.make_record_finding(
                    "silent-cell", "warning", persona, ("id",), message, match=persona.id
                )
