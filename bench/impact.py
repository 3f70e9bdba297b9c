"""How long `onevoice impact` takes on a large handbook: one word changes, and every page is looked at.

    python bench/impact.py [--terms 5000] [--pages 500] [--runs 5]

makes a repository with that many terms and pages (see made.py), commits it, forbids one word, and prints how long the
real command takes from start to end, with an empty cache each time; ends with 1 where the median is above --most.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import made

BYTES = 7_000  # about a thousand words


def repository(folder: Path, terms: int, pages: int) -> str:
    """A handbook in a repository, with a word of its pages forbidden since the last commit; that word."""
    found = made.terms(terms)
    made.handbook(folder, found)
    avoided = [one["term"] for term in found for one in term["avoid"]]
    writer = made.Writer(avoided)
    target = folder / "content" / "pages"
    target.mkdir(parents=True)
    for number in range(pages):
        parts, size = [], 0
        while size < BYTES:
            parts.append(writer.part())
            size += len(parts[-1])
        text = "\n\n".join(parts)
        (target / f"page{number:04}.md").write_text(f"# Page {number}\n\n{text}\n", encoding="utf-8")
    git = ("git", "-C", str(folder), "-c", "user.name=bench", "-c", "user.email=bench@example.com")
    for arguments in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "Begin")):
        subprocess.run((*git, *arguments), check=True)
    word = next(word for word in made.words(made.USED)[500:] if word not in avoided)
    part = sorted((folder / "terminology").iterdir())[0]
    text = part.read_text(encoding="utf-8")
    part.write_text(text.replace("    avoid:\n", f"    avoid:\n      - {word}\n", 1), encoding="utf-8")
    return word


def run(folder: Path, cache: Path) -> tuple[float, str]:
    """Seconds that the command takes, and its last line."""
    environment = {**os.environ, "ONEVOICE_CACHE": str(cache)}
    begun = time.perf_counter()
    command = [sys.executable, "-m", "onevoice", "impact", "--since", "HEAD", "--handbook", str(folder)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    took = time.perf_counter() - begun
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    return took, done.stderr.strip().splitlines()[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--terms", type=int, default=5000)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--most", type=float, default=3.0, help="seconds")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "handbook"
        word = repository(folder, given.terms, given.pages)
        times = []
        for number in range(given.runs):
            took, said = run(folder, Path(name) / f"cache{number}")
            times.append(took)
        print(f"{given.terms} terms, {given.pages} pages, `{word}` forbidden. {said}")
        print(f"median {statistics.median(times):.2f} s, of {', '.join(f'{took:.2f}' for took in times)}")
        sys.exit(statistics.median(times) > given.most)


if __name__ == "__main__":
    main()
