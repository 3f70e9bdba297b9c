"""The part of a vocabulary that can matter in given texts, so that few texts need only few patterns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from typing import TYPE_CHECKING

import ahocorasick_rs

from onevoice.matcher.characters import is_unspaced
from onevoice.matcher.compile import ATOM, gather_patterns
from onevoice.matcher.fold import fold_text, make_match_key
from onevoice.matcher.pattern import Pattern, is_name, make_patterns

if TYPE_CHECKING:
    from onevoice.records.term import Term


def gather_pattern_pair(
    before: Sequence[Term], after: Sequence[Term]
) -> tuple[tuple[Pattern, ...], tuple[Pattern, ...]]:
    """The patterns of two vocabularies; what both have is made only once."""
    namings = [[naming for term in side for naming in term.list_namings()] for side in (before, after)]
    names = [frozenset(make_match_key(term.preferred) for term in terms if is_name(term)) for terms in namings]
    if names[0] != names[1]:
        return gather_patterns(before), gather_patterns(after)
    distinct = {id(term): term for terms in namings for term in terms}
    made = {key: make_patterns(term, names[0]) for key, term in distinct.items()}
    first, second = (tuple(one for term in terms for one in made[id(term)]) for terms in namings)
    return first, second


def list_pattern_words(patterns: Iterable[Pattern]) -> list[str]:
    """The folded words of patterns, each once."""
    found = (make_match_key(form.text) for pattern in patterns for form in pattern.forms)
    return [word for word in dict.fromkeys(found) if word]


class Finder:
    """Tells whether a text may hold one of some folded words; now and then it says so of one that holds none."""

    def __init__(self, words: Iterable[str]) -> None:
        words = list(words)
        self._automaton = ahocorasick_rs.AhoCorasick(words) if words else None

    def has_word(self, text: str) -> bool:
        """Whether one of the words is in the text, be it inside another word."""
        return self._automaton is not None and bool(self._automaton.find_matches_as_indexes(fold_text(text).text))


def find_atoms(texts: Iterable[str]) -> set[str]:
    """The single words and signs of texts."""
    return {atom for text in texts for atom in ATOM.findall(fold_text(text).text)}


def select_patterns(before: Iterable[Pattern], after: Iterable[Pattern], known: Set[str]) -> list[tuple[Pattern, ...]]:
    """Of two vocabularies the patterns that can be in texts whose atoms are `known`, in their order."""
    judged: dict[int, bool] = {}
    found = []
    for side in (before, after):
        kept = []
        for pattern in side:
            if id(pattern) not in judged:
                judged[id(pattern)] = any(_has_known_atoms(form.text, known) for form in pattern.forms)
            if judged[id(pattern)]:
                kept.append(pattern)
        found.append(tuple(kept))
    return found


def list_form_atoms(patterns: Iterable[Pattern]) -> list[list[str]]:
    """The atoms of each form of patterns by which a text can be told that doesn't hold it."""
    return [
        [atom for atom in ATOM.findall(make_match_key(form.text)) if not any(map(is_unspaced, atom))]
        for pattern in patterns
        for form in pattern.forms
    ]


def _has_known_atoms(text: str, known: Set[str]) -> bool:
    # Without spaces a word can begin and end anywhere in an atom.
    return all(atom in known or any(map(is_unspaced, atom)) for atom in ATOM.findall(make_match_key(text)))
