"""Patterns as regular expressions: one shape, written in the dialects of Python, JavaScript and Vale (regexp2)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from onevoice.matcher.characters import APOSTROPHES, CONTRACTED, ELIDED, HYPHENS, UNSPACED, mark, unspaced, wordy
from onevoice.matcher.fold import key

_SPECIAL = r"\^$.|?*+()[]{}/"


@dataclass(frozen=True)
class Dialect:
    """How a dialect writes what differs.

    word: one character that `characters.wordy`; mark: one combining mark. space: white space.
    url: a look-behind of no fixed length that refuses what stands in a URL or e-mail address, where the dialect can.
    """

    word: Callable[[], str]
    mark: Callable[[], str]
    space: str
    url: str = ""


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


def _javascript() -> str:
    scripts = "".join(f"\\u{{{low:x}}}-\\u{{{high:x}}}" for low, high in UNSPACED)
    return rf"(?![{scripts}])[\p{{L}}\p{{M}}\p{{Nd}}_]"


# Not the rest of a URL or an e-mail address. Python cannot look behind for an unknown length.
_URL = r"(?<!(?:\/\/|@)\S*)"

# Python's `re` has no \p{M}: its classes are spelled out from the character database on first use.
PYTHON = Dialect(lambda: _ranges(wordy), lambda: _ranges(mark), r"\s+")
JAVASCRIPT = Dialect(_javascript, lambda: r"\p{M}", r"\s+", _URL)
# Short, because a rule repeats it in every look-around: scripts by name, and where signs are shared
# between scripts, by range.
_SCRIPTS = r"\p{Thai}\p{Lao}\p{Myanmar}\p{Khmer}\p{Han}\x{3000}-\x{312f}\x{31a0}-\x{31ff}\x{ff66}-\x{ff9f}"
# \u00a0 turns Vale's prefilter off, \x{a0} does not; its \s is ASCII only.
VALE = Dialect(
    lambda: rf"[\p{{L}}\p{{M}}\p{{Nd}}_-[{_SCRIPTS}]]",
    lambda: r"\p{M}",
    r"[\s\x{a0}\x{202f}]+",
    _URL,
)


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
    return text.translate(_written(dialect))


@cache
def _written(dialect: Dialect) -> dict[int, str]:
    """How a dialect writes the characters that do not stand for themselves."""
    families = {char: _kin(family) for family in (APOSTROPHES, HYPHENS) for char in family}
    return str.maketrans({char: f"\\{char}" for char in _SPECIAL} | families | {" ": dialect.space})


@cache
def _kin(family: str) -> str:
    return f"[{''.join(_member(char) for char in family)}]"


def _member(char: str) -> str:
    return f"\\{char}" if char == "-" else char


def _before(form: str, dialect: Dialect) -> str:
    if unspaced(form[0]):
        return ""
    word, apostrophe, hyphen = dialect.word(), _kin(APOSTROPHES), _kin(HYPHENS)
    # A handle, a tag, the rest of a dotted name, of a path: not prose.
    dotted = "" if form[0] == "." else r"(?<!(?<!\.)\.)"
    named = rf"(?<![@#\\]){dotted}(?<!(?<!{word})\/)"
    letters = f"[{ELIDED}{ELIDED.upper()}]"
    if dialect.url:  # It can look behind for an unknown length.
        elided = f"(?<=(?<!{word})(?:{letters}|[qQ][uU]){apostrophe})"
        return f"(?<!{word}{hyphen}?)(?:(?<!{word}{apostrophe})|{elided}){named}{dialect.url}"
    elided = f"(?<=(?<!{word}){letters}{apostrophe})|(?<=(?<!{word})[qQ][uU]{apostrophe})"
    return f"(?<!{word})(?<!{word}{hyphen})(?:(?<!{word}{apostrophe})|{elided}){named}"


def _after(form: str, dialect: Dialect) -> str:
    if unspaced(form[-1]):
        return f"(?!{dialect.mark()})"
    word, apostrophe, hyphen = dialect.word(), _kin(APOSTROPHES), _kin(HYPHENS)
    possessive = "" if key(form).rpartition(" ")[2] in CONTRACTED else f"(?![sS](?!{word}))"
    return rf"(?!(?:{hyphen}|[.@\\]|{apostrophe}{possessive})?{word})(?!:\/\/)"


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
