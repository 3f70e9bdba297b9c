"""How long an audit takes, and how much memory: an archive of pages, decks and PDFs on two processes, one, and Dask.

    .venv/bin/python bench/audit.py [DOCUMENTS] [--folder FOLDER] [--rows ROW,ROW...]

`made_archive.py` makes the archive. Each row is printed as soon as it is there, in the order of ROWS; with --folder,
what it has is kept, and a later call compares its rows with those of before. Memory is the largest process (as the
system says it at its end), the main one, and at the same moment all of them together, where what they share counts
once. Processor time stands beside wall time, because a machine is seldom ours alone.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import hashlib
import importlib.util
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import made_archive

from onevoice.vale.resolve import resolve_vale

ROOT = Path(__file__).parents[1]
ROWS = ("tenth", "two", "one", "dask", "grep", "vale", "again", "changed", "impact", "stop")
SAMPLE = 1000
# How often memory is looked at, in seconds.
_PAUSE = 1.0


class Memory(threading.Thread):
    """The memory of a process and of all that it starts, while it runs, in MB.

    main: the most of the process itself. together: the most of all at once.
    """

    def __init__(self, process_id: int) -> None:
        super().__init__(daemon=True)
        self.main = self.together = 0
        self._id, self._ended = process_id, threading.Event()

    def run(self) -> None:
        """Look until it has ended."""
        while not self._ended.wait(_PAUSE):
            found = [self._id, *_list_descendants(self._id)]
            self.main = max(self.main, _read_memory(f"/proc/{self._id}/status", "VmHWM:"))
            self.together = max(self.together, sum(_read_memory(f"/proc/{one}/smaps_rollup", "Pss:") for one in found))

    def stop(self) -> None:
        """Look no more."""
        self._ended.set()
        self.join()


def _list_descendants(process_id: int) -> Iterator[int]:
    for place in Path(f"/proc/{process_id}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in place.read_text().split():
                yield int(child)
                yield from _list_descendants(int(child))


def _read_memory(place: str, name: str) -> int:
    with contextlib.suppress(OSError):
        for line in Path(place).read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) >> 10
    return 0


def run_command(command: list[str], **given: Any) -> dict[str, float]:
    """Run to the end: wall time, processor time, and memory in MB."""
    given.setdefault("stdout", subprocess.DEVNULL)
    began = time.monotonic()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, **given)
    memory = Memory(process.pid)
    memory.start()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    memory.stop()
    assert process.returncode in (0, 1), f"exit code {process.returncode}: {command}"
    largest = used.ru_maxrss >> 10
    return {"wall": wall, "used": used.ru_utime + used.ru_stime, "largest": largest,
            "main": memory.main, "together": memory.together}  # fmt: skip


class Bench:
    """An archive in a folder, and the figures of the rows so far."""

    def __init__(self, folder: Path, count: int) -> None:
        self.folder, self.count, self.archive = folder, count, folder / "archive"
        self.place = folder / "figures.json"
        self.figures: dict[str, Any] = json.loads(self.place.read_text()) if self.place.is_file() else {}
        self.env = {**os.environ, "PYTHONPATH": str(ROOT / "scripts"), "ONEVOICE_CACHE": str(folder / "cache")}
        self.env.pop("PYTHONDONTWRITEBYTECODE", None)

    def make_archive(self) -> None:
        """Write the documents, or keep those that are there."""
        if self.figures.get("count") != self.count:
            shutil.rmtree(self.archive, ignore_errors=True)
            began = time.monotonic()
            size = made_archive.make_archive(self.archive, self.count)
            self.figures = {"count": self.count, "bytes": size}
            self.keep_figures()
            say(f"made in {time.monotonic() - began:.0f} s")
        say(f"{self.count:,} documents, {self.figures['bytes'] / 1e6:,.0f} MB")

    def compile_words(self) -> None:
        """Compile the handbook's words: whichever row came first would take more time and memory than the others."""
        command = [sys.executable, "-m", "onevoice", "lint", "-", "--no-vale", "--handbook", str(ROOT)]
        run_command(command, env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def keep_figures(self) -> None:
        """Write them down for a later call."""
        self.place.write_text(json.dumps(self.figures, indent=1))

    def list_command(self, source: Path, out: str, *more: str) -> list[str]:
        """An audit as a command."""
        given = [str(source), "--out", str(self.folder / out), "--handbook", str(ROOT), *more]
        return [sys.executable, "-m", "onevoice", "audit", *given]

    def measure_audit(self, name: str, source: Path, out: str, *more: str, fresh: bool = True) -> dict[str, float]:
        """Audit, keep the figures as `name`, and print them."""
        if fresh:
            shutil.rmtree(self.folder / out, ignore_errors=True)
        found = run_command(self.list_command(source, out, *more), env=self.env)
        documents = self.folder / out / "documents.csv"
        count = sum(1 for _ in csv.reader(documents.open(newline=""))) - 1
        found |= {"documents": count}
        if fresh:
            found |= {table: hash_file(self.folder / out / table) for table in ("documents.csv", "findings.csv")}
        self.figures[name] = found
        self.keep_figures()
        say(f"{name}: {found['wall']:.1f} s wall, {found['used']:.1f} s of processor time, "
            f"{count / found['wall']:,.0f} documents a second; {found['largest']:.0f} MB the largest process, "
            f"{found['main']:.0f} MB the main one, {found['together']:.0f} MB together")  # fmt: skip
        return found

    def measure_row(self, row: str) -> None:
        """One of ROWS."""
        getattr(self, f"measure_{row}")()

    def measure_tenth(self) -> None:
        """A tenth of the documents, for the memory that they take, on two processes, one, and Dask."""
        source = self.archive / "part0"
        self.measure_audit("tenth, 2 processes", source, "tenth2", "--processes", "2")
        self.measure_audit("tenth, 1 process", source, "tenth1", "--processes", "1")
        if has_dask():
            self.measure_audit("tenth, Dask", source, "tenthdask", "--dask", "local", "--processes", "2")

    def measure_two(self) -> None:
        """Two processes."""
        self.measure_audit("2 processes", self.archive, "out2", "--processes", "2")
        self.compare_figures()

    def measure_one(self) -> None:
        """One process reads."""
        self.measure_audit("1 process", self.archive, "out1", "--processes", "1")
        self.compare_figures()

    def measure_dask(self) -> None:
        """Dask on this machine."""
        if not has_dask():
            say("Dask: not installed")
            return
        self.measure_audit("Dask", self.archive, "dask", "--dask", "local", "--processes", "2")
        self.compare_figures()

    def compare_figures(self) -> None:
        """Print what the rows so far say together."""
        known = self.figures
        runs = [name for name in ("2 processes", "1 process", "Dask") if name in known]
        two = known.get("2 processes", {}).get("wall")
        if two and "1 process" in known:
            say(f"  2 processes are {known['1 process']['wall'] / two:.2f} times as fast as one")
        if two and "Dask" in known:
            say(f"  Dask takes {100 * known['Dask']['wall'] / two - 100:+.0f} % of the time of 2 processes")
        for name in runs:
            if small := known.get(f"tenth, {name}"):
                kinds = ("largest", "main", "together")
                said = ", ".join(f"{kind} {known[name][kind] / max(small[kind], 1):.2f}" for kind in kinds)
                say(f"  memory of {self.count:,} documents / of a tenth, {name}: {said}")
        for table in ("documents.csv", "findings.csv"):
            found = {known[name][table] for name in runs}
            say(f"  {table} of {', '.join(runs)}: {'the same' if len(found) == 1 else 'NOT the same'} bytes")

    def measure_grep(self) -> None:
        """The floor: the words that the handbook avoids, by `grep -F` in the same Markdown."""
        words = self.folder / "words.txt"
        words.write_text("".join(f"{word}\n" for word in sorted(list_avoided_words())))
        size = sum(path.stat().st_size for path in self.archive.rglob("*.md"))
        command = ["grep", "-r", "-o", "-w", "-i", "-F", "-f", str(words), "--include=*.md", str(self.archive)]
        with (self.folder / "grep.txt").open("wb") as told:
            found = run_command(command, env={**self.env, "LC_ALL": "C"}, stdout=told)
        count = sum(1 for _ in (self.folder / "grep.txt").open("rb"))
        say(f"grep -F -f of {len(words.read_text().splitlines())} words, {size / 1e6:,.0f} MB of Markdown: "
            f"{found['wall']:.1f} s wall, {found['used']:.1f} s of processor time, {count:,} found")  # fmt: skip

    def measure_vale(self) -> None:
        """The peer: Vale with the styles that we write for it, and an audit, over the same Markdown."""
        vale = resolve_vale(os.environ)
        if vale is None:
            say("Vale: run `onevoice doctor --get-vale`")
            return
        sample, styles = self.folder / "sample", self.folder / "styles"
        shutil.rmtree(sample, ignore_errors=True)
        sample.mkdir()
        for path in itertools.islice(sorted(self.archive.rglob("*.md")), SAMPLE):
            shutil.copyfile(path, sample / path.name)
        write_styles(styles)
        config = self.folder / "vale.ini"
        config.write_text(f"StylesPath = {styles}\nMinAlertLevel = suggestion\n[*.md]\nBasedOnStyles = Brand, Voice\n")
        command = [str(vale.path), "--config", str(config), "--output=JSON", "--no-exit", "--no-global", "."]
        with (self.folder / "vale.json").open("wb") as told:
            found = run_command(command, cwd=sample, env=self.env, stdout=told)
        alerts = sum(map(len, json.loads((self.folder / "vale.json").read_bytes()).values()))
        count = len([*sample.iterdir()])
        say(f"Vale {vale.version}, {count:,} of the Markdown documents: {found['wall']:.1f} s wall, "
            f"{found['used']:.1f} s of processor time, {found['largest']:.0f} MB, {alerts:,} alerts")  # fmt: skip
        self.measure_audit("audit of the same, 2 processes", sample, "sample-out", "--processes", "2")

    def measure_again(self) -> None:
        """Once more, with nothing new."""
        self.measure_audit("again, with nothing new", self.archive, "out2", "--processes", "2", fresh=False)

    def measure_changed(self) -> None:
        """One document has changed."""
        place = next(self.archive.rglob("*.md"))
        before = place.read_bytes()
        place.write_text("We utilize it.\n")
        self.measure_audit("again, with one changed document", self.archive, "out2", "--processes", "2", fresh=False)
        place.write_bytes(before)

    def measure_impact(self) -> None:
        """What one changed word means."""
        shutil.rmtree(self.folder / "old", ignore_errors=True)
        more = ["--processes", "2", "--impact", str(make_old_words(self.folder))]
        found = run_command(self.list_command(self.archive, "out2", *more), env=self.env)
        say(f"what one changed word means: {found['wall']:.1f} s wall, {found['used']:.1f} s of processor time, "
            f"{found['largest']:.0f} MB the largest process")  # fmt: skip

    def measure_stop(self) -> None:
        """Seconds from Ctrl-C to the end of an audit on Dask, once its first parts are there."""
        if not has_dask():
            return
        out = self.folder / "stopped"
        shutil.rmtree(out, ignore_errors=True)
        process = subprocess.Popen(
            self.list_command(self.archive, out.name, "--dask", "local", "--processes", "2"), env=self.env,
            stderr=subprocess.DEVNULL, start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )  # fmt: skip
        while process.poll() is None and not [*out.glob("parts/*.gz")]:
            time.sleep(0.05)
        began = time.monotonic()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        code = process.wait()
        say(f"Ctrl-C on Dask: {time.monotonic() - began:.1f} s, exit code {code}")


def has_dask() -> bool:
    """Whether `--dask` works here."""
    return importlib.util.find_spec("distributed") is not None


def hash_file(place: Path) -> str:
    """To compare the tables of two runs, also of two calls."""
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def list_avoided_words() -> set[str]:
    """The words that our handbook avoids."""
    from onevoice.load.folder import load_folder
    from onevoice.records.term import Term

    terms = [record for record, _ in load_folder(ROOT).records if isinstance(record, Term)]
    return {one.term for term in terms for one in term.avoid}


def write_styles(folder: Path) -> None:
    """The styles of our handbook, as `onevoice export vale` packs them."""
    package = folder / "package"
    command = [sys.executable, "-m", "onevoice", "export", "vale", "--handbook", str(ROOT), "--out", str(package)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT / "scripts")})
    for place in package.rglob("*.zip"):
        shutil.unpack_archive(place, package)
    for style in ("Brand", "Voice"):
        found = next(path for path in package.rglob(style) if path.is_dir())
        shutil.copytree(found, folder / style, dirs_exist_ok=True)


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


def say(line: str) -> None:
    """Print it now: a run may be cut short."""
    print(line, flush=True)


def main() -> None:
    """Print a line for each row, as soon as it is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", nargs="?", type=int, default=10_000, metavar="DOCUMENTS")
    parser.add_argument("--folder", type=Path, help="make and keep everything there")
    parser.add_argument("--rows", default=",".join(ROWS), help=f"which: {', '.join(ROWS)}")
    given = parser.parse_args()
    if unknown := set(rows := given.rows.split(",")) - {*ROWS}:
        parser.error(f"no such row: {', '.join(unknown)}")
    with contextlib.ExitStack() as stack:
        folder = given.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        bench = Bench(folder.resolve(), given.count)
        bench.make_archive()
        bench.compile_words()
        for row in rows:
            bench.measure_row(row)


if __name__ == "__main__":
    main()
