"""The home page: pick a person and a stage, or one of the doors."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from onevoice.handbook.handbook import Handbook
from onevoice.handbook.news import find_latest_week, find_monday, summarize_news
from onevoice.output import Artifact
from onevoice.phrases.catalog import mark_text, translate_text
from onevoice.site.guides import group_guides
from onevoice.site.sections import Hub
from onevoice.site.view import View

HUBS = (Hub(mark_text("Home"), "/"),)

# What people come for, and below each the pages they usually want: (title, address, what for, pages in it).
HOME_SECTIONS = (
    (
        mark_text("Check a draft"),
        "/check/",
        mark_text("Paste your text and see what to fix. It stays in your browser."),
        (),
    ),
    (mark_text("News"), "/news/", mark_text("What changed this week, and how to follow along."), ()),
    (
        mark_text("What we say"),
        "/messaging/",
        mark_text("By person and stage, with proof."),
        (
            (mark_text("Proof"), "/messaging/proof/"),
            (mark_text("Objections"), "/messaging/objections/"),
            (mark_text("Versus"), "/messaging/versus/"),
            (mark_text("Personas"), "/messaging/compare/"),
        ),
    ),
    (
        mark_text("Working together"),
        "/together/",
        mark_text("Who does what when, and our shared goals."),
        (
            (mark_text("Leads and handoffs"), "/together/leads/"),
            (mark_text("Joint KPIs"), "/together/kpis/"),
            (mark_text("Strategy"), "/together/strategy/"),
        ),
    ),
    (
        mark_text("Catalog"),
        "/catalog/",
        mark_text("What to send, and what's missing."),
        ((mark_text("What's due"), "/catalog/due/"), (mark_text("Gaps"), "/catalog/gaps/")),
    ),
    (
        mark_text("Glossary"),
        "/glossary/",
        mark_text("Which word to use, and why."),
        (
            (mark_text("Words to avoid"), "/glossary/avoid/"),
            (mark_text("Bring our words with you"), "/brand/take/"),
        ),
    ),
    (mark_text("Brand"), "/brand/", mark_text("Logo, colors, type, and how we sound."), ()),
    (
        mark_text("Help"),
        "/request/",
        mark_text("Missing something? The form is filled in for you."),
        ((mark_text("Who to ask"), "/request/who/"), (mark_text("Guides"), "/pages/")),
    ),
)


def _list_examples(book: Handbook) -> list[str]:
    """What people may type into the word box: a word, a claim and an objection of this handbook."""
    words = (avoid.term for term in book.list_approved("terms") for avoid in term.avoid)
    claims = (proof.title.partition(" (")[0] for proof in book.list_approved("proof"))
    objections = (message.title for message in book.list_approved("messages") if message.type == "objection")
    return [text for row in (words, claims, objections) for text in itertools.islice(row, 1)]


def render(view: View) -> Iterator[Artifact | None]:
    """`/`."""
    monday, latest = find_latest_week(view.history.news)
    yield view.render_page(
        "/",
        "home",
        title=view.handbook.brand.name,
        description=view.handbook.brand.summary or translate_text("The handbook of our words, messages and content."),
        personas=view.handbook.list_approved("personas"),
        doors=[
            (
                translate_text(title),
                path,
                translate_text(text),
                [(translate_text(name), room) for name, room in rooms if view.has_page(room)],
            )
            for title, path, text, rooms in HOME_SECTIONS
            if view.has_page(path)
        ],
        objections=[m for m in view.handbook.list_approved("messages") if m.type == "objection"][:6],
        news=summarize_news(latest),
        is_this_week=monday == find_monday(view.today),
        guides=group_guides(view),
        examples=_list_examples(view.handbook),
    )
