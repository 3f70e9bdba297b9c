"""Compiled terms as they are kept: in small parts, so that a text costs only the terms that it may hold."""

from __future__ import annotations

import marshal
import re
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, TypeVar, overload

from onevoice.matcher.characters import is_word_char

if TYPE_CHECKING:
    from onevoice.matcher.pattern import Pattern

_Item = TypeVar("_Item")
Places = tuple[tuple[int, int], ...]
# The first two atoms of a word or phrase, or the only one, or "" if it has none, as "...".
Lead = str | tuple[str, str]
NO_LEAD = ""

# Up to how many words a vocabulary is kept whole: an automaton of so few is made in no time, and finds them faster.
MAX_UNSPLIT_WORDS = 8_000
# How many leads a drawer holds, more or less: each drawer takes time to write.
LEADS_PER_DRAWER = 4
# Up to how many different characters are replaced faster one by one than all at once.
MAX_REPLACED_SIGNS = 8

_ATOM = re.compile(r"\w+")
_ASCII = {code: " " for code in range(128) if not _ATOM.match(chr(code))}


def split_atoms(folded: str) -> list[str]:
    """The single words of folded text, in order, each without an s at its end, so that most plurals cost no room.

    A word or phrase can be in a text only if its own follow each other.
    """
    # Written out, because a large vocabulary is split whole.
    if not folded.isascii():
        folded = _blank_signs(folded)
    elif not folded.replace(" ", "").isalnum():
        folded = folded.translate(_ASCII)
    return f"{folded} ".replace("s ", " ").split()


def split_words(folded: str) -> list[str]:
    """The single words of folded text, in order, as they are."""
    return _blank_signs(folded).split()


def _blank_signs(folded: str) -> str:
    if folded.isascii():
        return folded.translate(_ASCII)
    # What does not join a word to what is next to it ends a word: Han, Kana, Thai; a superscript two.
    signs = [char for char in set(folded) if not char.isascii() and char.isalnum() and not is_word_char(char)]
    if len(signs) > MAX_REPLACED_SIGNS:
        folded = folded.translate(dict.fromkeys(map(ord, signs), " "))
    else:
        for char in signs:
            folded = folded.replace(char, " ")
    return " ".join(_ATOM.findall(folded))


# Most words are in two vocabularies.
@lru_cache(maxsize=100_000)
def find_lead(word: str) -> Lead:
    """The lead of a folded word or phrase."""
    said = split_atoms(word)[:2]
    return (said[0], said[1]) if len(said) == 2 else "".join(said)


class PackedParts(Sequence[memoryview]):
    """Bytes that `join` has joined, part by part, without a copy. Raises ValueError or TypeError for others."""

    def __init__(self, data: bytes | memoryview) -> None:
        data = memoryview(data)
        count = int.from_bytes(data[:4], "little")
        self._ends = data[4 : 4 + 4 * count].cast("I")
        self._body = data[4 + 4 * count :]
        if len(self._ends) != count or sum(self._ends[-1:]) != len(self._body):
            raise ValueError("these bytes are not packed parts")

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> memoryview:  # type: ignore[override]  # nobody asks for several at once
        return self._body[self._ends[number - 1] if number else 0 : self._ends[number]]


def pack_parts(parts: Sequence[bytes]) -> bytes:
    """Bytes that `Parts` takes apart: together less than 4 GB."""
    ends = array("I", accumulate(map(len, parts)))
    return b"".join((len(parts).to_bytes(4, "little"), ends.tobytes(), *parts))


class RememberedItems(dict[int, _Item]):
    """The items of a sequence by their numbers, which are looked up again and again; each is read once."""

    def __init__(self, items: Sequence[_Item]) -> None:
        self._items = items

    def __missing__(self, number: int) -> _Item:
        found = self[number] = self._items[number]
        return found


class PatternStore(Sequence["Pattern"]):
    """Patterns, each read when it is asked for.

    read: from the number and the bytes of one. reasons: why each word is avoided, packed.
    """

    def __init__(
        self,
        parts: Sequence[memoryview],
        read: Callable[[int, memoryview], Pattern],
        reasons: bytes | memoryview,
    ) -> None:
        self._parts, self._read, self.reasons = parts, read, reasons
        self._known: dict[int, Pattern] = {}

    def __len__(self) -> int:
        return len(self._parts)

    @overload
    def __getitem__(self, number: int) -> Pattern: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[Pattern, ...]: ...
    def __getitem__(self, number: int | slice) -> Pattern | tuple[Pattern, ...]:
        if isinstance(number, slice):
            return tuple(self[at] for at in range(*number.indices(len(self))))
        known = self._known.get(number)
        if known is None:
            known = self._known[number] = self._read(number, self._parts[number])
        return known


class WordStore(Mapping[str, Places]):
    """Many folded words and what each means, kept by their leads. Each part is read when it is asked for.

    number: which of the two vocabularies it is that are kept together.
    """

    def __init__(self, parts: PackedParts, number: int) -> None:
        self._parts, self._number = parts, number
        self._known: dict[Lead, dict[str, Places]] = {}

    @cached_property
    def leads(self) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
        """The leads of one atom, and those of two."""
        leads: tuple[frozenset[str], frozenset[tuple[str, str]]] = marshal.loads(self._parts[self._number])
        return leads

    def select_words(self, folded: str) -> dict[str, Places]:
        """The words of which the lead is in a folded text, and those that have none."""
        said = split_atoms(folded)
        ones, twos = self.leads
        found = dict(self._load_words(NO_LEAD))
        leads: Iterable[Lead] = chain(ones.intersection(said), twos.intersection(pairwise(said)))
        for lead in leads:
            found |= self._load_words(lead)
        return found

    def _load_words(self, by: Lead) -> dict[str, Places]:
        known = self._known.get(by)
        if known is None:
            groups = marshal.loads(self._parts[2 + find_bucket(by, len(self._parts) - 2)])
            known = self._known[by] = self._choose_words(groups.get(by, ({},)))
        return known

    def _choose_words(self, group: Sequence[dict[str, Places]]) -> dict[str, Places]:
        # Both vocabularies have most words, which are kept once.
        return group[min(self._number, len(group) - 1)]

    def __getitem__(self, word: str) -> Places:
        return self._load_words(find_lead(word))[word]

    def __iter__(self) -> Iterator[str]:
        for number in range(2, len(self._parts)):
            for group in marshal.loads(self._parts[number]).values():
                yield from self._choose_words(group)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class GroupedWords(WordStore):
    """The same of words that are at hand: to group them takes a fraction of what an automaton of them all takes."""

    def __init__(self, words: Mapping[str, Places]) -> None:
        self._known = _group_words(words)

    @cached_property
    def leads(self) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
        """The leads of one atom, and those of two."""
        return _collect_leads(self._known)

    def _load_words(self, by: Lead) -> dict[str, Places]:
        return self._known.get(by, {})

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self._known.values())


def dump_words(words: Mapping[str, Places], others: Mapping[str, Places]) -> bytes:
    """Two vocabularies that have most words in common as bytes, for `load_words`."""
    if max(len(words), len(others)) <= MAX_UNSPLIT_WORDS:
        return pack_parts([marshal.dumps(dict(words)), marshal.dumps(dict(others))])
    groups, more = _group_words(words), _group_words(others)
    leads = [marshal.dumps(_collect_leads(one)) for one in (groups, more)]
    # So many drawers that most hold a few leads.
    drawers: list[dict[Lead, tuple[dict[str, Places], ...]]] = [{} for _ in range(len(more) // LEADS_PER_DRAWER + 1)]
    for lead in dict.fromkeys(chain(groups, more)):
        one, other = groups.get(lead, {}), more.get(lead, {})
        drawers[find_bucket(lead, len(drawers))][lead] = (one,) if one == other else (one, other)
    return pack_parts([*leads, *map(marshal.dumps, drawers)])


def load_words(data: bytes | memoryview) -> tuple[Mapping[str, Places], Mapping[str, Places]]:
    """Both vocabularies from the bytes of `dump_words`."""
    parts = PackedParts(data)
    if len(parts) == 2:
        return marshal.loads(parts[0]), marshal.loads(parts[1])
    return WordStore(parts, 0), WordStore(parts, 1)


def _group_words(words: Mapping[str, Places]) -> dict[Lead, dict[str, Places]]:
    groups: dict[Lead, dict[str, Places]] = {}
    for word, places in words.items():
        groups.setdefault(find_lead(word), {})[word] = places
    return groups


def _collect_leads(found: Iterable[Lead]) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """The leads as `Words.leads`, each atom one object: so it is kept once, and all are read in half the time."""
    known: dict[str, str] = {}
    ones: set[str] = set()
    twos: set[tuple[str, str]] = set()
    for lead in found:
        if isinstance(lead, str):
            ones.add(known.setdefault(lead, lead))
        else:
            first, second = lead
            twos.add((known.setdefault(first, first), known.setdefault(second, second)))
    return frozenset(ones), frozenset(twos)


def find_bucket(by: Lead, count: int) -> int:
    """In which of so many drawers a lead is: Python's own hash is another one in each run."""
    return zlib.crc32(repr(by).encode()) % count
