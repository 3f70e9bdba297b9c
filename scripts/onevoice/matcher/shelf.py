"""The words of a vocabulary, found in folded text by one automaton for all of them."""

from __future__ import annotations

from collections.abc import Mapping

import ahocorasick_rs

from onevoice.matcher.kept import Words
from onevoice.matcher.letters import bounded

# How many words an automaton is made of at once, however short the text; and how many characters of texts are looked at
# with an automaton for each, of what may stand in it, before one is made of all words.
FEW, SHORT = 2_000, 100_000


class Shelf:
    """The words of a vocabulary, with an index for the text at hand."""

    def __init__(self, words: Mapping[str, tuple[tuple[int, int], ...]]) -> None:
        self._words = words
        self._whole: Index | None = None
        self._left = SHORT if len(words) > FEW and isinstance(words, Words) else 0

    def index(self, folded: str) -> Index:
        """An index of all words that may stand in this folded text."""
        if self._whole is None:
            self._left -= len(folded)
            if self._left > 0:
                return Index(self._words.near(folded))
        return self.whole()

    def whole(self) -> Index:
        """The index of all words."""
        if self._whole is None:
            self._whole = Index(self._words)
        return self._whole


class Index:
    """The automaton over folded words, and what each of them stands for, looked up where one is found."""

    def __init__(self, words: Mapping[str, tuple[tuple[int, int], ...]]) -> None:
        self._words, self._names = words, list(words)
        self._automaton = ahocorasick_rs.AhoCorasick(self._names) if words else None
        self._says: dict[int, bool] = {}

    def starts(self, text: str, says: bytes) -> list[int]:
        """Where words of their own begin in folded text, if finding them says something."""
        if self._automaton is None:
            return []
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        if not found:
            return []
        for word in {word for word, _, _ in found} - self._says.keys():
            self._says[word] = any(says[number] for number, _ in self._words[self._names[word]])
        return [start for word, start, end in found if self._says[word] and bounded(text, start, end)]

    def find(self, text: str) -> list[tuple[int, int, int, int]]:
        """(pattern, form, start, end) of each word of its own in folded text."""
        if self._automaton is None:
            return []
        out = []
        for word, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if bounded(text, start, end):
                out += [(number, place, start, end) for number, place in self._words[self._names[word]]]
        return out
