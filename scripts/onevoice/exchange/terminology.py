"""Corrections -> the terms of textlint-rule-terminology. It fixes what it finds, so it's told what is sure alone."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from onevoice.exchange.correction import Correction
from onevoice.matcher.fold import make_match_key
from onevoice.output import Artifact

if TYPE_CHECKING:
    from onevoice.exchange.formats import Export

# What ends no word. Its expressions have no flag `u`, so that `\\w` knows no letter but those of English.
_LETTER = r"[\w\u00C0-\u024F\u0370-\u052F-]"
_SYNTAX = str.maketrans({**{sign: f"\\{sign}" for sign in r"\^$.*+?()[]{}|/"}, " ": r"\s+", "'": "['’]", "-": "[-‐‑]"})
# A name that is a list item of its own: all others would be taken for regular expressions.
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_ ]+")


def write_terminology(export: Export) -> Sequence[Artifact]:
    """`terms.json`: names as texts, and pairs of a regular expression and what to write."""
    names = [term.preferred for term in export.handbook.list_approved("terms") if term.case == "exact"]
    terms: list[str | list[str]] = [
        name if _PLAIN_NAME.fullmatch(name) else [_build_word_expression(name), _escape_use(name)] for name in names
    ]
    terms += [
        [_build_expression(one), _escape_use(one.right[0])] for one in export.corrections if can_fix_everywhere(one)
    ]
    text = json.dumps(terms, indent=1, ensure_ascii=False)
    return [Artifact("terms.json", f"{text}\n".encode())]


def can_fix_everywhere(correction: Correction) -> bool:
    """Whether it may be fixed wherever it is."""
    return correction.is_sure


def _escape_use(text: str) -> str:
    return text.replace("$", "$$")


def _build_expression(correction: Correction) -> str:
    key = make_match_key(correction.wrong)
    guards = "".join(_build_guard(phrase, key) for phrase in correction.around)
    return f"{guards}{_build_word_expression(correction.wrong)}"


def _build_guard(phrase: str, word: str) -> str:
    """What keeps an expression from matching a word inside a longer phrase, wherever the word is in it."""
    before, _, after = phrase.partition(word)
    behind = f"(?<={_escape_words(before)})" if before else ""
    return f"(?!{behind}{_escape_words(word + after)}(?!{_LETTER}))"


def _build_word_expression(text: str) -> str:
    return f"(?<!{_LETTER}){_escape_words(text)}(?!{_LETTER})"


def _escape_words(text: str) -> str:
    return text.translate(_SYNTAX)
