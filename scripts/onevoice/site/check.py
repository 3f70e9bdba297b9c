"""The page that checks a draft in the browser. check.js does it, with what exchange/javascript.py writes."""

from __future__ import annotations

import json
from collections.abc import Iterator

from onevoice.output import Artifact
from onevoice.phrases.catalog import mark_text, translate_text
from onevoice.site.sections import Hub, has_records
from onevoice.site.view import View

HUBS = (Hub(mark_text("Check"), "/check/", needs=has_records("terms", "proof", "voice", "messages")),)


def render(view: View) -> Iterator[Artifact | None]:
    """`/check/`."""
    handbook = view.handbook
    brand, terms, journey = handbook.brand, handbook.list_approved("terms"), handbook.find_single("journey")
    yield view.render_page(
        "/check/",
        "check",
        title=translate_text("Check a draft"),
        description=translate_text(
            "Paste your text, see what's off-brand or without proof, and fix it. Nothing leaves your browser."
        ),
        words=sum(len(term.avoid) for term in terms),
        # What writers can say about the draft: the question, and the answers, each with what people call it.
        questions=json.dumps(
            {
                "audiences": [translate_text("Written for"), *((name, name) for name in brand.audiences)],
                "channels": [translate_text("Published in"), *((name, name) for name in brand.channels)],
                "persona": [
                    translate_text("Persona"),
                    *((one.id, one.name) for one in handbook.list_approved("personas")),
                ],
                "stage": [
                    translate_text("Stage"),
                    *((one.id, one.name) for one in (journey.stages if journey else ())),
                ],
            },
            ensure_ascii=False,
        ),
    )
