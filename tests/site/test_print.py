"""On paper: a call card is one sheet, and dark pages print as light ones."""

import re

import pytest

from handbooks import ROOT
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_folder

BOOK = Handbook(load_folder(ROOT))
CARDS = [f"/messaging/{p.id}/{s.id}/" for p in BOOK.list_approved("personas") for s in BOOK.stages]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_every_call_card_prints_on_one_page(page, address, paper):
    pages = {}
    for path in CARDS:
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        pages[path] = len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format=paper)))
    assert len(pages) == 12 and set(pages.values()) == {1}, pages


def test_the_sheet_has_what_the_call_needs_and_no_buttons(page, address):
    page.goto(f"{address}/messaging/sales-lead/decide/")
    page.wait_for_load_state("networkidle")
    page.emulate_media(media="print")
    assert page.locator(".ov-card > div").filter(visible=True).count() == 5
    assert page.get_by_role("heading", name="What you might hear").is_visible()
    assert page.locator("button:not(.ov-term), nav, header, .ov-find").filter(visible=True).count() == 0
    assert page.locator(".ov-worked, summary svg, .ov-rest").filter(visible=True).count() == 0
    answers = page.locator(".ov-objection .ov-words")
    assert answers.count() > 2 and answers.filter(visible=True).count() == answers.count()
    assert page.get_by_text("Then ask:").filter(visible=True).count() > 2
    logo = page.locator(".ov-letterhead img")
    assert logo.is_visible() and logo.evaluate("img => img.naturalWidth > 0")


@pytest.mark.parametrize("path", ["/messaging/sales-lead/decide/", "/catalog/gaps/", "/catalog/due/"])
def test_dark_pages_print_as_light_ones(browser, address, path):
    looks = []
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
        page = context.new_page()
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        page.emulate_media(media="print", color_scheme=scheme)
        looks.append(
            page.evaluate(
                """() => [...document.querySelectorAll('.md-content *')].filter(each => each.checkVisibility())
                .map(each => [each.className.baseVal ?? each.className, getComputedStyle(each).color,
                  getComputedStyle(each).fill])"""
            )
        )
        context.close()
    assert looks[0] == looks[1]
