"""How fast does the page that checks drafts check a long one, and can one write meanwhile? In Chromium.

    python bench/browser.py [--draft FILE] [--words N ...] [--runs N] [--keep FOLDER]

The drafts are made. They have one of the words that this repository's handbook avoids in about every fiftieth
sentence; in "dense" drafts, every fourth word belongs to a finding. "First" is the time from the paste to the first
finding in the list, "whole" until the list, the marks and the count are complete. "Paste" is the longest time in which
the page did not answer until the draft was shown, "check" the longest one from then on, and "key" the longest from a
key to its letter on the screen, also while a check is running. Each is the best of so many runs.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import made
import search

import chromium
import handbooks
from onevoice.load.folder import load_folder

ROOT = Path(__file__).parents[1]
DENSE = "Each buyer’s journey begins with an e-mail.\n\nWe leverage it, and every MQL is a hot lead."
# Pastes a text and notes when things happen, until the page says what it found: "Found" or "No".
PASTE = """text => new Promise(done => {
    const find = name => document.querySelector(name), area = find("#ov-draft"), said = find(".ov-count");
    const seen = { first: 0, whole: 0, paste: 0, check: 0 };
    let last = performance.now(), shown = false;
    const start = last;
    const beat = () => {
        const now = performance.now(), name = shown ? "check" : "paste";
        seen[name] = Math.max(seen[name], now - last);
        last = now;
        shown ||= now - start > 100;
        if (!seen.first && find(".ov-findings li")) seen.first = now - start;
        if (now - start > 110 && /^(Found|No)/.test(said.textContent)) {
            seen.whole = now - start;
            done({ ...seen, findings: (said.textContent.match(/\\d+/g) ?? []).reduce((sum, one) => sum + +one, 0) });
        } else setTimeout(beat);
    };
    area.focus();
    area.value = text;
    said.textContent = "";
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
    setTimeout(beat);
})"""
# Notes how long each key takes until its letter is on the screen.
KEYS = """() => {
    window.keys = [];
    document.querySelector("#ov-draft").addEventListener("keydown", ({ timeStamp }) => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => window.keys.push(performance.now() - timeStamp);
        port2.postMessage(0);
    }));
}"""


def avoided() -> list[str]:
    """The words that the repository's handbook avoids."""
    records = (record for record, _ in load_folder(ROOT).records)
    return [one.term for record in records if record.KIND == "terms" for one in record.avoid]


def drafts(given: argparse.Namespace) -> Iterator[tuple[str, str]]:
    """(what it is, text) of each draft."""
    if given.draft:
        yield given.draft.name, given.draft.read_text("utf-8")
        return
    writer, parts, size = made.Writer(avoided()), [], 0
    for words in sorted(given.words):
        while size < words:
            parts.append(writer.paragraph())
            size += len(parts[-1].split())
        yield "made", "\n\n".join(parts)
    for words in sorted(given.words):
        yield "dense", "\n\n".join([DENSE] * (words // len(DENSE.split())))


def measure(browser, address: str, text: str) -> dict[str, float]:
    """The times of one run in milliseconds, and the number of findings."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}/check/")
    page.locator("#ov-draft").wait_for()
    seen = page.evaluate(PASTE, text)
    page.keyboard.press("Control+Home")
    page.evaluate(KEYS)
    # Slower than the page waits for more, so that each key begins a check and the next one meets it.
    page.keyboard.type("Word and more. ", delay=130)
    page.wait_for_timeout(500)
    seen["key"] = max(page.evaluate("keys"))
    page.close()
    return seen


def main() -> None:
    """Print the table."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draft", type=Path, help="a text to check instead of made ones")
    parser.add_argument("--words", type=int, nargs="+", default=[8000, 16000, 31000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="build the site in this folder, or take the one that is there")
    given = parser.parse_args()
    names = ("findings", "first", "whole", "paste", "check", "key")
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = given.keep or Path(temporary) / "handbook"
        if not (folder / "build").is_dir():
            handbooks.build(handbooks.copy(folder))
        address = search.serve(folder / "build" / "site")
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        print(f"| draft | words | {' | '.join(names)} |\n|---|{'---:|' * (len(names) + 1)}")
        for kind, text in drafts(given):
            runs = [measure(browser, address, text) for _ in range(given.runs)]
            best = {name: min(run[name] for run in runs) for name in names}
            cells = [f"{best['findings']:,}", *(f"{best[name] / 1000:.2f} s" for name in names[1:3])]
            cells += [f"{best[name]:.0f} ms" for name in names[3:]]
            print(f"| {kind} | {len(text.split()):,} | {' | '.join(cells)} |", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
