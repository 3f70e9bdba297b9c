"""How light are the pages, on a phone? Lighthouse in Chromium, with a slow line and a slow processor.

    npm ci --prefix bench
    python bench/light.py [SITE] [--runs N] [--pages PATH ...]

SITE is the folder of a built site; without it, this repository's `build/site`. The pages are served as GitHub Pages
does it in what counts here: texts compressed by gzip at its usual level, kept for ten minutes, many files over one
connection. It's HTTP/1.1 without encryption, though, and that host has HTTP/2 with it: one round trip more at the
start, and none for each file after that. The first row is an empty page of the theme, which no page of ours can beat.

"Speed" and "access" are Lighthouse's scores for performance and accessibility, of 100; "shift" is the
layout shift, "blocked" the time in which the page doesn't answer, in milliseconds; each is from the best of so many
runs, since other programs only make them worse. "Loaded" is all that comes over the line, in kB; "ours" is without the
theme's own scripts, styles and icons; "fonts" are part of ours. The exit code is 1 if a page misses what is asked of it
(see LEAST and MOST).
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import gzip
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import chromium

ROOT = Path(__file__).parents[1]
LIGHTHOUSE = Path(__file__).parent / "node_modules/lighthouse/cli/index.js"
PAGES = ("/", "/messaging/sales-lead/decide/", "/catalog/", "/messaging/proof/")
LEAST = {"speed": 95.0, "access": 100.0}
MOST = {"shift": 0.0005}
# What is asked of the call card alone.
MOST_OF_CARD = {"ours": 60.0}
COLUMNS = ("speed", "access", "shift", "blocked", "loaded", "ours", "fonts")
THEME = ("/assets/javascripts/", "/assets/stylesheets/", "/assets/images/", "/search/")
TEXTS = (".html", ".js", ".css", ".json", ".svg", ".xml", ".txt")


@functools.cache
def compress(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6, mtime=0)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, texts compressed."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in TEXTS or not path.is_file():
            super().do_GET()
            return
        data = compress(path)
        self.send_response(200)
        for name, value in (
            ("Content-Type", self.guess_type(str(path))),
            ("Content-Encoding", "gzip"),
            ("Content-Length", str(len(data))),
            ("Cache-Control", "max-age=600"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


def measure(address: str, browser: str) -> dict[str, float]:
    """One run of Lighthouse on a page, by the names of COLUMNS."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        command = [
            *(shutil.which("node") or "node", str(LIGHTHOUSE), address, "--quiet", "--output=json"),
            *(f"--output-path={out}", "--only-categories=performance,accessibility"),
            f"--chrome-flags={' '.join(chromium.ARGUMENTS).replace('--headless', '--headless=new')}",
        ]
        done = subprocess.run(
            command, env={**os.environ, "CHROME_PATH": browser}, capture_output=True, text=True, timeout=300
        )
        if done.returncode or not out.is_file():
            sys.exit(done.stderr or done.stdout)
        report = json.loads(out.read_text("utf-8"))
    if "runtimeError" in report:
        sys.exit(f"{address}: {report['runtimeError']['message']}")
    audits = report["audits"]
    loaded = audits["network-requests"]["details"]["items"]
    sizes = [(item["url"], item["transferSize"] / 1000) for item in loaded if item["url"].startswith("http")]
    return {
        "speed": report["categories"]["performance"]["score"] * 100,
        "access": report["categories"]["accessibility"]["score"] * 100,
        "shift": audits["cumulative-layout-shift"]["numericValue"],
        "blocked": audits["total-blocking-time"]["numericValue"],
        "loaded": sum(size for _, size in sizes),
        "ours": sum(size for url, size in sizes if not any(part in url for part in THEME)),
        "fonts": sum(size for url, size in sizes if url.endswith(".woff2")),
    }


def find_misses(path: str, found: dict[str, float]) -> Iterator[str]:
    """What a page should have been."""
    most = {**MOST, **(MOST_OF_CARD if path.count("/") == 4 else {})}
    for name, value in LEAST.items():
        if found[name] < value:
            yield f"{path}: {name} {found[name]:.0f}, at least {value:.0f}"
    for name, value in most.items():
        if found[name] - (found["fonts"] if name == "ours" else 0) > value:
            yield f"{path}: {name} {found[name]:.3f}, at most {value}"


def build_empty_page(folder: Path) -> Path:
    """A site of Material's with one empty page, and with the features of ours."""
    from mkdocs.utils.yaml import yaml_load

    ours = yaml_load((ROOT / "scripts/onevoice/site/mkdocs.yml").read_text("utf-8"))["theme"]
    theme = {name: ours[name] for name in ("name", "font", "features", "palette")}
    (folder / "docs").mkdir()
    (folder / "docs/index.md").write_text("# Empty\n", "utf-8")
    (folder / "mkdocs.yml").write_text(json.dumps({"site_name": "Empty", "theme": theme}), "utf-8")
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=folder, env=quiet, check=True, timeout=300)
    return folder / "site"


@contextlib.contextmanager
def serve(folder: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    handler = functools.partial(Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def measure_best(address: str, browser: str, runs: int) -> dict[str, float]:
    """The best of so many runs."""
    return max((measure(address, browser) for _ in range(runs)), key=lambda found: (found["speed"], -found["blocked"]))


def print_row(name: str, found: dict[str, float]) -> None:
    print(
        name, *(f"{found[key]:.3f}" if key == "shift" else f"{found[key]:.0f}" for key in COLUMNS), sep="\t", flush=True
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("site", nargs="?", type=Path, default=ROOT / "build/site")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pages", nargs="*", default=PAGES)
    given = parser.parse_args()
    browser = chromium.find()
    if not browser or not LIGHTHOUSE.is_file():
        sys.exit("Chromium and Lighthouse are needed: npm ci --prefix bench")
    print("page", *COLUMNS, sep="\t")
    with tempfile.TemporaryDirectory() as folder, serve(build_empty_page(Path(folder))) as address:
        print_row("(empty)", measure_best(f"{address}/", browser, given.runs))
    missed: list[str] = []
    with serve(given.site) as address:
        for path in given.pages:
            found = measure_best(address + path, browser, given.runs)
            print_row(path, found)
            missed += find_misses(path, found)
    print(*missed, sep="\n", end="\n" if missed else "")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
