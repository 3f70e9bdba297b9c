"""What changed: the page, and the feeds that tell it without a visit."""

from __future__ import annotations

from collections.abc import Iterator

from onevoice.handbook.news import by_week, gathered
from onevoice.output import Artifact
from onevoice.site.view import View

ABOUT = "What changed in our words, messages, content and ways of working."


def pages(view: View) -> Iterator[Artifact]:
    """`/news/` with the last weeks."""
    history = view.history
    yield view.page(
        "/news/", "news", title="News", description=ABOUT, history=history, weeks=by_week(history.news), tell=gathered
    )
