"""What a letter is: the classes of characters that folding, word boundaries and the written patterns share."""

from __future__ import annotations

import unicodedata
from functools import cache

# Every member of a family matches every other; folded text has the first.
APOSTROPHES = "'’‘ʼ＇´"
HYPHENS = "-‐‑﹣－"

# Soft hyphen, zero-width space, joiners, word joiner, what makes a sign an emoji, byte order mark: no reader sees them.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufe0e\ufe0f\ufeff"

# Scripts written without spaces: Thai, Lao, Myanmar, Khmer, Han, Kana.
UNSPACED_SCRIPTS = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x19E0, 0x19FF), (0x2E80, 0x2FDF), (0x3000, 0x312F),
    (0x31A0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F), (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F), (0x20000, 0x3FFFF),
)  # fmt: skip

# French and Italian: l'email, d'email, qu'un: the word after the apostrophe is a word of its own.
ELISION_LETTERS = "cdjlmnst"

# After these, 's is "is" or "us", never a possessive.
CONTRACTED_WORDS = frozenset(("he", "here", "how", "it", "let", "she", "that", "there", "what", "when", "where", "who"))


@cache
def is_unspaced(char: str) -> bool:
    """Whether the character belongs to a script that is written without spaces."""
    return any(low <= ord(char) <= high for low, high in UNSPACED_SCRIPTS)


@cache
def is_mark(char: str) -> bool:
    """Whether the character is an accent or vowel sign that belongs to the letter before it."""
    return unicodedata.category(char)[0] == "M"


@cache
def is_word_char(char: str) -> bool:
    """Whether the character joins a word to what is next to it: letters, marks, digits and the underscore.

    Scripts without spaces do not: there a word ends where the next one begins.
    """
    if char.isascii():
        return char.isalnum() or char == "_"
    return (char.isalpha() or char.isdecimal() or is_mark(char)) and not is_unspaced(char)


def is_whole_word(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]`, of folded text, is a word or phrase of its own."""
    # Most words are between spaces.
    if start and text[start - 1] == " " and text[end : end + 1] == " ":
        return True
    if not is_unspaced(text[start]) and start:
        before = text[start - 1]
        if is_word_char(before):
            return False
        if (
            before in "-'"
            and start > 1
            and is_word_char(text[start - 2])
            and not (before == "'" and _is_elision(text, start - 1))
        ):
            return False
    if end == len(text):
        return True
    after = text[end]
    if is_unspaced(text[end - 1]):
        return not is_mark(after)
    if is_word_char(after):
        return False
    if after in "-'" and end + 1 < len(text) and is_word_char(text[end + 1]):
        return after == "'" and _is_possessive(text, start, end)
    return True


def has_whole_word(text: str, word: str) -> bool:
    """Whether folded text has a folded word or phrase as one of its own."""
    at = text.find(word)
    while at >= 0 and not is_whole_word(text, at, at + len(word)):
        at = text.find(word, at + 1)
    return at >= 0


def _is_elision(text: str, apostrophe: int) -> bool:
    if text[apostrophe - 1] in ELISION_LETTERS:
        return apostrophe == 1 or not is_word_char(text[apostrophe - 2])
    return text[apostrophe - 2 : apostrophe] == "qu" and (apostrophe == 2 or not is_word_char(text[apostrophe - 3]))


def _is_possessive(text: str, start: int, end: int) -> bool:
    if text[end + 1] != "s" or (end + 2 < len(text) and is_word_char(text[end + 2])):
        return False
    return text[start:end].rpartition(" ")[2] not in CONTRACTED_WORDS
