"""Which blocks of a document hold a term at all. Most hold none, and need no closer look.

Blocks are sifted together, because looking at one long text takes far less time than at hundreds of short ones.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate

_PLAIN = {code: " " for code in range(128) if chr(code).isspace()}
_SPACES = re.compile("  +")
# Between blocks; and in place of a sign that is no part of any term. Neither is white space or a letter.
_SEPARATOR, _SIGN = "\x01", "\x02"
# What is common in English beyond ASCII, and what the folding makes of it; the last sign marks a thing that is no
# words (code, an icon).
_SIGN_PAIRS = (("’", "'"), ("‘", "'"), ("\u00a0", " "), ("\u2011", "-"))
SIGNS = "“”–—…•·→\ufffc"


class Prefilter:
    """Sifts blocks.

    find: where words of their own begin in folded text. fold: the folding of one text.
    signs: those of SIGNS that no word holds.
    """

    def __init__(self, find: Callable[[str], list[int]], fold: Callable[[str], str], signs: str) -> None:
        self._swaps = [*_SIGN_PAIRS, *((sign, _SIGN) for sign in signs)]
        self._find, self._fold = find, fold

    def filter_texts(self, texts: Sequence[str]) -> Iterable[int]:
        """The numbers of the texts that hold a word, in order; now and then one that holds none."""
        if not texts:
            return ()
        whole = self.replace_signs(_SEPARATOR.join(texts))
        if whole.isascii():
            return self._filter_joined(whole, texts)
        plain, kept = [], []
        for number, text in enumerate(texts):
            if text.isascii() or self.replace_signs(text).isascii():
                plain.append(number)
            elif self._find(self._fold(text)):
                kept.append(number)
        if plain:
            some = [texts[number] for number in plain]
            kept += [plain[number] for number in self._filter_joined(self.replace_signs(_SEPARATOR.join(some)), some)]
        return sorted(kept)

    def replace_signs(self, text: str) -> str:
        """What is common beyond ASCII, and no word holds, as ASCII: one character for one."""
        if not text.isascii():
            for sign, plain in self._swaps:
                text = text.replace(sign, plain)
        return text

    def _filter_joined(self, whole: str, texts: Sequence[str]) -> Iterable[int]:
        folded = whole.lower().translate(_PLAIN)
        if "  " in folded:
            folded = _SPACES.sub(" ", folded)
        found = self._find(folded)
        if not found:
            return ()
        if folded.count(_SEPARATOR) != len(texts) - 1:
            return range(len(texts))
        texts = folded.split(_SEPARATOR)
        ends = list(accumulate(len(text) + 1 for text in texts))
        return sorted({bisect.bisect_right(ends, start) for start in found})
