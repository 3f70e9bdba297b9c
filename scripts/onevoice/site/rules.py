"""The page of rules: what the lint and the checks look for, where the links of findings lead."""

from __future__ import annotations

from collections.abc import Iterator

from onevoice.output import Artifact
from onevoice.site.view import View

PATH = "/brand/rules/"


def pages(view: View) -> Iterator[Artifact]:
    """`/brand/rules/`, where there is any rule to show."""
    if view.rules:
        yield view.page(
            PATH,
            "rules",
            written=True,
            title="Rules",
            description="What is checked in a text and in the handbook, and why.",
            texts=[rule for rule in view.rules if rule.about == "text"],
            records=[rule for rule in view.rules if rule.about == "record"],
        )
