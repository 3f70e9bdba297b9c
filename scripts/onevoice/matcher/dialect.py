"""Patterns as regular expressions: one shape, written in the dialects of Python, JavaScript and Vale (regexp2)."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from onevoice.matcher.fold import key
from onevoice.matcher.letters import APOSTROPHES, CONTRACTED, ELIDED, HYPHENS, UNSPACED, mark, unspaced, wordy

_SPECIAL = re.compile(r"[\\^$.|?*+()\[\]{}/]")


@dataclass(frozen=True)
class Dialect:
    """How a dialect writes what differs.

    code: a code point. word: one character that `letters.wordy`; mark: one combining mark. space: white space.
    url: a look-behind of no fixed length that refuses what stands in a URL or e-mail address, where the dialect can.
    """

    code: Callable[[int], str]
    word: Callable[[], str]
    mark: Callable[[], str]
    space: str
    url: str = ""


def _braced(code: int) -> str:
    return f"\\x{{{code:x}}}"


def _scripts(code: Callable[[int], str]) -> str:
    return "".join(f"{code(low)}-{code(high)}" for low, high in UNSPACED)


@cache
def _ranges(test: Callable[[str], bool]) -> str:
    out, start = [], None
    for code in range(sys.maxunicode + 2):
        inside = code <= sys.maxunicode and test.__wrapped__(chr(code))
        if inside and start is None:
            start = code
        elif not inside and start is not None:
            out.append(f"\\U{start:08x}-\\U{code - 1:08x}")
            start = None
    return f"[{''.join(out)}]"


def _named(code: Callable[[int], str]) -> Callable[[], str]:
    return lambda: rf"(?![{_scripts(code)}])[\p{{L}}\p{{M}}\p{{Nd}}_]"


def _javascript(code: int) -> str:
    return f"\\u{{{code:x}}}"


# Not the rest of a URL or an e-mail address. Python cannot look behind for an unknown length.
_URL = r"(?<!(?:\/\/|@)\S*)"

# Python's `re` has no \p{M}: its classes are spelled out from the character database on first use.
PYTHON = Dialect(lambda code: f"\\U{code:08x}", lambda: _ranges(wordy), lambda: _ranges(mark), r"\s+")
JAVASCRIPT = Dialect(_javascript, _named(_javascript), lambda: r"\p{M}", r"\s+", _URL)
# \u00a0 turns Vale's prefilter off, \x{a0} does not; its \s is ASCII only.
VALE = Dialect(_braced, _named(_braced), lambda: r"\p{M}", r"[\s\x{a0}\x{202f}]+", _URL)


def write(forms: Iterable[str], dialect: Dialect, around: Sequence[str] = ()) -> str:
    """A regular expression that finds any of the forms as words of their own, the longest first."""
    ordered = sorted(dict.fromkeys(forms), key=lambda form: (-len(form), form))
    groups: dict[tuple[str, str], list[str]] = {}
    for form in ordered:
        groups.setdefault((_before(form, dialect), _after(form, dialect)), []).append(form)
    parts = []
    for (before, after), members in groups.items():
        body = "|".join(_literal(form, dialect) + _alone(form, around, dialect) for form in members)
        parts.append(f"{before}(?:{body}){after}")
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"


def _literal(text: str, dialect: Dialect) -> str:
    out = []
    for char in text:
        if char == " ":
            out.append(dialect.space)
        elif char in APOSTROPHES:
            out.append(_kin(APOSTROPHES, dialect))
        elif char in HYPHENS:
            out.append(_kin(HYPHENS, dialect))
        elif char.isascii() or not char.isprintable():
            out.append(_SPECIAL.sub(r"\\\g<0>", char))
        else:
            out.append(char)
    return "".join(out)


def _kin(family: str, dialect: Dialect) -> str:
    return f"[{''.join(_member(char, dialect) for char in family)}]"


def _member(char: str, dialect: Dialect) -> str:
    return f"\\{char}" if char == "-" else char if char.isascii() else dialect.code(ord(char))


def _before(form: str, dialect: Dialect) -> str:
    if unspaced(form[0]):
        return ""
    word, apostrophe, hyphen = dialect.word(), _kin(APOSTROPHES, dialect), _kin(HYPHENS, dialect)
    elided = f"(?<=(?<!{word})[{ELIDED}{ELIDED.upper()}]{apostrophe})|(?<=(?<!{word})[qQ][uU]{apostrophe})"
    # A handle, a tag, the rest of a dotted name, of a path: not prose.
    dotted = "" if form[0] == "." else r"(?<!(?<!\.)\.)"
    named = rf"(?<![@#\\]){dotted}(?<!(?<!{word})\/)"
    return f"(?<!{word})(?<!{word}{hyphen})(?:(?<!{word}{apostrophe})|{elided}){named}{dialect.url}"


def _after(form: str, dialect: Dialect) -> str:
    if unspaced(form[-1]):
        return f"(?!{dialect.mark()})"
    word, apostrophe, hyphen = dialect.word(), _kin(APOSTROPHES, dialect), _kin(HYPHENS, dialect)
    possessive = "" if key(form).rpartition(" ")[2] in CONTRACTED else f"(?![sS](?!{word}))"
    return rf"(?!{word})(?!{hyphen}{word})(?!{apostrophe}{possessive}{word})(?![.@\\]{word})(?!:\/\/)"


def _alone(form: str, around: Sequence[str], dialect: Dialect) -> str:
    """Look-arounds that refuse the form where it stands inside one of the longer phrases."""
    out = []
    for phrase in around:
        for at in _places(key(form), key(phrase)):
            head, tail = key(phrase)[:at], key(phrase)[at + len(key(form)) :]
            middle = _literal(key(form), dialect)
            behind = f"(?<={_before(phrase, dialect)}(?i:{_literal(head, dialect)}{middle}))" if head else ""
            ahead = f"(?=(?i:{_literal(tail, dialect)}){_after(phrase, dialect)})" if tail else ""
            out.append(f"(?!{behind}{ahead})")
    return "".join(out)


def _places(form: str, phrase: str) -> list[int]:
    found, at = [], phrase.find(form)
    while at >= 0:
        if len(phrase) > len(form):
            found.append(at)
        at = phrase.find(form, at + 1)
    return found
