"""Harper's rules, a `.weir` file for each or a `.weirpack` with many -> words and what they say to write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NoReturn

from onevoice.errors import OnevoiceError
from onevoice.exchange.data import decode_list
from onevoice.exchange.entry import Reading, Source
from onevoice.exchange.weir import WeirError, list_phrases, parse_weir
from onevoice.exchange.wordlist import WordList
from onevoice.prose.formats import Format
from onevoice.prose.package import Package

RULES, PACKS = (".weir",), (".weirpack",)
_MAIN = re.compile(r"^[ \t]*(?:expr|set)[ \t]+main\b", re.M)


def read_rules(source: Source) -> Reading:
    """The rules of all files of a source."""
    words = WordList("harper")
    for path, text in _iter_rules(source, words):
        words.total += 1
        _read_rule(words, path, text)
    return words.build_reading()


def _iter_rules(source: Source, words: WordList) -> Iterator[tuple[str, str]]:
    for path, data in source.files.items():
        if path.lower().endswith(RULES):
            yield path, decode_list(path, data)
        elif path.lower().endswith(PACKS):
            pack = Package(path, data, Format(name="Harper", endings=PACKS, read=_refuse_prose))
            for name in sorted(pack.archive.namelist()):
                if name.lower().endswith(RULES):
                    yield f"{path}, {name}", decode_list(f"{path}, {name}", pack.load_bytes(name))
        else:
            words.omit(path, "", "it has no rules of Harper.")


def _refuse_prose(path: str, data: bytes) -> NoReturn:
    raise OnevoiceError(f"{path}: this is no document.")


def _read_rule(words: WordList, path: str, text: str) -> None:
    rule = parse_weir(text)
    line, expression = rule.expressions.get("main", (1, ""))
    place = f"{path}:{line}"
    right = rule.values.get("becomes", [])
    why = " ".join(" ".join(rule.values.get("message") or rule.values.get("description") or []).split())
    try:
        wrong = list_phrases(rule)
    except WeirError as error:
        words.omit(place, expression, f"it can't be listed as words: {error}.")
        return
    for phrase in wrong:
        words.add_pair(place, phrase, right, why=why)


def recognize_rules(source: Source) -> int:
    """How sure it is that a source is Harper's."""
    best = 0
    for path, data in source.files.items():
        if path.lower().endswith(PACKS):
            best = 9 if data.startswith(b"PK") else max(best, 1)
        elif path.lower().endswith(RULES):
            best = max(best, 9 if _MAIN.search(data.decode("utf-8", "replace")) else 1)
    return best
