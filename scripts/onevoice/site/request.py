"""Help: every form, with one prefilled link per call, and which team to ask about what."""

from __future__ import annotations

from collections.abc import Iterator

from onevoice import forms
from onevoice.matcher.fold import make_match_key
from onevoice.output import Artifact
from onevoice.phrases.catalog import mark_text, translate_text
from onevoice.site.sections import Hub, has_forms, has_records
from onevoice.site.view import View

HUBS = (
    Hub(
        mark_text("Help"),
        "/request/",
        hint=mark_text("Request content, disagree, or suggest a word."),
        needs=has_forms("ask"),
    ),
    Hub(mark_text("Help"), "/request/who/", mark_text("Who to ask"), needs=has_records("teams")),
)


def render(view: View) -> Iterator[Artifact | None]:
    """`/request/` and `/request/who/`."""
    book, path = view.handbook, "/request/"
    cells = [
        (persona, [(stage, view.build_request_link(path, persona, stage)) for stage in book.stages])
        for persona in book.list_approved("personas")
    ]
    records = [form for form in book.list_approved("forms") if form.use == "ask"]
    yield view.render_page(
        path,
        "request",
        title=translate_text("Get help"),
        description=translate_text("Request content, disagree, or suggest a word: the forms are filled in for you."),
        forms=records,
        links={
            form.id: forms.build_form_link(
                form, {"page": view.build_url(path), "record": translate_text("the handbook")}
            )
            for form in records
        },
        cells=cells if book.brand.request_form else [],
    )
    teams = book.list_approved("teams")
    yield view.render_page(
        "/request/who/",
        "who",
        title=translate_text("Who to ask"),
        description=translate_text("Which team to ask about what, and how to reach it."),
        subjects=sorted(
            ((subject, team) for team in teams for subject in team.ask_about), key=lambda row: make_match_key(row[0])
        ),
        teams=teams,
        trim_contact=trim_contact,
    )


def trim_contact(contact: str) -> str:
    """How to reach a team as people read it: an address without `mailto:` or `https://`."""
    return contact.removeprefix("mailto:").removeprefix("https://").partition("?")[0]
