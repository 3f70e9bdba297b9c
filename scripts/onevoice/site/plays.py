"""Plays: campaigns and sales drives while they run, those to come, and the archive."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.handbook.address import address
from onevoice.output import Artifact
from onevoice.records.play import Play
from onevoice.site.view import View

GROUPS = (("running", "Running now"), ("coming", "Coming"), ("over", "Archive"))


def pages(view: View) -> Iterator[Artifact]:
    """`/messaging/plays/` and a page for each play."""
    plays = view.handbook.approved("plays")
    yield view.page(
        "/messaging/plays/",
        "plays",
        title="Plays",
        description="Campaigns and sales drives: how everybody acts, what to say, what to send, what not.",
        groups=[
            (key, name, sorted((play for play in plays if play.when(view.today) == key), key=_order(key)))
            for key, name in GROUPS
        ],
    )
    for play in plays:
        yield view.page(
            address(play),
            "play",
            title=play.title,
            description=play.summary,
            record=play,
            state=play.when(view.today),
            states=dict(GROUPS),
        )


def _order(key: str):
    latest = datetime.date.max

    def order(play: Play) -> tuple[int, str]:
        # What ends or begins next comes first; of the archive, what ended last.
        day = {"running": play.ends, "coming": play.starts, "over": play.ends}[key] or latest
        return (-day.toordinal() if key == "over" else day.toordinal(), play.title)

    return order
