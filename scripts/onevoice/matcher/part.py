"""The part of a vocabulary that can matter in given texts, so that few texts need only few patterns."""

from __future__ import annotations

from collections.abc import Iterable, Set

import ahocorasick_rs

from onevoice.matcher.compile import ATOM
from onevoice.matcher.fold import fold, key
from onevoice.matcher.letters import unspaced
from onevoice.matcher.pattern import Pattern


def words(patterns: Iterable[Pattern]) -> list[str]:
    """The folded words of patterns, each once."""
    found = (key(form.text) for pattern in patterns for form in pattern.forms)
    return [word for word in dict.fromkeys(found) if word]


class Finder:
    """Tells which texts may hold one of some folded words; now and then one that holds none."""

    def __init__(self, words: Iterable[str]) -> None:
        words = list(words)
        self._automaton = ahocorasick_rs.AhoCorasick(words) if words else None

    def holds(self, texts: Iterable[str]) -> bool:
        """Whether one of the words stands in one of the texts, be it inside another word."""
        automaton = self._automaton
        return automaton is not None and any(automaton.find_matches_as_indexes(fold(text).text) for text in texts)


def atoms(texts: Iterable[str]) -> set[str]:
    """The single words and signs of texts."""
    return {atom for text in texts for atom in ATOM.findall(fold(text).text)}


def part(patterns: Iterable[Pattern], known: Set[str]) -> tuple[Pattern, ...]:
    """The patterns that can stand in texts whose atoms are `known`, in their order."""
    return tuple(pattern for pattern in patterns if any(_within(form.text, known) for form in pattern.forms))


def _within(text: str, known: Set[str]) -> bool:
    # Without spaces a word can begin and end anywhere in an atom.
    return all(atom in known or any(map(unspaced, atom)) for atom in ATOM.findall(key(text)))
