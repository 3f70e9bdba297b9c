"""When two spellings are the same word, and how a word is written in an address."""

from __future__ import annotations

import re
import unicodedata

_EQUIVALENT_CHARACTERS = str.maketrans(
    dict.fromkeys("\u2018\u2019\u02bc\uff07", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None)
)


def fold_spelling(word: str) -> str:
    """What all spellings of one word have in common: case, white space, apostrophes and hyphens do not matter."""
    return " ".join(unicodedata.normalize("NFC", word.translate(_EQUIVALENT_CHARACTERS)).casefold().split())


def make_slug(word: str) -> str:
    """The word as a part of an address: `buyer's journey` becomes `buyers-journey`, `24/7` `24-7`, `C++` `c-plus-plus`.

    Letters of other scripts stay; accents of Latin letters go. Never empty.
    """
    text = fold_spelling(word).replace("'", "").replace("+", " plus ").replace("#", " sharp ").replace("&", " and ")
    text = "".join(char for char in unicodedata.normalize("NFKD", text) if not ("\u0300" <= char <= "\u036f"))
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", text)).strip("-") or "sign"
