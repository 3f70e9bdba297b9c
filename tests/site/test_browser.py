"""What a person does in a real browser: a phone and a desktop, with and without JavaScript."""

import datetime
import re
from urllib.parse import parse_qs

import pytest

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
KINDS = [
    "/", "/brand/", "/glossary/", "/glossary/customer-journey/", "/glossary/avoid/", "/messaging/",
    "/messaging/marketing-lead/decide/", "/messaging/personas/marketing-lead/", "/messaging/journey/",
    "/messaging/objections/", "/messaging/versus/", "/messaging/proof/", "/messaging/boilerplate/", "/catalog/",
    "/catalog/case-tern-logistics/", "/catalog/by/job/sales/", "/catalog/gaps/", "/catalog/due/", "/request/",
    "/check/", "/news/", "/brand/rules/", "/pages/for-reps/", "/pages/", "/pages/security-answers/",
    "/messaging/compare/", "/request/who/", "/404.html",
]  # fmt: skip
# What is drawn with a frame or a ground of its own.
BOXES = (
    ".ov-card > div, .ov-doors > div, .ov-asset, .ov-facet, .ov-words, .ov-foot, .ov-find, .ov-swatch, .ov-gapnote, "
    ".ov-standing, .ov-fresh, .ov-signature, .ov-formula, .ov-handed, summary, .md-content td:only-child, .md-button"
)

# The words of a box that its button stands on.
COVERED = """buttons => buttons.flatMap(button => {
  const box = button.getBoundingClientRect(), found = [];
  const walk = document.createTreeWalker(button.closest('.ov-card > div'), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(walk.currentNode);
    const on = each => each.left < box.right && box.left < each.right && each.top < box.bottom && box.top < each.bottom;
    if (!button.contains(walk.currentNode) && [...range.getClientRects()].some(on)) found.push(range.toString());
  }
  return found;
})"""


@pytest.fixture(params=SIZES, scope="module")
def context(request, browser):
    context = browser.new_context(viewport=SIZES[request.param], has_touch=request.param == "phone")
    yield context
    context.close()


@pytest.mark.parametrize("path", KINDS)
def test_nothing_is_cut_off(context, address, path):
    page = context.new_page()
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0
    page.close()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_no_box_is_empty(browser, address, script):
    context = browser.new_context(viewport=SIZES["phone"], java_script_enabled=script)
    page = context.new_page()
    empty, count = [], 0
    for path in KINDS:
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        found = page.locator(BOXES).evaluate_all(
            "all => all.filter(each => each.checkVisibility()).map(each => [each.className, each.textContent.trim()])"
        )
        count += len(found)
        empty += [(path, name) for name, text in found if not text]
    context.close()
    assert count > 200 and empty == []


def test_two_steps_lead_to_the_call_card(context, address):
    page = context.new_page()
    page.goto(address)
    page.get_by_text("Head of sales", exact=True).click()
    page.get_by_role("link", name="Decide").locator("visible=true").click()
    page.wait_for_url("**/messaging/sales-lead/decide/")
    bottom = page.locator(".ov-card").evaluate("card => card.getBoundingClientRect().bottom")
    assert bottom <= page.viewport_size["height"], "say, not, ask, proof and send must be seen without scrolling"
    page.close()


@pytest.mark.parametrize("stage", ["discover", "compare", "decide", "grow"])
@pytest.mark.parametrize("persona", ["marketing-lead", "sales-lead", "revenue-operations"])
def test_every_call_card_fits_a_phone(browser, address, persona, stage):
    context = browser.new_context(viewport=SIZES["phone"])
    page = context.new_page()
    page.goto(f"{address}/messaging/{persona}/{stage}/")
    bottom = page.locator(".ov-card").evaluate("card => card.getBoundingClientRect().bottom")
    covered = page.locator(".ov-card .ov-copy").evaluate_all(COVERED)
    whole = page.evaluate("document.documentElement.scrollHeight")
    page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
    said = page.locator(".ov-words p, li.ov-no, .ov-not li").all_inner_texts()
    context.close()
    assert bottom <= SIZES["phone"]["height"]
    assert whole <= 4 * SIZES["phone"]["height"], "closed, a card is at most four screens"
    assert len(said) > 10 and len(said) == len({*said}), "each sentence once"
    assert covered == [], "no button stands on a line of text"


@pytest.mark.parametrize("path", ["/messaging/proof/", "/together/strategy/", "/glossary/", "/glossary/lead/"])
def test_no_page_is_a_list_between_two_lists(browser, address, path):
    context = browser.new_context(viewport=SIZES["desktop"])
    page = context.new_page()
    page.goto(address + path)
    names = (".md-sidebar--primary", ".md-sidebar--secondary", ".md-content__inner")
    rooms, contents, text = map(page.locator, names)
    if rooms.is_visible():
        row, body = rooms.bounding_box(), text.bounding_box()
        assert row["y"] + row["height"] <= body["y"] and row["height"] < 60, "the tab's pages are a row above the page"
        link = rooms.get_by_role("link").locator("visible=true").last
        assert page.locator(".md-header").bounding_box()["height"] <= link.bounding_box()["y"]
        link.click()
        assert page.url != address + path
        page.go_back()
    headings = contents.locator(".md-nav__list").first.locator("> li").count()
    assert headings > 5 if contents.is_visible() else headings <= 5 or path == "/together/strategy/"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_pickers_and_redirects_work_without_javascript(browser, address):
    context = browser.new_context(viewport=SIZES["phone"], java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.get_by_text("Head of marketing", exact=True).click()
    page.get_by_role("link", name="Compare").locator("visible=true").click()
    page.wait_for_url("**/messaging/marketing-lead/compare/")
    page.goto(f"{address}/glossary/buyers-journey/")
    page.wait_for_url("**/glossary/customer-journey/#avoid-buyers-journey")
    assert page.get_by_text("second name for the same path").first.is_visible()
    context.close()


@pytest.mark.parametrize(("day", "state"), [("2026-11-21", "fresh"), ("2027-05-01", "soon"), ("2027-11-21", "overdue")])
def test_freshness_is_judged_on_the_readers_day(browser, address, day, state):
    context = browser.new_context()
    page = context.new_page()
    page.clock.set_fixed_time(datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00"))
    page.goto(f"{address}/messaging/marketing-lead/decide/")
    page.wait_for_function("() => document.querySelector('.ov-say .ov-fresh').dataset.state === " + f"'{state}'")
    words = page.locator(".ov-say .ov-fresh").inner_text()
    context.close()
    assert (
        words
        == {
            "fresh": "Reviewed November 20, 2026",
            "soon": "Valid until May 20, 2027",
            "overdue": "Review overdue since May 20, 2027",
        }[state]
    )


def test_no_page_asks_another_machine_for_anything(browser, address):
    context = browser.new_context()
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for path in KINDS:
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
    context.close()
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []


def test_gaps_open_a_form_that_is_filled_in(browser, address):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/catalog/gaps/")
    link = page.locator(".ov-matrix a.ov-request").first.get_attribute("href")
    context.close()
    address, _, query = link.partition("?")
    given = parse_qs(query)
    assert address == "mailto:content@ferrywell.example"
    assert given["subject"][0].startswith("Content wanted: Something for ")
    for question in ("Who is it for?", "Where are they on the journey?", "What comes closest today?"):
        assert re.search(rf"{re.escape(question)}\r\n\S", given["body"][0]), question
