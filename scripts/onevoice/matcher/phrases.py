"""Where the phrases of a handbook may be in a source that is full of their words.

They are looked for with nothing but signs between their words, and then, if one of them is right before a sign of
markup, with anything between them.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from onevoice.matcher.index import WordAutomaton

Range = tuple[int, int]
# No heading, paragraph or cell goes on behind it.
BLANK_LINE = "\n\n"
# In how many characters a phrase is looked for word by word: a search may go over them once for each of its first word.
MAX_SEARCHED_CHARS = 2_000
_BLANK_RUN = re.compile("  +")
# With one of these begins what may have words of its own, between two words of a phrase.
_MARKUP = re.compile(r"[\[\]<{&%|]")


class PhraseSieve:
    """Looks for all phrases at once. phrases: their single words with a space between."""

    def __init__(self, phrases: Iterable[str]) -> None:
        # Underscores may be markup.
        self._phrases = [phrase.replace("_", " ").split() for phrase in phrases]
        self._automaton = WordAutomaton({f" {' '.join(words)} ": () for words in self._phrases})

    @cached_property
    def _phrases_by_word(self) -> dict[str, list[list[str]]]:
        """Of each word that others follow in a phrase, these phrases."""
        found: dict[str, list[list[str]]] = {}
        for words in self._phrases:
            for word in dict.fromkeys(words[:-1]):
                found.setdefault(word, []).append(words)
        return found

    def iter_places(self, text: str, words: str) -> Iterator[Range]:
        """The places of phrases in folded text. words: the same with blanks for signs, as long."""
        yield from self._iter_whole(words)
        yield from self._iter_parted(text, words)

    def _iter_whole(self, words: str) -> Iterator[Range]:
        matches = self._automaton.find_matches(f" {' '.join(words.split())} ")
        if not matches:
            return
        # What was left out up to each run of blanks, the first of which stayed.
        runs: list[int] = []
        totals = [0]
        for run in _BLANK_RUN.finditer(f" {words} "):
            runs.append(run.start() - totals[-1])
            totals.append(totals[-1] + run.end() - run.start() - 1)
        for _, start, end in matches:
            first, last = start + 1, end - 2
            yield first + totals[bisect.bisect_left(runs, first)] - 1, last + totals[bisect.bisect_left(runs, last)]

    def _iter_parted(self, text: str, words: str) -> Iterator[Range]:
        """The words that are right before markup, if one of their phrases may go on behind it."""
        by_word = self._phrases_by_word
        # Of the words that the paragraph has, whether one of their phrases may be in it.
        held: dict[str, bool] = {}
        first = last = before = 0
        for sign in _MARKUP.finditer(text):
            at = sign.start()
            found = words[before:at].rsplit(None, 1)
            if found and (phrases := by_word.get(found[-1])):
                word = found[-1]
                start = words.rfind(word, before, at)
                if not first <= start < last:
                    first, last = find_paragraph(text, start)
                    held.clear()
                is_held = held.get(word)
                if is_held is None:
                    is_held = held[word] = any(_may_hold(text, words, first, last, phrase) for phrase in phrases)
                if is_held:
                    yield start, start + len(word)
            before = at


def find_paragraph(text: str, at: int) -> Range:
    """The range of the paragraph that has an offset, or of more."""
    end = text.find(BLANK_LINE, at)
    return text.rfind(BLANK_LINE, 0, at) + 1, len(text) if end < 0 else end


@lru_cache(maxsize=10_000)
def compile_phrase(phrase: str) -> re.Pattern[str]:
    """Single words that follow each other; between them are signs, or markup."""
    gap = r"(?:[\W_]+|[\W_]*?[\[\]<{&%|].*?(?<![^\W_]))"
    return re.compile(rf"(?<![^\W_]){gap.join(map(re.escape, phrase.split()))}(?![^\W_])", re.DOTALL)


def _may_hold(text: str, words: str, first: int, last: int, phrase: list[str]) -> bool:
    if any(words.find(word, first, last) < 0 for word in phrase):
        return False
    return last - first > MAX_SEARCHED_CHARS or compile_phrase(" ".join(phrase)).search(text, first, last) is not None
