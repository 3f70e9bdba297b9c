"""Made documents and made terms for the benchmarks: the same seed gives the same bytes on every machine.

    python bench/made.py FOLDER [--terms N] [--bytes N]

writes `FOLDER/docs` (Markdown) and `FOLDER/handbook/terminology` (terms). The words are made of English syllables, and
occur as often as words of English do: a few very often, most hardly ever. Terms are one to three words; the documents
use an avoided one about every fiftieth sentence, and mostly one of the first hundred terms.
"""

from __future__ import annotations

import argparse
import bisect
import datetime
import itertools
import random
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from onevoice.handbook.figures import name_week

_SMALL = """
the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which
one you were all her she there would their we him been has when who will no more if out so up said what its about
than into them can only other time new some could these two may first then do any like my now over such our man
me even most made after also did many off before must well back through years much where your way down should
because long each just state those people too how good world
"""
_STARTS = "b c d f g h l m n p r s t v w br ch cl cr dr fl gr pl pr sh sp st str th tr"
_ENDS = "n r s t l m ck nd nt st ng rm ct sk"
SMALL, STARTS, ENDS = _SMALL.split(), _STARTS.split(), _ENDS.split()
MIDDLES = ("a", "e", "i", "o", "u", "ai", "ea", "ou", "ee", "oo")
TAILS = ("", "", "", "er", "ing", "ment", "tion", "ly", "able", "ness")
TYPES = ("article", "case study", "one-pager", "deck", "guide", "email", "video")
# Of the repository's own handbook.
PERSONAS = ("marketing-lead", "sales-lead", "revenue-operations")
STAGES = ("discover", "compare", "decide", "grow")
FILE = 10_000
USED = 20_000


def words(count: int, seed: int = 1) -> list[str]:
    """So many different made words, the short ones first as in any language."""
    dice, found = random.Random(seed), dict.fromkeys(SMALL)
    while len(found) < count:
        parts = [dice.choice(STARTS) + dice.choice(MIDDLES) for _ in range(dice.choice((1, 1, 2, 3, 3)))]
        found["".join(parts) + dice.choice(ENDS) + dice.choice(TAILS)] = None
    return list(found)


def terms(count: int, seed: int = 2) -> list[dict]:
    """So many terms as records: a preferred name, and one to three words to avoid that no other term has."""
    dice, vocabulary = random.Random(seed), words(USED + 3 * count)
    # A single word is a rare one, as in any handbook; phrases are made of words that every text has.
    common, rare = vocabulary[: USED // 2], vocabulary[USED:]
    taken: set[str] = set()

    def phrase() -> str:
        while True:
            size = dice.choice((1, 2, 2, 2, 3))
            text = dice.choice(rare) if size == 1 else " ".join(dice.choice(common) for _ in range(size))
            if text not in taken:
                taken.update((text, f"{text}s", f"{text}es"))
                return text

    made = []
    for number in range(count):
        name = phrase()
        term = {
            "id": f"term-{number}",
            "preferred": name.title() if number % 10 == 0 else name,
            "definition": f"What number {number} means.",
            "part_of_speech": "noun",
            "avoid": [{"term": phrase(), "why": "It is not what we say."} for _ in range(1 + number % 3)],
        }
        if number % 10 == 0:
            term["case"] = "exact"
        made.append(term)
    return made


def choose_equal(found: list[dict], texts: Iterable[str], present: int = 50) -> list[dict]:
    """Terms of which the first few may occur in some texts, and no other: so that each number finds the same."""
    single: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    for text in texts:
        spoken = re.findall(r"\w+", text.lower())
        single.update(spoken)
        pairs.update(itertools.pairwise(spoken))

    def may_occur(name: str) -> bool:
        first, *others = name.lower().split()
        endings = ("", "s", "es")
        if not others:
            return any(first + ending in single for ending in endings)
        return any((first, others[0] + ending) in pairs for ending in endings)

    names = [(term["preferred"], *(one["term"] for one in term["avoid"])) for term in found]
    held = [any(map(may_occur, some)) for some in names]
    some = [term for term, is_held in zip(found, held, strict=True) if is_held]
    return some[:present] + [term for term, is_held in zip(found, held, strict=True) if not is_held]


def record(term: dict) -> str:
    """A term as YAML."""
    avoid = "".join(f"      - term: {one['term']}\n        why: {one['why']}\n" for one in term["avoid"])
    case = "    case: exact\n" if "case" in term else ""
    return (
        f"  - id: {term['id']}\n    preferred: {term['preferred']}\n    definition: {term['definition']}\n"
        f"    part_of_speech: noun\n{case}    avoid:\n{avoid}"
    )


def handbook(folder: Path, found: list[dict]) -> Path:
    """Terms as a handbook in a folder of its own, a thousand to a file."""
    target = folder / "terminology"
    target.mkdir(parents=True, exist_ok=True)
    for number in range(0, len(found), 1000):
        part = "".join(record(term) for term in found[number : number + 1000])
        (target / f"part{number // 1000:03}.yaml").write_text(f"terms:\n{part}")
    return folder


def company(folder: Path, term_count: int, asset_count: int) -> list[dict]:
    """The repository's own handbook with so many more terms and assets, ready to build; the terms."""
    from onevoice.handbook.handbook import Handbook
    from onevoice.load.folder import load_folder

    root = Path(__file__).parents[1]
    own = Handbook(load_folder(root))
    for name in ("terminology", "content"):
        shutil.copytree(root / name, folder / name)
    found = terms(term_count)
    handbook(folder, found)
    writer, made = Writer([], seed=5), ["assets:\n"]
    for number in range(asset_count):
        persona, stage = writer.dice.choice(PERSONAS), writer.dice.choice(STAGES)
        made.append(
            f"  - id: made-{number}\n    title: {writer.word().capitalize()} {writer.word()} {number}\n"
            f"    summary: {writer.word().capitalize()} {writer.word()} {writer.word()}.\n"
            f"    type: {writer.dice.choice(TYPES)}\n    job: {writer.dice.choice(('marketing', 'sales'))}\n"
            f"    personas: {persona}\n    stages: {stage}\n    carries: {own.find_messages(persona, stage)[0].id}\n"
            f"    url: https://library.example/{number}\n    use_when: They ask for {writer.word()}.\n"
            "    owner: marketing\n    reviewed: {date: 2026-09-21, every: 6 months}\n"
        )
    (folder / "content" / "assets" / "made.yaml").write_text("".join(made), encoding="utf-8")
    return found


def year(folder: Path, asset_count: int) -> int:
    """Write a year of weekly views and uses of a company's made assets into its handbook; how many figures."""
    dice, lines = random.Random(7), ["record,measure,week,value,side\n"]
    first = datetime.date(2025, 11, 24)
    weeks = [name_week(first + datetime.timedelta(weeks=number)) for number in range(52)]
    for name in sorted(f"made-{number}" for number in range(asset_count)):
        for measure, side in (("uses", "sales"), ("views", "marketing")):
            lines += (f"assets/{name},{measure},{week},{dice.randrange(1, 400)},{side}\n" for week in weeks)
    (folder / "content" / "metrics" / "made.csv").write_text("".join(lines), "utf-8")
    return len(lines) - 1


class Writer:
    """Writes prose in made words. share: of the sentences that have an avoided one."""

    def __init__(self, avoided: list[str], seed: int = 3, share: float = 0.02) -> None:
        self.share = share
        self.dice = random.Random(seed)
        self.words = words(USED)
        weights = [1 / (rank + 2.7) for rank in range(len(self.words))]
        self.sums = list(itertools.accumulate(weights))
        self.avoided = avoided

    def word(self) -> str:
        return self.words[bisect.bisect(self.sums, self.dice.random() * self.sums[-1]) % len(self.words)]

    def sentence(self) -> str:
        said = [self.word() for _ in range(self.dice.randint(6, 24))]
        if self.avoided and self.dice.random() < self.share:
            few = self.avoided[:200] if self.dice.random() < 0.7 else self.avoided
            said[self.dice.randrange(len(said))] = self.dice.choice(few)
        at = self.dice.randrange(len(said))
        kind = self.dice.random()
        if kind < 0.05:
            said[at] = f"**{said[at]}**"
        elif kind < 0.09:
            said[at] = f"[{said[at]} {self.word()}](../{self.word()}/page.md)"
        elif kind < 0.12:
            said[at] = f"`{said[at]}_{self.word()}`"
        elif kind < 0.14:
            said[at] = f"“{said[at]}”"
        elif kind < 0.16:
            said[at] = f"{said[at]}’s"
        text = " ".join(said)
        return text[:1].upper() + text[1:] + self.dice.choice("....?!")

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self.dice.randint(2, 6)))

    def part(self) -> str:
        kind = self.dice.random()
        if kind < 0.12:
            return f"{'#' * self.dice.randint(2, 4)} {self.word().capitalize()} {self.word()} {self.word()}"
        if kind < 0.22:
            return "\n".join(f"- {self.sentence()}" for _ in range(self.dice.randint(3, 7)))
        if kind < 0.26:
            rows = [f"| {self.word()} | {self.sentence()} |" for _ in range(4)]
            return "\n".join(["| What | Why |", "|---|---|", *rows])
        if kind < 0.29:
            return f"```python\n{self.word()} = {self.word()}({self.word()})\n```"
        if kind < 0.32:
            return f"> {self.sentence()}"
        return self.paragraph()

    def document(self) -> str:
        head = f"---\ntitle: {self.word().capitalize()} {self.word()}\ndate: 2026-01-01\n---\n\n# {self.word()}\n"
        parts, size = [head], len(head)
        aim = self.dice.randint(FILE // 5, FILE * 2)
        while size < aim:
            parts.append(self.part())
            size += len(parts[-1])
        return "\n\n".join(parts) + "\n"


def documents(size: int, avoided: list[str], share: float = 0.02) -> Iterator[str]:
    """Documents of so many characters together."""
    writer = Writer(avoided, share=share)
    while size > 0:
        text = writer.document()
        size -= len(text)
        yield text


def corpus(folder: Path, size: int, avoided: list[str], share: float = 0.02) -> Path:
    """Documents as files in a folder."""
    for number, text in enumerate(documents(size, avoided, share)):
        target = folder / f"part{number // 100:02}" / f"page{number:04}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return folder


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--terms", type=int, default=1000)
    parser.add_argument("--bytes", type=int, default=6_000_000)
    given = parser.parse_args()
    found = terms(given.terms)
    handbook(given.folder / "handbook", found)
    corpus(given.folder / "docs", given.bytes, [one["term"] for term in found for one in term["avoid"]])
