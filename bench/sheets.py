"""How long a word list of many rows takes to read, and how much memory: a row for each format.

python bench/sheets.py [ROWS]
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time

from onevoice.exchange.entry import Settings, Source
from onevoice.exchange.formats import load_word_formats
from onevoice.exchange.sheet.office import Sheet, write_workbook
from onevoice.sheet.delimited import write_delimited

HEADER = ["Use", "Don't use", "Definition", "Why", "Owner", "Status", "Part of speech"]


def make_rows(count: int) -> list[list[str]]:
    """A list with several words in a cell and short forms in brackets."""
    rows = [HEADER]
    for number in range(count):
        avoided = f"bad {number}; worse {number}, worst {number}"
        meaning = f"What word {number} means, in one sentence."
        rows.append([f"word {number} (W{number})", avoided, meaning, "It's unclear.", "Sales", "approved", "noun"])
    return rows


def measure_format(name: str, count: int) -> None:
    """Print a row: in a process of its own, as memory only grows."""
    rows = make_rows(count)
    data = write_delimited(rows) if name == "csv" else write_workbook([Sheet("Words", rows)])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    read = load_word_formats()[name].read
    assert read
    reading = read(Source(f"words.{name}", {f"words.{name}": data}), Settings())
    seconds = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"| {name} | {len(reading.entries):,} | {seconds:.1f} | {peak >> 10} | {(peak - before) >> 10} |", flush=True)


def main() -> None:
    """Measure each format."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    if len(sys.argv) > 2:
        measure_format(sys.argv[2], count)
        return
    print("| format | entries | processor seconds | MB at most | of which reading |")
    print("|---|---:|---:|---:|---:|", flush=True)
    for name in ("csv", "xlsx"):
        subprocess.run([sys.executable, __file__, str(count), name], check=True)


if __name__ == "__main__":
    main()
