"""How the lint's time grows with what it reads: a table of what grows faster than it should.

    python bench/growth.py [WORDS ...] [--all] [--patience SECONDS]

Each of the texts of tests/growth is measured at n, 2n and 4n, in processor time. WORDS: only texts with one of these in
their name. --all: a row for each text, not only for the offenders. The exit code is 1 if there are any.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

# In place of this folder, whose own `growth` is this program.
sys.path[0] = str(Path(__file__).parents[1] / "tests")
# As long as it takes to be sure.
os.environ.setdefault("ONEVOICE_WHOLE", "1")
from growth.measure import measure_apart  # noqa: E402
from growth.texts import list_growths  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--patience", type=int, default=60)
    given = parser.parse_args()
    chosen = {
        name: growth
        for name, growth in list_growths().items()
        if not given.words or any(word in name for word in given.words)
    }
    print("| text | n | seconds at n | 2n | 4n | exponent |\n|---|---:|---:|---:|---:|---:|", flush=True)
    begun, count = time.monotonic(), 0
    for name, growth in chosen.items():
        measured = measure_apart(growth, given.patience)
        count += bool(measured.problem)
        if measured.problem or given.all:
            cells = [f"{seconds:.2f}" for seconds in measured.seconds] or ["", "", measured.problem]
            exponent = f"{measured.exponent:.2f}" if measured.seconds else ""
            cells = [name.replace("|", "\\|"), f"{measured.number:,}", *cells, exponent]
            print(f"| {' | '.join(cells)} |", flush=True)
    print(f"\n{len(chosen)} texts, {count} offenders, {time.monotonic() - begun:.0f} s")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
