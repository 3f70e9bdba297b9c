"""What `onevoice import` makes of published Vale styles, and how many of their alerts the imported words still give.

    python bench/styles.py STYLES_DIR CORPUS_DIR [NAME...]

STYLES_DIR has a folder for each style. It needs Vale: `onevoice doctor --get-vale`. An alert is a file, line and match.
Each alert that only one side gives is in a class, and those in none are shown.
"""

from __future__ import annotations

import collections
import json
import os
import re
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from ruamel.yaml import YAML

from onevoice.exchange.entry import Reading, Settings, Source
from onevoice.exchange.formats import load_word_formats
from onevoice.exchange.style.source import read_style_files
from onevoice.matcher.compile import gather_patterns
from onevoice.run.handbook import load_handbook
from onevoice.vale import write
from onevoice.vale.resolve import resolve_vale

Alert = tuple[str, int, str]


def load_source(folder: Path) -> Source:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return Source(folder.name, {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths})


def write_style(reading: Reading, folder: Path) -> Path:
    """A handbook of what was read, and the style that is made from it."""
    (folder / "terminology").mkdir(parents=True)
    (folder / "content").mkdir()
    terms = [
        {"id": f"term-{number}", "definition": "Due.", "level": "warning", "fix": "ask", **entry.fields}
        for number, entry in enumerate(reading.entries)
    ]
    trait = {"id": "imported", "we_are": "x", "we_are_not": "y", "why": "z"}
    rules = [dict(rule.fields) for rule in reading.rules]
    voice = {"summary": "s", "traits": [{**trait, "vale": rules}]}
    with (folder / "terminology" / "words.yaml").open("w", encoding="utf-8") as stream:
        YAML().dump({"terms": terms}, stream)
    with (folder / "content" / "voice.yaml").open("w", encoding="utf-8") as stream:
        YAML().dump({"voice": voice}, stream)
    handbook, _ = load_handbook(folder)
    patterns = gather_patterns(handbook.list_approved("terms"))
    for artifact in write.write(patterns, handbook.find_single("voice"), today=date.today()):
        path = folder / artifact.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(artifact.data)
    return folder / write.STYLES


def list_alerts(vale: str, styles: Path, names: list[str], corpus: Path, folder: Path) -> set[Alert]:
    config = folder / ".vale.ini"
    based = ", ".join(names)
    config.write_text(f"StylesPath = {styles}\nMinAlertLevel = suggestion\n[*.md]\nBasedOnStyles = {based}\n")
    command = [vale, "--config", str(config), "--output=JSON", "--no-exit", "--no-global", "."]
    run = subprocess.run(command, cwd=corpus, stdin=subprocess.DEVNULL, capture_output=True, check=True)
    return {(path, one["Line"], one["Match"]) for path, alerts in json.loads(run.stdout).items() for one in alerts}


def name_difference(alert: Alert, others: list[str], line: str) -> str:
    """Why only one style gives an alert. others: what the other one matches in the same line, which is `line`."""
    match = alert[2]
    if line.lstrip().startswith(">"):
        return "in a block quotation"
    inside = [other for other in others if match.lower() in other.lower() or other.lower() in match.lower()]
    if any(other.lower() == match.lower() for other in inside):
        return "other capitals"
    if inside:
        return "part of a longer phrase"
    places = [found.span() for found in re.finditer(re.escape(match), line, re.I)]
    around = [(line[max(start - 1, 0) : start], line[end : end + 1]) for start, end in places]
    if not places:
        return "other lines"
    if all(line[:start].count('"') % 2 or line[:start].count("“") > line[:start].count("”") for start, _ in places):
        return "in quotation marks"
    if any(sign in "-‑–" for pair in around for sign in pair if sign):
        return "part of a compound"
    if any(sign in "/._@:#=&`'’" for pair in around for sign in pair if sign):
        return "beside a sign, as in an address or a possessive"
    if not match[-1:].isalnum() or not match[:1].isalnum():
        return "begins or ends with a sign"
    if match[0].isupper() and any(re.search(r"(?:^[\W\d]*|[.!?:]\W*|>\W*)$", line[:start]) for start, _ in places):
        return "a capital where a sentence or a heading begins"
    if match.lower().endswith("s"):
        return "a plural"
    return ""


def count_differences(alerts: set[Alert], others: set[Alert], corpus: Path) -> str:
    """How many alerts that only one style gives are in each class; all those in none."""
    lines = {path: (corpus / path).read_text("utf-8", "replace").split("\n") for path, _, _ in alerts}
    matches: dict[tuple[str, int], list[str]] = {}
    for path, number, match in others:
        matches.setdefault((path, number), []).append(match)
    counts: collections.Counter[str] = collections.Counter()
    for alert in sorted(alerts):
        line = lines[alert[0]][alert[1] - 1] if alert[1] <= len(lines[alert[0]]) else ""
        name = name_difference(alert, matches.get(alert[:2], []), line)
        counts[name or f"none: {alert[0]}:{alert[1]} {alert[2]!r}"] += 1
    return "; ".join(f"{name} {count}" for name, count in counts.most_common())


def find_styles(folder: Path) -> tuple[Path, list[str]]:
    """The StylesPath in a folder, and the names of its styles."""
    for root in (folder / "styles", folder):
        names = [path.name for path in sorted(root.glob("*/")) if any(path.glob("*.yml"))]
        if names:
            return root, names
    raise SystemExit(f"{folder}: no style")


def measure_style(folder: Path, corpus: Path, vale: str) -> str:
    source = load_source(folder)
    reading = load_word_formats()["vale"].read(source, Settings())  # type: ignore[misc]
    rules = read_style_files(source).rules
    pairs = sum(len(rule.entries) for rule in rules if rule.kind == "substitution")
    left = sum(len(rule.fields.get("swap", ())) for rule in reading.rules)
    left += sum(len(rule.fields["tokens"]) for rule in reading.rules if "-leave-out" in rule.fields["id"])
    root, names = find_styles(folder)
    with tempfile.TemporaryDirectory() as made:
        before = list_alerts(vale, root, names, corpus, Path(made))
        after = list_alerts(vale, write_style(reading, Path(made) / "book"), ["Brand", "Voice"], corpus, Path(made))
    parts = (len(reading.entries), len(reading.rules), len(reading.omissions))
    shares = ((pairs - left) / pairs, len(before & after) / len(before))
    return (
        f"{folder.name}: {reading.total} entries; {parts[0]} terms, {parts[1]} rules, {parts[2]} left out; "
        f"{shares[0]:.1%} of {pairs} pairs; {shares[1]:.2%} of {len(before)} alerts, {len(after - before)} more\n"
        f"  missing: {count_differences(before - after, after, corpus)}\n"
        f"  more: {count_differences(after - before, before, corpus)}"
    )


def main(styles: str, corpus: str, *names: str) -> None:
    vale = resolve_vale(os.environ)
    if vale is None:
        raise SystemExit("Vale isn't here: run `onevoice doctor --get-vale`.")
    for folder in sorted(Path(styles).iterdir()):
        if not names or folder.name in names:
            print(measure_style(folder, Path(corpus), str(vale.path)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
