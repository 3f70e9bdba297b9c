"""Regular English plurals. Irregular ones are the record's own `forms`."""

from __future__ import annotations

import re
import unicodedata

from onevoice.expression import defer_pattern

_SIBILANTS = ("s", "x", "z", "ch", "sh")
_SIBILANT = defer_pattern(r"(?:s|x|z|ch|sh)$", re.I)
_CONSONANT_Y = defer_pattern(r"[^aeiou\W\d_]y$")
# Singular although it ends in a single s; any other such word is taken for a plural already.
_SINGULAR = frozenset(["alias", "atlas", "bias", "canvas", "gas", "lens"])


def make_plural(phrase: str, *, name: bool = False) -> str | None:
    """The regular plural of a word or of a phrase's last word; None if there is none to make.

    name: the phrase is a name, so that its letters stay (Kennedy, Kennedys).
    """
    last = phrase[-1:]
    if not last.isalpha() or not (last.isascii() or unicodedata.name(last, "").startswith("LATIN")):
        return None
    word = phrase.rpartition(" ")[2]
    if not word.isalpha():
        word = re.split(r"[\W\d_]", word)[-1]
    low = word.lower()
    if word.isupper() and len(word) > 1:
        return phrase + "s"
    if low.endswith("sis") and not name:
        return phrase[:-2] + "es"
    if low.endswith("s") and not low.endswith(("ss", "us", "is")) and low not in _SINGULAR and not name:
        return None
    end = low[-2:]
    if end[-1] == "y" and not name and _CONSONANT_Y.search(end):
        return phrase[:-1] + "ies"
    is_sibilant = end.endswith(_SIBILANTS) if end.isascii() else _SIBILANT.search(end)
    return phrase + ("es" if is_sibilant else "s")
