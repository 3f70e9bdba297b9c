"""The company's own pages: a list of all of them by group, and each on its own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from onevoice.handbook.address import find_page_path
from onevoice.output import Artifact
from onevoice.records import KINDS
from onevoice.site.escape import build_relative_link
from onevoice.site.sections import Hub
from onevoice.site.view import Guide, View

HUBS = (Hub("Guides", "/pages/"),)

# Code, which is left alone, or a link to an address of the site.
_CODE_OR_LINK = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)|`[^`\n]*`|\[([^\[\]\n]*)\]\((/[^()\s]*)\)", re.M | re.S)

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
    shown, anchors = _list_targets(view)
    for guide in view.guides:
        text = _link_pages(guide.text, guide.path, shown, anchors)
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


def _list_targets(view: View) -> tuple[set[str], set[str]]:
    """The addresses of the pages that a link may lead to, and the anchors on them: the ids of records."""
    book = view.handbook
    records = [record for kind in KINDS for record in book.list_approved(kind)]
    paths = {find_page_path(record).partition("#")[0] for record in records}
    paths |= {f"/messaging/{one.id}/{stage.id}/" for one in book.list_approved("personas") for stage in book.stages}
    paths |= {guide.path for guide in view.guides} | {hub.path for hub in view.list_hubs()}
    return {path for path in paths if view.has_page(path)}, {record.id for record in records}


def _link_pages(text: str, page: str, shown: Collection[str], anchors: Collection[str]) -> str:
    """Markdown with its links to addresses of the site, such as `/messaging/proof/`, as the engine wants them.

    What a handbook doesn't have, or doesn't show yet, is named without a link. shown, anchors: what it has.
    """

    def link_page(match: re.Match[str]) -> str:
        if not match[2]:
            return match[0]
        path, _, anchor = match[2].partition("#")
        if path not in shown:
            return match[1]
        return f"[{match[1]}]({build_relative_link(match[2] if anchor in anchors else path, page)})"

    return _CODE_OR_LINK.sub(link_page, text)
