"""The browser for the browser tests. Run as a program, it gets one where there is none (not in CI)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find() -> str | None:
    """The path of a Chromium: $ONEVOICE_CHROMIUM, else one on PATH, else Playwright's own, else None."""
    if named := os.environ.get("ONEVOICE_CHROMIUM"):
        return shutil.which(named)
    for name in NAMES:
        if path := shutil.which(name):
            return path
    if MAC.is_file():
        return str(MAC)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).is_file() else None


def main() -> None:
    if not find() and not os.environ.get("CI"):
        print("No Chromium here: trying to get Playwright's.", file=sys.stderr)
        try:
            subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], timeout=600, check=False)
        except subprocess.TimeoutExpired:
            print("It did not come within 10 minutes.", file=sys.stderr)
    print(f"Browser tests run in: {find() or 'no browser; they are skipped'}", file=sys.stderr)


if __name__ == "__main__":
    main()
