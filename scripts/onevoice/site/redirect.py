"""Addresses that lead on: from every avoided word to the reason, from every old id to the record."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import escape

from onevoice.handbook.address import address, redirects
from onevoice.handbook.handbook import Handbook
from onevoice.output import Artifact
from onevoice.records import KINDS
from onevoice.records.word import fold, slug
from onevoice.site.escape import relative
from onevoice.site.glossary import anchor
from onevoice.site.view import View

REDIRECT = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>{title}</title>
{refresh}</head>
<body>
<p>{text}</p>
</body>
</html>
"""

# Where an address leads: the site path, what is there, and a sentence that says why.
Target = tuple[str, str, str]


def files(view: View) -> Iterator[Artifact]:
    """A plain HTML file, which builders copy as it is, for each address that leads on."""
    wanted: dict[str, list[Target]] = {}
    for path, target in (*_avoided(view.handbook), *_former(view.handbook)):
        wanted.setdefault(path, []).append(target)
    for path, targets in sorted(wanted.items()):
        yield Artifact(f"docs{path}index.html", _page(path, targets, "index.html" if view.offline else "").encode())


def _avoided(book: Handbook) -> Iterator[tuple[str, Target]]:
    terms = book.approved("terms")
    ids = {term.id for term in terms}
    rows = sorted(((term, avoid) for term in terms for avoid in term.avoid), key=lambda row: fold(row[1].term))
    for term, avoid in rows:
        if slug(avoid.term) not in ids:
            target = f"{address(term)}#{anchor(avoid.term)}"
            yield redirects(avoid.term), (target, term.preferred, f"We do not say “{avoid.term}”")


def _former(book: Handbook) -> Iterator[tuple[str, Target]]:
    for kind in KINDS:
        for record in book.approved(kind):
            page = address(record)
            if page.endswith(f"/{record.id}/"):
                for former in record.was:
                    yield f"{page.removesuffix(f'{record.id}/')}{former}/", (page, record.label, "This page has moved")


def _page(path: str, targets: list[Target], index: str) -> str:
    # Another spelling of the same word ("white-paper", "white paper") leads to the first of them.
    ways: dict[str, Target] = {}
    for target in targets:
        ways.setdefault(target[0].partition("#")[0], target)
    links = [
        (str(relative(target, path)).replace("index.md", index), label, why) for target, label, why in ways.values()
    ]
    text = " ".join(f'{escape(why)}: see <a href="{escape(href)}">{escape(label)}</a>.' for href, label, why in links)
    refresh = f'<meta http-equiv="refresh" content="0; url={escape(links[0][0])}">\n' if len(links) == 1 else ""
    return REDIRECT.format(title=escape(targets[0][1]), refresh=refresh, text=text)
