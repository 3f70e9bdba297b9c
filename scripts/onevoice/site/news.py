"""The page with what changed in the last weeks."""

from __future__ import annotations

from collections.abc import Iterator

from onevoice.handbook.news import (
    count_records,
    find_monday,
    group_news_by_week,
    split_additions,
    summarize_news,
    tell_opening,
)
from onevoice.output import Artifact
from onevoice.phrases.catalog import mark_text, translate_text
from onevoice.site.sections import Hub
from onevoice.site.view import View

HUBS = (Hub(mark_text("News"), "/news/"),)

NEWS_SUMMARY = mark_text("What changed in our words, messages, content and ways of working.")


def render(view: View) -> Iterator[Artifact | None]:
    """`/news/` with the last weeks."""
    history = view.history
    yield view.render_page(
        "/news/",
        "news",
        title=translate_text("News"),
        description=translate_text(NEWS_SUMMARY),
        history=history,
        weeks=[
            (monday, summarize_news([item for _, items in groups for item in items]), groups)
            for monday, groups in group_news_by_week(history.news)
        ],
        this_monday=find_monday(view.today),
        opening=tell_opening(history.beginning) if history.beginning else "",
        tell=split_additions,
        count_records=count_records,
    )
