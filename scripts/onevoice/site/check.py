"""The page that checks a draft in the browser. check.js does it, with what exchange/javascript.py writes."""

from __future__ import annotations

import json
from collections.abc import Iterator

from onevoice.output import Artifact
from onevoice.site.sections import Hub
from onevoice.site.view import View

HUBS = (Hub("Check", "/check/"),)


def render(view: View) -> Iterator[Artifact | None]:
    """`/check/`."""
    brand, terms = view.handbook.brand, view.handbook.list_approved("terms")
    yield view.render_page(
        "/check/",
        "check",
        title="Check a draft",
        description="Paste your text, see which words are off-brand, and fix them. Nothing leaves your browser.",
        words=sum(len(term.avoid) for term in terms),
        # What writers can say about the draft: the question, and the answers.
        questions=json.dumps(
            {"audiences": ["Written for", *brand.audiences], "channels": ["Published in", *brand.channels]},
            ensure_ascii=False,
        ),
    )
