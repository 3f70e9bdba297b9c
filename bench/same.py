"""Whether the lint says the same each time: many runs, each anew, on one core and on two, byte by byte.

    python bench/same.py PATH... [--runs 20] [--vale]

Each report (text, JSON, GitHub, SARIF) is asked for `--runs` times on each number of cores. Python's hashes are other
ones in every run. --vale: with the style that Vale checks, too. The exit code is 1 where two reports differ.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
from collections import Counter

from onevoice.report import list_report_names


def report(paths: list[str], form: str, cores: int, number: int, vale: bool) -> bytes:
    """What one run prints."""
    named = {"ONEVOICE_PROCESSORS": str(cores), "PYTHONHASHSEED": str(number)}
    kept = {name: value for name, value in os.environ.items() if name != "GITHUB_STEP_SUMMARY"}
    command = [sys.executable, "-m", "onevoice", "lint", "--no-cache", "--format", form, *paths]
    command += ["--require-vale" if vale else "--no-vale"]
    done = subprocess.run(command, env={**kept, **named}, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr.decode())
    return done.stdout


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--vale", action="store_true")
    given = parser.parse_args()
    same = True
    for form in list_report_names():
        seen: Counter[str] = Counter()
        for cores in (1, 2):
            for number in range(given.runs):
                out = report(given.paths, form, cores, number, given.vale)
                seen[f"{hashlib.sha256(out).hexdigest()[:12]}, {len(out)} bytes"] += 1
        same = same and len(seen) == 1
        print(f"{form}: {', '.join(f'{count} x {what}' for what, count in seen.most_common())}", flush=True)
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
