"""Pages load no more than they show, and nothing on them moves while they load."""

import pytest

from handbooks import TODAY

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
# What is loaded only for a search.
SEARCH = ("search_index", "/workers/")
# Each time something moved: how much, and what.
WATCH = """window.moves = [];
new PerformanceObserver(all => all.getEntries().forEach(({ value, sources }) =>
  moves.push([value, ...sources.map(({ node }) => node?.className || node?.nodeName)])
)).observe({ type: 'layout-shift', buffered: true });"""
# A change of less than a pixel, as where the browser rounds, is none that a reader sees.
SEEN = 0.0005


@pytest.fixture(params=SIZES)
def page(request, browser):
    context = browser.new_context(viewport=SIZES[request.param])
    page = context.new_page()
    page.requested = []
    page.on("request", lambda made: page.requested.append(made.url))
    yield page
    context.close()


def list_search_files(page) -> list[str]:
    return [url for url in page.requested if any(part in url for part in SEARCH)]


@pytest.mark.parametrize("path", ["/", "/catalog/", "/messaging/proof/", "/messaging/sales-lead/decide/", "/check/"])
def test_nobody_loads_the_search_who_does_not_search(page, address, path):
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Tab")
    assert list_search_files(page) == []


@pytest.mark.parametrize("way", ["slash", "Ctrl K", "pointer"])
def test_the_first_search_finds_whole_pages(page, address, way):
    page.goto(address + "/brand/")
    page.wait_for_load_state("networkidle")
    if way != "pointer":
        page.keyboard.press("/" if way == "slash" else "Control+k")
    elif page.viewport_size["width"] < 500:
        page.locator("label[for=__search].md-header__button").click()
    box = page.locator("[data-md-component=search-query]")
    if way == "pointer":
        box.click()
    box.press_sequentially("afternoons")
    page.locator(".md-search-result__item a").first.wait_for()
    assert len([url for url in page.requested if "search_index" in url]) == 1


def test_an_address_with_a_question_is_answered(page, address):
    page.goto(f"{address}/?q=afternoons")
    page.locator(".md-search-result__item a").first.wait_for()
    assert page.locator("[data-md-component=search-query]").input_value() == "afternoons"


STILL = [
    "/", "/glossary/", "/messaging/proof/", "/messaging/sales-lead/decide/", "/messaging/objections/", "/check/",
    "/pages/first-week-rep/",
]  # fmt: skip


@pytest.mark.parametrize("path", ["/", "/news/"])
def test_a_page_asks_at_once_for_all_its_fonts(page, address, path):
    """With some of them late, a page would be set in two hands."""
    page.goto(address + path)
    page.evaluate("() => document.fonts.ready")
    asked = page.locator("link[rel=preload][as=font]").evaluate_all("all => all.map(link => link.href)")
    used = page.evaluate(
        "() => performance.getEntriesByType('resource').map(each => each.name).filter(name => name.endsWith('.woff2'))"
    )
    assert len(asked) > 3 and {*used} <= {*asked}


@pytest.mark.parametrize("path", STILL)
def test_nothing_moves_while_a_page_loads(page, address, path):
    # What has come of age since the day of the build says so in other words.
    page.clock.set_fixed_time(TODAY)
    page.add_init_script(WATCH)
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    assert [move for move in page.evaluate("moves") if move[0] > SEEN] == []


def test_a_page_is_dark_at_once_where_the_system_is_until_somebody_chooses(browser, address):
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    # Whatever the theme's own script would do comes too late.
    page.route("**/javascripts/bundle*", lambda route: route.abort())
    page.goto(address + "/")
    body, switch = page.locator("body"), page.locator("form.md-header__option label:visible")
    assert body.get_attribute("data-md-color-scheme") == "slate"
    assert switch.get_attribute("title") == "Switch to light mode"
    switch.click()
    assert body.get_attribute("data-md-color-scheme") == "default"
    page.goto(address + "/news/")
    assert body.get_attribute("data-md-color-scheme") == "default"
    assert page.locator("meta[name=color-scheme]").get_attribute("content") == "light"
    page.locator("[name=__palette]").first.press("Enter")
    assert body.get_attribute("data-md-color-scheme") == "slate"
    context.close()


def test_on_a_phone_a_page_of_lines_is_half_as_long_as_with_all_about_them(page, address):
    """What is looked up rather than said is folded, and still there for who searches the page or prints it."""
    if page.viewport_size["width"] > 500:
        pytest.skip("a phone's")
    page.goto(address + "/messaging/")
    said = page.locator(".ov-lines .ov-words")
    assert said.count() == said.locator("visible=true").count() > 30
    folded = page.evaluate("document.documentElement.scrollHeight")
    page.emulate_media(media="print")
    page.locator(".ov-lines .ov-no").last.wait_for()
    page.emulate_media(media="screen")
    page.locator(".ov-lines > details").evaluate_all("all => all.forEach(one => one.open = true)")
    assert folded * 2 < page.evaluate("document.documentElement.scrollHeight")
