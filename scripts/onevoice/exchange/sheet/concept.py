"""What is gathered about one concept, row by row, before it's an entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onevoice.exchange.entry import Entry

# The order of keys in a record.
_ORDER = (
    *(
        "id",
        "was",
        "preferred",
        "definition",
        "part_of_speech",
        "abbreviation",
        "expand_first",
        "area",
        "owner",
        "status",
    ),
    *("public", "language", "allowed", "one_per_text", "avoid", "names", "except", "only_near", "never_near", "case"),
    *("level", "fix", "examples", "related", "note", "reviewed", "sources"),
)
_RANKS = {key: rank for rank, key in enumerate(_ORDER)}


class Concept:
    """A term in the making. Its lists have no doubles; of two values for one key, the first counts."""

    def __init__(self, key: str, place: str, preferred: str) -> None:
        self.key, self.place, self.preferred = key, place, preferred
        self.values: dict[str, Any] = {}
        self._lists: dict[str, dict[str, None]] = {}
        self._avoided: dict[str, dict[str, dict[str, Any]]] = {}
        self._names: dict[str, dict[str, Any]] = {}

    def set_value(self, key: str, value: Any) -> bool:
        """Set what has one value only; False if it has another one already."""
        return bool(self.values.setdefault(key, value) == value)

    def add_note(self, text: str) -> None:
        """Add a sentence to the note, unless it's there."""
        note = self.values.get("note", "")
        if text not in note:
            self.values["note"] = f"{note}\n{text}" if note else text

    def add_words(self, key: str, words: list[str]) -> None:
        """Add words to a list such as `allowed`; what's the name itself stays out."""
        if words := [word for word in words if word != self.preferred]:
            self._lists.setdefault(key, {}).update(dict.fromkeys(words))

    def add_example(self, example: Mapping[str, str]) -> None:
        """Add a good and a bad sentence."""
        examples = self.values.setdefault("examples", [])
        if example not in examples:
            examples.append(dict(example))

    def add_source(self, source: Mapping[str, str]) -> None:
        """Add where it's from."""
        sources = self.values.setdefault("sources", [])
        if source not in sources:
            sources.append(dict(source))

    def avoid_word(self, word: str, more: Mapping[str, Any], language: str = "") -> bool:
        """Add a word to avoid, with what else is known of it; False if it's the name itself."""
        known = self._names.get(language, {}).get("preferred", "") if language else self.preferred
        if word == known:
            return False
        avoided = self._avoided.setdefault(language, {}).setdefault(word, {})
        for key, value in more.items():
            avoided.setdefault(key, value)
        return True

    def name_in(self, language: str, key: str, value: Any) -> bool:
        """Set what it's called in another language; False if that's set already."""
        naming = self._names.setdefault(language, {})
        if isinstance(value, list):
            naming[key] = list(dict.fromkeys([*naming.get(key, []), *value]))
            return True
        return bool(naming.setdefault(key, value) == value)

    def make_entry(self) -> Entry:
        """The entry. An avoided word of which nothing else is known is a plain text, and so is a name."""
        fields: dict[str, Any] = {"preferred": self.preferred, **self.values}
        for key, words in self._lists.items():
            fields[key] = [*words]
        if avoided := self._list_avoided(""):
            fields["avoid"] = avoided
        names: dict[str, Any] = {}
        for language, naming in self._names.items():
            if not naming.get("preferred"):
                continue
            if avoided := self._list_avoided(language):
                naming = {**naming, "avoid": avoided}
            names[language] = naming["preferred"] if len(naming) == 1 else naming
        if names:
            fields["names"] = names
        return Entry(self.key, self.place, dict(sorted(fields.items(), key=lambda item: _RANKS[item[0]])))

    def _list_avoided(self, language: str) -> list[Any]:
        avoided = self._avoided.get(language, {})
        return [{"term": word, **more} if more else word for word, more in avoided.items()]
