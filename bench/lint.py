"""How fast the words are checked: ours, raw Vale at its best, and textlint's terminology rule, over the same files.

    python bench/lint.py [CORPUS] [--bytes N] [--terms N ...] [--repeat N] [--textlint] [--large]
    python bench/lint.py [CORPUS] [--bytes N] [--terms N ...] [--repeat N] --against CHECKOUT
    python bench/lint.py CORPUS --equal [...]
    python bench/lint.py --findings N [--repeat N]

Without CORPUS, documents and terms are made (see made.py). Each tool is a process of its own, its start included,
and the fastest of several runs counts. Ours is `onevoice lint --no-vale --no-cache`: terms compiled, documents new;
"again" is a second run over files that have not changed. Vale has the same words as 50 swaps a rule, which is what it
is fastest with. --large adds 50,000 terms (ours alone). --equal chooses terms so that each number of them finds the
same in CORPUS. --textlint needs npm, and gets textlint and its rule into a folder that is thrown away. --against
compares with nobody but ourselves: with another checkout of onevoice, run by run in turn, as what a change costs is
only seen on one machine in one run. --findings measures what so many findings cost above the same documents without
any, for us and for raw Vale.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import made

from onevoice.vale.resolve import resolve_vale

SWAPS = 50
TEXTLINT = ("textlint@14", "textlint-rule-terminology@5")


@dataclass
class Run:
    """One run of a process: seconds by the clock and of the processors, the most memory in MB, what it said."""

    wall: float
    cpu: float
    memory: float
    said: bytes


# A process inherits the most memory that the one which starts it ever took: this one is too large, with all its terms.
START = """
import json, os, subprocess, sys, time
begun = time.perf_counter()
process = subprocess.Popen(sys.argv[2:])
_, status, used = os.wait4(process.pid, 0)
told = time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
json.dump(told, open(sys.argv[1], "w"))
sys.exit(os.waitstatus_to_exitcode(status))
"""


def run(command: Sequence[str | Path], folder: Path, env: dict[str, str]) -> Run:
    """Run a command. Memory is that of its largest process."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.NamedTemporaryFile("r") as told:
        start = [sys.executable, "-S", "-c", START, told.name, *map(str, command)]
        done = subprocess.run(start, cwd=folder, env=env, stdout=out, stderr=err, check=False)
        out.seek(0)
        err.seek(0)
        if done.returncode not in (0, 1):
            sys.exit(f"{' '.join(map(str, command))}: {err.read().decode()}")
        return Run(*json.load(told), out.read())


def best(runs: Sequence[Run]) -> Run:
    """The fastest by the clock, with the least of processor time and the most of memory."""
    first = min(runs, key=lambda one: one.wall)
    return Run(first.wall, min(one.cpu for one in runs), max(one.memory for one in runs), first.said)


class Ours:
    """onevoice with a cache of its own. checkout: which one."""

    def __init__(self, folder: Path, checkout: Path = Path(__file__).parents[1]) -> None:
        folder.mkdir(exist_ok=True)
        self.folder, source = folder, checkout.absolute() / "scripts"
        self.env = dict(os.environ, ONEVOICE_CACHE=str(folder / "cache"), PYTHONPATH=str(source), NO_COLOR="1")
        # An installed program doesn't compile its modules again in each run, so neither does a checkout here.
        self.env |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}

    def lint(self, handbook: Path, what: Path, *options: str) -> Run:
        command = [sys.executable, "-m", "onevoice", "lint", "--no-vale", "--format", "json", "--handbook", handbook]
        return run([*command, *options, what], self.folder, self.env)

    def cold(self, handbook: Path, what: Path) -> Run:
        shutil.rmtree(self.folder / "cache", ignore_errors=True)
        return self.lint(handbook, what)


def raw(folder: Path, terms: list[dict]) -> Path:
    """The words as a style of raw Vale, and a configuration for it."""
    swaps = [(avoid["term"], term["preferred"]) for term in terms for avoid in term["avoid"]]
    style = folder / "styles" / "Terms"
    style.mkdir(parents=True)
    for at in range(0, len(swaps), SWAPS):
        rule = {"extends": "substitution", "message": "Use '%s' instead of '%s'.", "level": "error", "ignorecase": True}
        rule["swap"] = dict(swaps[at : at + SWAPS])
        (style / f"part{at // SWAPS}.yml").write_text(json.dumps(rule))
    (folder / "vale.ini").write_text("StylesPath = styles\nMinAlertLevel = error\n[*.md]\nBasedOnStyles = Terms\n")
    return folder


def textlint(folder: Path) -> Path | None:
    """textlint and its terminology rule, from npm; None where there is none."""
    npm = shutil.which("npm")
    if npm is None:
        print("textlint: npm is not on this machine", file=sys.stderr)
        return None
    folder.mkdir()
    done = subprocess.run([npm, "install", "--silent", "--prefix", folder, *TEXTLINT], capture_output=True, check=False)
    if done.returncode:
        print(f"textlint: npm install failed: {done.stderr.decode()[-300:]}", file=sys.stderr)
        return None
    return folder


def configure(folder: Path, terms: list[dict]) -> None:
    """The same words for textlint."""
    words = [[f"{avoid['term']}", term["preferred"]] for term in terms for avoid in term["avoid"]]
    rule = {"defaultTerms": False, "terms": words}
    (folder / ".textlintrc.json").write_text(json.dumps({"rules": {"terminology": rule}}))


def counted(said: bytes, way: Callable[[object], int]) -> int:
    """How much a tool found."""
    try:
        return way(json.loads(said))
    except ValueError:
        return -1


class Bench:
    """Everything that one comparison needs, in a folder that is thrown away."""

    def __init__(self, folder: Path, given: argparse.Namespace) -> None:
        self.folder, self.given, self.vale = folder, given, resolve_vale(os.environ)
        # A few more, because --equal leaves out those that occur.
        self.terms = made.terms(max([*given.terms, 10_000, 50_000 if given.large else 0]) + 3000 * given.equal)
        avoided = [avoid["term"] for term in self.terms for avoid in term["avoid"]]
        self.docs = (given.corpus or made.corpus(folder / "docs", given.bytes, avoided)).absolute()
        self.files = sorted(self.docs.rglob("*.md"))
        if given.equal:
            self.terms = made.choose_equal(self.terms, (path.read_text(encoding="utf-8") for path in self.files))
        self.ours = Ours(folder)
        self.small = folder / "small.md"
        self.small.write_text("Nothing to see.\n")
        self.other = textlint(folder / "textlint") if given.textlint else None

    def row(self, count: int) -> float:
        """Compare at so many terms, print a row of the table, and return our time."""
        handbook = made.handbook(self.folder / f"handbook{count}", self.terms[:count])
        against = self.vale and count in self.given.terms
        style = raw(self.folder / f"vale{count}", self.terms[:count]) if against else None
        cold = self.ours.cold(handbook, self.small)
        self.ours.lint(handbook, self.docs)
        first, again, them = [], [], []
        for _ in range(self.given.repeat):
            first.append(self.ours.lint(handbook, self.docs, "--no-cache"))
            again.append(self.ours.lint(handbook, self.docs))
            if style:
                them.append(self._vale(style, self.docs))
        one, two, three = best(first), best(again), best(them) if them else None
        cells = [f"{count:,}", f"{one.wall:.2f} s", f"{two.wall:.2f} s"]
        cells += [f"{three.wall:.2f} s", f"{three.wall / one.wall:.1f}"] if three else ["", ""]
        cells += [f"{one.wall / two.wall:.1f}", f"{cold.wall:.2f} s", f"{one.memory:.0f} MB"]
        cells += [f"{one.cpu:.2f} s", f"{three.cpu:.2f} s" if three else "", f"{counted(one.said, len):,}"]
        cells.append(f"{counted(three.said, lambda all: sum(map(len, all.values()))):,}" if three else "")
        print(f"| {' | '.join(cells)} |", flush=True)
        if self.other and count <= 1000:
            self._textlint(count, one)
        return one.wall

    def _vale(self, style: Path, docs: Path) -> Run:
        command = [self.vale.path, "--config=vale.ini", "--no-global", "--no-exit", "--output=JSON", docs]
        return run(command, style, dict(os.environ))

    def compare(self, count: int, checkout: Path) -> None:
        """Compare with another checkout at so many terms, in turn: a row for each thing that is measured."""
        handbook = made.handbook(self.folder / f"handbook{count}", self.terms[:count])
        page = max(self.files, key=lambda path: path.stat().st_size)
        both = [self.ours, Ours(self.folder / "other", checkout)]
        ways = {
            "all files": lambda one: one.lint(handbook, self.docs, "--no-cache"),
            "again": lambda one: one.lint(handbook, self.docs),
            "one large file": lambda one: one.lint(handbook, page, "--no-cache"),
            "one small file": lambda one: one.lint(handbook, self.small, "--no-cache"),
            "cold compile": lambda one: one.cold(handbook, self.small),
        }
        for way, measure in ways.items():
            # A single file is over before a clock can tell much.
            times = self.given.repeat * (4 if way.startswith("one") else 1)
            for one in both:
                measure(one)
            runs = [[measure(one) for one in both] for _ in range(times)]
            ours, theirs = (best(of) for of in zip(*runs, strict=True))
            ratios = f"{ours.wall / theirs.wall:.3f} | {ours.cpu / theirs.cpu:.3f}"
            print(
                f"| {count:,} | {way} | {ours.wall:.3f} s | {theirs.wall:.3f} s | {ratios} "
                f"| {ours.memory:.0f} MB | {theirs.memory:.0f} MB |",
                flush=True,
            )

    def dense(self, count: int) -> None:
        """What so many findings cost: documents of which each sentence has an avoided word, and their equals."""
        terms = self.terms[:1000]
        handbook = made.handbook(self.folder / "handbook1000", terms)
        style = raw(self.folder / "vale1000", terms) if self.vale else None
        avoided = [avoid["term"] for term in terms for avoid in term["avoid"]]
        # As many plain words as avoided ones make the same documents.
        texts = {"all": avoided, "none": [f"plain{number}" for number in range(len(avoided))]}
        folders = {name: made.corpus(self.folder / name, 142 * count, words, 1) for name, words in texts.items()}
        self.ours.cold(handbook, self.small)
        print("| | findings | with | without | each |\n|---|---:|---:|---:|---:|")
        for tool in ("ours", *(["Vale"] if style else [])):
            runs: dict[str, list[Run]] = {name: [] for name in folders}
            for _ in range(self.given.repeat):
                for name, docs in folders.items():
                    ours = tool == "ours"
                    runs[name].append(self.ours.lint(handbook, docs, "--no-cache") if ours else self._vale(style, docs))
            full, bare = best(runs["all"]), best(runs["none"])
            found = counted(full.said, len if tool == "ours" else lambda all: sum(map(len, all.values())))
            each = (full.wall - bare.wall) / max(found, 1) * 1e6
            print(f"| {tool} | {found:,} | {full.wall:.2f} s | {bare.wall:.2f} s | {each:.0f} µs |", flush=True)

    def _textlint(self, count: int, ours: Run) -> None:
        configure(self.other, self.terms[:count])
        command = [self.other / "node_modules" / ".bin" / "textlint", "--format", "json", f"{self.docs}/**/*.md"]
        them = run(command, self.other, dict(os.environ))
        found = counted(them.said, lambda all: sum(len(one["messages"]) for one in all))
        print(f"textlint at {count:,}: {them.wall:.1f} s, {them.wall / ours.wall:.0f} times ours; {found:,} found")

    def single(self) -> None:
        """One file and all files at 10,000 terms."""
        handbook = made.handbook(self.folder / "handbook10000", self.terms[:10_000])
        self.ours.cold(handbook, self.small)
        page = max(self.files, key=lambda path: path.stat().st_size)
        one = best([self.ours.lint(handbook, page, "--no-cache") for _ in range(2 * self.given.repeat)])
        whole = self.ours.lint(handbook, self.docs, "--no-cache")
        size = page.stat().st_size / 1000
        print(f"\nOne file of {size:.0f} kB at 10,000 terms: {one.wall:.2f} s, {one.cpu:.2f} s of processors.")
        print(f"All files at 10,000 terms: at most {whole.memory:.0f} MB in a process.")


HEADS = (
    *("terms", "ours", "again", "Vale", "Vale / ours", "ours / again", "cold compile", "memory"),
    *("processors: ours", "Vale", "found: ours", "Vale"),
)


AGAINST_HEADS = ("terms", "what", "ours", "other", "ours / other", "of processors", "memory: ours", "other")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="?")
    parser.add_argument("--bytes", type=int, default=13_000_000)
    parser.add_argument("--terms", type=int, nargs="+", default=[100, 1000, 5000])
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--textlint", action="store_true")
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--equal", action="store_true")
    parser.add_argument("--against", type=Path, metavar="CHECKOUT")
    parser.add_argument("--findings", type=int, default=0, metavar="N")
    given = parser.parse_args()
    if given.findings:
        given.bytes, given.terms = 10_000, [1000]
    with tempfile.TemporaryDirectory(prefix="onevoice-bench-") as name:
        bench = Bench(Path(name), given)
        size = sum(path.stat().st_size for path in bench.files)
        print(f"{len(bench.files)} files, {size / 1e6:.1f} MB; Python {sys.version.split()[0]}, {os.cpu_count()} cores")
        if given.findings:
            bench.dense(given.findings)
            return
        if given.against:
            print(f"the fastest of {given.repeat} runs, ours and {given.against} in turn\n")
            print(f"| {' | '.join(AGAINST_HEADS)} |\n|{'---:|' * len(AGAINST_HEADS)}", flush=True)
            for count in given.terms:
                bench.compare(count, given.against)
            return
        print(f"the fastest of {given.repeat} runs, ours and {bench.vale or 'no Vale'} in turn\n")
        print(f"| {' | '.join(HEADS)} |\n|{'---:|' * len(HEADS)}", flush=True)
        times = {count: bench.row(count) for count in [*given.terms, *([50_000] if given.large else [])]}
        bench.single()
        if given.large and 1000 in times:
            print(f"50,000 terms take {times[50_000] / times[1000]:.2f} times as long as 1,000.")


if __name__ == "__main__":
    main()
