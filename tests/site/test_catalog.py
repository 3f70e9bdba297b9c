"""The catalog: covers, facets and the switch, the filter's words, the heat map, and the way out of an empty shelf."""

import datetime
import re
from collections import Counter
from urllib.parse import parse_qs, urlsplit

import pytest

from crawl import Page
from handbooks import ROOT
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_folder
from onevoice.run.build import plan_build
from onevoice.site.cover import ICONS, make_monogram, name_language

BOOK = Handbook(load_folder(ROOT))
DAY = datetime.date(2026, 11, 21)
ASSET = "{id: one, title: A tide for two, summary: s, job: sales, use_when: u, personas: head, stages: meet"
STAGE = "{id: meet, name: Meet, question: q, customer: c, marketing: m, sales: s, done_when: d}"
SIDE = "{summary: s, signs: s, wants: w}"
PERSONA = f"{{id: head, name: Head of sales, summary: s, goals: g, pains: p, interested: {SIDE}, ready_to_buy: {SIDE}}}"


@pytest.fixture
def page(browser, address):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/catalog/")
    yield page
    context.close()


def titles(page) -> list[str]:
    return page.locator(".ov-asset:not([hidden]) strong").all_text_contents()


@pytest.mark.parametrize(
    "typed", ["case study", "Case studies", "case-study", "casestudy", "casestudies", "success stories", "csae study"]
)
def test_the_filter_knows_what_is_meant(page, typed):
    page.get_by_label("Filter by keyword").fill(typed)
    page.get_by_role("status").filter(has_text="3 of").wait_for()
    kinds = page.locator(".ov-asset:not([hidden])").evaluate_all("all => all.map(each => each.dataset.type)")
    assert kinds == ["case-study"] * 3


@pytest.mark.parametrize("typed", ["whitepaper", "white papers", "one pagers", "onepager", "webinars", "webinr"])
def test_each_type_is_found_however_it_is_written(page, typed):
    page.get_by_label("Filter by keyword").fill(typed)
    page.wait_for_function("document.querySelector('.ov-asset[hidden]')")
    kinds = page.locator(".ov-asset:not([hidden])").evaluate_all("all => all.map(each => each.dataset.type)")
    assert kinds and re.sub("[^a-z]", "", typed)[:5] in {kind.replace("-", "")[:5] for kind in kinds} | {"webin"}


def test_a_chip_is_removed_and_the_switch_set_back(page):
    page.locator('a[data-facet="persona"][data-value="sales-lead"]').click()
    page.locator('a[data-facet="job"][data-value="sales"]').click()
    few = len(titles(page))
    page.get_by_role("button", name="Remove filter Head of sales").click()
    assert page.url.endswith("/catalog/?job=sales")
    assert few < len(titles(page)) == sum(one.job == "sales" for one in BOOK.list_approved("assets"))
    page.locator(".ov-switch").get_by_role("link", name="Both").click()
    assert page.url.endswith("/catalog/") and page.locator(".ov-asset[hidden]").count() == 0


def test_filters_are_a_sheet_on_a_phone_and_results_come_first(browser, address):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(f"{address}/catalog/")
    first = page.locator(".ov-asset").first
    assert first.bounding_box()["y"] < 500
    facet = page.locator('a[data-facet="type"][data-value="video"]')
    assert not facet.is_visible()
    page.get_by_role("button", name="Filters").tap()
    facet.tap()
    page.get_by_role("button", name="Show results").tap()
    assert not facet.is_visible()
    assert page.locator(".ov-chosenchip").all_inner_texts() == ["Video"]
    assert set(page.locator(".ov-asset:not([hidden])").evaluate_all("all => all.map(one => one.dataset.type)")) == {
        "video"
    }
    context.close()


def test_a_button_to_copy_is_named_for_its_asset_and_what_is_for_us_has_none(page):
    rows = page.locator(".ov-asset").evaluate_all(
        """all => all.map(one => {
            const [title, button] = [one.querySelector("strong"), one.querySelector(".ov-copy")];
            return [one.dataset.for, title.textContent, button?.ariaLabel ?? ""];
        })"""
    )
    assert {"customers", "us"} == {readers for readers, _, _ in rows}
    expired = {one.title for one in BOOK.list_approved("assets") if one.is_expired(datetime.date.today())}
    for readers, title, name in rows:
        assert name == ("" if readers == "us" or title in expired else f"Copy link to {title}")


def test_a_cell_of_the_heat_map_leads_to_its_pieces(page):
    cells = page.locator(".ov-heatmap a.ov-heat")
    expected = []
    for persona in BOOK.list_approved("personas"):
        for stage in BOOK.stages:
            jobs = Counter(one.job for one in BOOK.find_sendable_assets(persona.id, stage.id, DAY))
            expected += [f"marketing {jobs['marketing']}", f"sales {jobs['sales']}"]
    assert [" ".join(text.split()) for text in cells.all_inner_texts()] == expected
    place = max(range(len(expected)), key=lambda at: int(expected[at].split()[1]))
    cells.nth(place).click()
    page.wait_for_url("**/catalog/?job=*")
    shown = [one for one in titles(page) if "ninety seconds" not in one]
    assert len(shown) == int(expected[place].split()[1])


def test_the_heat_map_is_on_the_page_of_gaps_and_each_gap_has_a_request(site):
    catalog, gaps = (Page((site / path / "index.html").read_text("utf-8")) for path in ("catalog", "catalog/gaps"))
    cells = [link for link in gaps.links if "stage=" in link]
    assert [parse_qs(urlsplit(one).query) for one in cells] == [
        parse_qs(urlsplit(one).query) for one in catalog.links if "stage=" in one and "job=" in one
    ]
    empty = sum(
        not {"marketing", "sales"} <= {one.job for one in BOOK.find_sendable_assets(persona.id, stage.id, DAY)}
        for persona in BOOK.list_approved("personas")
        for stage in BOOK.stages
    )
    assert empty and sum("Something%20for%20" in link for link in gaps.links) == empty


def write(folder, types: str, asset: str) -> dict[str, bytes]:
    for name, text in (
        ("brand", f"brand:\n  name: Acme\n{types}"),
        ("assets", f"assets:\n  - {ASSET}, {asset}}}\n"),
        ("personas", f"personas:\n  - {PERSONA}\n"),
        ("journey", f"journey:\n  summary: s\n  stages:\n    - {STAGE}\n"),
    ):
        path = folder / "content" / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    (folder / "content" / "pictures").mkdir(exist_ok=True)
    (folder / "content" / "pictures" / "one.png").write_bytes(b"PNG")
    return {one.path: one.data for one in plan_build(folder, DAY).output_files}


def test_a_company_names_its_own_types(tmp_path):
    types = "  asset_types: [{name: flyer, icon: slides}, {name: call note, internal: true, icon: chat}]\n"
    page = write(tmp_path, types, "type: flyer, url: /u/")["docs/catalog/index.md"].decode()
    assert 'data-type="flyer"' in page and ICONS["slides"] in page and "ov-send" in page
    page = write(tmp_path, types, "type: call note, url: /u/")["docs/catalog/index.md"].decode()
    assert 'data-for="us"' in page and ICONS["chat"] in page and "ov-send" not in page and "ov-use" in page


def test_a_picture_of_its_own_is_the_cover(tmp_path):
    files = write(tmp_path, "", "type: guide, url: /u/, picture: pictures/one.png, language: de-AT")
    assert files["docs/pictures/one.png"] == b"PNG"
    assert "![](../pictures/one.png)" in files["docs/catalog/index.md"].decode()
    page = files["docs/catalog/one/index.md"].decode()
    assert 'src="../../pictures/one.png"' in page and "| Language | German |" in page


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Head of sales", "HS"), ("Head of revenue operations", "HRO"), ("The CFO", "C"), ("Für alle", "FA"), ("of", "O")],
)
def test_a_name_has_letters(name, letters):
    assert make_monogram(name) == letters


@pytest.mark.parametrize(("tag", "name"), [("de", "German"), ("pt-BR", "Portuguese"), ("tlh", "tlh")])
def test_a_language_has_a_name(tag, name):
    assert name_language(tag) == name
