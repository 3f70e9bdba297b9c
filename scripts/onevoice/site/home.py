"""The home page: pick a person and a stage, or one of the doors."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from onevoice.handbook.handbook import Handbook
from onevoice.handbook.news import find_latest_week, find_monday, summarize_news
from onevoice.output import Artifact
from onevoice.site.guides import group_guides
from onevoice.site.sections import Hub
from onevoice.site.view import View

HUBS = (Hub("Home", "/"),)

# What people come for, and below each the pages they usually want: (title, address, what for, pages in it).
HOME_SECTIONS = (
    ("Check a draft", "/check/", "Paste your text and see what to fix. It stays in your browser.", ()),
    ("News", "/news/", "What changed this week, and how to follow along.", ()),
    (
        "What we say",
        "/messaging/",
        "By person and stage, with proof.",
        (
            ("Proof", "/messaging/proof/"),
            ("Objections", "/messaging/objections/"),
            ("Versus", "/messaging/versus/"),
            ("Personas", "/messaging/compare/"),
        ),
    ),
    (
        "Working together",
        "/together/",
        "Who does what when, and our shared goals.",
        (
            ("Leads and handoffs", "/together/leads/"),
            ("Joint KPIs", "/together/kpis/"),
            ("Strategy", "/together/strategy/"),
        ),
    ),
    (
        "Catalog",
        "/catalog/",
        "What to send, and what's missing.",
        (("What's due", "/catalog/due/"), ("Gaps", "/catalog/gaps/")),
    ),
    ("Glossary", "/glossary/", "Which word to use, and why.", (("Words to avoid", "/glossary/avoid/"),)),
    ("Brand", "/brand/", "Logo, colors, type, and how we sound.", ()),
    (
        "Help",
        "/request/",
        "Missing something? The form is filled in for you.",
        (("Who to ask", "/request/who/"), ("Guides", "/pages/")),
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
        description=view.handbook.brand.summary or "The handbook of our words, messages and content.",
        personas=view.handbook.list_approved("personas"),
        doors=[
            (title, path, text, [room for room in rooms if view.has_page(room[1])])
            for title, path, text, rooms in HOME_SECTIONS
            if view.has_page(path)
        ],
        objections=[m for m in view.handbook.list_approved("messages") if m.type == "objection"][:6],
        news=summarize_news(latest),
        is_this_week=monday == find_monday(view.today),
        guides=group_guides(view),
        examples=_list_examples(view.handbook),
    )
