"""How fast a large handbook's site is built, edited and used, beside plain MkDocs on the same pages.

    python bench/site.py [--terms 5000] [--assets 1000] [--edits 5] [--only build data edit use]

The handbook is the repository's own with made terms and assets (see made.py). `build`: `onevoice build` into an empty
folder, then `mkdocs build` of the same build/docs, each a process of its own; the same with a fifth of the terms; then
one changed definition. `data`: a first build with a year of figures for 500 assets, and one without. `edit`: from the
moment a record is saved, with `onevoice serve` running, until a page that stands open in Chromium shows it; with these
terms and with 500. `use`: what a letter in the catalog's filter takes in
Chromium, and how large the pages are. The exit code is 1 where something is beyond what is asked of it (see MOST).
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "tests")]
import made  # noqa: E402

import chromium  # noqa: E402

FRAME = Path(__file__).parents[1] / "scripts/onevoice/site/mkdocs.yml"

SOURCE = Path(__file__).parents[1] / "scripts"
MOST = {
    "our share of the build": 0.15,
    "five times the terms, times the time": 5.5,
    "a year of figures": 1.1,
    "pages rewritten after one definition": 10,
    "seconds from edit to sight": 2.0,
    "milliseconds of a letter in the filter": 50,
    "largest page but the A-Z, in kB": 1000,
}
PARTS = ("build", "data", "edit", "use")
failed = []


def say(name: str, value: float, note: str = "") -> None:
    """Print a figure beside what is asked of it."""
    good = value <= MOST[name]
    if not good:
        failed.append(name)
    print(f"{'ok ' if good else 'NOT'} {name}: {value:.2f} (at most {MOST[name]}) {note}".rstrip(), flush=True)


def run(*command: str | Path, folder: Path, cache: Path) -> tuple[float, float, str]:
    """Run a command in a folder: seconds by the clock, seconds of the processors, what it said."""
    env = {**os.environ, "PYTHONPATH": str(SOURCE), "ONEVOICE_CACHE": str(cache), "NO_MKDOCS_2_WARNING": "1"}
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen([*map(str, command)], cwd=folder, env=env, stdout=said, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        words = said.read().decode()
    if process.returncode:
        sys.exit(words)
    return wall, used.ru_utime + used.ru_stime, words


def handbook(place: Path, terms: int, assets: int) -> Path:
    """A handbook of this size, without a site."""
    folder = place / f"handbook{terms}"
    if not folder.exists():
        made.company(folder, terms, assets)
    return folder


def build(place: Path, terms: int, assets: int, *, judged: bool) -> float:
    """Seconds that a first build takes, and what of it is ours. judged: hold that to what is asked."""
    folder = handbook(place, terms, assets)
    shutil.rmtree(folder / "build", ignore_errors=True)
    whole, cpu, _ = run(sys.executable, "-m", "onevoice", "build", folder=folder, cache=place / "cache")
    config = "\n".join(
        [
            f"INHERIT: {json.dumps(str(FRAME))}",
            f"theme: {{custom_dir: {json.dumps(str(FRAME.parent / 'theme'))}}}",
            "site_url: https://handbook.ferrywell.example",
        ]
    )
    (folder / "plain.yml").write_text(config, "utf-8")
    plain, plain_cpu, _ = run(
        sys.executable, "-m", "mkdocs", "build", "-q", "-f", "plain.yml", "-d", place / "plain",
        folder=folder, cache=place / "cache",
    )  # fmt: skip
    shutil.rmtree(place / "plain")
    print(f"{terms} terms, {assets} assets: {whole:.1f} s ({cpu:.1f} s of processors); plain MkDocs on the same pages")
    print(f"  {plain:.1f} s ({plain_cpu:.1f} s of processors)", flush=True)
    print(f"  of all processor time ours is {(cpu - plain_cpu) / cpu:.2f}", flush=True)
    if judged:
        say("our share of the build", (whole - plain) / whole, f"with {terms} terms")
    return whole


def measured(place: Path, assets: int, rounds: int) -> None:
    """How much longer a first build takes with a year of figures for these assets, by processor time."""
    folders = {name: handbook(place / name, 500, assets) for name in ("without", "with")}
    count = made.year(folders["with"], assets)
    times: dict[str, list[float]] = {name: [] for name in folders}
    for _ in range(rounds):
        for name, folder in folders.items():
            shutil.rmtree(folder / "build", ignore_errors=True)
            cache = place / f"cache-{name}"
            shutil.rmtree(cache, ignore_errors=True)
            times[name].append(run(sys.executable, "-m", "onevoice", "build", folder=folder, cache=cache)[1])
            print(f"  {name}: {times[name][-1]:.1f} s of processors", flush=True)
    bare, full = min(times["without"]), min(times["with"])
    say("a year of figures", full / bare, f"times the build without, with {assets} assets and {count:,} figures")


def changed(place: Path, terms: int, assets: int) -> None:
    """How much is written after one definition has changed."""
    folder = handbook(place, terms, assets)
    part = folder / "terminology" / "part000.yaml"
    part.write_text(part.read_text("utf-8").replace("What number 7 means.", "What seven stands for."), "utf-8")
    wall, _, said = run(sys.executable, "-m", "onevoice", "build", folder=folder, cache=place / "cache")
    count = int(re.search(r"(\d+) of \d+ files changed", said)[1])
    say("pages rewritten after one definition", count, f"in {wall:.1f} s")


@contextmanager
def served(place: Path, folder: Path) -> Iterator[str]:
    """The address at which `onevoice serve` shows a handbook."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {**os.environ, "PYTHONPATH": str(SOURCE), "ONEVOICE_CACHE": str(place / "cache")}
    command = [sys.executable, "-m", "onevoice", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=folder, env=env, stderr=subprocess.PIPE, text=True)
    while "Ctrl+C" not in (line := process.stderr.readline()):
        if not line:
            sys.exit("onevoice serve has ended")
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait()


def edit(place: Path, browser, terms: int, assets: int, edits: int) -> None:
    """How long an edit takes until it is seen."""
    folder = handbook(place, terms, assets)
    part = folder / "terminology" / "part000.yaml"
    with served(place, folder) as address:
        page = browser.new_page()
        page.goto(f"{address}glossary/term-9/")
        took = []
        for number in range(edits):
            text = f"What the edit {number} made of it."
            time.sleep(1)
            begun = time.perf_counter()
            source = part.read_text("utf-8")
            part.write_text(re.sub(r"(id: term-9\n.*\n +definition: ).*", rf"\g<1>{text}", source), "utf-8")
            page.get_by_text(text).first.wait_for(timeout=120_000)
            took.append(time.perf_counter() - begun)
        page.close()
    note = f"with {terms} terms; median of {', '.join(f'{one:.2f}' for one in took)}"
    say("seconds from edit to sight", statistics.median(took), note)


KEYS = """
async () => {
  const box = document.querySelector("[data-filter] input, .ov-facetlinks input, input[type=search].ov-filter");
  const took = [];
  for (const text of ["s", "so", "som", "some", "som", "so", "s", "", "m", "ma", "mad", ""]) {
    const begun = performance.now();
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    document.body.getBoundingClientRect();
    took.push(performance.now() - begun);
    await new Promise(requestAnimationFrame);
  }
  return took;
}
"""


def use(place: Path, browser, terms: int, assets: int) -> None:
    """What the built site asks of a browser."""
    folder = handbook(place, terms, assets)
    site = folder / "build" / "site"
    if not site.exists():
        run(sys.executable, "-m", "onevoice", "build", folder=folder, cache=place / "cache")
    server = subprocess.Popen(
        [sys.executable, "-m", "http.server", "8765", "--bind", "127.0.0.1", "-d", str(site)], stderr=subprocess.DEVNULL
    )
    try:
        time.sleep(1)
        page = browser.new_page()
        page.goto("http://127.0.0.1:8765/catalog/")
        page.wait_for_load_state("networkidle")
        took = page.evaluate(KEYS)
        page.close()
    finally:
        server.terminate()
        server.wait()
    say("milliseconds of a letter in the filter", max(took), f"slowest of {len(took)}, {assets} assets")
    pages = sorted((path.stat().st_size, path.relative_to(site).as_posix()) for path in site.rglob("*.html"))
    # The glossary's two lists of all words, from A to Z.
    rest = [one for one in pages if one[1] not in ("glossary/index.html", "glossary/avoid/index.html")]
    say("largest page but the A-Z, in kB", rest[-1][0] / 1000, rest[-1][1])
    for name in ("index.html", "messaging/sales-lead/decide/index.html"):
        print(f"    {name}: {len(gzip.compress((site / name).read_bytes())) / 1000:.1f} kB compressed")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--terms", type=int, default=5000)
    parser.add_argument("--assets", type=int, default=1000)
    parser.add_argument("--edits", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        if "build" in given.only:
            few = build(place, given.terms // 5, given.assets // 5, judged=False)
            many = build(place, given.terms, given.assets, judged=True)
            say("five times the terms, times the time", many / few)
            changed(place, given.terms, given.assets)
        if "data" in given.only:
            measured(place, 500, given.rounds)
        if {"edit", "use"} & {*given.only}:
            from playwright.sync_api import sync_playwright

            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
                if "use" in given.only:
                    use(place, browser, given.terms, given.assets)
                if "edit" in given.only:
                    edit(place, browser, 500, 100, given.edits)
                    edit(place, browser, given.terms, given.assets, given.edits)
                browser.close()
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
