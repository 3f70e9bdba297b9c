"""Pictures: every number is in them and in words, nothing overlaps or sticks out, and numbers can be read."""

import datetime
import re
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl import Page
from handbooks import ROOT, TODAY
from onevoice.handbook.color import compute_contrast
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_folder
from onevoice.records import KINDS
from onevoice.site import chart
from onevoice.site.brand import describe_contrast
from onevoice.site.catalog import RECORD_STATE_LABELS

BOOK = Handbook(load_folder(ROOT))
DAY = datetime.date.fromisoformat(TODAY)
SVG = "{http://www.w3.org/2000/svg}"
NAMES = st.text("abcdefgh &<>é", min_size=1, max_size=40).filter(str.strip)
# The contrast of two colors of the style sheet, one on the other, on the page's own ground.
CONTRAST = """group => {
  const context = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const dip = color => { context.fillStyle = color; context.fillRect(0, 0, 1, 1); };
  const light = () => {
    const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map(part => part / 255)
      .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  dip(getComputedStyle(document.body).backgroundColor);
  const fill = getComputedStyle(group.querySelector('rect')).fill;
  if (fill !== 'none') dip(fill);
  const ground = light();
  dip(getComputedStyle(group.querySelector('text')).fill);
  const [dark, bright] = [ground, light()].sort((one, other) => one - other);
  return (bright + 0.05) / (dark + 0.05);
}"""


def drawing(site, path: str) -> ElementTree.Element:
    page = (site / path.strip("/") / "index.html").read_text("utf-8")
    return ElementTree.fromstring(re.search(r'<svg class="ov-svg.*?</svg>', page, re.S)[0])


def said(svg: ElementTree.Element) -> str:
    """What it says to those who do not see it."""
    assert svg.get("role") == "img"
    title, text = (svg.find(f".//*[@id='{id}']").text for id in svg.get("aria-labelledby").split())
    assert title
    return text


def tidy(svg: ElementTree.Element) -> None:
    """Everything is inside the drawing, and no two boxes touch."""
    _, _, wide, high = map(float, svg.get("viewBox").split())
    boxes = [[float(rect.get(name)) for name in ("x", "y", "width", "height")] for rect in svg.iter(f"{SVG}rect")]
    for index, (x, y, w, h) in enumerate(boxes):
        assert min(x, y) >= 0 and w > 0 and x + w <= wide + 0.1 and y + h <= high
        for x2, y2, w2, h2 in boxes[:index]:
            assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y
    for text in svg.iter(f"{SVG}text"):
        assert 0 <= float(text.get("x")) <= wide and 0 < float(text.get("y")) <= high


def test_the_bars_count_every_record_once(site):
    svg = drawing(site, "/catalog/due/")
    tidy(svg)
    numbers = [int(text.text) for group in svg.iter(f"{SVG}g") for text in group.iter(f"{SVG}text")]
    owned = [record for kind in KINDS for record in BOOK.list_approved(kind)]
    assert sum(numbers) == len(owned) and len(owned) > 200
    shown = " ".join(text.text for text in svg.iter(f"{SVG}text"))
    for part in said(svg).removesuffix(".").split(". "):
        team, words = part.split(": ")
        assert team in shown and words in shown


def test_the_pairs_of_colors_have_their_contrast(site):
    svg = drawing(site, "/brand/")
    tidy(svg)
    identity = BOOK.find_single("identity")
    palette = {color.name: color.hex for color in identity.colors}
    text = " ".join(Page((site / "brand" / "index.html").read_text("utf-8")).text.split())
    pairs = [(color.name, ground) for color in identity.colors for ground in color.on]
    assert len(pairs) > 10
    for name, ground in pairs:
        ratio = compute_contrast(palette[name], palette[ground])
        assert f"{name} on {ground} {ratio:.1f} : 1" in said(svg)
        assert f"{name} {ground} {ratio:.1f} : 1 {describe_contrast(ratio)}" in text


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (21, "AAA"),
        (7, "AAA"),
        (6.99, "(AA)"),
        (4.5, "(AA)"),
        (4.49, "large"),
        (3, "large"),
        (2.99, "no text"),
        (1, "no"),
    ],
)
def test_what_a_contrast_is_good_for(ratio, words):
    assert words in describe_contrast(ratio)


@given(st.data())
def test_other_companies_have_pictures_as_well(data):
    states = st.dictionaries(st.sampled_from(list(RECORD_STATE_LABELS)), st.integers(1, 4000), min_size=1)
    teams = data.draw(st.lists(st.tuples(NAMES, states), min_size=1, max_size=12))
    tidy(ElementTree.fromstring(str(chart.draw_freshness(teams, RECORD_STATE_LABELS))))
    pair = st.tuples(NAMES, st.just("#123456"), st.just("5.0 : 1"))
    ground = st.tuples(NAMES, st.just("#abcdef"), st.just("#000000"), st.lists(pair, min_size=1, max_size=9))
    tidy(ElementTree.fromstring(str(chart.draw_contrasts(data.draw(st.lists(ground, min_size=1, max_size=6))))))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_numbers_can_be_read_on_their_boxes(browser, address, scheme):
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{address}/catalog/due/")
    found = [each.evaluate(CONTRAST) for each in page.locator(".ov-bar").all()]
    context.close()
    assert len(found) > 5 and min(found) >= 4.5
