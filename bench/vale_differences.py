"""Ours and the real Vale over the same documents, both directions: every difference has a class, or is unexplained.

    python bench/vale_differences.py CORPUS [--handbook DIR | --terms N] [--show CLASS] [--json FILE]

CORPUS is a folder of Markdown. The terms are those of the handbook, or N made from the corpus's own words, so that they
are found everywhere. Vale runs with the style that onevoice makes of them. The exit code is 1 where a difference is
unexplained or a class that is our mistake is not empty.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))
from judge import CLASSES, OURS, PLACES, TOGETHER, Hit, Judge, loosened

from onevoice.errors import OnevoiceError
from onevoice.lint import suppress, terms
from onevoice.matcher.compile import compile_terms, gather_patterns
from onevoice.matcher.fold import make_match_key
from onevoice.matcher.matcher import Matcher
from onevoice.prose.block import OBJECT, Prose
from onevoice.prose.read import read_prose
from onevoice.records.term import Term
from onevoice.vale import trial
from onevoice.vale import write as style
from onevoice.vale.resolve import Vale, resolve_vale

TODAY = datetime.date(2026, 11, 22)
# How many files Vale is shown at once: one that it cannot read takes its whole batch along.
BATCH = 100
# What a rule of Vale's cannot know, whatever the text looks like.
BEYOND = ("first use", "soft hyphens", "overlapping", "guessed place")


class Missed(NamedTuple):
    """Words that we alone found, and why Vale did not, by the looks."""

    name: str
    prose: Prose
    issue: terms.Issue
    hit: Hit


def made(corpus: Iterable[Prose], count: int) -> list[Term]:
    """Terms that avoid the words of the corpus: single words, and phrases of two and three, from common to rare."""
    seen: list[Counter[str]] = [Counter(), Counter(), Counter()]
    for prose in corpus:
        for block in prose.blocks:
            words = re.findall(r"[^\W\d_]{3,}(?:[ \n](?=[^\W\d_])|)", block.text.lower())
            for size in (1, 2, 3):
                for at in range(len(words) - size + 1):
                    run = words[at : at + size]
                    if all(one[-1].isspace() for one in run[:-1]):
                        seen[size - 1]["".join(run).strip().replace("\n", " ")] += 1
    found: list[Term] = []
    taken: set[str] = set()
    for counter, share in zip(seen, (5, 3, 2), strict=True):
        ranked = [word for number, word in sorted((-n, word) for word, n in counter.items()) if number < -1][20:]
        ranked = [word for word in ranked if len(word) > 4]
        step, wanted = max(1, len(ranked) * 10 // (count * share)), len(found) + count * share // 10
        # Those between the chosen ones stand in where a chosen one has been taken.
        for word in (word for start in range(step) for word in ranked[start::step]):
            # A plural that is a word of its own would be claimed twice.
            forms = {word, f"{word}s", f"{word}es", word.removesuffix("s"), word.removesuffix("es")}
            if len(found) < wanted and not taken & forms:
                taken.add(word)
                name = f"made-{len(found)}"
                record = {"id": name, "preferred": f"xq{len(found)}", "definition": "d", "avoid": [word]}
                found.append(Term.model_validate(record))
    return found


def documents(corpus: Path) -> list[Prose]:
    """The corpus's Markdown, read."""
    found = []
    for path in sorted(corpus.rglob("*.md")):
        try:
            found.append(read_prose(path.relative_to(corpus).as_posix(), path.read_bytes()))
        except OnevoiceError as error:
            print(f"left out: {error}", file=sys.stderr)
    return found


def ours(prose: Prose, matcher: Matcher, known: set[str]) -> list[tuple[Hit, terms.Issue]]:
    """What the matcher finds, suppressed words left out."""
    issues = terms.find_issues(prose, matcher, TODAY)
    kept = set(suppress.apply_suppressions(prose, [issue.finding for issue in issues], known))
    return [
        (Hit(issue.hit.term, issue.finding.span.line, _shown(prose, issue)), issue)
        for issue in issues
        if issue.finding in kept
    ]


def _shown(prose: Prose, issue: terms.Issue) -> str:
    return make_match_key(prose.blocks[issue.block].text[issue.start : issue.end])


def theirs(vale: Vale, found: list[Prose], records: list[Term]) -> tuple[dict[str, list[Hit]], list[str]]:
    """What Vale finds in each document, and the documents at which it stops."""
    artifacts = style.write_brand_style(gather_patterns(records), today=TODAY)
    styles = {artifact.path.removeprefix(f"{style.STYLES}/"): artifact.data for artifact in artifacts}
    alerts: dict[str, list[trial.Alert]] = {}
    stops: list[str] = []

    def show(part: list[Prose]) -> None:
        texts = {f"{number}{Path(prose.path).suffix}": prose.source for number, prose in enumerate(part)}
        try:
            said = trial.run_style_trial(vale, styles, ["Brand"], texts, patience=3600)
        except OnevoiceError:
            if len(part) == 1:
                stops.append(part[0].path)
            else:
                show(part[: len(part) // 2])
                show(part[len(part) // 2 :])
            return
        alerts.update({prose.path: said[name] for prose, name in zip(part, texts, strict=True)})

    for start in range(0, len(found), BATCH):
        show(found[start : start + BATCH])
    return {
        path: [Hit(one.rule.split(".")[1], one.line, make_match_key(one.match)) for one in said]
        for path, said in alerts.items()
    }, stops


def compare(
    found: list[Prose], records: list[Term], vale: Vale
) -> tuple[Counter, list[tuple[str, str, str, int, str]]]:
    """How many of each class there are, and each difference as (class, side, path, line, words)."""
    compiled = compile_terms(records)
    matcher, loose = Matcher(compiled), loosened(compiled)
    known = {f"Brand.{record.id}" for record in records}
    said, stops = theirs(vale, found, records)
    counts: Counter[str] = Counter({"files": len(found), "files at which Vale stops": len(stops)})
    listed: list[tuple[str, str, str, int, str]] = []
    missed: list[Missed] = []
    for prose in found:
        if prose.path in stops:
            continue
        own, other = ours(prose, matcher, known), said[prose.path]
        counts["ours"] += len(own)
        counts["vale"] += len(other)
        judge = Judge(prose, matcher, loose, TODAY)
        both = Counter(hit for hit, _ in own) & Counter(other)
        counts["both"] += both.total()
        alone = list(judge.alone(list((Counter(other) - both).elements()), both))
        listed += [(name, "vale", prose.path, hit.line, hit.words) for hit, name in alone]
        guessed = Counter((hit.term, hit.words) for hit, name in alone if name == "guessed place")
        left = Counter(both)
        for hit, issue in own:
            if left[hit]:
                left[hit] -= 1
                continue
            name = judge.missed(issue, {hit for hit, _ in alone})
            if guessed[hit.term, hit.words] and name != "first use":
                guessed[hit.term, hit.words] -= 1
                name = "guessed place"
            missed.append(Missed(name, prose, issue, hit))
    listed += [
        (name, "ours", one.prose.path, one.hit.line, one.hit.words) for name, one in tried(missed, records, vale)
    ]
    counts.update(one[0] for one in listed)
    return counts, listed


def tried(missed: list[Missed], records: list[Term], vale: Vale) -> Iterator[tuple[str, Missed]]:
    """What Vale missed, shown to it again: as plain text, in which it must find everything that is in its power, and
    as the paragraph alone, where it is not misled by the same words elsewhere."""
    shown = [one.prose.blocks[one.issue.block].text.replace("\n", " ").replace(OBJECT, "x") for one in missed]
    texts = [Prose(f"{number}.txt", f"{text}\n", ()) for number, text in enumerate(shown)]
    texts += [Prose(f"{number}.md", _lines(one.prose, one.issue), ()) for number, one in enumerate(missed)]
    seen, _ = theirs(vale, texts, records)
    for number, one in enumerate(missed):
        plain, alone = (
            any((hit.term, hit.words) == (one.hit.term, one.hit.words) for hit in seen[f"{number}.{kind}"])
            for kind in ("txt", "md")
        )
        if one.name in BEYOND:
            yield one.name, one
        elif not plain:
            yield "unexplained", one
        elif (
            alone
            and one.name not in PLACES
            and make_match_key(one.prose.source).count(make_match_key(one.issue.hit.variant)) > 1
        ):
            yield TOGETHER, one
        else:
            yield one.name, one


def _lines(prose: Prose, issue: terms.Issue) -> str:
    """The source of the block in which it was found, alone."""
    block = prose.blocks[issue.block]
    first = prose.locate_span(block.pieces[0].start, block.pieces[0].start).line
    last = prose.locate_span(block.pieces[-1].end, block.pieces[-1].end).line
    return "\n".join(prose.source.split("\n")[first - 1 : last]).strip() + "\n"


def table(counts: Counter, listed: list) -> Iterator[str]:
    """The result as Markdown."""
    yield f"{counts['files']} files ({counts['files at which Vale stops']} of them stop Vale and are left out): "
    both, own, other = (counts[side] for side in ("both", "ours", "vale"))
    yield f"{both} words found by both, {own} by us, {other} by Vale.\n"
    yield "\n| class | ours alone | Vale alone | why |\n|---|---:|---:|---|\n"
    for name, why in CLASSES.items():
        sides = Counter(one[1] for one in listed if one[0] == name)
        if sides or name in OURS:
            yield f"| {name} | {sides['ours']} | {sides['vale']} | {why} |\n"


def handbook(folder: Path) -> list[Term]:
    """The terms of a handbook that are in use."""
    from onevoice.load.folder import load_folder

    return [
        record for record, _ in load_folder(folder).records if isinstance(record, Term) and record.status == "approved"
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--handbook", type=Path, default=Path(__file__).parents[1])
    parser.add_argument("--terms", type=int, help="make so many terms of the corpus instead")
    parser.add_argument("--show", help="list the differences of this class")
    parser.add_argument("--every", type=int, default=1, help="take only every so-manieth file")
    parser.add_argument("--json", type=Path, help="write all differences to this file")
    given = parser.parse_args()
    vale = resolve_vale(os.environ) or sys.exit("There is no Vale on this machine.")
    found = documents(given.corpus)[:: given.every]
    records = made(found, given.terms) if given.terms else handbook(given.handbook)
    counts, listed = compare(found, records, vale)
    print(f"{len(records)} terms, {vale}, {given.corpus}\n")
    print("".join(table(counts, listed)))
    for name, side, path, line, words in listed:
        if name == given.show:
            print(f"{side:5} {path}:{line} {words}")
    if given.json:
        given.json.write_text(json.dumps(listed, indent=1, ensure_ascii=False), "utf-8")
    return 1 if any(counts[name] for name in OURS) else 0


if __name__ == "__main__":
    sys.exit(main())
