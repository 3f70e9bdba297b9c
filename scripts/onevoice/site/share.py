"""Which pages have a picture of their own in chats and networks, and what is on it."""

from __future__ import annotations

import datetime

from onevoice.handbook.card import list_lines
from onevoice.handbook.handbook import Handbook
from onevoice.kit.share import ShareText
from onevoice.site.sections import list_hubs

FOLDER = "assets/share"


def list_share_texts(handbook: Handbook, today: datetime.date) -> dict[str, ShareText]:
    """What is on the picture of each page that has its own, by address: home, the hubs and the call cards."""
    brand = handbook.brand
    handbook_name = f"{brand.name} handbook"
    found = {}
    for hub in list_hubs():
        if hub.path.endswith("/") and hub.needs(handbook):
            found[hub.path] = ShareText(
                f"{handbook_name} · {hub.tab}" if hub.title else handbook_name, hub.title or hub.tab
            )
    found["/"] = ShareText(handbook_name, brand.tagline or brand.summary or brand.name)
    for persona in handbook.list_approved("personas"):
        for stage in handbook.stages:
            lines = list_lines(handbook, persona.id, stage.id, today)
            if lines and lines[0].say:
                text = ShareText(f"{persona.name} · {stage.name}", f"“{lines[0].say}”")
                found[f"/messaging/{persona.id}/{stage.id}/"] = text
    return found


def locate_share_picture(path: str) -> str:
    """The file of a page's picture, below the site."""
    return f"{FOLDER}/{path.strip('/') or 'handbook'}.png"
