"""Where in the source of a document its words may be, told from the source alone: most documents hold none.

Markup is not read. The words of a phrase are looked for with nothing but signs between them, and then, if one of them
is right before a sign of markup, with anything between them. That no markup is inside a word is for the caller to know.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import accumulate

from onevoice.matcher.characters import is_word_char
from onevoice.matcher.index import WordAutomaton
from onevoice.matcher.store import MAX_REPLACED_SIGNS, Places, split_words

Range = tuple[int, int]
PhraseData = tuple[tuple[str, ...], dict[str, tuple[str, ...]], tuple[str, ...]]
# No heading, paragraph or cell goes on behind it.
_BLANK_LINE = "\n\n"
_BLANKS = bytes(code if code > 127 or chr(code).isalnum() else 32 for code in range(256)).lower()
_BLANK_RUN = re.compile("  +")
# With one of these begins what may have words of its own, between two words of a phrase.
_MARKUP = re.compile(r"[\[\]<{&%|]")
# Of more words than this, so many may be in a document that to look for each takes longer than to read it.
MAX_WORDS = 40_000
# In how many characters a phrase is looked for word by word: a search may go over them once for each of its first word.
MAX_SEARCHED_CHARS = 2_000


class SourceSieve:
    """Sifts documents.

    phrases: from `list_phrases`. replace_signs: what makes common signs ASCII, one character for one. fold: the folding
    of one text.
    """

    def __init__(self, phrases: PhraseData, replace_signs: Callable[[str], str], fold: Callable[[str], str]) -> None:
        self._phrases, loose, self._bare = phrases
        self._loose = list(loose.values())
        # Markdown may escape underscores.
        self._has_underscore = any("_" in phrase for phrase in (*self._phrases, *loose))
        # With a blank on each side, a word is not found inside others: most places of short ones are there.
        self._automaton = WordAutomaton({_pad_words(phrase): () for phrase in self._phrases})
        self._loose_automaton = WordAutomaton({_pad_words(anchor): () for anchor in loose})
        self._replace_signs, self._fold = replace_signs, fold

    @cached_property
    def _phrases_by_word(self) -> dict[str, list[str]]:
        """Of each word that others follow in a phrase, these phrases."""
        found: dict[str, list[str]] = {}
        for phrase in self._phrases:
            for word in dict.fromkeys(phrase.replace("_", " ").split()[:-1]):
                found.setdefault(word, []).append(phrase)
        return found

    def find_places(self, source: str) -> list[Range]:
        """Ranges of the source, in order and apart. A block of prose that shares nothing with them has no hit.

        What holds more than ASCII is found with its whole line.
        """
        plain = self._replace_signs(source)
        if plain.isascii():
            return join_places(self._iter_places(plain.lower(), _blank_ascii(plain)))
        lines = plain.split("\n")
        folded = [line.lower() if line.isascii() else self._fold(line) for line in lines]
        text = "\n".join(folded)
        starts = list(accumulate((len(line) + 1 for line in folded), initial=0))
        source_starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
        signs = {char for line in folded if not line.isascii() for char in line}
        words = _blank_others(_blank_ascii(text), signs)
        return join_places(
            (source_starts[bisect.bisect_right(starts, start) - 1], source_starts[bisect.bisect_left(starts, end)] - 1)
            for start, end in self._iter_places(text, words)
        )

    def _iter_places(self, text: str, words: str) -> Iterator[Range]:
        """The places of words that may be parts of ours, in folded text. words: the same with blanks for signs."""
        if any(word in text for word in self._bare) or (self._has_underscore and "\\_" in text):
            yield 0, len(text)
            return
        yield from self._iter_phrases(words)
        yield from self._iter_parted_phrases(text, words)
        if self._loose:
            yield from self._iter_loose_phrases(text, f" {words} ")

    def _iter_phrases(self, words: str) -> Iterator[Range]:
        """The phrases with nothing but signs between their words."""
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

    def _iter_parted_phrases(self, text: str, words: str) -> Iterator[Range]:
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
                    first, last = _find_paragraph(text, start)
                    held.clear()
                is_held = held.get(word)
                if is_held is None:
                    is_held = held[word] = any(_may_hold(text, words, first, last, phrase) for phrase in phrases)
                if is_held:
                    yield start, start + len(word)
            before = at

    def _iter_loose_phrases(self, text: str, words: str) -> Iterator[Range]:
        """The longest words of phrases whose words are all there, in any order. words: with a blank on each side."""
        held: dict[int, bool] = {}
        first = last = 0
        for number, start, end in self._loose_automaton.find_matches(words):
            if not first <= start < last:
                first, last = _find_paragraph(text, start)
                held.clear()
            is_held = held.get(number)
            if is_held is None:
                is_held = held[number] = any(
                    all(words.find(_pad_words(word), first, last + 2) >= 0 for word in phrase.split())
                    for phrase in self._loose[number]
                )
            if is_held:
                yield start, end - 2


def list_phrases(words: Mapping[str, Places], says: bytes) -> PhraseData:
    """The words and phrases that a sieve looks for, as their single words with a space between.

    words: folded, with the patterns of each. says: for each pattern, 1 if finding it can be a finding; words of which
    none can are left out. Returns the phrases; those whose single words may be in any order, since between them is what
    is none, such as Han, each by its longest word; and what has no single word, such as signs, and Han.
    """
    plain: dict[str, None] = {}
    loose: dict[str, dict[str, None]] = {}
    bare = []
    for word, places in words.items():
        if not says[places[0][0]] and not any(says[number] for number, _ in places):
            continue
        # Most phrases have a space between two words, and nothing else to split.
        if word.isascii() and word.replace(" ", "").isalnum():
            plain[word] = None
        elif parts := split_words(word):
            phrase = " ".join(parts)
            if word.isascii() or len(parts) == 1:
                plain[phrase] = None
            else:
                loose.setdefault(max(parts, key=len), {})[phrase] = None
        else:
            bare.append(word)
    return tuple(plain), {anchor: tuple(phrases) for anchor, phrases in loose.items()}, tuple(bare)


def _find_paragraph(text: str, at: int) -> Range:
    end = text.find(_BLANK_LINE, at)
    return text.rfind(_BLANK_LINE, 0, at) + 1, len(text) if end < 0 else end


def _may_hold(text: str, words: str, first: int, last: int, phrase: str) -> bool:
    """Whether a part of a text may hold a phrase with markup in it. words: the text with blanks for signs."""
    single = phrase.replace("_", " ").split()
    if any(words.find(word, first, last) < 0 for word in single):
        return False
    return last - first > MAX_SEARCHED_CHARS or _compile_phrase(" ".join(single)).search(text, first, last) is not None


@lru_cache(maxsize=10_000)
def _compile_phrase(phrase: str) -> re.Pattern[str]:
    """Single words that follow each other; between them are signs, or markup."""
    gap = r"(?:[\W_]+|[\W_]*?[\[\]<{&%|].*?(?<![^\W_]))"
    return re.compile(rf"(?<![^\W_]){gap.join(map(re.escape, phrase.split()))}(?![^\W_])", re.DOTALL)


def _pad_words(phrase: str) -> str:
    """Single words as they are between blanks. Underscores may be markup."""
    return f" {' '.join(phrase.replace('_', ' ').split())} "


def _blank_ascii(text: str) -> str:
    """The text in small letters, with blanks for ASCII signs, as long as it was."""
    return text.encode("utf-8", "surrogatepass").translate(_BLANKS).decode("utf-8", "surrogatepass")


def _blank_others(text: str, chars: Iterable[str]) -> str:
    """The text with blanks for those of some characters that are signs beyond ASCII."""
    signs = [char for char in chars if not char.isascii() and not _is_letter(char)]
    if len(signs) > MAX_REPLACED_SIGNS:
        return text.translate(dict.fromkeys(map(ord, signs), " "))
    for char in signs:
        text = text.replace(char, " ")
    return text


def _is_letter(char: str) -> bool:
    """Whether a character makes one single word with what is next to it: in `split_words`, a vowel sign does not."""
    return char.isalnum() and is_word_char(char)


def join_places(places: Iterable[Range]) -> list[Range]:
    """Ranges in order, those that overlap as one."""
    joined: list[Range] = []
    for start, end in sorted(places):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
