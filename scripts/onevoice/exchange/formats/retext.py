"""The word lists of retext-equality, which alex reads: inconsiderate words and considerate ones."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

from onevoice.exchange.data import (
    JSON_ENDINGS,
    YAML_ENDINGS,
    format_place,
    list_texts,
    score_documents,
)
from onevoice.exchange.entry import Reading, Settings, Source
from onevoice.exchange.formats import Format
from onevoice.exchange.wordlist import WordList
from onevoice.load.yaml import Document

ENDINGS = (*YAML_ENDINGS, *JSON_ENDINGS)
# How many pairs of words, such as `he or she`, are written out as what is fine.
MAX_JOINED = 12


def read(source: Source, settings: Settings) -> Reading:
    """The rules of all files of a source."""
    words = WordList("retext")
    for document in words.iter_documents(source, ENDINGS, _judge_data, "it is no list of inconsiderate words."):
        for index, rule in enumerate(document.data):
            words.total += 1
            _read_rule(words, document, index, rule if isinstance(rule, dict) else {})
    return words.build_reading()


def _read_rule(words: WordList, document: Document, index: int, rule: dict[str, Any]) -> None:
    wrong = _list_categories(rule.get("inconsiderate"))
    if not wrong:
        words.omit(format_place(document, index), str(rule.get("id") or ""), "it has no inconsiderate words.")
        return
    kind = str(rule.get("type") or "simple")
    right = _list_categories(rule.get("considerate"))
    note = " ".join(list_texts(rule.get("note") or []))
    condition = " ".join(list_texts(rule.get("condition") or []))
    why = note or (f"{condition[:1].upper()}{condition[1:]}." if condition else "")
    for word, category in wrong.items():
        place = _locate_word(document, index, word)
        # Of two sides, each has its own replacement if it says which.
        own = [name for name, side in right.items() if side in ("", category)] or list(right)
        others = [other for other, side in wrong.items() if side != category] if kind == "and" else []
        words.add_pair(place, word, own, why=why, only_near=others)
    if kind == "or" and right:
        words.add_exceptions(next(iter(right)), _join_sides(wrong))


def _list_categories(value: Any) -> dict[str, str]:
    """The words of a list or a mapping, each with its category; several spellings may be in one, with commas."""
    pairs = value.items() if isinstance(value, Mapping) else ((word, "") for word in list_texts(value or []))
    return {
        spelling.strip(): str(category or "")
        for word, category in pairs
        for spelling in word.split(",")
        if spelling.strip()
    }


def _locate_word(document: Document, index: int, word: str) -> str:
    value = document.data[index]["inconsiderate"]
    if isinstance(value, dict):
        key = next((key for key in value if word in key), "")
        return format_place(document, index, "inconsiderate", key, key=True)
    if isinstance(value, list):
        number = next((number for number, item in enumerate(value) if word in str(item)), 0)
        return format_place(document, index, "inconsiderate", number)
    return format_place(document, index, "inconsiderate")


def _join_sides(wrong: Mapping[str, str]) -> list[str]:
    """Words of both sides together, which such a rule finds fine: `he or she`."""
    sides: dict[str, list[str]] = {}
    for word, category in wrong.items():
        sides.setdefault(category, []).append(word)
    pairs = [pair for one, two in itertools.combinations(sides.values(), 2) for pair in itertools.product(one, two)]
    if not 0 < len(pairs) <= MAX_JOINED:
        return []
    return [f"{one} or {two}" for pair in pairs for one, two in (pair, pair[::-1])]


def _judge_data(name: str, data: Any) -> int:
    rules = [rule for rule in data if isinstance(rule, dict)] if isinstance(data, list) else []
    return 9 if any("inconsiderate" in rule for rule in rules) else 0


def _recognize_source(source: Source) -> int:
    return score_documents(source, ENDINGS, _judge_data)


FORMAT = Format("retext-equality", ENDINGS, _recognize_source, read, rank=55)
