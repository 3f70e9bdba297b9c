"""woke: rules with terms to avoid and alternatives to them, in `.woke.yaml`."""

from __future__ import annotations

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
LEVELS = {"error": "error", "warning": "warning", "warn": "warning", "info": "suggestion"}
KEYS = {"name", "terms", "alternatives", "note", "severity", "options"}


def read(source: Source, settings: Settings) -> Reading:
    """The rules of all files of a source."""
    words = WordList("woke")
    for document in words.iter_documents(source, ENDINGS, _judge_rules, "it has no rules of woke."):
        for index, rule in enumerate(document.data["rules"]):
            words.total += 1
            _read_rule(words, document, index, rule if isinstance(rule, dict) else {})
    return words.build_reading()


def _read_rule(words: WordList, document: Document, index: int, rule: dict[str, Any]) -> None:
    name = str(rule.get("name") or "")
    place = format_place(document, "rules", index)
    level = LEVELS.get(str(rule.get("severity") or "warning").lower())
    terms, right = list_texts(rule.get("terms") or []), list_texts(rule.get("alternatives") or [])
    if level is None:
        words.omit(place, name, f"its severity, `{rule['severity']}`, is none that woke reports.")
    elif not terms:
        words.omit(place, name, "it has no terms: it only switches off a rule of woke's own.")
    else:
        why = rule.get("note") if isinstance(rule.get("note"), str) else ""
        for number, term in enumerate(terms):
            where = format_place(document, "rules", index, "terms", number)
            # What is an error, the handbook says.
            softer = level if level == "suggestion" else ""
            words.add_pair(where, term, right, why=why, level=softer, **({} if right else {"id": name}))
    for key in rule.keys() - KEYS:
        words.omit(format_place(document, "rules", index, key, key=True), key, "woke has no such key.")


def _judge_rules(name: str, data: Any) -> int:
    """As `_judge_data`, by the rules alone: a name may say what is in a file only if nothing else does."""
    return _judge_data("", data)


def _judge_data(name: str, data: Any) -> int:
    rules = data.get("rules") if isinstance(data, dict) else None
    if not isinstance(rules, list) or not rules:
        return 0
    known = [rule for rule in rules if isinstance(rule, dict) and "name" in rule]
    return 9 if any("terms" in rule for rule in known) else 5 if known and "woke" in name else 0


def _recognize_source(source: Source) -> int:
    return score_documents(source, ENDINGS, _judge_data, {".woke.yaml": 5, ".woke.yml": 5})


FORMAT = Format("woke", ENDINGS, _recognize_source, read, rank=53)
