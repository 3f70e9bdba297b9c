"""What a page of ours weighs on a phone's connection, compressed as servers send it."""

import gzip
from pathlib import Path

import pytest

from crawl import Page
from handbooks import ROOT

ASSETS = ROOT / "scripts/onevoice/site/assets"
THEIRS = ("assets/javascripts/", "assets/stylesheets/")
KB = 1024


def size(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), mtime=0))


def test_our_scripts_are_small():
    """The check of drafts has a test of its own."""
    scripts = {path.name: size(path) for path in ASSETS.glob("*.js")}
    assert {"find.js", "filter.js", "copy.js"} < set(scripts)
    assert sum(scripts.values()) <= 30 * KB, scripts


@pytest.mark.parametrize("path", ["", "messaging/marketing-lead/decide/", "messaging/sales-lead/discover/"])
def test_a_page_with_all_that_it_loads_of_ours_is_small(site, path):
    page = site / path / "index.html"
    loaded = {
        (page.parent / link).resolve() for link in Page(page.read_text("utf-8")).links if link.endswith((".js", ".css"))
    }
    ours = {file for file in loaded if not file.relative_to(site.resolve()).as_posix().startswith(THEIRS)}
    assert {"pages.js", "onevoice.css", "brand.css"} < {file.name for file in ours}
    # The words come as soon as somebody is about to look for one.
    files = {file.name: size(file) for file in (page, *ours, site / "assets/labels.js")}
    assert sum(files.values()) <= 60 * KB, files
