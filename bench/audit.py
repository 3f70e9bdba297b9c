"""How long an audit takes, and how much memory: documents made from a seeded vocabulary, on one process, two, and Dask.

    .venv/bin/python bench/audit.py [DOCUMENTS] [FOLDER]

Seven in ten documents are Markdown, two HTML, and one is plain text. It prints processor time beside wall time, because
a machine is seldom ours alone, and the largest memory of any of the processes.
"""

from __future__ import annotations

import importlib.util
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
MEAN_WORDS = 900


def make_archive(folder: Path, count: int) -> int:
    """Write documents; how many bytes they have."""
    chance = random.Random(18)
    words = ["".join(chance.choices("abcdefghilmnoprstuvw", k=chance.randint(2, 10))) for _ in range(20_000)]
    # Words that Ferrywell's handbook avoids come along now and then.
    words += ["utilize", "world-class", "success stories", "leverage"]
    size = 0
    for number in range(count):
        place = folder / f"team{number % 40:02}" / f"{number:06}"
        place.parent.mkdir(parents=True, exist_ok=True)
        body = [" ".join(chance.choices(words, k=45)) + "." for _ in range(chance.randint(2, 2 * MEAN_WORDS // 45))]
        kind = number % 10
        if kind < 7:
            text, ending = f"---\nowner: team{number % 7}\n---\n\n# Document {number}\n\n" + "\n\n".join(body), ".md"
        elif kind < 9:
            paragraphs = "\n".join(f"<p>{part}</p>" for part in body)
            text, ending = f"<html lang=en><title>Document {number}</title>\n{paragraphs}</html>", ".html"
        else:
            text, ending = "\n\n".join(body), ".txt"
        size += place.with_suffix(ending).write_text(text + "\n")
    return size


def measure_audit(archive: Path, out: Path, processes: int, *more: str) -> tuple[float, float, int]:
    """Wall time, processor time, and the largest process in MB."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "scripts"), "ONEVOICE_CACHE": str(out.parent / "cache")}
    command = [sys.executable, "-m", "onevoice", "audit", str(archive), "--out", str(out), "--handbook", str(ROOT)]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run([*command, "--processes", str(processes), *more], env=env, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode in (0, 1), done.stderr
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - began, used, after.ru_maxrss >> 10


def measure_stop(archive: Path, out: Path) -> float:
    """Seconds from Ctrl-C to the end of an audit on Dask, once its first parts are there."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "scripts"), "ONEVOICE_CACHE": str(out.parent / "cache")}
    command = [sys.executable, "-m", "onevoice", "audit", str(archive), "--out", str(out), "--handbook", str(ROOT)]
    process = subprocess.Popen(
        [*command, "--dask", "local", "--processes", "2"], env=env, stderr=subprocess.DEVNULL, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    while process.poll() is None and not [*out.glob("parts/*.gz")]:
        time.sleep(0.05)
    began = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait() == 130
    return time.monotonic() - began


def make_old_words(folder: Path) -> Path:
    """A handbook like ours before it avoided `utilize`."""
    for name in ("terminology", "content"):
        shutil.copytree(ROOT / name, folder / "old" / name)
    changed = 0
    for path in (folder / "old" / "terminology").rglob("*.yaml"):
        text = path.read_text()
        changed += "utilize" in text
        path.write_text(text.replace("utilize", "utilise"))
    assert changed
    return folder / "old"


def main() -> None:
    """Print a line for each number of processes."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as place:
        folder = Path(place)
        size = make_archive(folder / "archive", count)
        print(f"{count:,} documents, {size / 1e6:,.0f} MB")
        for processes in (2, 1):
            wall, used, most = measure_audit(folder / "archive", folder / f"out{processes}", processes)
            print(f"{processes} processes: {wall:.1f} s wall, {used:.1f} s of processor time, "
                  f"{count / wall:,.0f} documents a second, {most} MB at most")  # fmt: skip
        runs = ["out2", "out1"]
        if importlib.util.find_spec("distributed"):
            wall, used, most = measure_audit(folder / "archive", folder / "dask", 2, "--dask", "local")
            print(f"Dask, 2 workers: {wall:.1f} s wall, {used:.1f} s of processor time, {most} MB at most")
            runs.append("dask")
            print(f"Ctrl-C on Dask: {measure_stop(folder / 'archive', folder / 'stopped'):.1f} s")
        again, used, _ = measure_audit(folder / "archive", folder / "out2", 2)
        print(f"again, with nothing new: {again:.1f} s wall, {used:.1f} s of processor time")
        for name in ("documents.csv", "findings.csv"):
            found = {(folder / run / name).read_bytes() for run in runs}
            print(f"{name}: {'the same' if len(found) == 1 else 'NOT the same'} bytes")
        next((folder / "archive").rglob("*.md")).write_text("We utilize it.\n")
        once, used, _ = measure_audit(folder / "archive", folder / "out2", 2)
        print(f"again, with one changed document: {once:.1f} s wall, {used:.1f} s of processor time")
        old = make_old_words(folder)
        asked, used, _ = measure_audit(folder / "archive", folder / "out2", 2, "--impact", str(old))
        print(f"what one changed word means: {asked:.1f} s wall, {used:.1f} s of processor time")


if __name__ == "__main__":
    main()
