"""alex: which of its own rules are allowed or denied, in `.alexrc`. These are names of rules, not words."""

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

ENDINGS = (".alexrc", *YAML_ENDINGS, *JSON_ENDINGS)
NAMES = {f".alexrc{ending}": 5 for ending in ("", *YAML_ENDINGS, *JSON_ENDINGS)}
OPTIONS = {"allow", "deny", "noBinary", "profanitySureness"}


def read(source: Source, settings: Settings) -> Reading:
    """What the settings say, none of which is a word."""
    words = WordList("alex")
    for document in words.iter_documents(source, ENDINGS, _judge_data, "it has no settings of alex."):
        for key in ("allow", "deny"):
            for index, name in enumerate(list_texts((document.data or {}).get(key) or [])):
                words.total += 1
                reason = "it is the name of a rule of alex's own. Its words are in the lists of retext-equality."
                words.omit(format_place(document, key, index), name, reason)
    return words.build_reading()


def _judge_data(name: str, data: Any) -> int:
    if not isinstance(data, dict) or not data or data.keys() - OPTIONS:
        return 0
    return 9 if name in NAMES else 6 if data.keys() & {"allow", "deny"} else 0


def _recognize_source(source: Source) -> int:
    return score_documents(source, ENDINGS, _judge_data, NAMES)


FORMAT = Format("alex", ENDINGS, _recognize_source, read, rank=54)
