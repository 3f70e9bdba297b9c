"""Words to avoid as terms: one for each right name, and none that our own checks would refuse.

A style may say two things of one word, or recommend what it refuses elsewhere. A handbook gives one answer: the first
one counts, and what contradicts it stays a rule of Vale's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from onevoice.exchange.style.words import Word
from onevoice.matcher.fold import make_match_key
from onevoice.matcher.plural import make_plural


@dataclass(frozen=True)
class Origin:
    """Where a pair is, and what its rule says to each of its words."""

    place: str
    rule: str
    why: str = ""
    link: str = ""
    level: str = "warning"


@dataclass
class _Concept:
    """A right name with the words that it replaces."""

    preferred: str
    place: str
    words: list[Word] = field(default_factory=list)
    names: list[Word] = field(default_factory=list)
    is_exact: bool = False


def sort_words(words: Iterable[tuple[Word, str]]) -> list[tuple[Word, str]]:
    """Words with their places: those that are plurals of others last, else in their order."""
    listed = list(words)
    plurals = {make_match_key(make_plural(word.text) or "") for word, _ in listed}
    return sorted(listed, key=lambda item: make_match_key(item[0].text) in plurals)


@dataclass
class Concepts:
    """Right names, by what they are compared by, as far as they don't contradict each other."""

    _concepts: dict[str, _Concept] = field(default_factory=dict)
    _avoided: dict[str, Word] = field(default_factory=dict)
    _homes: dict[str, _Concept] = field(default_factory=dict)
    _recommended: dict[str, None] = field(default_factory=dict)
    covered: set[int] = field(default_factory=set)

    def add_word(self, word: Word, place: str) -> bool:
        """Take a word in. False if it contradicts another one, so that it can't be a term.

        Plurals come after what they're the plural of: see `sort_words`.
        """
        key = make_match_key(word.text)
        if word.is_name:
            return self._add_name(word, place)
        own = set(map(make_match_key, word.uses)) - {key}
        if key in self._recommended and key not in map(make_match_key, word.uses):
            return False
        if self._recommends_avoided(own):
            return False
        if known := self._avoided.get(key):
            uses = tuple(dict.fromkeys((*known.uses, *word.uses)))
            exact = known.exact and word.exact and known.text == word.text
            self._replace_word(known, replace(known, uses=uses, exact=exact), word)
        elif known := self._find_singular(word):
            plurals = tuple(make_plural(use) or use for use in known.uses)
            # One form has one replacement, so that of several the first counts.
            forms = {} if word.uses in (known.uses, plurals) else {word.text: word.uses[0]}
            self._replace_word(known, replace(known, forms={**known.forms, **forms}), word)
        else:
            concept = self._find_concept(word.uses[0], place)
            concept.words.append(word)
            self._avoided[key], self._homes[key] = word, concept
        self._recommend(word)
        return True

    def add_name(self, text: str, place: str) -> bool:
        """Take in a name that has to be written so. False if it's a word to avoid."""
        return self._add_name(Word(text, (text,), is_name=True), place)

    def _add_name(self, word: Word, place: str) -> bool:
        if self._recommends_avoided(set(map(make_match_key, word.uses))):
            return False
        concept = self._find_concept(word.uses[0], place)
        # The plural of a name comes with it.
        if concept.preferred != word.uses[0] and make_plural(concept.preferred) != word.uses[0]:
            return False
        concept.is_exact = True
        concept.names.append(word)
        self._recommend(word)
        return True

    def _recommend(self, word: Word) -> None:
        for use in word.uses:
            self._recommended |= dict.fromkeys((make_match_key(use), make_match_key(make_plural(use) or use)))
        self.covered.update(word.pairs)

    def _recommends_avoided(self, keys: Iterable[str]) -> bool:
        return any(key in self._avoided or make_match_key(make_plural(key) or key) in self._avoided for key in keys)

    def _replace_word(self, known: Word, made: Word, word: Word) -> None:
        """Put a word in the place of another one, with the pairs of a third that it covers."""
        key = make_match_key(known.text)
        made = replace(made, pairs=tuple(dict.fromkeys((*known.pairs, *word.pairs))))
        words = self._homes[key].words
        words[words.index(known)] = made
        self._avoided[key] = made

    def _find_singular(self, word: Word) -> Word | None:
        """The avoided word that this one is the regular plural of."""
        for stem in (word.text[:-1], word.text[:-2], f"{word.text[:-3]}y", f"{word.text[:-2]}is"):
            known = self._avoided.get(make_match_key(stem))
            if known and make_match_key(make_plural(known.text) or "") == make_match_key(word.text):
                return known
        return None

    def _find_concept(self, preferred: str, place: str) -> _Concept:
        key = make_match_key(preferred)
        for stem in (preferred, preferred[:-1], preferred[:-2], f"{preferred[:-3]}y"):
            known = self._concepts.get(make_match_key(stem))
            if known and (stem == preferred or make_plural(known.preferred) == preferred):
                return known
        return self._concepts.setdefault(key, _Concept(preferred, place))

    def build_entries(self, origins: Mapping[int, Origin]) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Each concept as its key, its place and the fields of a term."""
        for concept in self._concepts.values():
            yield concept.preferred, concept.place, _build_fields(concept, origins)


def _build_fields(concept: _Concept, origins: Mapping[int, Origin]) -> dict[str, Any]:
    fields: dict[str, Any] = {"preferred": concept.preferred}
    if concept.is_exact:
        fields["case"] = "exact"
    avoided = [_build_avoid(word, concept, origins) for word in concept.words]
    if avoided:
        fields["avoid"] = avoided
    words = (*concept.names, *concept.words)
    if excepts := list(dict.fromkeys(text for word in words for text in word.excepts)):
        fields["except"] = excepts
    named = {origin.rule: origin for word in words for pair in word.pairs for origin in [origins[pair]]}
    sources = [{"title": name} | ({"url": one.link} if one.link else {}) for name, one in named.items()]
    if sources:
        fields["sources"] = sources
    return fields


def _build_avoid(word: Word, concept: _Concept, origins: Mapping[int, Origin]) -> dict[str, Any]:
    avoid: dict[str, Any] = {"term": word.text}
    if word.uses != (concept.preferred,):
        avoid["use"] = list(word.uses)
    if word.exact:
        avoid["case"] = "exact"
    if word.forms:
        avoid["forms"] = dict(word.forms)
    if word.unless:
        avoid["unless"] = list(dict.fromkeys(("quote", *word.unless)))
    first = origins[word.pairs[0]] if word.pairs else None
    if first and first.why:
        avoid["why"] = first.why
    if first and first.level == "suggestion":
        avoid["level"] = first.level
    return avoid
