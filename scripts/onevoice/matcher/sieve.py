"""Where in the source of a document its words may be, told from the source alone: most documents hold none.

Markup is not read. It may be between the words of a phrase, so that one of these words is looked for, and then the
others around it, with nothing but signs and markup between. That no markup is inside a word is for the caller to know.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import accumulate

from onevoice.matcher.characters import is_word_char
from onevoice.matcher.index import WordAutomaton
from onevoice.matcher.store import MAX_REPLACED_SIGNS, Places, split_words

Range = tuple[int, int]
AnchorData = tuple[dict[str, tuple[str, ...]], tuple[str, ...]]
# No heading, paragraph or cell goes on behind it.
_BLANK_LINE = "\n\n"
_BLANKS = bytes(code if code > 127 or chr(code).isalnum() else 32 for code in range(256)).lower()
# Of more words than this, so many may be in a document that to look for each takes longer than to read it.
MAX_WORDS = 40_000
# In how many characters a phrase is looked for word by word: a search may go over them once for each of its first word.
MAX_SEARCHED_CHARS = 2_000


class SourceSieve:
    """Sifts documents.

    anchors: from `list_anchors`. replace_signs: what makes common signs ASCII, one character for one. fold: the folding
    of one text.
    """

    def __init__(self, anchors: AnchorData, replace_signs: Callable[[str], str], fold: Callable[[str], str]) -> None:
        phrases, self._bare = anchors
        self._phrases = list(phrases.values())
        self._split: dict[int, list[tuple[str, list[str]]]] = {}
        # Markdown may escape underscores.
        self._has_underscore = any("_" in anchor for anchor in phrases)
        # With a blank on each side, a word is not found inside others: most places of short ones are there.
        self._automaton = WordAutomaton({_pad_word(anchor): () for anchor in phrases})
        self._replace_signs, self._fold = replace_signs, fold

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
        first = last = 0
        # Of the anchors that the paragraph has, whether one of their phrases may be in it.
        held: dict[int, bool] = {}
        # With a blank before the first word, a place with its two blanks begins where its word does in the text.
        words = f" {words} "
        for number, start, end in self._automaton.find_matches(words):
            if not first <= start < last:
                first, last = text.rfind(_BLANK_LINE, 0, start) + 1, text.find(_BLANK_LINE, start)
                last = len(text) if last < 0 else last
                held.clear()
            is_held = held.get(number)
            if is_held is None:
                is_held = held[number] = _holds_any(text, words, first, last, self._split_phrases(number))
            if is_held:
                yield start, end - 2

    def _split_phrases(self, number: int) -> list[tuple[str, list[str]]]:
        """The phrases of an anchor, each with its single words between blanks."""
        known = self._split.get(number)
        if known is None:
            known = self._split[number] = [
                (phrase, [_pad_word(word) for word in phrase.split()]) for phrase in self._phrases[number]
            ]
        return known


def list_anchors(words: Mapping[str, Places], says: bytes) -> AnchorData:
    """Of each word or phrase the longest of its single words, by which it is found.

    words: folded, with the patterns of each. says: for each pattern, 1 if finding it can be a finding; words of which
    none can are left out. Returns the phrases of each anchor, as their single words with a space between, and a space
    before them if any order will do; and what has no single word, such as signs, and Han.
    """
    found: dict[str, dict[str, None]] = {}
    bare = []
    for word, places in words.items():
        if not says[places[0][0]] and not any(says[number] for number, _ in places):
            continue
        # Most phrases have a space between two words, and nothing else to split.
        if word.isascii() and word.replace(" ", "").isalnum():
            parts = word.split()
            anchor = max(parts, key=len)
            found.setdefault(anchor, {})[word] = None
        elif parts := split_words(word):
            anchor = max(parts, key=lambda part: ("_" in part, len(part)))
            # Where Han is left out, the others are not side by side.
            found.setdefault(anchor, {})[" ".join(parts if word.isascii() else ("", *parts))] = None
        else:
            bare.append(word)
    return {anchor: tuple(phrases) for anchor, phrases in found.items()}, tuple(bare)


def _holds_any(text: str, words: str, first: int, last: int, phrases: Iterable[tuple[str, list[str]]]) -> bool:
    """Whether a part of a text may hold one of some phrases, each as `list_anchors` has it, and its single words.

    words: the text with blanks for signs, and a blank on each side.
    """
    find = words.find
    for phrase, single in phrases:
        for word in single:
            if find(word, first, last + 2) < 0:
                break
        else:
            has_any_order = phrase[0] == " " or len(single) == 1 or last - first > MAX_SEARCHED_CHARS
            if has_any_order or _compile_phrase(phrase).search(text, first, last):
                return True
    return False


@lru_cache(maxsize=10_000)
def _compile_phrase(phrase: str) -> re.Pattern[str]:
    """Single words that follow each other; between them are signs, or markup."""
    gap = r"(?:[\W_]+|[\W_]*?[\[\]<{&%|].*?(?<![^\W_]))"
    return re.compile(rf"(?<![^\W_]){gap.join(map(re.escape, phrase.split()))}(?![^\W_])", re.DOTALL)


def _pad_word(word: str) -> str:
    """A single word as it is between blanks. Underscores may be markup."""
    return f" {word.replace('_', ' ')} "


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
