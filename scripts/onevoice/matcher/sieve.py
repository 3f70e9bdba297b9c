"""Where in the source of a document its words may be, told from the source alone: most documents hold none.

Markup is not read. It may be between the words of a phrase, so that one of these words is looked for, and then the
others around it, with nothing but signs and markup between. That no markup is inside a word is for the caller to know.
"""

from __future__ import annotations

import bisect
import marshal
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from onevoice.matcher.characters import is_word_char
from onevoice.matcher.index import WordAutomaton
from onevoice.matcher.store import MAX_REPLACED_SIGNS, PackedParts, Places, find_bucket, pack_parts, split_words

Range = tuple[int, int]
# No heading, paragraph or cell goes on behind it.
_BLANK_LINE = "\n\n"
_BLANKS = bytes(code if code > 127 or chr(code).isalnum() else 32 for code in range(256)).lower()
_TOKEN = re.compile(r"[^ ]+")
# In how many characters a phrase is looked for word by word: a search may go over them once for each of its first word.
MAX_SEARCHED_CHARS = 2_000
# If words of phrases are met more often than once in so many characters, to look at each takes longer than to read all.
MIN_ANCHOR_GAP = 60
# Up to how many words are looked for together.
MAX_INDEXED_WORDS = 30_000
# Of how many words the places are looked for one by one, because that takes less time than to go over all.
MAX_SEARCHED_WORDS = 16
# How many anchors are kept in one part.
_PART_SIZE = 8


class Anchors(NamedTuple):
    """Single words by which words and phrases are found, without underscores, which may be markup.

    names: all of them. phrases: those of each, as their single words with a space between, and a space before them if
    any order will do. bare: what has no single word, such as signs, and Han. has_underscore: some word has one.
    """

    names: frozenset[str]
    phrases: Mapping[str, tuple[str, ...]]
    bare: tuple[str, ...]
    has_underscore: bool


class Phrase(NamedTuple):
    """A phrase of an anchor.

    padded: it between blanks. words: its single words, each between blanks. parts: these without underscores.
    """

    text: str
    padded: str
    words: tuple[str, ...]
    parts: frozenset[str]


class SourceSieve:
    """Sifts documents.

    anchors: from `list_anchors`. replace_signs: what makes common signs ASCII, one character for one. fold: the folding
    of one text.
    """

    def __init__(self, anchors: Anchors, replace_signs: Callable[[str], str], fold: Callable[[str], str]) -> None:
        self._anchors = anchors
        # To make one of many words takes longer than to split a thousand documents into theirs.
        is_small = len(anchors.names) <= MAX_INDEXED_WORDS
        self._names = sorted(anchors.names) if is_small else []
        # With a blank on each side, a word is not found inside others: most places of short ones are there.
        self._automaton = WordAutomaton({_pad_word(name): () for name in self._names}) if is_small else None
        self._split: dict[str, list[Phrase]] = {}
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
        # Markdown may escape underscores.
        if any(word in text for word in self._anchors.bare) or (self._anchors.has_underscore and "\\_" in text):
            yield 0, len(text)
            return
        # With a blank before the first word, a place with its two blanks begins where its word does in the text.
        padded = f" {words} "
        anchors = self._find_anchors(padded)
        # To look at each of so many takes longer than to read the text.
        if self._automaton and len(anchors) * MIN_ANCHOR_GAP > len(padded):
            yield 0, len(text)
            return
        first = last = 0
        # Of the anchors that the paragraph has, whether one of their phrases may be in it.
        judged: dict[str, bool] = {}
        for start, anchor in anchors:
            if not first <= start < last:
                first, last = text.rfind(_BLANK_LINE, 0, start) + 1, text.find(_BLANK_LINE, start)
                last = len(text) if last < 0 else last
                judged.clear()
            is_held = judged.get(anchor)
            if is_held is None:
                is_held = judged[anchor] = _holds_any(text, padded, first, last, self._split_phrases(anchor))
            if is_held:
                yield start, start + len(anchor)

    def _find_anchors(self, words: str) -> list[tuple[int, str]]:
        """The places of anchors in a text of words with blanks around them, in order: each one's blank, and it."""
        if self._automaton:
            return [(start, self._names[number]) for number, start, _ in self._automaton.find_matches(words)]
        known = words.split()
        held = self._anchors.names.intersection(known)
        said = set(known) if held else set()
        return _find_words(
            words, [one for one in held if any(phrase.parts <= said for phrase in self._split_phrases(one))]
        )

    def _split_phrases(self, anchor: str) -> list[Phrase]:
        known = self._split.get(anchor)
        if known is None:
            known = self._split[anchor] = [_split_phrase(phrase) for phrase in self._anchors.phrases[anchor]]
        return known


def _split_phrase(text: str) -> Phrase:
    words = tuple(_pad_word(word) for word in text.split())
    return Phrase(text, _pad_word(text), words, frozenset(part for word in words for part in word.split()))


def _find_words(text: str, words: Sequence[str]) -> list[tuple[int, str]]:
    """The places of some of the words, as `SourceSieve` finds anchors."""
    if len(words) > MAX_SEARCHED_WORDS:
        wanted = frozenset(words)
        return [(match.start() - 1, match[0]) for match in _TOKEN.finditer(text) if match[0] in wanted]
    found = []
    for word in words:
        padded = f" {word} "
        start = text.find(padded)
        while start >= 0:
            found.append((start, word))
            start = text.find(padded, start + len(word) + 1)
    return sorted(found)


def list_anchors(words: Mapping[str, Places], says: bytes) -> Anchors:
    """Of each word or phrase the longest of its single words, by which it is found.

    words: folded, with the patterns of each. says: for each pattern, 1 if finding it can be a finding; words of which
    none can are left out.
    """
    found: dict[str, dict[str, None]] = {}
    bare = []
    has_underscore = False
    for word, places in words.items():
        if not says[places[0][0]] and not any(says[number] for number, _ in places):
            continue
        # Most phrases have a space between two words, and nothing else to split.
        if word.isascii() and word.replace(" ", "").isalnum():
            found.setdefault(max(word.split(), key=len), {})[word] = None
            continue
        single = split_words(word)
        if parts := " ".join(single).replace("_", " ").split():
            # Where Han is left out, the others are not side by side.
            phrase = " ".join(single if word.isascii() else ("", *single))
            found.setdefault(max(parts, key=len), {})[phrase] = None
            has_underscore = has_underscore or "_" in phrase
        else:
            bare.append(word)
    phrases = {anchor: tuple(phrases) for anchor, phrases in found.items()}
    return Anchors(frozenset(phrases), phrases, tuple(bare), has_underscore)


def dump_anchors(anchors: Anchors) -> bytes:
    """Anchors as bytes, for `load_anchors`."""
    drawers: list[dict[str, tuple[str, ...]]] = [{} for _ in range(len(anchors.names) // _PART_SIZE + 1)]
    for anchor, phrases in anchors.phrases.items():
        drawers[find_bucket(anchor, len(drawers))][anchor] = phrases
    head = "\n".join(anchors.phrases), anchors.bare, anchors.has_underscore
    return pack_parts([marshal.dumps(head), *map(marshal.dumps, drawers)])


def load_anchors(data: bytes | memoryview) -> Anchors:
    """Anchors from the bytes of `dump_anchors`; their phrases are read when they are asked for."""
    parts = PackedParts(data)
    names, bare, has_underscore = marshal.loads(parts[0])
    return Anchors(frozenset(names.split("\n") if names else ()), _PhraseStore(parts), bare, has_underscore)


class _PhraseStore(Mapping[str, tuple[str, ...]]):
    """The phrases of each anchor, in the parts of `dump_anchors`."""

    def __init__(self, parts: PackedParts) -> None:
        self._parts = parts

    def __getitem__(self, anchor: str) -> tuple[str, ...]:
        drawer: dict[str, tuple[str, ...]] = marshal.loads(self._parts[1 + find_bucket(anchor, len(self._parts) - 1)])
        return drawer[anchor]

    def __iter__(self) -> Iterator[str]:
        for number in range(1, len(self._parts)):
            yield from marshal.loads(self._parts[number])

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _holds_any(text: str, words: str, first: int, last: int, phrases: Iterable[Phrase]) -> bool:
    """Whether a part of a text may hold one of some phrases.

    words: the text with blanks for signs, and a blank on each side.
    """
    find = words.find
    for phrase in phrases:
        for word in phrase.words:
            if find(word, first, last + 2) < 0:
                break
        else:
            has_any_order = phrase.text[0] == " " or len(phrase.words) == 1 or last - first > MAX_SEARCHED_CHARS
            if has_any_order or find(phrase.padded, first, last + 2) >= 0:
                return True
            # It takes long to compile, and most phrases that are there have a space between two words.
            if _compile_phrase(phrase.text).search(text, first, last):
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
