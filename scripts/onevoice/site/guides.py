"""The company's own pages: a list of all of them by group, and each on its own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from onevoice.handbook.address import find_page_path
from onevoice.output import Artifact
from onevoice.phrases.catalog import mark_text, translate_text
from onevoice.records import KINDS
from onevoice.records.journey import Journey
from onevoice.site.escape import build_relative_link
from onevoice.site.sections import Hub
from onevoice.site.view import Guide, View

HUBS = (Hub(mark_text("Guides"), "/pages/"),)

# Code, which is left alone, or a link to an address of the site.
_CODE_OR_LINK = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)|`[^`\n]*`|\[([^\[\]\n]*)\]\((/[^()\s]*)\)", re.M | re.S)

_FIRST_STEPS = re.compile(r"^(?:## |[-*+] |\d+[.)] )", re.M)


def render(view: View) -> Iterator[Artifact | None]:
    """`/pages/` and `/pages/<name>/` for each Markdown file in content/pages."""
    yield view.render_page(
        "/pages/",
        "guides",
        title=translate_text("Guides"),
        description=translate_text("How to work with this handbook, and what to know that fits no record."),
        groups=group_guides(view),
    )
    paths, anchors = _list_hidden(view)
    for guide in view.guides:
        text = _link_pages(guide.text, guide.path, paths, anchors)
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


def _list_hidden(view: View) -> tuple[set[str], set[str]]:
    """What a handbook doesn't show yet: the addresses of pages, and the ids of records, which are anchors."""
    book = view.handbook
    records = [record for kind in KINDS for record in book.list_records(kind)]
    hidden = [record for record in records if record.status != "approved"]
    stages = {stage.id for record in records if isinstance(record, Journey) for stage in record.stages}
    cards = {f"/messaging/{one.id}/{stage}/" for one in book.list_records("personas") for stage in stages}
    cards -= {f"/messaging/{one.id}/{stage.id}/" for one in book.list_approved("personas") for stage in book.stages}
    paths = {find_page_path(record).partition("#")[0] for record in hidden}
    paths -= {find_page_path(record).partition("#")[0] for record in book.iter_approved()}
    paths -= {hub.path for hub in view.list_hubs()}
    return paths | cards | view.left_out, {record.id for record in hidden}


def _link_pages(text: str, page: str, paths: Collection[str], anchors: Collection[str]) -> str:
    """Markdown with its links to addresses of the site, such as `/messaging/proof/`, as the engine wants them.

    What a handbook doesn't show yet is named without a link: paths of pages, anchors on pages. The engine refuses all
    other addresses that lead nowhere.
    """

    def link_page(match: re.Match[str]) -> str:
        if not match[2]:
            return match[0]
        path, _, anchor = match[2].partition("#")
        if path in paths:
            return match[1]
        return f"[{match[1]}]({build_relative_link(path if anchor in anchors else match[2], page)})"

    return _CODE_OR_LINK.sub(link_page, text)
