"""The page of rules: where the links of findings lead."""

import pytest

from crawl import Page
from onevoice.lint import rules
from onevoice.run.rules import list_check_pages, list_rule_pages

PAGES = [*list_rule_pages(), *list_check_pages()]


@pytest.fixture(scope="module")
def page(site):
    return Page((site / "brand" / "rules" / "index.html").read_text("utf-8"))


@pytest.mark.parametrize("rule", PAGES, ids=[rule.name for rule in PAGES])
def test_every_rule_has_its_place_with_what_it_looks_for(page, rule):
    assert rule.anchor in page.anchors
    assert rule.text.count("\n\n") >= 1, "one sentence does not say what to do about it"


def test_the_links_of_findings_lead_there(page):
    for name in rules.load_rules():
        path, _, anchor = rules.locate_rule_page(name).partition("#")
        assert path == "/brand/rules/"
        assert anchor in page.anchors


def test_no_two_rules_share_a_place():
    assert len({rule.anchor for rule in PAGES}) == len(PAGES)
