"""The words of a vocabulary, found in folded text by an automaton: of all of them, or of those that may stand there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import ahocorasick_rs

from onevoice.matcher.characters import bounded
from onevoice.matcher.store import Places, Words

# Up to how many words are faster looked for one by one than made an automaton of.
ALONE = 16


class Shelf:
    """The words of a vocabulary, with an index for the text at hand."""

    def __init__(self, words: Mapping[str, Places]) -> None:
        self._words = words

    def index(self, folded: str) -> Index:
        """An index of all words that may stand in this folded text."""
        return Index(self._words.near(folded)) if isinstance(self._words, Words) else self._whole

    def prepare(self) -> None:
        """Make now what every text needs."""
        self.index("")

    @cached_property
    def _whole(self) -> Index:
        return Index(self._words)


class Index:
    """Some folded words, and what each of them stands for, looked up where one is found."""

    def __init__(self, words: Mapping[str, Places]) -> None:
        self._words, self._names = words, list(words)
        self._automaton = ahocorasick_rs.AhoCorasick(self._names) if len(words) > ALONE else None
        self._says: dict[int, bool] = {}

    def starts(self, text: str, says: bytes) -> list[int]:
        """Where words of their own begin in folded text, if finding them says something."""
        found = self._found(text)
        for word in {word for word, _, _ in found} - self._says.keys():
            self._says[word] = any(says[number] for number, _ in self._words[self._names[word]])
        return [start for word, start, end in found if self._says[word] and bounded(text, start, end)]

    def find(self, text: str) -> list[tuple[int, int, int, int]]:
        """(pattern, form, start, end) of each word of its own in folded text."""
        out = []
        for word, start, end in self._found(text):
            if bounded(text, start, end):
                out += [(number, place, start, end) for number, place in self._words[self._names[word]]]
        return out

    def _found(self, text: str) -> list[tuple[int, int, int]]:
        """(word, start, end) of each place where a word stands, also inside another."""
        if self._automaton is not None:
            return self._automaton.find_matches_as_indexes(text, overlapping=True)
        found = []
        for number, word in enumerate(self._names):
            start = text.find(word)
            while start >= 0:
                found.append((number, start, start + len(word)))
                start = text.find(word, start + 1)
        return found
