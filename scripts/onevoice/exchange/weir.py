"""Weir, the language of Harper's rules: which words a rule finds, and what it says to write."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

MAX_PHRASES, MAX_DEPTH = 500, 20
_STATEMENT = re.compile(r"[ \t]*(?:(expr|set)|(let|declare)|(test|allows))[ \t]+")
_NAME = re.compile(r"(\w+)[ \t]+")
_WORD = re.compile(r"\w+")
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*+"', re.S)
# Parts of speech, in capitals, and signs that stand for anything, for exceptions and for forms of a word.
_TAG = re.compile(r"(?<!\w)(?:ADJ|ADP|ADV|AUX|CCONJ|DET|INTJ|NOUN|NUM|PART|PRON|PROPN|PUNCT|SCONJ|SYM|VERB|PROG)(?!\w)")
_PLAIN = re.compile(r"[^][(),@*!<$]+")
_OPEN_ENDED = {
    "*": "it finds any word in one place",
    "!": "it has exceptions",
    "<": "it looks at the words around it",
    "$": "it finds all forms of a word",
}


class WeirError(ValueError):
    """What can't be listed as words. Its text is the reason, as the end of a sentence."""


@dataclass
class WeirRule:
    """A rule.

    expressions: by name, each with its line; `main` is what it finds. values: what it says, such as `becomes`.
    """

    expressions: dict[str, tuple[int, str]] = field(default_factory=dict)
    values: dict[str, list[str]] = field(default_factory=dict)


def parse_weir(source: str) -> WeirRule:
    """The statements of a rule; what is none is passed over."""
    rule = WeirRule()
    lines = source.split("\n")
    for number, line in enumerate(lines, 1):
        statement = _STATEMENT.match(line)
        name = _NAME.match(line, statement.end()) if statement else None
        if not statement or not name:
            continue
        if statement[1]:
            rule.expressions.setdefault(name[1], (number, _drop_comment(line[name.end() :])))
        elif statement[2]:
            rule.values.setdefault(name[1], [_decode_text(text) for text in _TEXT.findall(line, name.end())])
    return rule


def _drop_comment(text: str) -> str:
    return text.partition(" #")[0].strip()


def _decode_text(text: str) -> str:
    try:
        return str(json.loads(text, strict=False))
    except ValueError:
        return text[1:-1]


def list_phrases(rule: WeirRule) -> list[str]:
    """The words that a rule finds. Raises WeirError if they can't be listed."""
    phrases = _Expander(rule.expressions).expand_expression("main", 0)
    tidied = (re.sub(r"\s+", " ", phrase).strip() for phrase in phrases)
    return list(dict.fromkeys(phrase for phrase in tidied if phrase))


class _Expander:
    def __init__(self, expressions: Mapping[str, tuple[int, str]]) -> None:
        self.expressions = expressions

    def expand_expression(self, name: str, depth: int) -> list[str]:
        """All phrases of an expression that has a name."""
        if name not in self.expressions:
            raise WeirError(f"there is no expression `{name}`")
        source = self.expressions[name][1]
        if tag := _TAG.search(source):
            raise WeirError(f"it finds words by their part of speech, {tag[0]}")
        at, phrases = self._expand_sequence(source, 0, "", depth)
        if at < len(source):
            raise WeirError(f"there is a `{source[at]}` too many")
        return phrases

    def _expand_sequence(self, source: str, at: int, ends: str, depth: int) -> tuple[int, list[str]]:
        """The phrases up to one of the signs that end it, and where that is."""
        if depth > MAX_DEPTH:
            raise WeirError("its brackets are nested too deep")
        phrases = [""]
        while at < len(source) and source[at] not in (ends or ")]"):
            sign = source[at]
            if sign in _OPEN_ENDED:
                raise WeirError(_OPEN_ENDED[sign])
            if sign == "(":
                at, parts = self._expand_sequence(source, at + 1, ")", depth + 1)
                at = _skip_sign(source, at)
            elif sign == "[":
                at, parts = self._expand_choices(source, at + 1, depth + 1)
            elif sign == "@":
                name = _WORD.match(source, at + 1)
                parts = self.expand_expression(name[0] if name else "", depth + 1)
                at = name.end() if name else at + 1
            else:
                run = _PLAIN.match(source, at)
                plain = run[0] if run else sign
                at, parts = at + len(plain), [plain]
            if len(phrases) * len(parts) > MAX_PHRASES:
                raise WeirError(f"it finds more than {MAX_PHRASES} phrases")
            phrases = [phrase + part for phrase in phrases for part in parts]
        return at, phrases

    def _expand_choices(self, source: str, at: int, depth: int) -> tuple[int, list[str]]:
        choices: list[str] = []
        while True:
            while source[at : at + 1].isspace():
                at += 1
            at, parts = self._expand_sequence(source, at, ",]", depth)
            # Blanks around a choice don't count, unless it is one.
            choices += [part.strip() or part for part in parts]
            if len(choices) > MAX_PHRASES:
                raise WeirError(f"it finds more than {MAX_PHRASES} phrases")
            sign = source[at : at + 1]
            at = _skip_sign(source, at)
            if sign == "]":
                return at, choices


def _skip_sign(source: str, at: int) -> int:
    if at >= len(source):
        raise WeirError("a bracket is not closed")
    return at + 1
