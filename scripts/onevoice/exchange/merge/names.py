"""Who has which name: the words of a handbook's terms, and of those that an import adds while it goes on."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from onevoice.exchange.merge.fields import clean_value, get_word
from onevoice.handbook.handbook import Handbook
from onevoice.matcher.fold import make_match_key

NAME_KEYS = ("preferred", "allowed", "abbreviation")
HOW = {"preferred": "preferred by", "allowed": "allowed by", "abbreviation": "the short form of", "avoid": "avoided by"}


# Each word is looked up several times.
_make_key = functools.lru_cache(maxsize=100_000)(make_match_key)


class Claim(NamedTuple):
    """A word of a term. key: the field that it is in. place: of the term. is_unused: retired or declined."""

    id: str
    key: str
    word: str
    place: str
    is_unused: bool = False

    def describe_owner(self) -> str:
        """Who has the word, and where."""
        return f"{HOW[self.key]} the term `{self.id}` ({self.place})"


class Names:
    """Who prefers, allows, abbreviates, avoids or writes a word instead of another, by language."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], list[Claim]] = {}
        self._avoided: dict[tuple[str, str], list[Claim]] = {}
        self._uses: dict[tuple[str, str], list[Claim]] = {}

    def add_term(
        self, id: str, fields: Mapping[str, Any], language: str, place: str, *, is_unused: bool = False
    ) -> None:
        """Take in the words of a term. fields: as its record has them, clean."""
        for key in NAME_KEYS:
            for word in _list_words(fields.get(key)):
                self._add(self._names, language, Claim(id, key, word, place, is_unused))
        for item in fields.get("avoid") or ():
            word = get_word(item)
            self._add(self._avoided, language, Claim(id, "avoid", word, place, is_unused))
            for use in item.get("use") or () if isinstance(item, Mapping) else ():
                self._add(self._uses, language, Claim(id, "avoid", use, place, is_unused))

    def _add(self, claims: dict[tuple[str, str], list[Claim]], language: str, claim: Claim) -> None:
        claims.setdefault((find_primary(language), _make_key(claim.word)), []).append(claim)

    def find_names(self, word: str, language: str) -> list[Claim]:
        """Those that prefer, allow or abbreviate a word."""
        return self._names.get((find_primary(language), _make_key(word)), [])

    def find_avoided(self, word: str, language: str) -> list[Claim]:
        """Those that avoid a word."""
        return self._avoided.get((find_primary(language), _make_key(word)), [])

    def find_uses(self, word: str, language: str) -> list[Claim]:
        """Those that write a word instead of one that they avoid."""
        return self._uses.get((find_primary(language), _make_key(word)), [])


@functools.lru_cache(maxsize=1000)
def find_primary(language: str) -> str:
    """The language of a tag: `en` of `en-US`."""
    return language.partition("-")[0].lower()


def _list_words(value: Any) -> Iterable[str]:
    return [value] if isinstance(value, str) else value or ()


def collect_names(handbook: Handbook) -> Names:
    """The words of all terms of a handbook."""
    names = Names()
    for term in handbook.list_records("terms"):
        place = handbook.locate_record(term)
        fields = {key: clean_value(key, getattr(term, key)) for key in NAME_KEYS}
        fields["avoid"] = clean_value("avoid", [{"term": one.term, "use": one.use} for one in term.avoid])
        unused = term.status in ("retired", "declined")
        names.add_term(term.id, fields, term.get_language(), f"{place.path}:{place.line}", is_unused=unused)
    return names


def iter_former_ids(handbook: Handbook) -> Iterator[tuple[str, str]]:
    """Each earlier id of a term, and the id that it has now."""
    for term in handbook.list_records("terms"):
        for old in term.was:
            yield old, term.id
