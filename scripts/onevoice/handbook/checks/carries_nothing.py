"""An asset is on a call card, but carries nothing that is said there.

What a rep sends has to repeat what was said on the call. Add a message of that card to the asset's `carries`, or take
out the persona or the stage that it isn't for. It's an error if this is so on all of its cards, or if nothing else on a
card carries what is said there.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.card import LINE_ORDER
from onevoice.handbook.handbook import Handbook
from onevoice.records.asset import Asset
from onevoice.records.message import Message


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each asset for customers that carries no message of one of its call cards."""
    if handbook.load_result.invalid_ids.get("messages"):
        return
    personas = {persona.id: persona.name for persona in handbook.list_approved("personas")}
    stages = {stage.id: stage.name for stage in handbook.stages}
    said = {
        (one, at): [message.id for message in sorted(handbook.find_messages(one, at), key=_is_no_line)]
        for one in personas
        for at in stages
    }
    assets = [asset for asset in handbook.list_approved("assets") if not asset.is_internal]
    carried = {
        cell for asset in assets for cell in said if _is_on(asset, cell) and set(said[cell]) & set(asset.carries)
    }
    for asset in assets:
        cells = [cell for cell in said if said[cell] and _is_on(asset, cell)]
        missed = [cell for cell in cells if not set(said[cell]) & set(asset.carries)]
        if not missed:
            continue
        # What is alone on its card comes first: that card is the worst.
        persona, stage = min(missed, key=lambda cell: cell in carried)
        is_wrong = missed == cells or (persona, stage) not in carried
        more = f", nor on {len(missed) - 1} more of its cards" if len(missed) > 1 else ""
        examples = " or ".join(f"`{id}`" for id in said[persona, stage][:2])
        message = (
            f"`{asset.id}` carries nothing that is said on the card {personas[persona]} · {stages[stage]}{more}. "
            f"Add a message such as {examples}, or take out the persona or the stage."
        )
        yield handbook.make_record_finding(
            "carries-nothing", "error" if is_wrong else "warning", asset, ("carries",), message, match=asset.id
        )


def _is_on(asset: Asset, cell: tuple[str, str]) -> bool:
    return cell[0] in asset.personas and cell[1] in asset.stages


def _is_no_line(message: Message) -> bool:
    return message.type not in LINE_ORDER
