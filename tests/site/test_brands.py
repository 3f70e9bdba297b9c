"""The handbook of another company looks like that company: its colors on every page, each text readable."""

import itertools

import pytest
from axe_playwright_python.sync_playwright import Axe

from handbooks import build, copy
from kinds import PATHS
from rounds import choose_count

IDENTITY = """
identity:
  logos: [{{name: Wordmark, file: identity/word.svg, alt: The word Acme, use: Everywhere., role: header, on: header}}]
  colors:
{colors}
  typefaces:
    - {{name: Brandon, use: Headings., fallback: "Futura, sans-serif", role: headings}}
    - {{name: Source Sans Pro, use: Text., fallback: "Verdana, sans-serif", role: text, package: font-source-sans-pro}}
  signature: "Your name, Acme"
"""
BRANDS = {
    "sun": {"header": "#ffd400", "text": "#222222", "accent": "#ffd400", "link": "#ffd400", "notice": "#ff8080"},
    "night": {"header": "#16071f", "text": "#2b1038", "accent": "#ff5c8a", "link": "#b01257", "surface": "#f6eef5"},
    "black": {
        "header": "#0b0b0f",
        "page": "#121218",
        "text": "#f2f2f5",
        "surface": "#1d1d26",
        "accent": "#ffd400",
        "link": "#8fd3ff",
    },
}
SAMPLE = [
    "/", "/messaging/sales-lead/decide/", "/glossary/lead/", "/catalog/", "/messaging/proof/", "/check/", "/brand/",
    "/together/leads/", "/news/", "/nowhere/",
]  # fmt: skip
# With `make test-slow` every kind of page.
PAGES = choose_count(SAMPLE, [*PATHS, "/nowhere/"])
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
VIEWS = choose_count([("phone", "light"), ("phone", "dark")], [*itertools.product(SIZES, ("light", "dark"))])
# What Material paints with if nobody says otherwise, light and dark.
THEMES_COLORS = {
    "rgb(64, 81, 181)", "rgb(82, 108, 254)", "rgb(68, 138, 255)", "rgb(84, 110, 122)", "rgba(0, 0, 0, 0.87)",
    "rgba(0, 0, 0, 0.54)", "rgba(0, 0, 0, 0.32)", "rgb(245, 245, 245)", "rgb(54, 70, 78)", "rgb(30, 33, 41)",
    "rgba(226, 228, 233, 0.82)", "rgba(226, 228, 233, 0.56)", "rgb(0, 189, 164)",
    # Of its notes, from an abstract to a quote.
    "rgb(0, 176, 255)", "rgb(0, 184, 212)", "rgb(0, 191, 165)", "rgb(0, 200, 83)", "rgb(100, 221, 23)",
    "rgb(255, 145, 0)", "rgb(255, 82, 82)", "rgb(255, 23, 68)", "rgb(245, 0, 87)", "rgb(124, 77, 255)",
    "rgb(158, 158, 158)",
}  # fmt: skip
COLORS = """() => {
  const found = {};
  for (const element of document.querySelectorAll("body, body *")) {
    if (!element.checkVisibility()) continue;
    for (const part of [null, "::before", "::after"]) {
      const style = getComputedStyle(element, part);
      if (part && (style.content === "none" || style.display === "none")) continue;
      const colors = [style.color, style.backgroundColor];
      for (const side of ["Top", "Right", "Bottom", "Left"]) {
        if (parseFloat(style[`border${side}Width`])) colors.push(style[`border${side}Color`]);
      }
      for (const color of colors) found[color] ??= element.tagName + "." + element.className + (part ?? "");
    }
  }
  return found;
}"""
OPEN = "() => document.querySelectorAll('.md-content details').forEach(each => each.open = true)"


# The one of which most colors have to be moved to be readable comes first.
@pytest.fixture(scope="module", params=[*BRANDS][: choose_count(1, len(BRANDS))])
def branded(request, tmp_path_factory, serve):
    """The colors of a brand, and where its handbook answers."""
    folder = copy(tmp_path_factory.mktemp(request.param))
    colors = BRANDS[request.param]
    rows = "\n".join(f'    - {{name: {role}, hex: "{color}", use: u, role: {role}}}' for role, color in colors.items())
    (folder / "content/identity.yaml").write_text(IDENTITY.format(colors=rows))
    (folder / "content/identity/word.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><text y="24" fill="#888">Acme</text></svg>'
    )
    build(folder)
    return colors, serve(folder / "build" / "site")


@pytest.mark.slow
@pytest.mark.rounds
@pytest.mark.parametrize(("size", "scheme"), VIEWS)
def test_a_brand_dresses_every_page(browser, branded, size, scheme):
    colors, address = branded
    context = browser.new_context(viewport=SIZES[size], color_scheme=scheme)
    page = context.new_page()
    header = colors["header"]
    band = f"rgb({int(header[1:3], 16)}, {int(header[3:5], 16)}, {int(header[5:], 16)})"
    wrong = {}
    for path in PAGES:
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        # What is folded is read, too.
        page.evaluate(OPEN)
        painted = page.evaluate(COLORS)
        assert band in painted, path
        assert page.locator("h1").first.evaluate("each => getComputedStyle(each).fontFamily").startswith("Brandon")
        wrong[path] = list_faint_texts(page)
        wrong[path] += [f"{color}: {painted[color]}" for color in painted.keys() & THEMES_COLORS]
    assert {path: faults for path, faults in wrong.items() if faults} == {}
    context.close()


def list_faint_texts(page) -> list[str]:
    """The texts on a page that are too near their ground in color."""
    found = Axe().run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
    return [f"{node['html'][:160]}: {node['failureSummary'][-200:]}" for one in found for node in one["nodes"]]
