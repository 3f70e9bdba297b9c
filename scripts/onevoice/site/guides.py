"""The company's own pages: a list of all of them by group, and each on its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onevoice.output import Artifact
from onevoice.site.escape import build_relative_link
from onevoice.site.sections import Hub
from onevoice.site.view import Guide, View

HUBS = (Hub("Guides", "/pages/"),)

# Code, which is left alone, or a link to an address of the site.
_CODE_OR_LINK = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)|`[^`\n]*`|\]\((/[^()\s]*)\)", re.M | re.S)

_FIRST_STEPS = re.compile(r"^(?:## |[-*+] |\d+[.)] )", re.M)


def render(view: View) -> Iterator[Artifact | None]:
    """`/pages/` and `/pages/<name>/` for each Markdown file in content/pages."""
    yield view.render_page(
        "/pages/",
        "guides",
        title="Guides",
        description="How to work with this handbook, and what to know that fits no record.",
        groups=group_guides(view),
    )
    for guide in view.guides:
        text = _link_pages(guide.text, guide.path)
        # What counts the steps is between the introduction and the first of them.
        start = _FIRST_STEPS.search(text) if guide.has_steps else None
        cut = start.start() if start else len(text)
        yield view.render_page(
            guide.path,
            "guide",
            title=guide.title,
            description=guide.description,
            guide=guide,
            team=next(iter(view.handbook.resolve_ids("teams", [guide.owner] if guide.owner else [])), None),
            intro=text[:cut],
            rest=text[cut:],
            written=True,
        )


def group_guides(view: View) -> list[tuple[str, list[Guide]]]:
    """The company's own pages by group, in their order; those without a group come last, under ""."""
    groups: dict[str, list[Guide]] = {}
    for guide in view.guides:
        groups.setdefault(guide.group, []).append(guide)
    return sorted(groups.items(), key=lambda entry: not entry[0])


def _link_pages(text: str, page: str) -> str:
    """Markdown with its links to addresses of the site, such as `/messaging/proof/`, as the engine wants them."""
    return _CODE_OR_LINK.sub(lambda match: f"]({build_relative_link(match[1], page)})" if match[1] else match[0], text)
