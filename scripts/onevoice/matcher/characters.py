"""What a letter is: the classes of characters that folding, word boundaries and the written patterns share."""

from __future__ import annotations

import unicodedata
from functools import cache

# Every member of a family matches every other; the first stands for it in folded text.
APOSTROPHES = "'’‘ʼ＇´"
HYPHENS = "-‐‑﹣－"

# Soft hyphen, zero-width space, joiners, word joiner, what makes a sign an emoji, byte order mark: no reader sees them.
IGNORED = "\u00ad\u200b\u200c\u200d\u2060\ufe0e\ufe0f\ufeff"

# Scripts written without spaces: Thai, Lao, Myanmar, Khmer, Han, Kana.
UNSPACED = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x19E0, 0x19FF), (0x2E80, 0x2FDF), (0x3000, 0x312F),
    (0x31A0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F), (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F), (0x20000, 0x3FFFF),
)  # fmt: skip

# French and Italian: l'email, d'email, qu'un: the word after the apostrophe is a word of its own.
ELIDED = "cdjlmnst"

# After these, 's is "is" or "us", never a possessive.
CONTRACTED = frozenset(("he", "here", "how", "it", "let", "she", "that", "there", "what", "when", "where", "who"))


@cache
def unspaced(char: str) -> bool:
    """Whether the character belongs to a script that is written without spaces."""
    return any(low <= ord(char) <= high for low, high in UNSPACED)


@cache
def mark(char: str) -> bool:
    """Whether the character is an accent or vowel sign that belongs to the letter before it."""
    return unicodedata.category(char)[0] == "M"


@cache
def wordy(char: str) -> bool:
    """Whether the character joins a word to what stands beside it: letters, marks, digits and the underscore.

    Scripts without spaces do not: there a word ends where the next one begins.
    """
    if char.isascii():
        return char.isalnum() or char == "_"
    return (char.isalpha() or char.isdecimal() or mark(char)) and not unspaced(char)


def bounded(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]`, of folded text, is a word or phrase of its own."""
    if not unspaced(text[start]) and start:
        before = text[start - 1]
        if wordy(before):
            return False
        if before in "-'" and start > 1 and wordy(text[start - 2]) and not (before == "'" and _elided(text, start - 1)):
            return False
    if end == len(text):
        return True
    after = text[end]
    if unspaced(text[end - 1]):
        return not mark(after)
    if wordy(after):
        return False
    if after in "-'" and end + 1 < len(text) and wordy(text[end + 1]):
        return after == "'" and _possessive(text, start, end)
    return True


def _elided(text: str, apostrophe: int) -> bool:
    if text[apostrophe - 1] in ELIDED:
        return apostrophe == 1 or not wordy(text[apostrophe - 2])
    return text[apostrophe - 2 : apostrophe] == "qu" and (apostrophe == 2 or not wordy(text[apostrophe - 3]))


def _possessive(text: str, start: int, end: int) -> bool:
    if text[end + 1] != "s" or (end + 2 < len(text) and wordy(text[end + 2])):
        return False
    return text[start:end].rpartition(" ")[2] not in CONTRACTED
