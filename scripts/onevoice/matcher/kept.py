"""Compiled terms as they are kept: in small parts, so that a short text costs only the terms that it may hold."""

from __future__ import annotations

import marshal
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from onevoice.matcher.letters import wordy

Places = tuple[tuple[int, int], ...]

_ATOM = re.compile(r"\w+")
# Between words in one text: no folded word has a line break.
_BETWEEN = "\n"


def atoms(folded: str) -> list[str]:
    """The single words of folded text. A word or phrase can stand in a text only if its first atom is one of these."""
    if not folded.isascii():
        # What does not join a word to what stands beside it ends a word: Han, Kana, Thai; a superscript two.
        for char in set(folded):
            if not char.isascii() and char.isalnum() and not wordy(char):
                folded = folded.replace(char, " ")
    return _ATOM.findall(folded)


class Patterns(Sequence):
    """Patterns, each read when it is asked for. read: from the bytes of one."""

    def __init__(self, parts: Sequence[bytes], read: Callable[[bytes], Any]) -> None:
        self._parts, self._read = parts, read
        self._known: dict[int, Any] = {}

    def __len__(self) -> int:
        return len(self._parts)

    def __getitem__(self, number):
        if isinstance(number, slice):
            return tuple(self[at] for at in range(*number.indices(len(self))))
        known = self._known.get(number)
        if known is None:
            known = self._known[number] = self._read(self._parts[number])
        return known


class Words(Mapping):
    """Folded words and what each stands for, kept by their first atom. Each part is read when it is asked for."""

    def __init__(self, names: str, parts: Mapping[str, bytes]) -> None:
        self._names, self._parts = names, parts
        self._known: dict[str, dict[str, Places]] = {}

    def near(self, folded: str) -> dict[str, Places]:
        """The words of which the first atom stands in a folded text, and those that have none."""
        found = dict(self._part(""))
        for atom in dict.fromkeys(atoms(folded)):
            if atom in self._parts:
                found |= self._part(atom)
        return found

    def _part(self, atom: str) -> dict[str, Places]:
        known = self._known.get(atom)
        if known is None:
            data = self._parts.get(atom)
            known = self._known[atom] = marshal.loads(data) if data else {}
        return known

    def __getitem__(self, word: str) -> Places:
        return self._part(first(word))[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names.split(_BETWEEN) if self._parts else ())

    def __len__(self) -> int:
        return self._names.count(_BETWEEN) + 1 if self._parts else 0


def first(word: str) -> str:
    """The first atom of a folded word, or ""."""
    return next(iter(atoms(word)), "")


def parts(words: Mapping[str, Places]) -> tuple[str, dict[str, bytes]]:
    """Words as `Words` takes them: all in one text, which is split in no time, and what they stand for."""
    groups: dict[str, dict[str, Places]] = {}
    for word, places in words.items():
        groups.setdefault(first(word), {})[word] = places
    return _BETWEEN.join(words), {atom: marshal.dumps(group) for atom, group in groups.items()}
