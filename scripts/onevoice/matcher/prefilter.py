"""Which blocks of a document hold a term at all, and its words. Most hold none, and need no closer look.

Blocks are sifted together, because looking at one long text takes far less time than at hundreds of short ones.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from onevoice.matcher.fold import FoldedText, fold_text
from onevoice.matcher.index import FoundWord, WordAutomaton

_PLAIN = {code: " " for code in range(128) if chr(code).isspace()}
_SPACES = re.compile("  +")
# Between blocks; and in place of a sign that is no part of any term. Neither is white space or a letter.
_SEPARATOR, _SIGN = "\x01", "\x02"
# What is common in English beyond ASCII, and what the folding makes of it; the last sign marks a thing that is no
# words (code, an icon).
_SIGN_PAIRS = (("’", "'"), ("‘", "'"), ("\u00a0", " "), ("\u2011", "-"))
SIGNS = "“”–—…•·→\ufffc"


class BlockWords(NamedTuple):
    """The words of a block. number: which it is. folded: its text. words: of their own, as in `WordAutomaton`."""

    number: int
    folded: FoldedText
    words: list[FoundWord]


class Prefilter:
    """Sifts blocks.

    get_automaton: that of the words which may be in a folded text. says: for each pattern, 1 if finding it can be a
    finding. signs: those of SIGNS that no word holds.
    """

    def __init__(self, get_automaton: Callable[[str], WordAutomaton], says: bytes, signs: str) -> None:
        self._swaps = [*_SIGN_PAIRS, *((sign, _SIGN) for sign in signs)]
        self._get_automaton, self._says = get_automaton, says

    def filter_texts(self, texts: Sequence[str]) -> Iterable[BlockWords]:
        """The texts in which finding a word can be a finding, in order; now and then one in which it can't."""
        if not texts:
            return ()
        whole = self.replace_signs(_SEPARATOR.join(texts))
        if whole.isascii():
            return self._filter_joined(whole, texts)
        plain, kept = [], []
        for number, text in enumerate(texts):
            if text.isascii() or self.replace_signs(text).isascii():
                plain.append(number)
            else:
                kept += self._filter_text(number, text)
        if plain:
            some = [texts[number] for number in plain]
            joined = self._filter_joined(self.replace_signs(_SEPARATOR.join(some)), some)
            kept += [BlockWords(plain[number], folded, words) for number, folded, words in joined]
        return sorted(kept, key=itemgetter(0))

    def replace_signs(self, text: str) -> str:
        """What is common beyond ASCII, and no word holds, as ASCII: one character for one."""
        if not text.isascii():
            for sign, plain in self._swaps:
                text = text.replace(sign, plain)
        return text

    def _filter_text(self, number: int, text: str) -> list[BlockWords]:
        folded = fold_text(text)
        automaton = self._get_automaton(folded.text)
        matches = automaton.find_matches(folded.text)
        if not automaton.list_starts(matches, folded.text, self._says):
            return []
        return [BlockWords(number, folded, automaton.list_words(matches, folded.text))]

    def _filter_joined(self, whole: str, texts: Sequence[str]) -> Iterator[BlockWords]:
        folded = whole.lower().translate(_PLAIN)
        if "  " in folded:
            folded = _SPACES.sub(" ", folded)
        automaton = self._get_automaton(folded)
        matches = automaton.find_matches(folded)
        found = automaton.list_starts(matches, folded, self._says)
        if not found:
            return
        if folded.count(_SEPARATOR) != len(texts) - 1:
            for number, text in enumerate(texts):
                yield from self._filter_text(number, text)
            return
        parts = folded.split(_SEPARATOR)
        starts = list(accumulate((len(part) + 1 for part in parts), initial=0))
        ends = list(map(itemgetter(2), matches))
        for number in sorted({bisect.bisect_right(starts, start) - 1 for start in found}):
            text, part, start = texts[number], parts[number], starts[number]
            if len(text) == len(part):
                own = matches[bisect.bisect_right(ends, start) : bisect.bisect_right(ends, start + len(part))]
                yield BlockWords(number, FoldedText(part), automaton.list_words(own, folded, start))
            else:
                yield from self._filter_text(number, text)
