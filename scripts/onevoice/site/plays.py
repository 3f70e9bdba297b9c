"""Plays: campaigns and sales drives while they run, those to come, and the archive."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

from onevoice.handbook.address import find_page_path
from onevoice.output import Artifact
from onevoice.phrases.catalog import mark_text, translate_text
from onevoice.records.play import Play
from onevoice.site.sections import Hub, has_records
from onevoice.site.view import View

HUBS = (
    Hub(
        mark_text("Say"),
        "/messaging/plays/",
        mark_text("Plays"),
        mark_text("Campaigns and sales drives, and everyone's part in them."),
        has_records("plays"),
    ),
)

GROUPS = (("running", mark_text("Running now")), ("coming", mark_text("Coming up")), ("over", mark_text("Archive")))


def render(view: View) -> Iterator[Artifact | None]:
    """`/messaging/plays/` and a page for each play."""
    plays = view.handbook.list_approved("plays")
    yield view.render_page(
        "/messaging/plays/",
        "plays",
        title=translate_text("Plays"),
        description=translate_text(
            "Campaigns and sales drives: what everyone does, what to say and send, and what to avoid."
        ),
        groups=[
            (
                key,
                translate_text(name),
                sorted((play for play in plays if play.compute_phase(view.today) == key), key=_make_sort_key(key)),
            )
            for key, name in GROUPS
        ],
    )
    for play in plays:
        yield view.render_page(
            find_page_path(play),
            "play",
            title=play.title,
            description=play.summary,
            record=play,
            state=play.compute_phase(view.today),
            states={key: translate_text(name) for key, name in GROUPS},
        )


def _make_sort_key(key: str) -> Callable[[Play], tuple[int, str]]:
    latest = datetime.date.max

    def rank_play(play: Play) -> tuple[int, str]:
        # What ends or begins next comes first; of the archive, what ended last.
        day = {"running": play.ends, "coming": play.starts, "over": play.ends}[key] or latest
        return (-day.toordinal() if key == "over" else day.toordinal(), play.title)

    return rank_play
