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
from dataclasses import dataclass, replace
from pathlib import Path

from onevoice.errors import OnevoiceError
from onevoice.exchange import vale as style
from onevoice.lint import suppress, terms
from onevoice.lint.vale import trial
from onevoice.lint.vale.resolve import Vale, resolve
from onevoice.matcher import masks
from onevoice.matcher.compile import Compiled, compile, gather
from onevoice.matcher.fold import fold, key
from onevoice.matcher.matcher import Context, Matcher
from onevoice.prose.block import Block, Prose
from onevoice.prose.read import read
from onevoice.records.term import Term

TODAY = datetime.date(2026, 11, 22)
# How many files Vale is shown at once: one that it cannot read takes its whole batch along.
BATCH = 100

# What each class means. The first ones are what Vale cannot see or sees otherwise; the last ones would be our mistakes.
CLASSES = {
    "first use": "a short form that must be spelled out first: a rule does not know what other paragraphs say",
    "front matter": "the title and description of the front matter, of which Vale does not place every one",
    "titles": "the title of a link or a picture, of an admonition or a tab: attributes and macros to Vale",
    "Material": "bodies of admonitions, tabs and details, and what else is indented: code to Vale",
    "HTML": "text inside HTML blocks: Vale leaves it out or reads it as one piece",
    "wrapped": "a phrase over a line break with indentation or `>` between: Vale does not find it again",
    "markup inside": "a word with markup, an entity or an escape inside: reported without it, at a guessed place",
    "no plain neighbour": "a word that begins or ends in a sign right beside markup: Vale does not find its place",
    "guessed place": "the same words on another line: beside code and other markup Vale guesses",
    "taken together": "the same words twice: Vale places both on one of them and drops the other; alone it is found",
    "quotation marks": "words in quotation marks are the speaker's: a rule cannot see where a quotation begins",
    "a context": "a block quotation, a heading or a link in which the record lets the word be, and Vale does not",
    "no prose": "what no reader sees as words: other front matter, attributes, macros, keys, definitions, comments",
    "identifier": "a part of a path, an address or a name: a rule sees only what is right beside it",
    "sentence start": "a name without capitals: where a sentence begins, a rule guesses",
    "soft hyphens": "invisible characters inside a word",
    "overlapping": "two phrases that share words: we take the first, Vale's rules know nothing of each other",
    "unexplained": "what this program cannot explain",
}
OURS, TOGETHER = ("unexplained",), "taken together"


@dataclass(frozen=True)
class Hit:
    """Words that one of the two found: the term, the line, the words without case and with plain spaces."""

    term: str
    line: int
    words: str


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
    chosen: list[str] = []
    for counter, share in zip(seen, (5, 3, 2), strict=True):
        ranked = sorted((-number, word) for word, number in counter.items() if number > 1 and len(word) > 4)
        step = max(1, len(ranked) // (count * share // 10))
        chosen += [word for _, word in ranked[20::step]][: count * share // 10]
    found, taken = [], set()
    for number, word in enumerate(chosen):
        # A plural that is a word of its own would be claimed twice.
        if not taken & {word, f"{word}s", f"{word}es", word.removesuffix("s"), word.removesuffix("es")}:
            taken.add(word)
            record = {"id": f"made-{number}", "preferred": f"xq{number}", "definition": "d", "avoid": [word]}
            found.append(Term.model_validate(record))
    return found


def documents(corpus: Path) -> list[Prose]:
    """The corpus's Markdown, read."""
    found = []
    for path in sorted(corpus.rglob("*.md")):
        try:
            found.append(read(path.relative_to(corpus).as_posix(), path.read_bytes()))
        except OnevoiceError as error:
            print(f"left out: {error}", file=sys.stderr)
    return found


def ours(prose: Prose, matcher: Matcher, known: set[str]) -> list[tuple[Hit, terms.Issue]]:
    """What the matcher finds, suppressed words left out."""
    issues = terms.review(prose, matcher, TODAY)
    kept = set(suppress.apply(prose, [issue.finding for issue in issues], known))
    return [
        (Hit(issue.hit.term, issue.finding.span.line, _shown(prose, issue)), issue)
        for issue in issues
        if issue.finding in kept
    ]


def _shown(prose: Prose, issue: terms.Issue) -> str:
    return key(prose.blocks[issue.block].text[issue.hit.start : issue.hit.end])


def theirs(
    vale: Vale, found: list[Prose], records: list[Term]
) -> tuple[dict[str, list[tuple[Hit, trial.Alert]]], list[str]]:
    """What Vale finds in each document, and the documents at which it stops."""
    artifacts = style.brand(gather(records), today=TODAY)
    styles = {artifact.path.removeprefix(f"{style.STYLES}/"): artifact.data for artifact in artifacts}
    alerts: dict[str, list[trial.Alert]] = {}
    stops: list[str] = []

    def show(part: list[Prose]) -> None:
        texts = {f"{number}.md": prose.source for number, prose in enumerate(part)}
        try:
            said = trial.run(vale, styles, ["Brand"], texts, patience=3600)
        except OnevoiceError:
            if len(part) == 1:
                stops.append(part[0].path)
            else:
                show(part[: len(part) // 2])
                show(part[len(part) // 2 :])
            return
        alerts.update({prose.path: said[f"{number}.md"] for number, prose in enumerate(part)})

    for start in range(0, len(found), BATCH):
        show(found[start : start + BATCH])
    return {
        path: [(Hit(one.rule.split(".")[1], one.line, key(one.match)), one) for one in said]
        for path, said in alerts.items()
    }, stops


def loosened(compiled: Compiled) -> Matcher:
    """A matcher to which no context excuses a word."""
    patterns = tuple(replace(pattern, unless=()) for pattern in compiled.patterns)
    return Matcher(replace(compiled, patterns=patterns))


class Judge:
    """Gives each difference in a document its class."""

    def __init__(self, prose: Prose, matcher: Matcher, loose: Matcher) -> None:
        self.prose, self.matcher, self.loose = prose, matcher, loose
        self.lines = prose.source.split("\n")
        self.document = Context.of(prose.meta, TODAY)

    def missed(self, issue: terms.Issue, others: set[Hit], same: int) -> str:
        """Why Vale did not say what we say. others: what it alone said. same: how often we say it of these words."""
        block, hit = self.prose.blocks[issue.block], issue.hit
        start, end = block.place(hit.start, hit.end)
        source = self.prose.source[start:end]
        line = self.lines[issue.finding.span.line - 1]
        if hit.what == "abbreviation":
            return "first use"
        if block.syntax == "yaml":
            return "front matter"
        if re.search("[\u00ad\u200b-\u200d\u2060\ufeff]", source):
            return "soft hyphens"
        if block.kind in ("title", "alt") or block.syntax in ("attribute", "linktitle"):
            return "titles"
        if block.syntax == "html" or re.search(r"<[a-zA-Z/]", line):
            return "HTML"
        if not issue.plain or source != block.text[hit.start : hit.end]:
            return "markup inside" if "\n" not in source else "wrapped"
        if "\n" in source:
            return "wrapped"
        if re.match(r"(?:\t|    )", line):
            return "Material"
        words = key(source)
        if any((one.term, one.words) == (hit.term, words) for one in others):
            return "guessed place"
        if any(one.line == issue.finding.span.line and words in one.words for one in others):
            return "overlapping"
        if same > 1:
            return TOGETHER
        if not (source[0].isalnum() and source[-1].isalnum()):
            return "no plain neighbour"
        return "unexplained"

    def alone(self, hit: Hit, alert: trial.Alert, others: set[tuple[str, str]]) -> str:
        """Why we did not say what Vale says. others: what we said on other lines."""
        near = [block for block in self.prose.blocks if self._covers(block, hit)]
        spans = [(block, one) for block in near for one in self._loose(block) if self._same(block, one, hit)]
        for block, one in spans:
            tight = self.matcher.hits(
                block.text, document=self.document, kind=block.kind, quoted=block.quoted, links=block.links,
                quotes=block.quotes,
            )  # fmt: skip
            if not any((two.start, two.end) == (one.start, one.end) for two in tight):
                quoted = masks.inside(one.start, one.end, masks.quotations(block.text))
                return "quotation marks" if quoted else "a context"
        if not any(hit.words in key(block.text) for block in near):
            return "no prose"
        if (hit.term, hit.words) in others:
            return "guessed place"
        for block in near:
            text = key(block.text)
            if re.search(rf"[\w/.@\\#-]{re.escape(hit.words)}|{re.escape(hit.words)}[\w/.@\\-]", text):
                return "identifier"
        if hit.words.islower() and any(pattern.role == "name" for pattern in self.matcher.of(hit.term)):
            return "sentence start"
        for block in near:
            text = fold(block.text).text
            for found in re.finditer(re.escape(hit.words), text):
                start, end = fold(block.text).source(*found.span())
                if any(one.start < end and start < one.end for one in self._tight(block)):
                    return "overlapping"
        return "unexplained"

    def _tight(self, block: Block):
        return self.matcher.hits(block.text, document=self.document, kind=block.kind)

    def _loose(self, block: Block):
        return self.loose.hits(block.text, document=self.document, kind=block.kind)

    def _same(self, block: Block, one, hit: Hit) -> bool:
        return one.term == hit.term and key(block.text[one.start : one.end]) == hit.words

    def _covers(self, block: Block, hit: Hit) -> bool:
        first = self.prose.span(block.pieces[0].start, block.pieces[0].start).line
        last = self.prose.span(block.pieces[-1].end, block.pieces[-1].end).line
        return first <= hit.line <= last


def compare(
    found: list[Prose], records: list[Term], vale: Vale
) -> tuple[Counter, list[tuple[str, str, str, int, str]]]:
    """How many of each class there are, and each difference as (class, side, path, line, words)."""
    compiled = compile(records)
    matcher, loose = Matcher(compiled), loosened(compiled)
    known = {f"Brand.{record.id}" for record in records}
    said, stops = theirs(vale, found, records)
    counts: Counter[str] = Counter({"files": len(found), "files at which Vale stops": len(stops)})
    listed = []
    doubtful: list[tuple[Prose, terms.Issue, Hit]] = []
    for prose in found:
        if prose.path in stops:
            continue
        own, other = ours(prose, matcher, known), said[prose.path]
        counts["ours"] += len(own)
        counts["vale"] += len(other)
        theirs_left = Counter(hit for hit, _ in other)
        judge = Judge(prose, matcher, loose)
        left = []
        for hit, issue in own:
            if theirs_left[hit]:
                theirs_left[hit] -= 1
            else:
                left.append((hit, issue))
        others = {hit for hit, number in theirs_left.items() if number}
        for hit, issue in left:
            same = sum(1 for one, _ in own if (one.term, one.words) == (hit.term, hit.words))
            name = judge.missed(issue, others, same)
            if name == TOGETHER:
                doubtful.append((prose, issue, hit))
            else:
                listed.append((name, "ours", prose.path, hit.line, hit.words))
        mine = {(hit.term, hit.words) for hit, _ in own}
        for hit, alert in other:
            if theirs_left[hit]:
                theirs_left[hit] -= 1
                listed.append((judge.alone(hit, alert, mine), "vale", prose.path, hit.line, hit.words))
    alone = [Prose(f"{number}.md", _lines(prose, issue), ()) for number, (prose, issue, _) in enumerate(doubtful)]
    seen, _ = theirs(vale, alone, records)
    for number, (prose, _, hit) in enumerate(doubtful):
        there = any((one.term, one.words) == (hit.term, hit.words) for one, _ in seen[f"{number}.md"])
        listed.append((TOGETHER if there else "unexplained", "ours", prose.path, hit.line, hit.words))
    counts["both"] = counts["ours"] - sum(1 for one in listed if one[1] == "ours")
    counts.update(one[0] for one in listed)
    return counts, listed


def _lines(prose: Prose, issue: terms.Issue) -> str:
    """The source of the block in which it was found, alone."""
    block = prose.blocks[issue.block]
    lines = prose.source.split("\n")
    first = prose.span(block.pieces[0].start, block.pieces[0].start).line
    last = prose.span(block.pieces[-1].end, block.pieces[-1].end).line
    return "\n".join(lines[first - 1 : last]).strip() + "\n"


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
    from onevoice.load.folder import load

    return [record for record, _ in load(folder).records if isinstance(record, Term) and record.status == "approved"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--handbook", type=Path, default=Path(__file__).parents[1])
    parser.add_argument("--terms", type=int, help="make so many terms of the corpus instead")
    parser.add_argument("--show", help="list the differences of this class")
    parser.add_argument("--every", type=int, default=1, help="take only every so-manieth file")
    parser.add_argument("--json", type=Path, help="write all differences to this file")
    given = parser.parse_args()
    vale = resolve(os.environ) or sys.exit("There is no Vale on this machine.")
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
