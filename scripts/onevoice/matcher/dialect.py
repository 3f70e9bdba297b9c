"""Patterns as regular expressions: one shape, written in the dialects of Python, JavaScript and Vale (regexp2)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from onevoice.matcher.characters import (
    APOSTROPHES,
    CONTRACTED_WORDS,
    ELISION_LETTERS,
    HYPHENS,
    UNSPACED_SCRIPTS,
    is_mark,
    is_unspaced,
    is_word_char,
)
from onevoice.matcher.fold import fold_text, make_match_key

if TYPE_CHECKING:
    from functools import _lru_cache_wrapper

_SPECIAL = r"\^$.|?*+()[]{}/"


@dataclass(frozen=True)
class Dialect:
    """How a dialect writes what differs.

    word: one character that `characters.wordy`; mark: one combining mark. space: white space.
    url: a look-behind of no fixed length that refuses what is in a URL or email address, if the dialect can.
    """

    word: Callable[[], str]
    mark: Callable[[], str]
    space: str
    url: str = ""


@cache
def _build_char_class(test: _lru_cache_wrapper[bool]) -> str:
    out, start = [], None
    for code in range(sys.maxunicode + 2):
        inside = code <= sys.maxunicode and test.__wrapped__(chr(code))
        if inside and start is None:
            start = code
        elif not inside and start is not None:
            out.append(f"\\U{start:08x}-\\U{code - 1:08x}")
            start = None
    return f"[{''.join(out)}]"


def _build_javascript_class() -> str:
    scripts = "".join(f"\\u{{{low:x}}}-\\u{{{high:x}}}" for low, high in UNSPACED_SCRIPTS)
    return rf"(?![{scripts}])[\p{{L}}\p{{M}}\p{{Nd}}_]"


# Not the rest of a URL or an email address. Python cannot look behind for an unknown length.
_URL = r"(?<!(?:\/\/|@)\S*)"

# Python's `re` has no \p{M}: its classes are spelled out from the character database on first use.
PYTHON = Dialect(lambda: _build_char_class(is_word_char), lambda: _build_char_class(is_mark), r"\s+")
JAVASCRIPT = Dialect(_build_javascript_class, lambda: r"\p{M}", r"\s+", _URL)
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


def build_regex(
    forms: Iterable[str],
    dialect: Dialect,
    around: Sequence[str] = (),
    spelled: Sequence[str] = (),
    *,
    possessive: bool = True,
) -> str:
    """A regular expression that finds any of the forms as words of their own, the longest first.

    around, spelled: longer phrases in which they are fine; in the latter only as the phrase writes them. possessive:
    they may have an English possessive's ending.
    """
    ordered = sorted(dict.fromkeys(forms), key=lambda form: (-len(form), form))
    groups: dict[tuple[str, str], list[str]] = {}
    for form in ordered:
        groups.setdefault((_build_lookbehind(form, dialect), _build_lookahead(form, dialect, possessive)), []).append(
            form
        )
    parts = []
    for (before, after), members in groups.items():
        body = "|".join(
            _escape_text(form, dialect)
            + _build_phrase_guards(form, around, dialect)
            + _build_phrase_guards(form, spelled, dialect, as_written=True)
            for form in members
        )
        parts.append(f"{before}(?:{body}){after}")
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"


def _escape_text(text: str, dialect: Dialect) -> str:
    return text.translate(_build_escape_table(dialect))


@cache
def _build_escape_table(dialect: Dialect) -> dict[int, str]:
    """How a dialect writes the characters that do not mean themselves."""
    families = {char: _build_family_class(family) for family in (APOSTROPHES, HYPHENS) for char in family}
    return str.maketrans({char: f"\\{char}" for char in _SPECIAL} | families | {" ": dialect.space})


@cache
def _build_family_class(family: str) -> str:
    return f"[{''.join(_escape_member(char) for char in family)}]"


def _escape_member(char: str) -> str:
    return f"\\{char}" if char == "-" else char


def _build_lookbehind(form: str, dialect: Dialect) -> str:
    if is_unspaced(form[0]):
        return ""
    word, apostrophe, hyphen = dialect.word(), _build_family_class(APOSTROPHES), _build_family_class(HYPHENS)
    # A handle, a tag, the rest of a dotted name, of a path: not prose.
    dotted = "" if form[0] == "." else r"(?<!(?<!\.)\.)"
    named = rf"(?<![@#\\]){dotted}(?<!(?<!{word})\/)"
    letters = f"[{ELISION_LETTERS}{ELISION_LETTERS.upper()}]"
    if dialect.url:  # It can look behind for an unknown length.
        elided = f"(?<=(?<!{word})(?:{letters}|[qQ][uU]){apostrophe})"
        return f"(?<!{word}{hyphen}?)(?:(?<!{word}{apostrophe})|{elided}){named}{dialect.url}"
    elided = f"(?<=(?<!{word}){letters}{apostrophe})|(?<=(?<!{word})[qQ][uU]{apostrophe})"
    return f"(?<!{word})(?<!{word}{hyphen})(?:(?<!{word}{apostrophe})|{elided}){named}"


def _build_lookahead(form: str, dialect: Dialect, possessive: bool = True) -> str:
    if is_unspaced(form[-1]):
        return f"(?!{dialect.mark()})"
    word, apostrophe, hyphen = dialect.word(), _build_family_class(APOSTROPHES), _build_family_class(HYPHENS)
    is_contracted = make_match_key(form).rpartition(" ")[2] in CONTRACTED_WORDS
    ending = "" if is_contracted or not possessive else f"(?![sS](?!{word}))"
    return rf"(?!(?:{hyphen}|[.@\\]|{apostrophe}{ending})?{word})(?!:\/\/)"


def _build_phrase_guards(form: str, around: Sequence[str], dialect: Dialect, as_written: bool = False) -> str:
    """Look-arounds that refuse the form inside one of the longer phrases. as_written: only as the phrase writes it."""
    out = []
    word = make_match_key(form)
    for phrase in around:
        folded = fold_text(phrase)
        for at in _find_offsets(word, folded.text):
            start, end = folded.map_to_source(at, at + len(word))
            # Around the form, a phrase all in capitals is one only as a whole.
            capitals = "-i" if as_written and phrase.isupper() else "i"
            head, middle, tail = (
                _escape_text(part, dialect) for part in (phrase[:start], phrase[start:end], phrase[end:])
            )
            behind = f"(?{capitals}:{head})" if head else ""
            if head or as_written:
                middle = f"(?{'-i' if as_written else 'i'}:{middle})"
                behind = f"(?<={_build_lookbehind(phrase, dialect)}{behind}{middle})"
            ahead = f"(?=(?{capitals}:{tail}){_build_lookahead(phrase, dialect)})" if tail else ""
            out.append(f"(?!{behind}{ahead})")
    return "".join(out)


def _find_offsets(form: str, phrase: str) -> list[int]:
    found, at = [], phrase.find(form)
    while at >= 0:
        if len(phrase) > len(form):
            found.append(at)
        at = phrase.find(form, at + 1)
    return found
