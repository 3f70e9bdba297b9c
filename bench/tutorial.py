"""Follow the tutorial of content/pages word for word in an empty folder, and say how long its commands take.

    python bench/tutorial.py

The package is built first, which doesn't count. pip gets everything else from where it always does.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import starters  # noqa: E402
import tutorials  # noqa: E402


def main() -> None:
    """Print the seconds of all commands, and of those that install."""
    page = (ROOT / "content" / "pages" / "tool-tutorial.md").read_text("utf-8")
    packages = starters.build_packages()
    with tempfile.TemporaryDirectory() as name:
        home, state, folder = (Path(name, part) for part in ("home", "state", "work"))
        for made in (home, state, folder):
            made.mkdir()
        environ = tutorials.make_environ(home)
        environ["PIP_FIND_LINKS"] = " ".join([str(packages), *environ.get("PIP_FIND_LINKS", "").split()])
        start = time.perf_counter()
        install, rest = page.split("## 2.", 1)
        tutorials.follow_page(install, folder, environ, state)
        installed = time.perf_counter()
        tutorials.follow_page(rest, folder, environ, state)
        end = time.perf_counter()
    print(f"{end - start:.0f} s, of which {installed - start:.0f} s to install")


if __name__ == "__main__":
    main()
