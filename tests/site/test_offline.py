"""Without a connection: the site that opens from a folder (`onevoice build --offline`), and what a phone has kept."""

import shutil
import zipfile
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from crawl import Page
from handbooks import build, copy
from onevoice.errors import OnevoiceError

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
    if page.viewport_size["width"] < 900:
        page.get_by_role("button", name="Filters").click()
    page.locator('a[data-facet="type"][data-value="one-pager"]').click()
    if page.viewport_size["width"] < 900:
        page.get_by_role("button", name="Show results").click()
    page.locator('a[data-facet="job"][data-value="sales"]').click()
    assert page.url.endswith("/catalog/index.html?type=one-pager&job=sales")
    shown = page.locator(".ov-asset:not([hidden])")
    assert 0 < shown.count() < page.locator(".ov-asset").count()
    for card in shown.all():
        assert card.get_attribute("data-type") == "one-pager"
    page.go_back()
    page.go_back()
    page.locator('[aria-current][data-facet]:not([data-value=""])').wait_for(state="detached")
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


KEPT = """async path => {
  const cache = await caches.open("onevoice");
  return Boolean(await cache.match(new URL(path, location.origin).href));
}"""


@pytest.fixture
def phone(browser, address):
    """A phone on which the handbook was opened once, and whose connection is gone since."""
    context = browser.new_context(viewport=SIZES["phone"])
    page = context.new_page()
    page.goto(address)
    # The last ones that the worker gets, and the theme's own, whose names only a loaded page knows.
    theme = page.locator("link[rel=stylesheet]").first.evaluate("link => link.href")
    for path in ("/assets/brand.css", "/messaging/sales-lead/decide/", "/", theme):
        page.wait_for_function(KEPT, arg=path)
    page.wait_for_function("() => navigator.serviceWorker.controller")
    context.set_offline(True)
    yield page
    context.close()


def test_a_phone_reads_its_cards_without_a_connection(phone, address):
    phone.goto(f"{address}/messaging/sales-lead/decide/?utm_source=mail")
    assert phone.get_by_role("heading", level=1).inner_text().startswith("Head of sales")
    note = phone.locator(".ov-offline")
    note.filter(has_text="This is the page as of").wait_for()
    shown = phone.locator(".ov-card").evaluate("card => getComputedStyle(card).display")
    logo = phone.locator(".md-logo img").first.evaluate("img => img.complete && img.naturalWidth > 0")
    assert shown == "grid" and logo, "its style and its logo are there, too"
    phone.locator(".ov-objection summary").first.click()
    assert phone.locator(".ov-objection .ov-words").first.is_visible()
    phone.get_by_role("navigation", name="Stages").get_by_role("link", name="Grow").click()
    phone.wait_for_url("**/messaging/sales-lead/grow/")
    assert phone.locator(".ov-say .ov-words p").inner_text()


def test_a_page_that_is_not_on_the_phone_says_so(phone, address):
    phone.goto(f"{address}/glossary/lead/")
    assert phone.get_by_role("heading", level=1).inner_text() == "You're offline"
    phone.get_by_role("link", name="Go to the home page").click()
    phone.wait_for_url(f"{address}/")
    assert phone.locator(".ov-picker").is_visible()


def test_with_a_connection_the_page_is_the_newest(browser, site, serve, tmp_path):
    folder = tmp_path / "site"
    shutil.copytree(site, folder)
    context = browser.new_context()
    page = context.new_page()
    place = serve(folder)
    page.goto(place)
    page.wait_for_function(KEPT, arg="/messaging/sales-lead/decide/")
    page.wait_for_function("() => navigator.serviceWorker.controller")
    card = folder / "messaging/sales-lead/decide/index.html"
    card.write_text(card.read_text("utf-8").replace("Head of sales", "Head of selling"), "utf-8")
    page.goto(f"{place}/messaging/sales-lead/decide/")
    assert page.get_by_role("heading", level=1).inner_text().startswith("Head of selling")
    assert not page.locator(".ov-offline").count()
    context.set_offline(True)
    page.reload()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Head of selling")
    context.close()


def test_a_phone_can_take_the_handbook_for_an_app(browser, address):
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    manifest = page.locator("link[rel=manifest]").evaluate("async link => (await fetch(link.href)).json()")
    assert (manifest["name"], manifest["start_url"], manifest["theme_color"]) == ("Ferrywell handbook", "./", "#12304a")
    for icon in manifest["icons"]:
        assert context.request.get(f"{address}/{icon['src']}").ok
    context.close()


def test_the_home_page_has_the_offline_site_to_take_along(tmp_path):
    book = copy(tmp_path / "book")
    build(book, "--zip")
    home = (book / "build/docs/index.md").read_text("utf-8")
    assert "[download the handbook](handbook.zip)" in home
    with zipfile.ZipFile(book / "build/site/handbook.zip") as archive:
        names = archive.namelist()
        start = archive.read("handbook/index.html").decode()
    assert names == sorted(names) and "handbook/messaging/sales-lead/decide/index.html" in names
    assert 'href="glossary/index.html"' in start and "handbook.zip" not in start
    before = (book / "build/site/handbook.zip").read_bytes()
    shutil.rmtree(book / "build")
    build(book, "--zip")
    assert (book / "build/site/handbook.zip").read_bytes() == before
    build(book)
    assert not (book / "build/site/handbook.zip").exists()
    assert "handbook.zip" not in (book / "build/docs/index.md").read_text("utf-8")


@pytest.mark.parametrize("other", ["--offline", "--check", "--dry-run"])
def test_the_archive_is_made_with_a_whole_site_only(tmp_path, other):
    with pytest.raises(OnevoiceError, match="--zip builds both sites"):
        build(copy(tmp_path / "book"), "--zip", other)
