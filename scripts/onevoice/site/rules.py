"""The page of rules: what the lint and the checks look for. The links of findings lead here."""

from __future__ import annotations

from collections.abc import Iterator

from onevoice.output import Artifact
from onevoice.phrases.catalog import ENGLISH, get_spoken_language, mark_text, translate_text
from onevoice.site.sections import Hub
from onevoice.site.view import View

HUBS = (Hub(mark_text("Check"), "/brand/rules/", mark_text("Rules")),)

RULES_PATH = "/brand/rules/"


def render(view: View) -> Iterator[Artifact | None]:
    """`/brand/rules/`, if there is any rule to show."""
    if view.rules:
        yield view.render_page(
            RULES_PATH,
            "rules",
            written=True,
            title=translate_text("Rules"),
            description=translate_text("What we check in text and in the handbook, and why."),
            texts=[rule for rule in view.rules if rule.subject == "text"],
            records=[rule for rule in view.rules if rule.subject == "record"],
            # What a rule says of itself is in English only.
            is_english=get_spoken_language() == ENGLISH,
        )
