"""Rules are written line by line as the general writer of YAML writes them."""

import random

from onevoice.vale import write

PIECES = (
    *(
        "word",
        "(?:’|')s",
        "\\b",
        "it's",
        "''",
        '"',
        ": ",
        " #",
        "%",
        "{",
        "[",
        "é",
        "文字",
        "—",
        "…",
        "\u00a0",
        "\t",
        "\n",
    ),
    *(" ", "  ", "-", "?", "!", "&", "*", "@", "`", "|", ">", "\\", "x" * 60, "𝛼", "😀", "\u200b", "\ufeff", "no", "~"),
)


def make_text(dice: random.Random) -> str:
    return "".join(
        dice.choice(PIECES[:16] if dice.random() < 0.9 else PIECES) for _ in range(dice.choice((1, 2, 3, 9)))
    )


def make_rule(dice: random.Random) -> dict:
    rule = {"extends": "substitution", "message": make_text(dice), "ignorecase": dice.random() < 0.5, "level": "error"}
    rule |= {"scope": [make_text(dice) for _ in range(dice.choice((0, 1, 2)))]} if dice.random() < 0.3 else {}
    rule |= {"action": {"name": "replace", "params": [make_text(dice)]}} if dice.random() < 0.1 else {}
    rule |= {"max": 3} if dice.random() < 0.1 else {}
    return {**rule, "swap": {make_text(dice): make_text(dice) for _ in range(dice.choice((0, 1, 1, 2, 3)))}}


def test_both_writers_write_the_same():
    dice = random.Random(7)
    quick = 0
    for _ in range(600):
        rule = make_rule(dice)
        made = write._dump_rule(rule)
        assert made == write._dump_any_rule(rule), rule
        quick += None not in list(write._iter_rule_lines(rule, ""))
    assert quick > 40
