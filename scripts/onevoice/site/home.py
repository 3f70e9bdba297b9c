"""The home page: pick a person and a stage, or one of the doors; and the company's own pages."""

from __future__ import annotations

from collections.abc import Iterator

from onevoice.output import Artifact
from onevoice.site.view import View

DOORS = (
    ("Glossary", "/glossary/", "Is this word ours? What else, and why?"),
    ("What we say", "/messaging/", "Pitches, questions, answers and proof, by person and stage."),
    ("Catalog", "/catalog/", "What to send: marketing's and sales' content side by side."),
    ("Brand", "/brand/", "Logo, colors, type, and how we sound."),
    ("News", "/news/", "What changed, week by week."),
    ("What is due", "/catalog/due/", "Expired, overdue, or soon to be: by team."),
    ("Working together", "/together/", "Leads and handoffs, joint KPIs, meetings, and the strategy on one page."),
    ("Ask", "/request/", "Something is missing? The form is filled in for you."),
)


def pages(view: View) -> Iterator[Artifact]:
    """`/` and `/pages/<name>/` for each Markdown file in content/pages."""
    guides = [{"title": guide.title, "path": f"/pages/{guide.name}/"} for guide in view.guides]
    yield view.page(
        "/",
        "home",
        title=view.handbook.brand.name,
        description=view.handbook.brand.summary or "The handbook of our words, messages and content.",
        personas=view.handbook.approved("personas"),
        doors=[{"title": title, "path": path, "text": text} for title, path, text in DOORS],
        objections=[m for m in view.handbook.approved("messages") if m.type == "objection"][:6],
        pages=guides,
    )
    for guide in view.guides:
        path = f"/pages/{guide.name}/"
        yield view.page(path, "guide", title=guide.title, description=guide.description, text=guide.text)
