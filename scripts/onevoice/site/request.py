"""The request page: every form, and one prefilled link per call."""

from __future__ import annotations

from collections.abc import Iterator

from onevoice import forms
from onevoice.output import Artifact
from onevoice.site.sections import Hub, has_forms
from onevoice.site.view import View

HUBS = (Hub("Ask", "/request/", needs=has_forms("ask")),)


def render(view: View) -> Iterator[Artifact | None]:
    """`/request/`."""
    book, path = view.handbook, "/request/"
    cells = [
        (persona, [(stage, view.build_request_link(path, persona, stage)) for stage in book.stages])
        for persona in book.list_approved("personas")
    ]
    records = [form for form in book.list_approved("forms") if form.use == "ask"]
    yield view.render_page(
        path,
        "request",
        title="Ask for something",
        description="Ask for content, ask a question, or disagree: the forms are filled in for you.",
        forms=records,
        links={
            form.id: forms.build_form_link(form, {"page": view.build_url(path), "record": "the handbook"})
            for form in records
        },
        cells=cells if book.brand.request_form else [],
    )
