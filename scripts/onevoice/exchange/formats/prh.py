"""prh, the proofreading helper: `prh.yml` with what is expected and the patterns that it replaces."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
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
from onevoice.exchange.javascript_pattern import add_pattern
from onevoice.exchange.wordlist import WordList
from onevoice.load.yaml import DataPath, Document

ENDINGS = (*YAML_ENDINGS, *JSON_ENDINGS)
_EXPRESSION = re.compile(r"/(.*)/([a-z]*)", re.S)
_GROUP = re.compile(r"\$(\d+)")


def read(source: Source, settings: Settings) -> Reading:
    """The rules of all files of a source."""
    words = WordList("prh")
    for document in words.iter_documents(source, ENDINGS, _judge_data, "it has no rules of prh."):
        _list_imports(words, document, source)
        for index, rule in enumerate(document.data.get("rules") or ()):
            words.total += 1
            _read_rule(words, document, ("rules", index), {"expected": rule} if isinstance(rule, str) else rule)
    return words.build_reading()


def _list_imports(words: WordList, document: Document, source: Source) -> None:
    imports = document.data.get("imports")
    for index, item in enumerate(imports if isinstance(imports, list) else [imports] if imports else []):
        named = item.get("path") if isinstance(item, dict) else item
        place = format_place(document, "imports", index)
        path = posixpath.normpath(posixpath.join(posixpath.dirname(document.path), str(named)))
        if path not in source.files:
            words.omit(place, str(named), "its rules are in another file. Import that file, or the folder with both.")
        elif isinstance(item, dict) and item.get("ignoreRules"):
            words.omit(place, str(named), "`ignoreRules` is not read: all rules of that file are.")


def _read_rule(words: WordList, document: Document, path: DataPath, rule: Any) -> None:
    place = format_place(document, *path)
    expected = rule.get("expected") if isinstance(rule, dict) else None
    if not isinstance(expected, str):
        words.omit(place, "", "it has no `expected`.")
        return
    patterns = list_texts(rule.get("patterns") or rule.get("pattern") or [])
    why = rule.get("prh") if isinstance(rule.get("prh"), str) else ""
    excepted = _list_exceptions(rule.get("specs"))
    if not patterns:
        words.add_name(place, expected, case="exact", note=why)
        words.add_exceptions(expected, excepted)
        return
    empty = _GROUP.fullmatch(str(rule.get("regexpMustEmpty") or ""))
    for pattern in patterns:
        if found := _EXPRESSION.fullmatch(pattern):
            options = rule.get("options")
            add_pattern(
                words,
                place,
                found[1],
                [expected],
                ignores_case="i" in found[2],
                in_words=not (isinstance(options, dict) and options.get("wordBoundary") == "true"),
                empty_group=int(empty[1]) if empty else 0,
                why=why,
            )
        else:
            words.add_pair(place, pattern, [expected], why=why)
    words.add_exceptions(expected, excepted)


def _list_exceptions(specs: Any) -> Sequence[str]:
    """What a rule's own tests say must stay as it is."""
    pairs = [spec for spec in specs if isinstance(spec, dict)] if isinstance(specs, list) else []
    return [spec["from"] for spec in pairs if isinstance(spec.get("from"), str) and spec["from"] == spec.get("to")]


def _judge_data(name: str, data: Any) -> int:
    if not isinstance(data, dict) or not isinstance(data.get("rules") or data.get("imports"), list):
        return 0
    rules = data.get("rules")
    if (
        any(isinstance(rule, dict) and "expected" in rule for rule in rules if isinstance(rules, list))
        if rules
        else False
    ):
        return 9
    return 5 if data.get("version") == "1" and data.keys() <= {"version", "imports", "rules"} else 0


def _recognize_source(source: Source) -> int:
    return score_documents(source, ENDINGS, _judge_data, {"prh.yml": 5, "prh.yaml": 5})


FORMAT = Format("prh", ENDINGS, _recognize_source, read, rank=51)
