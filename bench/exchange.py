"""How long words take to come in and to go out, and how much memory.

    python bench/exchange.py [--rows N] [--terms N]

Imports a CSV of so many rows into a new handbook, then again; then exports a handbook of so many terms in each format.
Times are of whole commands, in seconds by the clock and of the processors.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import check


def measure(*args: str, cwd: Path) -> str:
    """A row of a table: the time by the clock, that of the processors, and the memory of the command itself."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryFile() as said:
        run = subprocess.Popen([sys.executable, "-m", "onevoice", *args], cwd=cwd, env=env, stdout=said, stderr=said)
        _, status, used = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
        clock, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        said.seek(0)
        assert run.returncode == 0, said.read()
    processors = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return f"{clock:.2f} s | {processors:.2f} s | {used.ru_maxrss // 1024} MB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--terms", type=int, default=5_000)
    given = parser.parse_args()
    print("| | clock | processors | memory |\n|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "new")
        (folder / "content").mkdir(parents=True)
        (folder / "content" / "brand.yaml").write_text("brand: {name: Fernway}\n", encoding="utf-8")
        with Path(name, "words.csv").open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(["Term", "Do not use", "Reason"])
            for term in check.imported(given.rows):
                avoid = "; ".join(one["term"] for one in term["avoid"])
                rows.writerow([term["preferred"], avoid, "It is not what we say."])
        for what in ("import", "again"):
            print(f"| {what} | {measure('import', '../words.csv', '--yes', cwd=folder)} |", flush=True)
        terms = Path(name, "terms")
        check.write(terms, check.imported(given.terms), 1)
        listed = subprocess.run(
            [sys.executable, "-m", "onevoice", "export"], cwd=terms, capture_output=True, text=True, check=True
        )
        for line in listed.stdout.splitlines():
            form = line.split()[0]
            print(f"| {form} | {measure('export', form, '--out', name, cwd=terms)} |", flush=True)


if __name__ == "__main__":
    main()
