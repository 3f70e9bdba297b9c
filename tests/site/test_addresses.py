"""The addresses of the site are a contract: links from outside rely on them."""

import json
import os
import re
import subprocess
import sys
from itertools import product

import pytest

from crawl import Page, broken, pages
from handbooks import ROOT, build, copy, write_plain_config
from onevoice.handbook.address import find_page_path, make_slug
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_folder
from onevoice.records import KINDS

BOOK = Handbook(load_folder(ROOT))


def test_every_persona_and_stage_has_a_call_card(site):
    cells = list(product(BOOK.list_records("personas"), BOOK.stages))
    assert len(cells) == 12
    for persona, stage in cells:
        page = Page((site / "messaging" / persona.id / stage.id / "index.html").read_text("utf-8"))
        for part in ("Say", "Not", "Ask", "Proof", "Send"):
            assert part in page.text, f"{persona.id}/{stage.id} has no {part}"


@pytest.mark.parametrize("kind", ["terms", "assets", "personas", "plays"])
def test_every_record_has_its_page(site, kind):
    for record in BOOK.list_approved(kind):
        assert (site / find_page_path(record).strip("/") / "index.html").is_file(), record.id


def test_every_avoided_word_leads_to_the_reason(site):
    words = [(term, avoid) for term in BOOK.list_approved("terms") for avoid in term.avoid]
    assert len(words) > 100
    for term, avoid in words:
        word = make_slug(avoid.term)
        if word == term.id:
            continue
        page = Page((site / "glossary" / word / "index.html").read_text("utf-8"))
        assert any(f"../{term.id}/#avoid-" in link for link in page.links), avoid.term
        assert term.preferred in page.text


def test_no_link_leads_nowhere(site):
    assert broken(site) == []


def test_api_lists_each_kind_with_id_and_url(site):
    for kind in KINDS:
        records = json.loads((site / "api" / f"{kind}.json").read_text("utf-8"))
        assert [record["id"] for record in records] == [record.id for record in BOOK.list_records(kind)]
        assert all(record["url"].startswith("https://handbook.ferrywell.example/") for record in records)


def test_a_link_from_the_api_leads_to_a_page_with_its_anchor(site):
    known = pages(site)
    for kind in KINDS:
        for record in json.loads((site / "api" / f"{kind}.json").read_text("utf-8")):
            if record["status"] != "approved":
                continue
            path, _, anchor = record["url"].removeprefix("https://handbook.ferrywell.example").partition("#")
            assert path in known, record["url"]
            assert not anchor or anchor in known[path].anchors, record["url"]


def test_pages_unfurl_when_pasted(site):
    for path, page in pages(site).items():
        tags = [found for tag, found in page.tags if tag == "meta"]
        meta = {found.get("property") or found.get("name"): found.get("content") for found in tags}
        if path == "/404.html" or meta.get("robots") == "noindex":
            continue
        assert meta.get("og:title") and meta.get("description") and meta.get("og:description"), path
        assert meta["og:url"] == f"https://handbook.ferrywell.example{path}"


def test_zensical_builds_the_same_pages(site, tmp_path):
    folder = copy(tmp_path)
    build(folder, "--engine", "zensical")
    theirs = set(pages(folder / "build" / "site")) - {"/404.html"}
    ours = set(pages(site)) - {"/404.html"}
    assert theirs == ours


def test_plain_mkdocs_is_silent_in_strict_mode(built, tmp_path):
    config = write_plain_config(tmp_path / "mkdocs.yml", built / "build" / "docs")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")],
        cwd=config.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_terms_are_told_to_machines(site):
    html = (site / "glossary" / "customer-journey" / "index.html").read_text("utf-8")
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)[1])
    assert data["@type"] == "DefinedTerm"
    assert data["name"] == "customer journey"
    assert data["url"] == "https://handbook.ferrywell.example/glossary/customer-journey/"
    html = (site / "glossary" / "index.html").read_text("utf-8")
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)[1])
    assert data["@type"] == "DefinedTermSet"
    assert len(data["hasDefinedTerm"]) == len(BOOK.list_approved("terms"))


def test_sitemap_lists_every_page(site):
    listed = set(
        re.findall(r"<loc>https://handbook\.ferrywell\.example([^<]*)</loc>", (site / "sitemap.xml").read_text("utf-8"))
    )
    wanted = {
        path
        for path, page in pages(site).items()
        if not any(found.get("content") == "noindex" for _, found in page.tags)
    }
    assert wanted - {"/404.html"} == listed
