"""English `a` and `an`: which one the sound of the next word asks for."""

from __future__ import annotations

import re
import unicodedata

_FIRST = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
# Letters whose names begin with a vowel sound: an MQL, an X-ray.
_VOWEL_LETTERS = frozenset("aefhilmnorsx")
# Capitals that are read as a word.
_SPOKEN_ACRONYMS = frozenset(["FIFA", "LAMP", "LAN", "MIDI", "NASA", "NATO", "RAM", "ROM", "SAP", "SIM"])
_CONSONANT_START = re.compile(
    r"uni(?:[cfqstv]|l\w|on)|us(?:e|a[bg]|u)|ut(?:il|en|op)|ubiq|u(?:k|r[aio])|eu|ewe|on(?:e|ce)\b"
)
_SILENT_H = re.compile(r"hour|hono|honest|heir")


def choose_article(text: str) -> str | None:
    """`a` or `an`, whichever goes before the text; None if it does not begin with a Latin letter or a digit."""
    found = _FIRST.search(text)
    if found is None or text[: found.start()].strip(" \"'“‘«([*_.#@$€£"):
        return None
    word = found.group()
    if word[0].isdecimal():
        return "an" if re.match(r"8|1[18](?!\d)(?!,\d{3},)", word) else "a"
    first = unicodedata.normalize("NFD", word[0])[0].lower()
    if not first.isascii():
        return None
    head = re.split(r"[-'’]", word)[0]
    letters = head[:-1] if len(head) > 2 and head.endswith("s") else head
    if len(head) == 1 or (len(letters) > 1 and letters.isupper() and letters not in _SPOKEN_ACRONYMS):
        return "an" if first in _VOWEL_LETTERS else "a"
    low = word.lower()
    if _SILENT_H.match(low):
        return "an"
    return "a" if first not in "aeiou" or _CONSONANT_START.match(low) else "an"
