"""The words of a vocabulary, found in folded text by an automaton: of all of them, or of those that may be there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from operator import itemgetter

import ahocorasick_rs

from onevoice.matcher.characters import is_whole_word
from onevoice.matcher.store import MAX_UNSPLIT_WORDS, GroupedWords, Places, WordStore

# The number of a word, and where it begins and ends.
Match = tuple[int, int, int]
# A pattern, its form, and where that begins and ends.
FoundWord = tuple[int, int, int, int]

# Up to how many words are faster looked for one by one than made an automaton of.
MAX_LINEAR_WORDS = 16


class WordIndex:
    """The words of a vocabulary, with an index for the text at hand."""

    def __init__(self, words: Mapping[str, Places]) -> None:
        self._words = words

    def get_automaton(self, folded: str) -> WordAutomaton:
        """An index of all words that may be in this folded text."""
        words = self._split_words
        return WordAutomaton(words.select_words(folded)) if words is not None else self._full_automaton

    def warm_up(self) -> None:
        """Make now what every text needs."""
        self.get_automaton("")

    @cached_property
    def _split_words(self) -> WordStore | None:
        """The words by their leads, if there are many."""
        if isinstance(self._words, WordStore):
            return self._words
        return GroupedWords(self._words) if len(self._words) > MAX_UNSPLIT_WORDS else None

    @cached_property
    def _full_automaton(self) -> WordAutomaton:
        return WordAutomaton(self._words)


class WordAutomaton:
    """Some folded words, and what each of them means, looked up when one is found."""

    def __init__(self, words: Mapping[str, Places]) -> None:
        self._words, self._names = words, list(words)
        self._automaton = ahocorasick_rs.AhoCorasick(self._names) if len(words) > MAX_LINEAR_WORDS else None
        self._reportable: dict[int, bool] = {}

    def list_starts(self, matches: Sequence[Match], text: str, says: bytes) -> list[int]:
        """Where words of their own begin in folded text, of what was found, if finding them says something."""
        for word in {word for word, _, _ in matches} - self._reportable.keys():
            self._reportable[word] = any(says[number] for number, _ in self._words[self._names[word]])
        return [start for word, start, end in matches if self._reportable[word] and is_whole_word(text, start, end)]

    def list_words(self, matches: Sequence[Match], text: str, origin: int = 0) -> list[FoundWord]:
        """The words of their own in folded text, of what was found. origin: where the text begins that has them."""
        return [
            (number, place, start - origin, end - origin)
            for word, start, end in matches
            if is_whole_word(text, start, end)
            for number, place in self._words[self._names[word]]
        ]

    def find_words(self, text: str) -> list[FoundWord]:
        """The words of their own in folded text."""
        return self.list_words(self.find_matches(text), text)

    def find_matches(self, text: str) -> list[Match]:
        """Each place where a word is, also inside another, in the order of their ends."""
        if self._automaton is not None:
            return self._automaton.find_matches_as_indexes(text, overlapping=True)
        found = []
        for number, word in enumerate(self._names):
            start = text.find(word)
            while start >= 0:
                found.append((number, start, start + len(word)))
                start = text.find(word, start + 1)
        return sorted(found, key=itemgetter(2))
