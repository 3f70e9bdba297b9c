"""The search at the top of every page leads from any name to its term, in the sites of both builders."""

import functools
import http.server
import json
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import unquote

import pytest

from crawl import pages
from handbooks import write_plain_config

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
FROM = "/catalog/"
# What is typed, and the id of the term: avoided words, short forms, names that are fine, and what a term was called.
NAMES = [
    ("buyer's journey", "customer-journey"),
    ("customer journey", "customer-journey"),
    ("sales funnel", "customer-journey"),
    ("whitepaper", "white-paper"),
    ("MQL", "marketing-qualified-lead"),
    ("smarketing", "one-voice"),
]
MISSPELLED = [
    ("buyers jorney", "customer-journey"),
    ("smarketting", "one-voice"),
    ("custmer journey", "customer-journey"),
]


@pytest.fixture(params=SIZES)
def box(request, browser, address):
    """The search of Material, opened on a page without a find box."""
    context = browser.new_context(viewport=SIZES[request.param])
    page = context.new_page()
    page.goto(address + FROM)
    if request.param == "phone":
        page.locator("label[for=__search].md-header__button").click()
    found = page.locator("[data-md-component=search-query]")
    found.click()
    yield found
    context.close()


def glossary(id):
    return re.compile(rf"/glossary/{id}/(\?h=[^#]*)?(#.*)?$")


@pytest.mark.parametrize(("text", "id"), [*NAMES, *MISSPELLED])
def test_the_enter_key_opens_the_term(box, text, id):
    page = box.page
    box.press_sequentially(text)
    page.locator(".md-search .ov-found a").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(glossary(id))


def test_our_words_stand_above_the_pages_and_say_what_to_use(box):
    page = box.page
    box.press_sequentially("buyer's journey")
    page.locator(".md-search .ov-found a", has_text="buyer's journey off-brand: say customer journey").first.wait_for()
    page.wait_for_function("""() => {
        const box = (name) => document.querySelector(name)?.getBoundingClientRect();
        return box(".md-search .ov-found a").bottom <= box("a.md-search-result__link")?.top;
    }""")
    # On a phone the search slides in.
    page.wait_for_function("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_arrow_keys_go_through_both_lists(box):
    page = box.page
    box.press_sequentially("handoff")
    page.locator("a.md-search-result__link").first.wait_for()
    count = page.locator(".md-search .ov-found a").count()
    assert count
    for _ in range(count):
        page.keyboard.press("ArrowDown")
        assert page.evaluate("Boolean(document.activeElement.closest('.ov-found'))")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.matches('a.md-search-result__link')")


def test_what_is_no_word_is_searched_in_the_pages(box):
    page = box.page
    box.press_sequentially("ninety seconds")
    page.locator("a.md-search-result__link", has_text="ninety seconds").first.wait_for()
    assert page.locator(".md-search .ov-found a[data-how=avoid]").count() == 0


def test_an_emptied_box_has_an_empty_list(box):
    page = box.page
    box.press_sequentially("MQL")
    page.locator(".md-search .ov-found a").first.wait_for()
    page.locator(".md-search button[type=reset]").click()
    page.locator(".md-search .ov-found a").first.wait_for(state="detached")


def test_control_and_k_open_the_search(page, address):
    page.goto(address + FROM)
    page.keyboard.press("Control+k")
    page.locator(".md-search__input:focus").wait_for()
    page.keyboard.type("buyer's journey")
    page.locator(".md-search .ov-found a", has_text="say customer journey").first.wait_for()


@pytest.mark.parametrize(
    ("query", "shown"),
    [("utm_source=slack&fbclid=1", "41 of 41"), ("words=Case+studies&utm_source=x", "3 of 41 Show all")],
)
def test_a_link_to_the_catalog_may_carry_tracking(page, address, query, shown):
    page.goto(f"{address}/catalog/?{query}")
    page.locator("[data-filter] [role=status]", has_text=shown).wait_for()


@pytest.mark.parametrize(
    ("path", "offered"),
    [("/glossry/lead/", "lead"), ("/messaging/objection/", "Objections"), ("/catlog/", "Catalog"), ("/zzz/er/", None)],
)
def test_a_wrong_address_offers_pages_that_are_near(page, address, path, offered):
    page.goto(address + path)
    ways = page.locator("[data-lost] a.ov-wayout")
    ways.first.wait_for()
    near = page.locator("[data-lost] a:not(.ov-wayout) strong").all_inner_texts()
    assert offered in near if offered else near == []
    rooms = page.locator(".ov-ways a").evaluate_all("all => all.map((a) => a.href)")
    assert {f"{address}/{room}" for room in ("", "glossary/", "catalog/", "check/")} < set(rooms)
    assert all(room.startswith(f"{address}/") for room in rooms)
    assert page.get_by_label("Look up a word").is_visible()


def test_the_words_of_drawings_are_not_read_as_text(site):
    index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    texts = [entry["text"] for entry in index["docs"] if entry["location"].startswith("together/leads/")]
    page = (site / "together/leads/index.html").read_text("utf-8")
    words = re.findall(r"<desc[^>]*>(.*?)</desc>", page, re.S)
    assert len(texts) > 3 and len(words) > 1
    assert [text for text in texts for word in words if word in text] == []


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def zensical(built, tmp_path_factory):
    """Where the site that Zensical builds of the same pages answers."""
    folder = tmp_path_factory.mktemp("zensical") / "handbook"
    shutil.copytree(built, folder, ignore=shutil.ignore_patterns("site"))
    write_plain_config(folder / "mkdocs.yml", Path("build/docs"))
    command = [sys.executable, "-m", "zensical", "build"]
    subprocess.run(command, cwd=folder, capture_output=True, timeout=300, check=True)
    site = folder / "build" / "site"
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.parametrize(("text", "id"), NAMES)
def test_zensicals_own_search_has_it_among_its_first_three(page, zensical, text, id):
    page.goto(zensical + FROM)
    page.locator(".md-search__button").click()
    page.locator("input[role=combobox]").fill(text)
    # Words that begin with the one that is meant ("smarketing meeting") may come before it.
    page.locator(f"ol > li:nth-child(-n+3) > a[href*='/glossary/{id}/']").first.click()
    page.wait_for_url(glossary(id))


def test_every_label_leads_to_a_place_that_is_there(page, site, address):
    """What the browser makes of `labels.js`: each address answers, and its page has the anchor."""
    known = pages(site)
    page.goto(address + "/")
    page.locator("#ov-find").fill("a")
    page.locator(".ov-found a").first.wait_for()
    labels = page.evaluate(
        "window.onevoiceLabels.flatMap(([, , name, ...others]) => [name, ...others.map((one) => one[0])])"
    )
    assert len(labels) > 400
    wrong = []
    for label in labels:
        page.locator("#ov-find").evaluate(
            "(box, label) => { box.value = label; box.dispatchEvent(new InputEvent('input')); }", label
        )
        link = page.locator(".ov-found a").first.get_attribute("href").removeprefix(address)
        place, _, anchor = link.partition("#")
        if place not in known or (anchor and unquote(anchor) not in known[place].anchors):
            wrong.append((label, link))
    assert wrong == []
