"""Where in the source of a document its words may be, told from the source alone: most documents hold none.

Markup is not read. It may be between the words of a phrase, so that one of these words is looked for, and the others
only have to be near it, with no blank line between; that no markup is inside a word is for the caller to know.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import accumulate

from onevoice.matcher.characters import is_word_char
from onevoice.matcher.index import WordAutomaton
from onevoice.matcher.store import Places, split_atoms

Range = tuple[int, int]
AnchorData = tuple[dict[str, tuple[tuple[str, ...], ...]], tuple[str, ...]]
# No heading, paragraph or cell goes on behind it.
_BLANK_LINE = "\n\n"


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
        rests, find = anchors.rests, text.find
        first = last = 0
        for number, start, end in anchors.automaton.find_matches(text):
            if not first <= start < last:
                first, last = text.rfind(_BLANK_LINE, 0, start) + 1, find(_BLANK_LINE, start)
                last = len(text) if last < 0 else last
            # Written out, because there may be an anchor in every line.
            for rest in rests[number]:
                for word in rest:
                    if find(word, first, last) < 0:
                        break
                else:
                    if _is_word(text, start, end):
                        yield start, end
                    break


def list_anchors(words: Mapping[str, Places], says: bytes) -> AnchorData:
    """Of each word or phrase the longest of its single words, by which it is found.

    words: folded, with the patterns of each. says: for each pattern, 1 if finding it can be a finding; words of which
    none can are left out. Returns for each anchor the other single words of each phrase that it stands for; and what
    has no single word, such as signs, and Han.
    """
    found: dict[str, dict[tuple[str, ...], None]] = {}
    bare = []
    for word, places in words.items():
        if not any(says[number] for number, _ in places):
            continue
        if parts := split_atoms(word):
            anchor = max(parts, key=lambda part: ("_" in part, len(part)))
            # A phrase and its plural have the same.
            found.setdefault(anchor, {})[tuple(part for part in parts if part != anchor)] = None
        else:
            bare.append(word)
    return {anchor: tuple(rests) for anchor, rests in found.items()}, tuple(bare)


class Anchors:
    """Anchors, ready to be found. has_underscore: some have one, which Markdown may escape."""

    def __init__(self, data: AnchorData) -> None:
        found, self.bare = data
        self.rests = list(found.values())
        self.has_underscore = any("_" in word for word in found)
        self.automaton = WordAutomaton(dict.fromkeys(found, ()))


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
