"""How long a check takes the first time, again, and after one file has changed.

    python bench/check.py [--terms N] [--files N] [--rounds N]

Makes a handbook of so many terms, as an import leaves them: one to three words to avoid, each with its reason, and most
without a part of speech. Times are of whole commands, in seconds by the clock and of the processors; the best of the
rounds, each with a cache of its own.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import made


def imported(count: int) -> list[dict]:
    """Made terms without small words such as `the`: what a list of words seldom has."""
    small, found = set(made.SMALL), []
    for term in made.terms(count + count // 10):
        avoid = [one for one in term["avoid"] if small.isdisjoint(one["term"].split())]
        if avoid and small.isdisjoint(term["preferred"].lower().split()):
            found.append({**term, "avoid": avoid})
    assert len(found) >= count
    return found[:count]


def write(folder: Path, terms: list[dict], files: int) -> list[Path]:
    """The terms in so many files; their paths."""
    records = [made.record(term) for term in terms]
    for number, record in enumerate(records):
        if number % 4:
            records[number] = record.replace("    part_of_speech: noun\n", "")
    (folder / "terminology").mkdir(parents=True)
    size, paths = -(-len(records) // files), []
    for number in range(files):
        path = folder / "terminology" / f"part{number:03}.yaml"
        path.write_text("terms:\n" + "".join(records[number * size : (number + 1) * size]), encoding="utf-8")
        paths.append(path)
    return paths


def measure(folder: Path, cache: Path) -> tuple[float, float]:
    """How many seconds a check takes: by the clock, and of the processors."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", "onevoice", "check", "--handbook", str(folder)]
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run(command, env={**env, "ONEVOICE_CACHE": str(cache)}, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    clock, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return clock, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--terms", type=int, default=10_000)
    parser.add_argument("--files", type=int, nargs="+", default=[1, 20])
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    terms = imported(given.terms)
    print("| terms | files | first | again | one file changed |\n|---:|---:|---:|---:|---:|")
    for files in given.files:
        times = []
        for _ in range(given.rounds):
            with tempfile.TemporaryDirectory() as name:
                folder, cache = Path(name, "handbook"), Path(name, "cache")
                paths = write(folder, terms, files)
                first, again = measure(folder, cache), measure(folder, cache)
                text = paths[-1].read_text(encoding="utf-8")
                paths[-1].write_text(text.replace("It is not what we say.", "It is not.", 1), encoding="utf-8")
                times.append((first, again, measure(folder, cache)))
        best = [
            " / ".join(f"{min(one):.2f} s" for one in zip(*column, strict=True)) for column in zip(*times, strict=True)
        ]
        print(f"| {len(terms)} | {files} | {' | '.join(best)} |", flush=True)


if __name__ == "__main__":
    main()
