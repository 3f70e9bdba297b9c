"""Material can change pages without loading them (`navigation.instant`): whatever ours do, they do there as well."""

import pytest

from handbooks import build, copy

HOME = "https://handbook.ferrywell.example"


@pytest.fixture(scope="module")
def page(tmp_path_factory, serve, browser):
    """The first page of a site that changes pages so, under its own address: elsewhere Material loads them."""
    folder = copy(tmp_path_factory.mktemp("instant"))
    (folder / "mkdocs.yml").write_text("theme: {features: [navigation.instant]}\n")
    build(folder)
    here = serve(folder / "build" / "site")
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    ask = context.request.get
    context.route(f"{HOME}/**", lambda route: route.fulfill(response=ask(route.request.url.replace(HOME, here))))
    page = context.new_page()
    page.goto(f"{HOME}/")
    page.evaluate("window.first = true")
    yield page
    assert page.evaluate("window.first"), "a page was loaded"
    context.close()


def to(page, tab, address):
    page.locator(".md-tabs").get_by_role("link", name=tab).click()
    page.wait_for_url(f"{HOME}{address}")


def test_the_catalog_narrows_each_time(page):
    shown = page.locator(".ov-asset:not([hidden])")
    for _ in range(2):
        to(page, "Home", "/")
        to(page, "Catalog", "/catalog/")
        page.locator('a[data-facet="job"][data-value="sales"]').click()
        page.wait_for_url("**/catalog/?job=sales")
        page.locator(".ov-asset[hidden]").first.wait_for(state="attached")
        assert set(shown.evaluate_all("all => all.map(each => each.dataset.job)")) == {"sales"}
        assert page.get_by_label("Filter by keyword").count() == 1


def test_words_are_found_and_a_card_copies(page):
    to(page, "Home", "/")
    page.get_by_label("Look up a word").press_sequentially("smarketing")
    page.locator(".ov-found a").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary/one-voice/**")
    to(page, "Home", "/")
    page.locator("summary", has_text="Head of sales").click()
    page.locator(".md-content").get_by_role("link", name="Decide").locator("visible=true").first.click()
    page.wait_for_url("**/messaging/sales-lead/decide/")
    page.locator(".ov-say .ov-copy").click()
    page.locator(".ov-toast[data-shown]").wait_for()
    words = page.locator(".ov-say .ov-words p").inner_text()
    assert page.evaluate("navigator.clipboard.readText()") == words


def test_a_draft_is_checked(page):
    for _ in range(2):
        to(page, "Home", "/")
        to(page, "Check", "/check/")
        page.locator("#ov-draft").fill("A whitepaper.")
        page.locator(".ov-findings mark", has_text="whitepaper").wait_for()
        assert page.locator("#ov-draft").count() == 1
