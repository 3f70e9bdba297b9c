"""The self-test with its shortcut says what it says without, whatever words meet."""

import datetime
import random

import pytest

from handbooks import ROOT
from onevoice.handbook.handbook import Handbook
from onevoice.lint import selftest
from onevoice.lint.shortcut import Shortcut
from onevoice.load.folder import load_files, load_folder
from onevoice.matcher.compile import compile_terms
from onevoice.matcher.matcher import Matcher
from rounds import choose_count

TODAY = datetime.date(2026, 11, 22)
# Words that meet each other in phrases, some of the self-test's own sentences, and some of other shapes.
WORDS = (
    *("amber", "basalt", "cedar", "delta", "ember", "fjord", "grove", "heath", "islet", "jetty", "kelp", "loam"),
    *("moss", "news", "boxes", "box", "Opal", "Pine", "QUARTZ", "iRis", "my_kelp", "e-loam", "who", "moss's"),
    *("here", "we", "say", "the", "page", "of", "what", "is", "end", "com", "example", "read", "see", "me", "C++", "x"),
    *("Überzug", "naïve", "&", "24/7", "www.kelp.com", "“aye”", "…"),
)
PLAIN = (*WORDS[:14], "Opal", "Pine", "Rye", "Sage")
FIELDS = (
    *("case: exact", "part_of_speech: noun", "part_of_speech: verb", "part_of_speech: proper noun", "fix: ask"),
    *("level: warning", "only_near: [kelp]", "never_near: [loam]", "except: [amber kelp]", "allowed: [cedar box]"),
    *("language: de", "case: exact", "expand_first: true, abbreviation: CB", "abbreviation: QZ"),
)
AVOID_FIELDS = (
    *("use: [amber]", "use: [cedar, moss box]", "remove: true", "unless: [heading, link]", "forms: {ember: news}"),
    *("since: 2026-01-01", "since: 2027-01-01", "audiences: [all]", "only_near: [fjord]", "fix: ask", "use: [the box]"),
)


def quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def write_terms(dice: random.Random, count: int, strange: float) -> bytes:
    def phrase() -> str:
        words = [dice.choice(WORDS if dice.random() < strange else PLAIN) for _ in range(dice.choice((1, 1, 2, 2, 3)))]
        return " ".join(words)

    lines = ["terms:"]
    for number in range(count):
        fields = [f"id: t{number}", f"preferred: {quote(phrase())}", "definition: d"]
        fields += [dice.choice(FIELDS)] if dice.random() < 0.4 else []
        avoid = []
        for _ in range(dice.choice((0, 1, 1, 2, 3))):
            more = f", {dice.choice(AVOID_FIELDS)}" if dice.random() < 0.3 else ""
            avoid.append(f"{{term: {quote(phrase())}{more}}}")
        lines.append(f"  - {{{', '.join(fields)}, avoid: [{', '.join(avoid)}]}}")
    return "\n".join(lines).encode()


def run(book: Handbook) -> list:
    matcher = Matcher(compile_terms(book.list_approved("terms"), book.brand.language))
    return list(selftest.run_selftest(book, matcher, TODAY))


class NoShortcut(Shortcut):
    def find_shape(self, pattern):
        return None

    def find_name_shape(self, pattern):
        return None

    def spares_name(self, word):
        return False


def compare(book: Handbook, monkeypatch) -> list:
    quick = run(book)
    with monkeypatch.context() as patch:
        patch.setattr(selftest, "Shortcut", NoShortcut)
        assert run(book) == quick
    return quick


@pytest.mark.parametrize("seed", range(choose_count(60, 3000)))
def test_nothing_that_is_unproven_is_spared(monkeypatch, seed):
    dice = random.Random(seed)
    strange = dice.choice((0, 0.05, 0.3))
    data = write_terms(dice, dice.choice((2, 6, 15)), strange)
    files = [("terms", "terminology/terms.yaml", data)]
    if dice.random() < 0.1:
        files.append(("brand", "content/brand.yaml", b"brand: {name: x, language: de}"))
    compare(Handbook(load_files(files)), monkeypatch)


def test_the_repositorys_own_handbook(monkeypatch):
    assert compare(Handbook(load_folder(ROOT)), monkeypatch) == []


def spell(number):
    """A word of its own for each number."""
    return "".join(chr(97 + int(digit)) for digit in f"{number:03}")


@pytest.mark.parametrize(
    ("role", "find", "write"),
    [
        (
            "avoid",
            Shortcut.find_shape,
            lambda word: f"preferred: good {word}, avoid: [bad {word}, {word}thing]",
        ),
        (
            "name",
            Shortcut.find_name_shape,
            lambda word: f"preferred: {word.title()}, case: exact, avoid: [bad {word.title()}]",
        ),
    ],
)
def test_most_of_an_import_is_spared(role, find, write):
    lines = [f"  - {{id: t{number}, definition: d, {write(spell(number))}}}" for number in range(200)]
    book = Handbook(load_files([("terms", "terminology/terms.yaml", "\n".join(["terms:", *lines]).encode())]))
    matcher = Matcher(compile_terms(book.list_approved("terms")))
    shortcut = Shortcut(matcher)
    shapes = [find(shortcut, pattern) for pattern in matcher.compiled.patterns if pattern.role == role]
    assert shapes.count(None) < 20
    assert len({*shapes}) < 10
