"""Nothing that customers may get carries the line of a call card.

The rep says one thing and has nothing to send that repeats it, although there is content for that persona and stage.
Add the line to the `carries` of an asset that delivers it, or ask for one that does.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.card import compose_card
from onevoice.handbook.handbook import Handbook


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """A warning for each card that has something to send, but nothing that carries its line."""
    if handbook.load_result.invalid_ids.get("messages") or handbook.load_result.invalid_ids.get("assets"):
        return
    for persona in handbook.list_approved("personas"):
        for stage in handbook.stages:
            card = compose_card(handbook, persona.id, stage.id, today)
            assets = handbook.find_assets(persona.id, stage.id)
            if not card.lines or card.send or not assets:
                continue
            line = card.lines[0]
            reasons = [
                f"`{asset.id}` is for us" if asset.is_internal else f"`{asset.id}` expired on {asset.expires}"
                for asset in assets
                if line.id in asset.carries
            ]
            if not reasons and not card.more_assets:
                continue
            near = " or ".join(f"`{asset.id}`" for asset in card.more_assets[:2])
            because = f": {', '.join(reasons)}" if reasons else ""
            fix = f"Add it to `carries` of {near} if that fits, or ask for an asset" if near else "Ask for an asset"
            message = (
                f"`{line.id}` is the line to say to {persona.name} at {stage.name}, but nothing to send carries it"
                f"{because}. {fix}."
            )
            yield handbook.make_record_finding("line-without-asset", "warning", line, ("id",), message, match=line.id)
