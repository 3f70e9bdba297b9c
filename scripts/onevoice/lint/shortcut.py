"""Which words the self-test need not try, because another word of the same shape has shown what comes of them.

What a matcher finds in a sentence depends on which words of the vocabulary are in it, and on the kinds of its
characters, not on which letters they are. So of all plain words that no other word of the vocabulary can overlap in the
sentences of the self-test, one of each shape is tried for all.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from onevoice.matcher import probes
from onevoice.matcher.casing import pluralize_replacement
from onevoice.matcher.characters import CONTRACTED_WORDS
from onevoice.matcher.fold import make_match_key
from onevoice.matcher.language import ANY
from onevoice.matcher.pattern import Form, Pattern
from onevoice.matcher.store import split_atoms

if TYPE_CHECKING:
    from onevoice.matcher.matcher import Matcher

Atoms = tuple[str, ...]
_PLAIN = re.compile("[A-Z]?[a-z]{2,}(?:[ -][A-Z]?[a-z]{2,})*")
_SMALL, _LARGE = re.compile("[a-z]+"), re.compile("[A-Z]")
_CONTRACTED = tuple(CONTRACTED_WORDS)
# Stands for a word in the sentences of the self-test, one of which has this before it.
_ANY_WORD, _JOINED = "qqq", "my_"


class Shortcut:
    """What the self-test of a vocabulary may leave out."""

    def __init__(self, matcher: Matcher) -> None:
        self._pattern_by_atoms: dict[Atoms, Pattern | None] = {}
        self._reportable: set[Atoms] = set()
        self._frame = _collect_frame()
        for pattern in matcher.compiled.patterns:
            for form in pattern.forms:
                atoms = _split_word(form.text)
                if self._pattern_by_atoms.setdefault(atoms, pattern) is not pattern:
                    self._pattern_by_atoms[atoms] = None  # It is of several.
                if pattern.reportable:
                    self._reportable.add(atoms)
                    if self._frame.issuperset(atoms):
                        # It is found in sentences that try other words, and replaced there, too.
                        self._frame.update(*map(_split_word, _list_uses(pattern.use, form.use)))
        # What is around a word, or may be found together with it: as a part of one, at its start, at its end.
        self._closed, self._starts, self._ends = set(self._frame), set[Atoms](), set[Atoms]()
        for atoms in self._pattern_by_atoms:
            self._close_neighbors(atoms)
        self._names_known: dict[tuple[str, Atoms], Atoms | None] = {}

    def _close_neighbors(self, atoms: Atoms) -> None:
        """Note with what a word of the vocabulary may overlap that has words of the sentences in it."""
        # In `Set my_client here.` the word and what is before it are one to the matcher.
        self._closed.update(atom.removeprefix(_JOINED) for atom in atoms if atom.startswith(_JOINED))
        if self._frame.isdisjoint(atoms):
            return
        before = sum(1 for _ in takewhile(self._frame.__contains__, atoms))
        after = sum(1 for _ in takewhile(self._frame.__contains__, reversed(atoms)))
        rest = atoms[before : len(atoms) - after]
        if (before and after) or not self._frame.isdisjoint(rest):
            self._closed.update(rest)
        elif rest:
            (self._starts if before else self._ends).add(rest)

    def spares_name(self, word: str) -> bool:
        """Whether nothing can be reported in a right name: no word that is has all its own words there, in a row."""
        return word.isascii() and self._reportable.isdisjoint(_iter_parts(_split_word(word)))

    def find_shape(self, pattern: Pattern) -> Hashable:
        """What decides how the self-test of an avoided word ends; None if more does than its shape."""
        if pattern.cased or pattern.since or pattern.error_from or pattern.twins or _is_limited(pattern):
            return None
        words = self._find_form_shapes(pattern)
        names = self._find_names(pattern) if words else None
        if names is None or any(form.use is not None for form in pattern.forms):
            return None
        atoms = {_split_word(form.text) for form in pattern.forms}
        if any(_split_word(use) in atoms for use in _list_uses(pattern.use)):
            return None
        kind = (pattern.english, pattern.remove, pattern.may_be_verb, pattern.ask, pattern.listed_only, pattern.level)
        return words, pattern.language, kind, pattern.unless, pattern.names, names

    def find_name_shape(self, pattern: Pattern) -> Hashable:
        """The same of a name that is reported in other capitals."""
        words = None if pattern.role != "name" or _is_limited(pattern) else self._find_form_shapes(pattern)
        return words and (words, pattern.language, pattern.english)

    def _find_form_shapes(self, pattern: Pattern) -> tuple[Hashable, ...] | None:
        """The shapes of a pattern's forms; None if they are not plain, or if another word may overlap one of them."""
        shapes = []
        alone: Atoms | None = None
        for form in pattern.forms:
            word = form.text
            if not _PLAIN.fullmatch(word):
                return None
            # Most plurals have the same single words.
            if (atoms := _split_word(word)) != alone and not self._is_alone(atoms, pattern):
                return None
            alone = atoms
            # Of some words the possessive is not tried.
            shapes.append((_find_letter_shape(word), word.lower().endswith(_CONTRACTED), form.plural))
        return tuple(shapes)

    def _is_alone(self, atoms: Atoms, pattern: Pattern) -> bool:
        """Whether no other word of the vocabulary can overlap this one in a sentence of the self-test."""
        known = self._pattern_by_atoms.get
        return self._is_open(atoms) and all(known(part, pattern) is pattern for part in _iter_parts(atoms))

    def _find_names(self, pattern: Pattern) -> Atoms | None:
        """The shapes of the names of its own term that may be reported of a word's replacements in a sentence.

        None if anything else may.
        """
        key = pattern.term, pattern.use
        if key not in self._names_known:
            self._names_known[key] = self._find_unknown_names(*key)
        return self._names_known[key]

    def _find_unknown_names(self, term: str, uses: Atoms) -> Atoms | None:
        names = []
        for use in _list_uses(uses):
            if not use.isascii() or not self._is_open(_split_word(use)):
                return None
            for part in self._reportable.intersection(_iter_parts(_split_word(use))):
                found = self._pattern_by_atoms[part]
                if not _PLAIN.fullmatch(use) or found is None or (found.term, found.role) != (term, "name"):
                    return None
                names.append(f"{_find_letter_shape(use)} {_find_letter_shape(found.text)}")
        return tuple(names)

    def _is_open(self, atoms: Atoms) -> bool:
        """Whether no word of the vocabulary is partly in these words, and partly in those around them."""
        if not self._closed.isdisjoint(atoms):
            return False
        before, after = _list_edges(len(atoms))
        return self._starts.isdisjoint(map(atoms.__getitem__, before)) and self._ends.isdisjoint(
            map(atoms.__getitem__, after)
        )


def _is_limited(pattern: Pattern) -> bool:
    """Whether a pattern counts in some documents or sentences only."""
    is_limited = pattern.only_near or pattern.never_near or pattern.audiences or pattern.channels
    return bool(is_limited) or pattern.language not in ("", ANY)


def _find_letter_shape(word: str) -> str:
    """A plain word without what its letters are: which of them are capitals, and what is between its parts."""
    if word.islower() and word.isascii() and word.replace(" ", "").isalpha():  # As most are.
        return "a" + " a" * word.count(" ")
    return _LARGE.sub("A", _SMALL.sub("a", word))


@lru_cache(maxsize=10_000)
def _list_uses(uses: Sequence[str], *others: str | None) -> list[str]:
    """What may be written instead of a word, in the singular and in the plural."""
    plurals = [pluralize_replacement(use, name=name) for use in uses for name in (False, True)]
    return [*dict.fromkeys([*uses, *plurals]), *filter(None, others)]


@lru_cache(maxsize=100_000)
def _split_word(word: str) -> Atoms:
    """The single words of a word or phrase, as store.split_atoms has them."""
    return tuple(split_atoms(word.lower() if word.isascii() else make_match_key(word)))


def _iter_parts(atoms: Atoms) -> Iterator[Atoms]:
    """Each row of single words that a word or phrase has, and what has none, such as a sign."""
    return map(atoms.__getitem__, _list_slices(len(atoms)))


@lru_cache(maxsize=100)
def _list_slices(count: int) -> list[slice]:
    """Where each row of so many single words begins and ends."""
    rows = [slice(start, end) for start in range(count) for end in range(start + 1, count + 1)]
    return [slice(0), *rows]


@lru_cache(maxsize=100)
def _list_edges(count: int) -> tuple[list[slice], list[slice]]:
    """Where what so many single words begin with is, and what they end with."""
    return [slice(size) for size in range(1, count + 1)], [slice(-size, None) for size in range(1, count + 1)]


def _collect_frame() -> set[str]:
    """The single words that the sentences of the self-test have around the one that they try."""
    pattern = Pattern("", "avoid", (Form(_ANY_WORD), Form(f"{_ANY_WORD}-{_ANY_WORD} {_ANY_WORD}'{_ANY_WORD}")))
    sentences = [
        *(one for form in pattern.forms for one in probes.iter_positive_sentences(pattern, form)),
        *probes.iter_hidden_sentences(pattern.forms[0]),
        *probes.iter_negative_sentences(_ANY_WORD),
    ]
    return {atom for one in sentences for atom in _split_word(one.text)} - {_ANY_WORD, _JOINED + _ANY_WORD}
