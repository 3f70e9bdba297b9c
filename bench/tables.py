"""How long an export of many rows takes to become weekly sums, and how much memory: a row for each shape.

python bench/tables.py [ROWS]

Python's own csv is enough: it takes a tenth of the time, and the rest goes into days, clocks and sums, which are ours
anyway. polars and duckdb are large to install for everyone who never adds an export.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from onevoice.tables.read import read_export
from tables import exports

NAMES = ("ga4", "hubspot", "salesforce", "google-forms")


def make_export(name: str, count: int) -> bytes:
    """An export with so many rows below its header."""
    rows: list[list[str]] = []
    days = [f"2026-{month:02}-{day:02}" for month in range(1, 12) for day in range(1, 29)]
    for at in range(count):
        day = days[at % len(days)]
        if name == "ga4":
            rows.append([day.replace("-", ""), "/guide" if at % 2 else f"/other/{at % 500}", str(at % 90), "7"])
        elif name == "hubspot":
            mail = f"person{at}@example.com"
            rows.append([str(at), "First", "Last", mail, "Owner", f"{day} 09:{at % 60:02}", f"{day} 15:00", "", ""])
        elif name == "salesforce":
            day = f"{day[8:]}.{day[5:7]}.2026"
            stage = "SQL" if at % 2 else "MQL"
            hour = 15 if at % 2 else 9
            rows.append([f"00Q{at // 2:015}", "Lead Status", "Open", stage, "Editor", f"{day} {hour}:00", "A subject"])
        else:
            month = f"{int(day[5:7])}/{int(day[8:])}/2026"
            rows.append([f"{month} 09:15:00", f"person{at}@example.com", "Yes", "Because it was useful to us.", ""])
    heads = {
        "ga4": ["Date", "Page path and screen class", "Views", "Active users"],
        "hubspot": next(iter(exports.list_rows(exports.HUBSPOT))),
        "salesforce": next(iter(exports.list_rows(exports.SALESFORCE.decode("cp1252")))),
        "google-forms": next(iter(exports.list_rows(exports.FORMS["google-forms"]))),
    }
    return exports.write([heads[name], *rows]).encode()


def read_peak() -> int:
    """The most memory that this process has had, in KB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def measure_shape(name: str, count: int, path: Path) -> None:
    """Print a row: in a process of its own, as memory only grows."""
    data = path.read_bytes()
    before = read_peak()
    begun = time.process_time()
    harvest = read_export(f"{name}.csv", data, exports.DIRECTORY, exports.SHAPES)
    seconds = time.process_time() - begun
    after = read_peak()
    sys.stdout.write(
        f"| {name} | {count:,} | {len(data) / 1e6:.1f} MB | {len(harvest.measures):,} | {seconds:.2f} s "
        f"| {(after - before) / 1024:.0f} MB | {after / 1024:.0f} MB |\n"
    )


def main() -> None:
    if len(sys.argv) > 2:
        return measure_shape(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    sys.stdout.write("| shape | rows | size | sums | processor time | memory for it | of the process |\n")
    sys.stdout.write("|---|---|---|---|---|---|---|\n")
    sys.stdout.flush()
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for name in NAMES:
            path = Path(folder) / f"{name}.csv"
            path.write_bytes(make_export(name, count))
            subprocess.run([sys.executable, __file__, name, str(count), str(path)], check=True)
    return None


if __name__ == "__main__":
    main()
