"""What changed: the page, and the feeds that tell it without a visit."""

from __future__ import annotations

from collections.abc import Iterator

from onevoice.exchange import feeds
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


def files(view: View) -> Iterator[Artifact]:
    """The same news as Atom and JSON Feed."""
    history, brand = view.history, view.handbook.brand
    home, atom, json = (view.url(path) for path in ("/news/", "/news/atom.xml", "/news/feed.json"))
    entries = feeds.entries(history.news, brand.url or "")
    feed = feeds.Feed(f"{brand.name} handbook: news", ABOUT, brand.language, home, atom, json, entries)
    yield Artifact("docs/news/atom.xml", feeds.atom(feed))
    yield Artifact("docs/news/feed.json", feeds.json_feed(feed))
