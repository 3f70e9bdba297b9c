"""Rooms without records: there is no such page, nothing leads to it, and that's no error."""

import datetime
import json

import pytest

from crawl import Page, broken
from onevoice.engine.site import prune_navigation
from onevoice.run.build import plan_build

DAY = datetime.date(2026, 11, 21)
ONE_TERM = {
    "content/brand.yaml": "brand:\n  name: Acme\n  url: https://acme.example\n",
    "terminology/terms.yaml": "terms:\n  - id: lead\n    preferred: lead\n    definition: Someone who may buy.\n",
}
# What one term and the name of a company have to say.
PAGES = ["404.html", "brand/rules/", "brand/take/", "check/", "glossary/", "glossary/lead/", "index.html", "news/"]


def write(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def test_one_term_makes_only_pages_that_say_something(tmp_path):
    plan = plan_build(write(tmp_path, ONE_TERM), DAY)
    plan.build("mkdocs", print)
    site = tmp_path / "build" / "site"
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    assert [page.replace("/index.html", "/") for page in pages] == PAGES
    assert broken(site) == []
    listed = {f"/{page}".replace("index.html", "") for page in PAGES} - {"/404.html"}
    for page in pages:
        links = [
            link for link in Page((site / page).read_text("utf-8")).links if "catalog" in link or "request" in link
        ]
        assert links == [], page
    told = "".join(
        path.read_text("utf-8") for path in (site / "sitemap.xml", site / "assets/labels.js", site / "llms-full.txt")
    )
    for room in ("catalog/", "messaging/", "together/", "request/", 'brand/"'):
        assert room not in told, room
    index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    assert {"/" + entry["location"].partition("#")[0] for entry in index["docs"]} <= listed


@pytest.mark.parametrize(
    ("files", "there", "absent"),
    [
        (
            {
                "content/proof.yaml": "proof:\n"
                "  - {id: a, title: t, claim: c, standing: usable, say: s, basis: b, source: s}\n"
            },
            {"messaging/", "messaging/proof/"},
            {"messaging/objections/", "messaging/personas/", "catalog/"},
        ),
        (
            {"content/teams.yaml": "teams:\n  - {id: sales, name: Sales, side: sales, purpose: p}\n"},
            {"together/", "together/teams/"},
            {"together/kpis/", "together/strategy/", "messaging/"},
        ),
        (
            {
                "content/messages.yaml": "messages:\n"
                "  - {id: a, type: boilerplate, title: t, lengths: [{words: 1, text: Us.}]}\n"
            },
            {"messaging/", "messaging/boilerplate/"},
            {"messaging/versus/", "messaging/proof/"},
        ),
    ],
)
def test_a_record_opens_its_room(tmp_path, files, there, absent):
    plan_build(write(tmp_path, ONE_TERM | files), DAY).build("mkdocs", print)
    site = tmp_path / "build" / "site"
    assert broken(site) == []
    assert {room for room in there | absent if (site / room / "index.html").is_file()} == there
    home = {link.rstrip("/") + "/" for link in Page((site / "index.html").read_text("utf-8")).links}
    assert there <= home and not absent & home


def test_a_navigation_loses_what_is_left_out():
    nav = ["index.md", {"Say": ["say/index.md", {"Plays": "say/plays/index.md"}]}, {"Ask": ["ask/index.md"]}]
    pruned = prune_navigation(nav, {"say/plays/index.md", "ask/index.md"})
    assert pruned == ["index.md", {"Say": ["say/index.md"]}]
    assert prune_navigation(None, {"say/plays/index.md"}) is None
