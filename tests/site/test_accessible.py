"""For everybody: axe-core on every kind of page, the keyboard alone, tooltips that give way, and no motion unasked."""

import itertools

import pytest
from axe_playwright_python.sync_playwright import Axe

from kinds import KINDS, PATHS
from onevoice.site.view import SITE_DIR
from rounds import choose_count

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
# Material's own: its search form, its tables' scroll area, its palette's radio buttons, its navigation's labels.
THEMES = ('class="md-', 'id="__', 'for="__', 'class="headerlink"')
# What axe-core says of them, and why it stays: each is moderate or less.
KNOWN = {"landmark-unique": "the drawer of a phone is a navigation with a navigation of the same name in each part"}


def test_every_kind_of_page_is_looked_at():
    made = {path.stem for path in (SITE_DIR / "templates").glob("[!_]*.md")}
    assert made == KINDS.keys() - {"the theme's own"}


def ours(html: str) -> bool:
    return not any(mark in html.partition(">")[0] for mark in THEMES)


# Each size and each scheme; with `make test-slow` each size in each scheme.
VIEWS = choose_count([("phone", "dark"), ("desktop", "light")], [*itertools.product(SIZES, ("light", "dark"))])


@pytest.fixture(params=VIEWS, ids="-".join, scope="module")
def context(request, browser):
    size, scheme = request.param
    context = browser.new_context(viewport=SIZES[size], color_scheme=scheme)
    yield context
    context.close()


def violations(page) -> list[tuple[str, str, str, str]]:
    """What axe-core finds: (rule, impact, where, its HTML)."""
    return [
        (violation["id"], violation["impact"], node["target"][-1], node["html"][:200])
        for violation in Axe().run(page).response["violations"]
        for node in violation["nodes"]
    ]


def judge(page) -> None:
    found = violations(page)
    assert [item for item in found if ours(item[3])] == []
    assert [item for item in found if item[1] in ("serious", "critical")] == []
    assert {item[0] for item in found} <= KNOWN.keys(), found


@pytest.mark.rounds
@pytest.mark.parametrize("path", PATHS)
def test_page(context, address, path):
    page = context.new_page()
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    judge(page)
    page.close()


@pytest.mark.rounds
def test_what_opens(context, address):
    """A picker, the list of words found, and a toast."""
    page = context.new_page()
    page.goto(address)
    page.locator("summary").first.click()
    page.get_by_label("Look up a word").fill("funnel")
    page.locator(".ov-found a").first.wait_for()
    judge(page)
    page.goto(f"{address}/messaging/marketing-lead/decide/")
    page.get_by_role("button", name="Copy these words").first.click()
    page.locator(".ov-toast[data-shown]").wait_for()
    judge(page)
    page.close()


STOP = """() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
  const content = document.querySelector('.md-content');
  const all = [...content.querySelectorAll('a[href], button, input, summary')].filter(each => each.checkVisibility());
  const cards = [...content.querySelectorAll('.ov-card > div, .ov-picker, .ov-find, .ov-doors, h2')];
  return {
    name: element.textContent.trim() || element.id, place: all.indexOf(element), count: all.length,
    part: cards.findLastIndex(each => each.contains(element)
      || each.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING),
    outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1,
    seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
  };
}"""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", ["/", "/messaging/sales-lead/decide/"])
def test_the_tab_key_goes_through_a_page_as_it_is_read(browser, address, path, size):
    context = browser.new_context(viewport=SIZES[size])
    page = context.new_page()
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Tab")
    assert page.evaluate(STOP)["name"] == "Skip to content"
    page.keyboard.press("Enter")
    stops = []
    for _ in range(200):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop["place"] < 0:
            break
        stops.append(stop)
    context.close()
    # The skip link ends at the first heading, whose own anchor comes before it.
    assert [stop["place"] for stop in stops] == list(range(stops[0]["place"], stops[0]["count"]))
    assert stops[0]["place"] <= 1
    assert [stop["part"] for stop in stops] == sorted(stop["part"] for stop in stops)
    assert [stop["name"] for stop in stops if not stop["outline"]] == [], "the focus cannot be seen"
    assert [stop["name"] for stop in stops if not stop["seen"]] == []


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_a_tooltip_comes_and_gives_way(browser, address, way):
    context = browser.new_context(viewport=SIZES["desktop"])
    page = context.new_page()
    page.goto(f"{address}/messaging/objections/")
    page.wait_for_load_state("networkidle")
    link = page.locator(".md-content p").get_by_role("link", name="customers").first
    tip = page.locator(".md-tooltip2--active")
    getattr(link, way)()
    tip.wait_for()
    assert tip.inner_text().startswith("A company that has a contract with us")
    assert link.get_attribute("aria-describedby") == tip.get_attribute("id")
    if way == "hover":
        box = page.locator(".md-tooltip2__inner").bounding_box()
        page.mouse.move(box["x"] + 30, box["y"] + box["height"] / 2, steps=3)
        page.wait_for_timeout(500)
        assert tip.is_visible(), "it stays while the pointer is on it"
    page.keyboard.press("Escape")
    tip.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.tagName") == ("A" if way == "focus" else "BODY")
    page.mouse.move(1, 1)
    link.evaluate("link => link.blur()")
    getattr(link, way)()
    tip.wait_for()
    context.close()


def test_nothing_moves_for_those_who_ask_for_it(browser, address):
    context = browser.new_context(viewport=SIZES["phone"], reduced_motion="reduce")
    page = context.new_page()
    moving = []
    for path in ("/", "/messaging/sales-lead/decide/", "/check/", "/catalog/"):
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        moving += page.evaluate(
            """() => [...document.querySelectorAll('*')].flatMap(each => [null, '::before', '::after'].map(part => {
              const style = getComputedStyle(each, part);
              const still = style.transitionDuration === '0s' && style.animationName === 'none';
              return still && style.scrollBehavior === 'auto' ? '' : each.outerHTML.slice(0, 80);
            })).filter(Boolean)"""
        )
    context.close()
    assert moving == []
