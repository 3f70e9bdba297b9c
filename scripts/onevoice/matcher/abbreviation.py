"""Whether an abbreviation is next to the words that it is short for."""

from __future__ import annotations

from onevoice.expression import defer_pattern
from onevoice.matcher.characters import is_word_char
from onevoice.matcher.fold import fold_text, make_match_key
from onevoice.matcher.plural import make_plural

_BETWEEN = defer_pattern(r" ?(?:[(\[]|, or |[,–—] ?|or )[\"“'‘]?$")
_AFTER = defer_pattern(r"[\"”'’]? ?[(\[][\"“'‘]?")


def is_spelled_out(text: str, start: int, end: int, words: str) -> bool:
    """Whether the words (or their plural) come before the range, as in `white paper (WP)`, or in brackets after it."""
    names = [make_match_key(form) for form in (words, make_plural(words), make_plural(words, name=True)) if form]
    # Twice its length and some, for markup that reads as white space or invisible characters.
    reach = 2 * len(words) + 40
    before = fold_text(text[max(start - reach, 0) : start]).text
    if (between := _BETWEEN.search(before)) is not None:
        before = before[: between.start()].rstrip("\"”'’ ")
        for name in names:
            if before.endswith(name) and (len(before) == len(name) or not is_word_char(before[-len(name) - 1])):
                return True
    after = fold_text(text[end : end + reach]).text
    bracket = _AFTER.match(after)
    return bracket is not None and any(after.startswith(name, bracket.end()) for name in names)
