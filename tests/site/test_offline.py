"""The site that opens from a folder (`onevoice build --offline`), in a real browser that reaches no network."""

from urllib.parse import unquote, urljoin, urlsplit

import pytest

from crawl import Page
from handbooks import build, copy

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A site in a folder whose name is not plain."""
    book = tmp_path_factory.mktemp("hand buch é #1")
    build(copy(book), "--offline")
    return book / "build" / "offline" / "site"


@pytest.fixture(params=SIZES)
def page(request, browser, folder):
    """The home page, as after a double click on its file."""
    size = SIZES[request.param]
    context = browser.new_context(viewport=size, permissions=["clipboard-read", "clipboard-write"])
    context.set_offline(True)
    page = context.new_page()
    asked, wrong = [], []
    page.on("request", lambda request: asked.append(request.url))
    # What a page still asks for when the next one is opened is given up, and nothing is wrong.
    page.on("requestfailed", lambda ask: ask.failure == "net::ERR_ABORTED" or wrong.append((ask.url, ask.failure)))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto((folder / "index.html").as_uri())
    yield page
    context.close()
    assert [url for url in asked if not url.startswith(("file:", "about:"))] == []
    assert wrong == []


def clipboard(page):
    return page.evaluate("navigator.clipboard.readText()")


def link(page, name):
    return page.locator(".md-content").get_by_role("link", name=name).locator("visible=true").first


def test_every_link_leads_to_a_file(folder):
    wrong = []
    for path in folder.rglob("*.html"):
        if path.name == "404.html":
            continue
        for target in Page(path.read_text("utf-8")).links:
            parts = urlsplit(urljoin(path.as_uri(), target))
            if parts.scheme == "file" and not (folder / unquote(parts.path)).is_file():
                wrong.append(f"{path.relative_to(folder)} -> {target}")
    assert wrong == []


def test_a_wrong_word_leads_to_its_term(page):
    page.get_by_label("Look up a word").press_sequentially("buyer's jorney")
    page.locator(".ov-found a").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("file:///**/glossary/customer-journey/index.html#avoid-buyers-journey")
    assert page.get_by_role("heading", level=1).inner_text().startswith("customer journey")


def test_the_old_address_of_a_word_leads_there_too(page, folder):
    page.goto((folder / "glossary/buyers-journey/index.html").as_uri())
    page.wait_for_url("file:///**/glossary/customer-journey/index.html#avoid-buyers-journey")


def test_the_card_copies_its_words_and_its_brief(page):
    page.locator("summary", has_text="Head of sales").click()
    link(page, "Decide").click()
    page.wait_for_url("file:///**/messaging/sales-lead/decide/index.html")
    page.locator(".ov-say .ov-copy").click()
    page.locator(".ov-toast", has_text="Copied").wait_for()
    assert clipboard(page) == page.locator(".ov-say .ov-words p").inner_text()
    page.get_by_role("button", name="Copy brand brief").click()
    page.locator(".ov-toast", has_text="Brief copied").wait_for()
    assert clipboard(page).startswith("# Brief: Head of sales · Decide")


def test_the_catalog_is_narrowed_and_back_widens_it(page):
    link(page, "Catalog").click()
    page.wait_for_url("file:///**/catalog/index.html")
    page.locator('a[data-facet="type"][data-value="one-pager"]').click()
    page.locator('a[data-facet="job"][data-value="sales"]').click()
    assert page.url.endswith("/catalog/index.html?type=one-pager&job=sales")
    shown = page.locator(".ov-asset:not([hidden])")
    assert 0 < shown.count() < page.locator(".ov-asset").count()
    for card in shown.all():
        assert card.get_attribute("data-type") == "one-pager"
    page.go_back()
    page.go_back()
    page.locator("[aria-current][data-facet]").wait_for(state="detached")
    assert shown.count() == page.locator(".ov-asset").count()


def test_a_draft_is_checked(page, folder):
    page.goto((folder / "check/index.html").as_uri())
    page.locator("#ov-draft").fill("Each buyer’s journey begins with an e-mail.")
    page.locator(".ov-findings mark", has_text="e-mail").wait_for()
    page.get_by_role("button", name="Apply").click()
    assert page.locator("#ov-draft").input_value() == "Each customer journey begins with an email."


def test_what_is_said_of_a_word_is_one_step_from_its_finding(page, folder):
    page.goto((folder / "check/index.html").as_uri())
    page.locator("#ov-draft").fill("We leverage it.")
    page.get_by_role("link", name="About").click()
    page.wait_for_url("file:///**/glossary/*/index.html")


def test_the_search_reads_every_page(page):
    if page.viewport_size["width"] < 900:
        page.locator("label[for=__search].md-header__button").click()
    page.locator("[data-md-component=search-query]").click()
    page.keyboard.type("drawn film")
    found = page.locator("a.md-search-result__link", has_text="The crossing in ninety seconds").first
    found.wait_for()
    found.click()
    page.wait_for_url("file:///**/catalog/*/index.html?h=*")
    assert page.locator("mark[data-md-highlight]").first.is_visible()
