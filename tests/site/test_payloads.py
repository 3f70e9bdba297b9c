"""Attacks in every text of every record, and nothing runs: every page is opened, hovered, focused and searched."""

import dataclasses
import datetime
import fnmatch
import itertools
import posixpath
import re
from urllib.parse import quote

import pytest

from handbooks import ROOT, TODAY, copy
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_folder
from onevoice.run.build import plan_build
from payloads import LINKS, PAYLOADS, attack, list_text_fields
from rounds import choose_count

pytestmark = pytest.mark.rounds

# In a browser without the policy and in one with it. The first shows that the pages themselves are sound.
BYPASS = {"without the policy": True, "with the policy": False}

INIT = """
window.ran = (number) => reportRan(`ran(${number}) on ${location}`);
window.stopped = [];
addEventListener('securitypolicyviolation', (event) => stopped.push(
  `${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""
# Points at each element that has something to show, as a mouse and as a keyboard do, and tells what came of it.
POINT = """async () => {
  const wait = (time) => new Promise((done) => setTimeout(done, time));
  for (const each of document.querySelectorAll('details')) each.open = true;
  // The theme measures labels once they are seen.
  await wait(120);
  let tips = 0;
  const shown = [...document.querySelectorAll('[title], [aria-label], [aria-describedby], .md-ellipsis, abbr, a')];
  for (const each of shown) {
    for (const name of ['pointerenter', 'mouseenter', 'mouseover', 'mousemove'])
      each.dispatchEvent(new MouseEvent(name, { bubbles: name.endsWith('r') && !name.includes('enter') }));
    each.closest('a')?.dispatchEvent(new MouseEvent('mouseenter'));
    each.focus?.({ preventScroll: true });
    tips += document.querySelectorAll('.md-tooltip2, .md-tooltip').length;
  }
  await wait(150);
  return [tips, shown.length];
}"""
# Where labels are that are too long for their place: the theme shows them whole to a real mouse only.
CUT_LABELS = """() => [...document.querySelectorAll('.md-ellipsis')]
  .filter((each) => each.offsetWidth < each.scrollWidth && each.checkVisibility())
  .map((each) => each.getBoundingClientRect()).map(({ x, y }) => [x + 4, y + 8])"""
# What a text must never have become.
FOREIGN = """() => [...document.querySelectorAll(`
    [onerror], [onload], [onclick], [onfocus], [onmouseover], [autofocus], base, iframe:not([hidden]), object, embed,
    math, [src="x"], [src^="data:"], [href^="javascript:" i], [href^="data:" i], [href^="vbscript:" i],
    [href^="//"], p svg:not([viewBox]), .md-tooltip2 svg`)]
  .map((each) => each.outerHTML.slice(0, 200))"""


def make_book(build: int) -> Handbook:
    """Our handbook with an attack in each of its texts."""
    loaded, turns = load_folder(ROOT), itertools.count()
    return Handbook(
        dataclasses.replace(loaded, records=[(attack(record, turns, build), place) for record, place in loaded.records])
    )


@pytest.fixture(scope="module", params=range(choose_count(1, 6)))
def hostile(request, tmp_path_factory):
    """The site of such a handbook, and the handbook."""
    folder = copy(tmp_path_factory.mktemp("payloads"))
    (folder / "content" / "pages" / "attack.md").write_text(
        f"---\ntitle: '{PAYLOADS[0]} {PAYLOADS[6]}'\ndescription: '{PAYLOADS[0]}'\n---\n\n# Page\n\n"
        '[x](index.md "A &lt;img src=x onerror=ran(40)&gt;")\n\n## A &lt;img/src=x/onerror=ran(41)//'
        + "a" * 90
        + "&gt;\n",
        "utf-8",
    )
    book = make_book(request.param)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("onevoice.run.build.load_handbook", lambda folder: (book, []))
        plan = plan_build(folder, datetime.date.fromisoformat(TODAY))
    dataclasses.replace(plan, repository_files=[]).build("mkdocs", print)
    return folder / "build" / "site", book


@pytest.fixture(params=BYPASS)
def page(request, browser, hostile, serve):
    """A page that tells what runs; at the end, nothing has, and nobody else was asked."""
    site, book = hostile
    here = serve(site)
    context = browser.new_context(
        bypass_csp=BYPASS[request.param], viewport={"width": 1280, "height": 5000}, reduced_motion="reduce"
    )
    ran, asked = [], []
    context.expose_binding("reportRan", lambda source, text: ran.append(text))
    context.add_init_script(INIT)
    page = context.new_page()
    page.here, page.ran, page.enforced = here, ran, not BYPASS[request.param]
    page.words = [avoid.term for term in book.list_approved("terms") for avoid in term.avoid]
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))
    yield page
    assert ran == []
    assert [url for url in asked if not url.startswith((here, "data:", "about:"))] == []
    context.close()


# Folders with a page for each record, and one template for all.
MANY = ("glossary", "catalog", "catalog/by/*", "messaging/plays", "messaging/personas", "messaging/*", "pages")


def list_pages(site) -> list[str]:
    """One page of each kind; with `make test-slow` all."""
    found = sorted(path.relative_to(site).as_posix().removesuffix("index.html") for path in site.rglob("*.html"))
    kinds: dict[str, list[str]] = {}
    for one in found:
        path = site / one / "index.html" if one.endswith("/") or not one else site / one
        if "default-src 'none'" not in path.read_text("utf-8"):
            folder = posixpath.dirname(one.rstrip("/"))
            kind = next((each for each in MANY if fnmatch.fnmatchcase(folder, each)), one)
            kinds.setdefault(kind, []).append(one)
    return [one for group in kinds.values() for one in group[: choose_count(1, None)]]


def point(page) -> tuple[int, int]:
    """Point at everything on a page; how many tooltips there were, and how many things that may have one."""
    tips, shown = page.evaluate(POINT)
    labels = page.evaluate(CUT_LABELS)
    for x, y in labels:
        page.mouse.move(x, y)
        page.wait_for_timeout(20)
    page.wait_for_timeout(300 if labels else 0)
    return tips, shown


def visit(page, path: str) -> int:
    """Open a page and point at everything there; how many things were shown."""
    page.goto(f"{page.here}/{path}")
    page.wait_for_function("() => document.readyState === 'complete'")
    tips, shown = point(page)
    assert shown > 5
    assert page.evaluate(FOREIGN) == [], path
    assert page.ran == [], path
    if page.enforced:
        assert page.evaluate("stopped") == [], path
    return tips


def test_the_attacks_reach_every_kind_of_field():
    records = [record for record, _ in load_folder(ROOT).records]
    fields = {
        (record.KIND, *(part for part in path if isinstance(part, str)))
        for record in records
        for path, _ in list_text_fields(record)
    }
    assert sum(len(list_text_fields(record)) for record in records) > 4000 and len(fields) > 200
    links = {place for record in records for place, is_link in list_text_fields(record) if is_link}
    assert len(links) > 5
    # Over all builds, each place has each payload.
    assert len({(4 * build + step) % len(PAYLOADS) for build in range(6) for step in range(4)}) == len(PAYLOADS)
    numbers = [re.findall(r"ran\((\d+)\)", text) for text in (*PAYLOADS[:4], *LINKS[:2])]
    assert len({one[0] for one in numbers}) == 6


def test_nothing_runs_on_any_page(page, hostile):
    pages = list_pages(hostile[0])
    # A sample without the policy, and a smaller one of the others with it.
    pages = choose_count(pages[1::4] if page.enforced else pages[::2], pages)
    tips = sum(visit(page, path) for path in pages)
    assert len(pages) >= 8 and tips > 50


def search_until_found(page, box):
    """Search for a word that is there; the theme drops what is typed while it is busy, and waits for a key."""
    for _ in range(60):
        box.fill("")
        box.fill("lead")
        box.press("End")
        page.wait_for_timeout(1000)
        if page.locator(".md-search-result__item").count():
            return
    pytest.fail("the search finds nothing")


def test_nothing_runs_in_the_search(page):
    texts = choose_count([PAYLOADS[0], PAYLOADS[6], "img onerror"], [*PAYLOADS, *LINKS, "img onerror", "svg onload"])
    page.goto(f"{page.here}/glossary/")
    box, find = page.locator("[data-md-component=search-query]"), page.locator("#ov-find")
    box.click()
    # Material drops what is typed while it reads a large index.
    search_until_found(page, box)
    for text in texts:
        # The theme waits for a key.
        box.fill(text)
        box.press("End")
        page.wait_for_timeout(250)
        assert page.evaluate(FOREIGN) == [], text
    search_until_found(page, box)
    assert page.evaluate(FOREIGN) == []
    box.fill("")
    for text in texts:
        find.evaluate("(each, text) => { each.value = text; each.dispatchEvent(new Event('input')); }", text)
        page.wait_for_timeout(50)
    find.evaluate("each => { each.value = 'lead'; each.dispatchEvent(new Event('input')); }")
    page.locator(".ov-found a").first.wait_for(state="attached")
    assert page.evaluate(FOREIGN) == []


def test_nothing_runs_in_the_draft_check(page):
    page.goto(f"{page.here}/check/?x={quote(PAYLOADS[0])}#{quote(PAYLOADS[2])}")
    area = page.locator("#ov-draft")
    # What the handbook forbids is an attack, too, and what it says of that.
    words = "\n".join(page.words[:: choose_count(20, 1)])
    for text in choose_count(["\n".join(PAYLOADS)], [*PAYLOADS, *LINKS, "\n".join(PAYLOADS)]):
        area.fill(f"{text}\n\n{words}")
        page.locator(".ov-findings li").first.wait_for()
        assert page.evaluate(FOREIGN) == [], text
    for button in page.locator(".ov-findings button").all()[:3]:
        button.click()
    assert page.evaluate(FOREIGN) == []


ADDRESSES = [
    "{0}/",
    "glossary/{0}/",
    "?h={0}",
    "glossary/?h={0}&q={0}",
    "catalog/?words={0}&type={0}#{0}",
    "?q={0}",
    "#{0}",
]


def test_nothing_runs_for_any_address(page):
    texts = choose_count([PAYLOADS[6]], [*PAYLOADS, *LINKS])
    for text, address in itertools.product(texts, ADDRESSES):
        # What no server takes for an address is none of ours.
        page.goto(f"{page.here}/{address.format(quote(text, safe=''))}")
        page.wait_for_timeout(150)
        assert page.evaluate(FOREIGN) == [], (address, text)


@pytest.mark.parametrize(
    ("seed", "runs", "is_foreign"),
    [
        # The tooltip of a title is text, and a text that is cut off has none.
        ('<a title="A &lt;img src=x onerror=ran(50)&gt;" href="#">x</a>', False, False),
        (
            '<span class="md-ellipsis" style="display: block; width: 9px; overflow: hidden; white-space: nowrap">'
            "&lt;img src=x onerror=ran(51)&gt;</span>",
            False,
            False,
        ),
        ("<img src=x onerror=ran(52)>", True, True),
        ('<a href="javascript:ran(53)">x</a>', False, True),
    ],
)
def test_what_an_attack_does_is_seen(browser, hostile, serve, seed, runs, is_foreign):
    site, _ = hostile
    here = serve(site)
    context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 5000})
    ran = []
    context.expose_binding("reportRan", lambda source, text: ran.append(text))
    context.add_init_script(INIT)
    text = (site / "pages/attack/index.html").read_text("utf-8")
    assert text.count("<h1") == 1
    page = context.new_page()
    page.route(
        "**/pages/attack/",
        lambda route: route.fulfill(body=text.replace("<h1", f"{seed}<h1"), content_type="text/html"),
    )
    page.goto(f"{here}/pages/attack/")
    point(page)
    foreign = page.evaluate(FOREIGN)
    context.close()
    assert (bool(ran), bool(foreign)) == (runs, is_foreign)
