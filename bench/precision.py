"""How often the lint is right about texts of others: a sample of its findings to read, and a table of the verdicts.

    python bench/precision.py draw FOLDER --handbook . > findings.tsv
    python bench/precision.py table bench/precision.csv

Each folder in FOLDER is a corpus, and is linted as submissions, with Vale if it's installed. The sample has as many
findings of each rule as of each other, and of each rule as many from each corpus, as far as there are that many. The
same seed draws the same. Read each finding in its sentence, as a marketing editor would: would you change the text?
Write a verdict a line: corpus, rule, yes or no, and its class. No text of a corpus belongs in this repository.
"""

from __future__ import annotations

import argparse
import collections
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

AROUND = 160
# What isn't a judgment of a text.
NOT_JUDGED = ("file", "suppression")


def draw(folder: Path, handbook: Path, count: int, seed: int) -> Iterator[tuple[str, ...]]:
    """(corpus, rule, place, what stands around the finding) for each finding of the sample."""
    with tempfile.TemporaryDirectory() as scratch:
        # Only submissions have to prove their figures.
        (Path(scratch) / "submissions").symlink_to(folder.resolve())
        corpora = sorted(one.name for one in folder.iterdir() if one.is_dir())
        for corpus, rule, finding in choose_sample(
            [finding for name in corpora for finding in lint(Path(scratch), name, handbook)], count, seed
        ):
            place = f"{finding['path']}:{finding['line']}:{finding['column']}"
            yield corpus, rule, place, show(Path(scratch) / finding["path"], finding)


def lint(scratch: Path, corpus: str, handbook: Path) -> list[dict]:
    """The findings in a corpus, as `--format json` gives them, with their corpus."""
    paths = (Path("submissions") / corpus).as_posix()
    command = [
        sys.executable,
        "-m",
        "onevoice",
        "lint",
        paths,
        "--handbook",
        str(handbook.resolve()),
        "--format",
        "json",
    ]
    run = subprocess.run(command, cwd=scratch, capture_output=True, encoding="utf-8", check=False)
    if not run.stdout:
        raise SystemExit(run.stderr)
    return [finding | {"corpus": corpus} for finding in json.loads(run.stdout)]


def choose_sample(findings: list[dict], count: int, seed: int) -> Iterator[tuple[str, str, dict]]:
    """So many of them, spread over rules and then over corpora. Brand and Voice are one rule each."""
    groups = collections.defaultdict(lambda: collections.defaultdict(list))
    for finding in findings:
        family = finding["rule"].partition(".")[0]
        if family not in NOT_JUDGED:
            groups[family][finding["corpus"]].append(finding)
    sizes = {family: sum(map(len, corpora.values())) for family, corpora in groups.items()}
    for family, wanted in share_out(count, sizes).items():
        for corpus, some in share_out(wanted, {name: len(of) for name, of in groups[family].items()}).items():
            chosen = random.Random(f"{seed} {family} {corpus}").sample(groups[family][corpus], some)
            yield from ((corpus, finding["rule"], finding) for finding in chosen)


def share_out(count: int, sizes: dict[str, int]) -> dict[str, int]:
    """As even shares of a number as the sizes allow; the largest get what is left over."""
    shares, left = {}, count
    for place, name in enumerate(sorted(sizes, key=lambda name: (sizes[name], name))):
        shares[name] = min(sizes[name], left // (len(sizes) - place))
        left -= shares[name]
    return shares


def show(path: Path, finding: dict) -> str:
    """What stands around a finding, on one line, with marks around the words."""
    lines = path.read_text("utf-8-sig", errors="replace").splitlines(keepends=True)
    at = sum(map(len, lines[: finding["line"] - 1])) + finding["column"] - 1
    end = sum(map(len, lines[: finding["end_line"] - 1])) + finding["end_column"] - 1
    text = "".join(lines)
    return " ".join(f"{text[max(0, at - AROUND) : at]}>>>{text[at:end]}<<<{text[end : end + AROUND]}".split())


def tabulate(path: Path) -> Iterator[str]:
    """The verdicts as a Markdown table: by rule, how many were read, and how many an editor accepts."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    yield "| rule | read | accepted | what the others were |"
    yield "|---|---:|---:|---|"
    for rule in sorted({row["rule"].partition(".")[0] for row in rows}):
        own = [row for row in rows if row["rule"].partition(".")[0] == rule]
        right = sum(row["accepted"] == "yes" for row in own)
        others = collections.Counter(row["class"] for row in own if row["accepted"] != "yes")
        said = ", ".join(f"{name} {number}" for name, number in others.most_common())
        yield f"| {rule} | {len(own)} | {100 * right / len(own):.0f} % | {said} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    drawing = verbs.add_parser("draw")
    drawing.add_argument("folder", type=Path)
    drawing.add_argument("--handbook", type=Path, default=Path(__file__).parents[1])
    drawing.add_argument("--count", type=int, default=300)
    drawing.add_argument("--seed", type=int, default=13)
    verbs.add_parser("table").add_argument("verdicts", type=Path)
    given = parser.parse_args()
    if given.verb == "draw":
        for row in draw(given.folder, given.handbook, given.count, given.seed):
            print("\t".join(row))
    else:
        print(*tabulate(given.verdicts), sep=os.linesep)


if __name__ == "__main__":
    main()
