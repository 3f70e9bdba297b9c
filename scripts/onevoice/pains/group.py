"""Quotes -> groups that share words. Anyone can check it by eye: the words are named, and nothing is learned or drawn.

Of all pairs of words, the one that most quotes have makes the first group, where rare words count more than frequent
ones; then the same among the quotes that are left. Words that too many quotes have say nothing, and a quote that shares
no pair with another is a group of its own.
"""

from __future__ import annotations

import heapq
import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onevoice.lint.keywords import extract_keywords, find_language
from onevoice.records.quote import Quote

# Words in more quotes than this share of all say nothing, but never those in a handful.
MAX_SHARE, MIN_COMMON = 0.25, 12
# Pairs are made of the rarest words of a quote: a long one has no more of them than these allow.
MAX_WORDS = 12
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_MIN_LETTERS = 4
# What a sentence begins after, and what may stand before its first word.
_ENDS, _OPENING = {"", ".", "!", "?", ":", "…"}, " \"'“„«("


@dataclass(frozen=True)
class Group:
    """Quotes that share words.

    id: made of its words, for addresses. words: as most of its quotes have them. stems: their plain forms. quotes: the
    newest first.
    """

    id: str
    words: tuple[str, ...]
    stems: frozenset[str]
    quotes: tuple[Quote, ...]


class Lexicon:
    """The keywords of quotes, and how often each is there."""

    def __init__(self, quotes: Sequence[Quote], tag: str) -> None:
        self._language = find_language(tag)
        self._forms = {quote.id: self._name_stems(quote.words) for quote in quotes}
        self.by_quote = {id: frozenset(forms) for id, forms in self._forms.items()}
        self.counts = Counter(stem for stems in self.by_quote.values() for stem in stems)
        most = max(MAX_SHARE * len(quotes), MIN_COMMON)
        self.common = frozenset(stem for stem, count in self.counts.items() if count > most)

    def extract_stems(self, text: str) -> frozenset[str]:
        """The words of a text that say something, in their plain form."""
        return frozenset(self._name_stems(text))

    def name_word(self, stem: str, quotes: Iterable[Quote]) -> str:
        """A word as most of some quotes have it."""
        found = Counter(word for quote in quotes for word in self._forms[quote.id].get(stem, ()))
        return min(found, key=lambda word: (-found[word], word), default=stem)

    def measure_rarity(self, stem: str) -> int:
        """How rare a word is: a thousand for each time that the quotes with it could be doubled."""
        return round(1000 * math.log2(len(self.by_quote) / self.counts[stem]))

    def list_telling(self, quote: Quote) -> list[str]:
        """The words of a quote that few others have, the rarest last; at most MAX_WORDS of them."""
        telling = self.by_quote[quote.id] - self.common
        ranked = sorted(telling, key=lambda stem: (-self.counts[stem], stem))
        return ranked[:MAX_WORDS]

    def _name_stems(self, text: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for match in _WORD.finditer(text):
            # Of other languages than English, short words are those that say nothing.
            if self._language != "english" and len(match[0]) < _MIN_LETTERS:
                continue
            for stem in extract_keywords(match[0], self._language):
                if len(stem) > 1:
                    # A capital counts only where no sentence begins.
                    begins = text[: match.start()].rstrip(_OPENING)[-1:] in _ENDS
                    found[stem].append(match[0].casefold() if begins else match[0])
        return found


def group_quotes(quotes: Iterable[Quote], lexicon: Lexicon) -> tuple[Group, ...]:
    """The groups of quotes, largest first. lexicon: of all of them."""
    rest = {quote.id: quote for quote in sorted(quotes)}
    groups = [*_iter_shared(rest, lexicon)]
    groups += [_make_group(lexicon, lexicon.list_telling(quote)[-2:], [quote]) for quote in rest.values()]
    return tuple(_number_ids(sorted(groups, key=lambda one: (-len(one.quotes), one.id))))


def _iter_shared(rest: dict[str, Quote], lexicon: Lexicon) -> Iterable[Group]:
    """The groups of two quotes and more; takes theirs out of the rest."""
    holders: dict[tuple[str, str], set[str]] = defaultdict(set)
    for id, quote in rest.items():
        for pair in itertools.combinations(sorted(lexicon.list_telling(quote)), 2):
            holders[pair].add(id)
    rarity = {pair: sum(map(lexicon.measure_rarity, pair)) for pair, ids in holders.items() if len(ids) > 1}
    ranked = [(-len(holders[pair]) * rare, len(holders[pair]), pair) for pair, rare in rarity.items()]
    heapq.heapify(ranked)
    while ranked:
        _, count, pair = heapq.heappop(ranked)
        ids = holders[pair] & rest.keys()
        if len(ids) < 2:
            continue
        if len(ids) < count:  # Some are in another group by now.
            heapq.heappush(ranked, (-len(ids) * rarity[pair], len(ids), pair))
        else:
            yield _make_group(lexicon, pair, [rest.pop(id) for id in sorted(ids)])


def _make_group(lexicon: Lexicon, stems: Iterable[str], quotes: Sequence[Quote]) -> Group:
    newest = sorted(quotes, key=lambda quote: (quote.week, quote.id), reverse=True)
    words = sorted(lexicon.name_word(stem, quotes) for stem in stems)
    id = "-".join(sorted(word.casefold() for word in words)) or quotes[0].id
    first = newest[0].words.casefold()
    words.sort(key=lambda word: first.find(word.casefold()) % (len(first) + 1))
    return Group(id, tuple(words), frozenset(stems), tuple(newest))


def _number_ids(groups: Sequence[Group]) -> Iterable[Group]:
    """The same with an id of its own for each: two may have words that look alike."""
    seen: Counter[str] = Counter()
    for group in groups:
        seen[group.id] += 1
        count = seen[group.id]
        yield group if count == 1 else Group(f"{group.id}-{count}", group.words, group.stems, group.quotes)
