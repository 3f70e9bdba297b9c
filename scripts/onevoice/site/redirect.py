"""Addresses that lead on: from every avoided word to the reason, from every old id to the record."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import escape

from onevoice.handbook.address import build_redirect_path, find_page_path, make_slug
from onevoice.handbook.handbook import Handbook
from onevoice.matcher.fold import make_match_key
from onevoice.output import Artifact
from onevoice.records import KINDS
from onevoice.site.escape import build_relative_link
from onevoice.site.glossary import build_avoid_anchor
from onevoice.site.view import View

REDIRECT_TEMPLATE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>{title}</title>
{refresh}</head>
<body>
<p>{text}</p>
</body>
</html>
"""

# Where an address leads: the site path, what is there, and a sentence with the reason.
RedirectTarget = tuple[str, str, str]


def write(view: View) -> Iterator[Artifact]:
    """A plain HTML file, which builders copy as it is, for each address that leads on."""
    wanted: dict[str, list[RedirectTarget]] = {}
    for path, target in (*_iter_avoid_redirects(view.handbook), *_iter_former_redirects(view.handbook)):
        wanted.setdefault(path, []).append(target)
    for path, targets in sorted(wanted.items()):
        yield Artifact(
            f"docs{path}index.html", _render_redirect(path, targets, "index.html" if view.offline else "").encode()
        )


def _iter_avoid_redirects(book: Handbook) -> Iterator[tuple[str, RedirectTarget]]:
    terms = book.list_approved("terms")
    ids = {term.id for term in terms}
    rows = sorted(
        ((term, avoid) for term in terms for avoid in term.avoid), key=lambda row: make_match_key(row[1].term)
    )
    for term, avoid in rows:
        if make_slug(avoid.term) not in ids:
            target = f"{find_page_path(term)}#{build_avoid_anchor(avoid.term)}"
            yield build_redirect_path(avoid.term), (target, term.preferred, f"We don't say “{avoid.term}”")


def _iter_former_redirects(book: Handbook) -> Iterator[tuple[str, RedirectTarget]]:
    for kind in KINDS:
        for record in book.list_approved(kind):
            page = find_page_path(record)
            if page.endswith(f"/{record.id}/"):
                for former in record.was:
                    yield f"{page.removesuffix(f'{record.id}/')}{former}/", (page, record.label, "This page has moved")


def _render_redirect(path: str, targets: list[RedirectTarget], index: str) -> str:
    # Another spelling of the same word ("white-paper", "white paper") leads to the first of them.
    ways: dict[str, RedirectTarget] = {}
    for target in targets:
        ways.setdefault(target[0].partition("#")[0], target)
    links = [
        (str(build_relative_link(target, path)).replace("index.md", index), label, why)
        for target, label, why in ways.values()
    ]
    text = " ".join(f'{escape(why)}: see <a href="{escape(href)}">{escape(label)}</a>.' for href, label, why in links)
    refresh = f'<meta http-equiv="refresh" content="0; url={escape(links[0][0])}">\n' if len(links) == 1 else ""
    return REDIRECT_TEMPLATE.format(title=escape(targets[0][1]), refresh=refresh, text=text)
