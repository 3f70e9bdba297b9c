"""What is read line by line is what the general parser reads, at the same places; all else is left to it."""

import random

import pytest

from handbooks import ROOT
from onevoice.load import regular, yaml
from onevoice.load.render import render_item, render_pair
from rounds import choose_count

TEXTS = (
    *("word", "two words", "it's", "no", "null", "24/7", "1.10", "2026-11-29", "a: b", "a:b", "a #1", "C#"),
    *("Null", "~"),
    *("Übung", "“aye”", "said “aye”", "x, y", "[z]", "- a", "", " ", "a ", "ends:", 'say "hi"', "'q'", "\\n", "@a"),
    *("https://example.com/?a=b#c", "é", "文字", "a\nb", "a\u00a0b", "½", "² m", "true", "a & b", "*b", "!c", "{e}"),
)
KEYS = ("id", "preferred", "use", "a b", "a-b", "x_1", "on", "null", "<<", "é", "a  b", "a - b", "a b-")
SIGNS = (*" -:#'\"[]{}|>,&*!%@`\t\r\n?~", "\u00a0", "- ", ": ", " #", "\n\n", "  ", "null", "---\n", "# note\n", "''")


def choose_key(dice: random.Random) -> str:
    return dice.choice(KEYS if dice.random() < 0.05 else KEYS[:6])


def make_value(dice: random.Random, depth: int):
    kind = dice.random()
    if depth == 0 or kind < 0.6:
        return dice.choice(TEXTS if dice.random() < 0.1 else TEXTS[:12])
    if kind < 0.8:
        return [make_value(dice, depth - 1) for _ in range(dice.choice((0, 1, 2, 3)))]
    return {choose_key(dice): make_value(dice, depth - 1) for _ in range(dice.choice((1, 2, 3)))}


def make_source(dice: random.Random) -> str:
    lines = ["terms:"]
    for number in range(dice.choice((1, 2, 4))):
        record = {"id": f"t{number}", **{choose_key(dice): make_value(dice, 3) for _ in range(4)}}
        lines += render_item(record, dice.choice((0, 2)) if number == 0 else len(lines[1]) - len(lines[1].lstrip()))
    if dice.random() < 0.3:
        lines += render_pair("defaults", {"owner": make_value(dice, 1)}, 0)
    text = "\n".join(lines) + dice.choice(("\n", "", "\n\n", "\n# the end\n"))
    for _ in range(dice.choice((0, 0, 1, 1, 2, 5))):
        at, kind = dice.randrange(len(text)), dice.random()
        if kind < 0.4:
            text = text[:at] + dice.choice(SIGNS) + text[at:]
        elif kind < 0.7:
            text = text[:at] + text[at + dice.choice((1, 1, 2, 4)) :]
        else:
            start = text.rfind("\n", 0, at) + 1
            text = text[:start] + dice.choice(("  ", " ", "- ", "    ")) + text[start:]
    return text


def read_both(source: str, monkeypatch):
    """What each of the two parsers says; None for the regular one if it leaves the text to the other."""
    text = regular.read_regular(source, wants_places=True)
    with monkeypatch.context() as patch:
        patch.setattr(yaml, "read_regular", lambda source, **options: None)
        general = yaml.parse_yaml("x.yaml", source)
        assert general.regular == ""
    return text, general


def check_source(source: str, monkeypatch) -> bool:
    text, general = read_both(source, monkeypatch)
    if text is None:
        assert regular.read_regular(source) is None
        return False
    assert not general.findings, source
    assert (text.data, text.values, text.keys) == (general.data, general.values, general.keys), source
    short = regular.read_regular(source)
    assert (short.data, short.values, short.keys) == (text.data, None, None)
    document = yaml.parse_yaml("x.yaml", source)
    for path in [*general.values, *general.keys, ("terms", 0, "none"), ("terms", 99), ("terms", -1), ("id", "x")]:
        for key in (False, True):
            assert document.locate_path(path, key=key) == general.locate_path(path, key=key), (path, source)
        assert document.has_value(path) == (path in general.values)
    return True


@pytest.mark.parametrize("seed", range(choose_count(8, 400)))
def test_both_parsers_read_the_same(monkeypatch, seed):
    dice = random.Random(seed)
    assert sum(check_source(make_source(dice), monkeypatch) for _ in range(120)) > 5


@pytest.mark.parametrize(
    "source",
    [
        "a: b\n",
        "a:\n",
        "a:\nb: c",
        "a:\n- b\n- c\nd: e\n",
        "a:\n  - b:\n    - c\n    d: e\n  - f\n",
        "a: [b, 'c, d', \"e\"]\nf: {g: h, i: 'j: k'}\nl: []\nm: {}\n",
        "# a\na:\n  # b\n  b: c\n\n   \n# d\n  d: e\n",
        "terms:\n  - id: a\n    avoid:\n      - term: b\n        why: It's so.\n      - c\n",
    ],
)
def test_what_our_writer_makes_is_read_here(monkeypatch, source):
    assert check_source(source, monkeypatch)


@pytest.mark.parametrize(
    "source",
    [
        "a: b\n  c\n",
        "a: b\n  c: d\n",
        "a: b\na: c\n",
        "- a\n",
        "a\n",
        "",
        "a: {b: c, b: d}\n",
        "a: |\n  b\n",
        "a: b # c\n",
        "a: b\n---\n",
        "a: [b, c: d]\n",
        "a: *b\n",
        "a:\n    b: c\n  d: e\n",
        "a: b\x00\n",
        "".join(f"{' ' * n}a:\n" for n in range(30)),
    ],
)
def test_all_else_is_left_to_the_general_parser(source):
    assert regular.read_regular(source) is None


def test_places_are_found_when_someone_asks():
    document = yaml.parse_yaml("x.yaml", "terms:\n  - id: a\n    preferred: b\n")
    assert document.regular
    span = document.locate_path(("terms", 0, "preferred"))
    assert (span.line, span.column) == (3, 16)


def test_the_repositorys_own_records(monkeypatch):
    sources = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("terminology/*.yaml"))]
    assert sources
    for source in sources:
        check_source(source, monkeypatch)
