"""The case of a replacement: as the words that it replaces are written."""

from __future__ import annotations

import re
from functools import lru_cache

from onevoice.matcher.fold import normalize_text
from onevoice.matcher.plural import make_plural

# How many replacements are remembered: a text has the same words again and again.
MAX_REMEMBERED = 10_000
_WORD = re.compile(r"[^\s\-/]+")
# Words that are small in a title: in all styles, which is how we write them; and those that some styles keep small.
_ALWAYS = "a an and as at but by for from in of on or per the to vs with"
_MORE = "if into is nor off onto our out over so than their up via your yet"
MINOR_WORDS = frozenset(_ALWAYS.split())
SOMETIMES_MINOR_WORDS = frozenset(f"{_ALWAYS} {_MORE}".split())


def pluralize_replacement(text: str, *, name: bool) -> str:
    """A replacement in the plural; as it is if it has none."""
    return make_plural(text, name=name) or text


@lru_cache(maxsize=MAX_REMEMBERED)
def adapt_case(use: str, found: str, written: str, *, name: bool, opening: bool, english: bool = True) -> str:
    """`use` in the case of `found`.

    found: the words in the text; written: the same as the record writes them, in the same number.
    name: `use` is a name, its letters stay. opening: only the first letter can be a capital here. english: in a title
    every word can have one.
    """
    found = normalize_text(found)
    if name:
        return capitalize_first(use) if opening and use.islower() and found[:1].isupper() else use
    if is_all_caps(found) and not is_all_caps(written):
        return _WORD.sub(lambda word: word[0] if _has_capitals(word[0]) else word[0].upper(), use)
    if opening and found[:1].isupper():
        return capitalize_first(use)
    if found == written:
        return use
    if english and _is_title_case(found):
        return apply_title_case(use)
    return capitalize_first(use) if found[:1].isupper() and not written[:1].isupper() else use


def capitalize_first(text: str) -> str:
    """The text with a capital first letter, unless its first word has capitals of its own."""
    first = _WORD.match(text)
    return text if first is None or _has_capitals(first[0]) else text[:1].upper() + text[1:]


def apply_title_case(text: str) -> str:
    """The text in title case; words that have capitals of their own stay."""
    return _WORD.sub(
        lambda word: word[0] if word.start() and word[0] in MINOR_WORDS else capitalize_first(word[0]),
        text,
    )


def is_all_caps(text: str) -> bool:
    """Whether the text is in capitals (but for the s of a plural)."""
    letters = [char for char in (text[:-1] if text.endswith("s") else text) if char.isalpha()]
    return len(letters) > 1 and all(char.isupper() for char in letters)


def _has_capitals(word: str) -> bool:
    return not word.islower() and any(char.isupper() for char in word)


def _is_title_case(text: str) -> bool:
    words = [word for word in _WORD.findall(text) if word.lower() not in MINOR_WORDS]
    return bool(words) and all(not word[0].islower() for word in words) and text[:1].isupper()
