"""Which search finds a word by any of its names: ours, Material's, Zensical's, in Chromium on the same made handbook.

    python bench/search.py [--terms N] [--queries N]

For each kind of name, so many queries; a query is answered where the page of its term comes first, or among the first
three. "Misspelled" is a name with two letters swapped, or with one missing, doubled or wrong. "Index" is what a browser
gets compressed; "first" is the time from opening a page to the answer to its first query, and "key" the median from a
key to the last change of the list. "Material, ours on top" is the search box of the site as it is.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import made

import chromium
from onevoice.handbook.address import make_slug

ROOT = Path(__file__).parents[1]
QUIET = 300
KINDS = ("preferred", "allowed", "avoided", "short", "old", "misspelled")
# Types a text, waits until the list has stopped changing, and gives the time of its last change and its addresses.
ASK = """([box, list, links, text]) => new Promise((done) => {
    const roots = [document, ...[...document.querySelectorAll("*")].map((one) => one.shadowRoot).filter(Boolean)];
    const find = (what) => roots.map((root) => root.querySelector(what)).find(Boolean);
    const input = find(box), place = list ? find(list) : input.getRootNode();
    const start = performance.now();
    let last = start, timer;
    const seen = new MutationObserver(() => { last = performance.now(); wait(QUIET); });
    const wait = (time) => {
        clearTimeout(timer);
        timer = setTimeout(() => {
            seen.disconnect();
            done([last - start, [...place.querySelectorAll(links)].slice(0, 10).map((link) => link.href)]);
        }, time);
    };
    seen.observe(place, { childList: true, subtree: true, characterData: true });
    wait(1000);
    input.focus();
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, text);
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true, key: "x" }));
})""".replace("QUIET", str(QUIET))


@dataclass(frozen=True)
class Engine:
    """A search: its index, where one types, where the answers stand, what opens it. alone: without our script."""

    name: str
    site: str
    index: tuple[str, ...]
    box: str
    list: str
    links: str
    opener: str = ""
    alone: bool = False


MATERIAL = ("[data-md-component=search-query]", "[data-md-component=search-result]")
ENGINES = (
    Engine("find box", "site", ("assets/labels.js",), "#ov-find", ".ov-find", ".ov-found a"),
    Engine("Material", "site", ("search/search_index.json",), *MATERIAL, "a.md-search-result__link", alone=True),
    Engine(
        "Material, ours on top",
        "site",
        ("search/search_index.json", "assets/labels.js"),
        *MATERIAL,
        ".ov-found a, a.md-search-result__link",
    ),
    Engine("Zensical", "zensical", ("search.json",), "input[role=combobox]", "", "ol > li > a", ".md-search__button"),
)


def name(number: int) -> str:
    """A short form of capitals that no other term has."""
    letters = ""
    for _ in range(4):
        number, at = divmod(number, 20)
        letters += "BCDFGHJKLMNPQRSTVWXZ"[at]
    return letters


def names(count: int) -> list[dict]:
    """So many terms, each with every kind of name."""
    # The second half gives the first its other names: no two terms share one.
    every = made.terms(2 * count)
    for number, (term, donor) in enumerate(zip(every[:count], every[count:], strict=True)):
        term["allowed"] = [donor["preferred"].lower()]
        term["abbreviation"] = name(number)
        term["was"] = [make_slug(donor["avoid"][0]["term"])]
    return every[:count]


def handbook(folder: Path, terms: Sequence[dict]) -> None:
    """A handbook of the terms, and what its site is built with."""
    for at in range(0, len(terms), 1000):
        target = folder / "terminology" / f"part{at // 1000:03}.yaml"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps({"terms": terms[at : at + 1000]}))
    (folder / "content").mkdir(exist_ok=True)
    (folder / "content" / "brand.yaml").write_text("brand:\n  name: Made\n")
    frame = ROOT / "scripts/onevoice/site"
    # For Zensical, which is asked directly.
    config = f"INHERIT: {json.dumps(str(frame / 'mkdocs.yml'))}\n"
    (folder / "mkdocs.yml").write_text(f"{config}theme: {{custom_dir: {json.dumps(str(frame / 'theme'))}}}\n")


def build(folder: Path) -> None:
    """The site by MkDocs as `build/site`, by Zensical as `build/zensical`."""
    env = dict(os.environ, PYTHONPATH=str(ROOT / "scripts"), NO_MKDOCS_2_WARNING="1")
    for command in (["onevoice", "build"], ["zensical", "build"]):
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", *command], cwd=folder, env=env, capture_output=True, text=True, check=False
        )
        if done.returncode:
            sys.exit(done.stdout + done.stderr)
        print(f"{command[0]} built in {time.perf_counter() - start:.0f} s", file=sys.stderr)
        if command[0] == "onevoice":
            (folder / "build" / "site").rename(folder / "build" / "mkdocs")
    (folder / "build" / "site").rename(folder / "build" / "zensical")
    (folder / "build" / "mkdocs").rename(folder / "build" / "site")


def misspelled(word: str, dice: random.Random) -> str:
    """The word with one slip, not in its first letter."""
    at = dice.randrange(1, len(word) - 1)
    slip = dice.randrange(4)
    if slip == 0 and word[at] != word[at + 1]:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if slip == 1:
        return word[:at] + word[at + 1 :]
    if slip == 2:
        return word[:at] + word[at] + word[at:]
    return word[:at] + dice.choice([letter for letter in "aeinrst" if letter != word[at]]) + word[at + 1 :]


def queries(terms: Sequence[dict], count: int) -> Iterator[tuple[str, str, str]]:
    """(kind, what is typed, id of the term)."""
    dice = random.Random(7)
    for kind in KINDS:
        for term in dice.sample(terms, min(count, len(terms))):
            avoided = dice.choice(term["avoid"])["term"]
            names = {
                "preferred": term["preferred"],
                "allowed": term["allowed"][0],
                "avoided": avoided,
                "short": term["abbreviation"],
                "old": term["was"][0].replace("-", " "),
                "misspelled": misspelled(dice.choice([term["preferred"], avoided]), dice),
            }
            yield kind, names[kind], term["id"]


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Files of a folder, without a line for each."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


def serve(folder: Path) -> str:
    """The address at which the folder answers."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def place(links: Sequence[str], id: str) -> int:
    """Which of the pages is the term's, counted from 0; 99 where it is none of them."""
    pages = list(dict.fromkeys(re.sub(r"[?#].*|index\.html$", "", link) for link in links))
    return next((at for at, page in enumerate(pages) if page.endswith(f"/glossary/{id}/")), 99)


def measure(browser, engine: Engine, site: Path, asked: Sequence[tuple[str, str, str]]) -> dict[str, str]:
    """What the table says of an engine."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    if engine.alone:
        page.route("**/assets/pages.js", lambda route: route.abort())
    address = serve(site)
    start = time.perf_counter()
    page.goto(f"{address}/")
    if engine.opener:
        page.locator(engine.opener).click()
        page.locator(engine.box).wait_for()
    where = [engine.box, engine.list, engine.links]
    # A name that everything finds, until the index is there.
    while not page.evaluate(ASK, [*where, asked[0][1]])[1]:
        pass
    first = time.perf_counter() - start - QUIET / 1000
    found: dict[str, list[int]] = {kind: [] for kind in KINDS}
    times = []
    for kind, text, id in asked:
        page.evaluate(ASK, [*where, "zzzz"])
        took, links = page.evaluate(ASK, [*where, text])
        times.append(took)
        found[kind].append(place(links, id))
    page.close()
    index = sum(len(gzip.compress((site / file).read_bytes())) for file in engine.index)
    row = {
        "": engine.name,
        "index": f"{index / 1024:.0f} kB",
        "first": f"{first:.1f} s",
        "key": f"{statistics.median(times):.0f} ms",
    }
    for kind, places in found.items():
        one, three = (round(100 * sum(at < most for at in places) / len(places)) for most in (1, 3))
        row[kind] = f"{one} / {three}"
    return row


def main() -> None:
    """Print the table."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--terms", type=int, default=5000)
    parser.add_argument("--queries", type=int, default=25, help="of each kind")
    parser.add_argument("--keep", type=Path, help="make the sites in this folder, or take those that are there")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made_in, sync_playwright() as playwright:
        folder = given.keep or Path(made_in)
        terms = names(given.terms)
        if not (folder / "build" / "zensical").is_dir():
            handbook(folder, terms)
            build(folder)
        asked = list(queries(terms, given.queries))
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        rows = [measure(browser, engine, folder / "build" / engine.site, asked) for engine in ENGINES]
        browser.close()
    print(f"{given.terms} terms; answered first / among the first three, in %")
    for line in (list(rows[0]), ["-" * 3 for _ in rows[0]], *(list(row.values()) for row in rows)):
        print(f"| {' | '.join(line)} |")


if __name__ == "__main__":
    main()
