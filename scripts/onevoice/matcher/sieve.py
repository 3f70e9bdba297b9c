"""Where in the source of a document its words may be, told from the source alone: most documents hold none.

Markup is not read. It may be between the words of a phrase, so that one of these words is looked for, and the others
only have to be near it, with no blank line between; that no markup is inside a word is for the caller to know.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import accumulate

from onevoice.matcher.characters import is_word_char
from onevoice.matcher.index import WordAutomaton
from onevoice.matcher.store import MARKUP_SIGNS, Places, split_atoms

Range = tuple[int, int]
Phrase = tuple[tuple[str, ...], tuple[str, ...]]
AnchorData = tuple[dict[str, tuple[Phrase, ...]], tuple[str, ...]]
# No heading, paragraph or cell goes on behind it.
_BLANK_LINE = "\n\n"
# Up to how many words an automaton of all anchors is made faster than those are chosen that a document may have.
MAX_ANCHORED_WORDS = 40_000
# In how many characters a phrase is looked for word by word: a search may go over them once for each of its first word.
MAX_SEARCHED_CHARS = 2_000


class SourceSieve:
    """Sifts documents.

    load_anchors: the anchors of the words that may be in a folded text. replace_signs: what makes common signs ASCII,
    one character for one. fold: the folding of one text.
    """

    def __init__(
        self, load_anchors: Callable[[str], Anchors], replace_signs: Callable[[str], str], fold: Callable[[str], str]
    ) -> None:
        self._load_anchors, self._replace_signs, self._fold = load_anchors, replace_signs, fold

    def find_places(self, source: str) -> list[Range]:
        """Ranges of the source, in order and apart. A block of prose that shares nothing with them has no hit.

        What holds more than ASCII is found with its whole line.
        """
        plain = self._replace_signs(source)
        if plain.isascii():
            return join_places(self._iter_places(plain.lower()))
        lines = plain.split("\n")
        folded = [line.lower() if line.isascii() else self._fold(line) for line in lines]
        text = "\n".join(folded)
        starts = list(accumulate((len(line) + 1 for line in folded), initial=0))
        source_starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
        return join_places(
            (source_starts[bisect.bisect_right(starts, start) - 1], source_starts[bisect.bisect_left(starts, end)] - 1)
            for start, end in self._iter_places(text)
        )

    def warm_up(self) -> None:
        """Make now what every document needs."""
        self._load_anchors("")

    def _iter_places(self, text: str) -> Iterator[Range]:
        """The places of words that may be parts of ours, in folded text."""
        anchors = self._load_anchors(text)
        if any(word in text for word in anchors.bare) or (anchors.has_underscore and "\\_" in text):
            yield 0, len(text)
            return
        first = last = 0
        # Of the anchors that the paragraph has, whether one of their phrases may be in it.
        held: dict[int, bool] = {}
        for number, start, end in anchors.automaton.find_matches(text):
            if not first <= start < last:
                first, last = text.rfind(_BLANK_LINE, 0, start) + 1, text.find(_BLANK_LINE, start)
                last = len(text) if last < 0 else last
                held.clear()
            is_held = held.get(number)
            if is_held is None:
                is_held = held[number] = _holds_any(text, first, last, anchors.phrases[number])
            if is_held and _is_word(text, start, end):
                yield start, end


def list_anchors(words: Mapping[str, Places], says: bytes) -> AnchorData:
    """Of each word or phrase the longest of its single words, by which it is found.

    words: folded, with the patterns of each. says: for each pattern, 1 if finding it can be a finding; words of which
    none can are left out. Returns for each anchor, of each phrase that it stands for, the other single words, and all
    in their order, or () if any order will do; and what has no single word, such as signs, and Han.
    """
    found: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = {}
    bare = []
    for word, places in words.items():
        if not any(says[number] for number, _ in places):
            continue
        if parts := split_atoms(word):
            anchor = max(parts, key=lambda part: ("_" in part, len(part)))
            rest = tuple(part for part in parts if part != anchor)
            phrases = found.setdefault(anchor, {})
            # A phrase and its plural have the same. Where others have the same words, their order does not count, and
            # nor does it in phrases with Han, which is left out here.
            phrase = tuple(parts) if rest and word.isascii() else ()
            phrases[rest] = phrase if phrases.get(rest, phrase) == phrase else ()
        else:
            bare.append(word)
    return {anchor: tuple(phrases.items()) for anchor, phrases in found.items()}, tuple(bare)


class Anchors:
    """Anchors, ready to be found. has_underscore: some have one, which Markdown may escape."""

    def __init__(self, data: AnchorData) -> None:
        found, self.bare = data
        self.phrases = list(found.values())
        self.has_underscore = any("_" in word for word in found)
        self.automaton = WordAutomaton(dict.fromkeys(found, ()))


def _holds_any(text: str, first: int, last: int, phrases: Iterable[Phrase]) -> bool:
    """Whether a part of a text may hold one of some phrases, each as `list_anchors` has them."""
    find = text.find
    for rest, words in phrases:
        for word in rest:
            if find(word, first, last) < 0:
                break
        else:
            is_long = last - first > MAX_SEARCHED_CHARS
            if not words or is_long or _compile_phrase(words).search(text, first, last):
                return True
    return False


@lru_cache(maxsize=10_000)
def _compile_phrase(words: tuple[str, ...]) -> re.Pattern[str]:
    """Single words that follow each other, with an s at their ends or not; between them are signs, or markup."""
    signs = re.escape(MARKUP_SIGNS)
    gap = rf"s?(?:[\W_]+|[\W_]*?[{signs}].*?(?<![^\W_]))"
    return re.compile(rf"(?<![^\W_]){gap.join(map(re.escape, words))}s?(?![^\W_])", re.DOTALL)


def _is_word(text: str, start: int, end: int) -> bool:
    """Whether a single word is on its own, be it with an s at its end or between underscores, which may be markup."""
    if start and _is_letter(text[start - 1]):
        return False
    if text[end : end + 1] == "s":
        end += 1
    return end == len(text) or not _is_letter(text[end])


def _is_letter(char: str) -> bool:
    """Whether a character makes one single word with what is next to it: in `split_atoms`, a vowel sign does not."""
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
