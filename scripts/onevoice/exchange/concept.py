"""A term as term bases have it: a concept with sections of names, one for each language.

`list_concepts` makes them of our terms, for the formats that write them; `Builder` makes the fields of a term of one
that was read. What a concept can't hold, such as where a word is fine, stays in the handbook.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from onevoice.exchange.entry import Omission
from onevoice.exchange.formats import Export
from onevoice.records.term import Avoid, Term

Status = Literal["preferred", "abbreviation", "allowed", "avoid"]
_WEB = re.compile("https?://", re.I)


@dataclass(frozen=True)
class Name:
    """One word or phrase of a concept. use, why, remove: as of an avoided word in a record."""

    text: str
    status: Status
    use: tuple[str, ...] = ()
    why: str = ""
    remove: bool = False


@dataclass(frozen=True)
class Section:
    """What a concept is called in a language, the preferred name first. No name is there twice."""

    language: str
    names: tuple[Name, ...]
    definition: str = ""


@dataclass(frozen=True)
class Reference:
    """Where facts come from. url: "" if it has none that begins with a host. date: as YYYY-MM-DD."""

    title: str
    url: str = ""
    publisher: str = ""
    date: str = ""
    note: str = ""

    def list_fields(self) -> dict[str, str]:
        """What a record says of it."""
        return {key: value for key in ("title", "publisher", "url", "date", "note") if (value := getattr(self, key))}


@dataclass(frozen=True)
class Concept:
    """What a term and its namings say. sections: its own language's first."""

    id: str
    sections: tuple[Section, ...]
    area: str = ""
    part_of_speech: str = ""
    note: str = ""
    examples: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    sources: tuple[Reference, ...] = ()
    place: str = field(default="", compare=False)

    @property
    def language(self) -> str:
        """Its own language."""
        return self.sections[0].language


def list_concepts(export: Export) -> list[Concept]:
    """The approved terms of a handbook as concepts, by their ids."""
    terms: list[Term] = sorted(export.handbook.list_approved("terms"), key=lambda term: term.id)
    known = {term.id for term in terms}
    return [_convert_term(term, known, export) for term in terms]


def _convert_term(term: Term, known: set[str], export: Export) -> Concept:
    sections: dict[str, Section] = {}
    for naming in term.list_namings():
        language = format_tag(naming.get_language())
        # A naming takes the term's definition if it has none, and nobody would have translated that.
        definition = term.names[naming.loc[1]].definition if naming.loc else term.definition
        section = Section(language, tuple(_iter_names(naming, export)), definition or "")
        # The term's own words are first, and a language counts once.
        sections.setdefault(language.casefold(), section)
    own, *others = sections.values()
    return Concept(
        term.id,
        (own, *sorted(others, key=lambda section: section.language)),
        area=term.area or "",
        part_of_speech=term.part_of_speech or "",
        note=term.note or "",
        examples=tuple(dict.fromkeys(one.good for one in term.examples if one.good)),
        related=tuple(dict.fromkeys(id for id in term.related if id in known and id != term.id)),
        sources=tuple(dict.fromkeys(_convert_source(one, export.base) for one in term.sources)),
    )


def _convert_source(source: Any, base: str) -> Reference:
    url = source.url or ""
    if url.startswith("/") and base:
        url = base.rstrip("/") + url
    date = source.date.isoformat() if source.date else ""
    return Reference(source.title, url if _WEB.match(url) else "", source.publisher or "", date, source.note or "")


def _iter_names(term: Term, export: Export) -> Iterator[Name]:
    names = [
        Name(term.preferred, "preferred"),
        *([Name(term.abbreviation, "abbreviation")] if term.abbreviation else []),
        *(Name(name, "allowed") for name in term.allowed),
        *(_convert_avoid(one) for one in term.avoid if one.since is None or one.since <= export.today),
    ]
    seen = set()
    for name in names:
        if name.text not in seen:
            seen.add(name.text)
            yield name


def _convert_avoid(avoid: Avoid) -> Name:
    return Name(avoid.term, "avoid", avoid.use, avoid.why or "", avoid.remove)


def format_tag(tag: str) -> str:
    """A language tag in the capitals that its parts are written in: `en-US`, `zh-Hans`."""
    first, *others = tag.strip().replace("_", "-").split("-")
    return "-".join((first.lower(), *(_format_subtag(part) for part in others)))


def _format_subtag(part: str) -> str:
    return part.upper() if len(part) == 2 else part.title() if len(part) == 4 and part.isalpha() else part.lower()


def choose_language(languages: Iterable[str], own: str) -> str:
    """Which of these languages is the handbook's: the same tag, else one of the same language, else the first."""
    tags = list(languages)
    for key in (format_tag, lambda tag: format_tag(tag).partition("-")[0]):
        if found := next((tag for tag in tags if key(tag) == key(own)), None):
            return found
    return tags[0]


class Builder:
    """Makes fields of a term's record of concepts.

    language: the handbook's. is_ours: the file is one that we wrote, so that ids are ours, and the first section of a
    concept is its own. omissions: what has no place in a record.
    """

    def __init__(self, language: str, is_ours: bool) -> None:
        self._language, self._is_ours = format_tag(language), is_ours
        self.omissions: list[Omission] = []

    def build_fields(self, concept: Concept) -> dict[str, Any] | None:
        """The fields of a concept; None, with an omission, if it has no name that we could use."""
        sections = {section.language: section for one in concept.sections if (section := self._check(concept, one))}
        usable = {tag: one for tag, one in sections.items() if one.names and one.names[0].status == "preferred"}
        self._tell_unusable(concept, sections.keys() - usable.keys(), sections)
        if not usable:
            return None
        own = next(iter(usable)) if self._is_ours else choose_language(usable, self._language)
        fields = _build_section(usable.pop(own))
        fields |= {"part_of_speech": concept.part_of_speech, "area": concept.area}
        if own != self._language and (self._is_ours or not _is_same_language(own, self._language)):
            fields["language"] = own
        fields |= {
            "names": {tag: _build_section(one) for tag, one in usable.items()},
            "examples": [{"good": text} for text in concept.examples],
            "related": list(concept.related),
            "sources": [one.list_fields() for one in concept.sources],
            "note": concept.note,
        }
        found = {key: value for key, value in fields.items() if value}
        return {"id": concept.id, **found} if self._is_ours else found

    def omit(self, place: str, text: str, reason: str) -> None:
        """Say what is left out."""
        self.omissions.append(Omission(place, text, reason))

    def _check(self, concept: Concept, section: Section) -> Section | None:
        """The section with the names that a record can hold."""
        kept = []
        for name in section.names:
            if reason := refuse_phrase(name.text):
                self.omit(concept.place, name.text, f"This name {reason}.")
            else:
                kept.append(name)
        return replace(section, names=tuple(kept)) if kept else None

    def _tell_unusable(self, concept: Concept, tags: Iterable[str], sections: Mapping[str, Section]) -> None:
        for tag in sorted(tags):
            listed = ", ".join(name.text for name in sections[tag].names)
            self.omit(
                concept.place,
                listed,
                f"In `{tag}`, the source says what not to call it, but not what to call it. Add a preferred name.",
            )
        if not sections and not any(section.names for section in concept.sections):
            self.omit(concept.place, concept.id, "This concept has no name.")


def _is_same_language(one: str, other: str) -> bool:
    return one.partition("-")[0] == other.partition("-")[0]


def _build_section(section: Section) -> dict[str, Any]:
    by_status: dict[str, list[Name]] = {}
    for name in section.names:
        by_status.setdefault(name.status, []).append(name)
    fields = {
        "preferred": section.names[0].text,
        "definition": section.definition,
        "abbreviation": "".join(name.text for name in by_status.get("abbreviation", ())),
        "allowed": [name.text for name in by_status.get("allowed", ())],
        "avoid": [_build_avoid(name) for name in by_status.get("avoid", ())],
    }
    return {key: value for key, value in fields.items() if value}


def _build_avoid(name: Name) -> dict[str, Any]:
    fields = {"term": name.text, "use": list(name.use), "why": name.why, "remove": name.remove and not name.use}
    return {key: value for key, value in fields.items() if value}


def order_names(names: Sequence[tuple[Name, bool]]) -> tuple[Name, ...]:
    """The names of a section as a record has them: one preferred, the first, one abbreviation, and each text once.

    names: with whether the source says of a name's status what it is; else the first such name is the preferred one.
    """
    unique = list({name.text: (name, stated) for name, stated in reversed(names)}.values())[::-1]
    best = min(
        (index for index, (name, _) in enumerate(unique) if name.status != "avoid"),
        key=lambda index: (_rank_name(*unique[index]), index),
        default=None,
    )
    if best is None:
        return tuple(name for name, _ in unique)
    first = replace(unique.pop(best)[0], status="preferred")
    rest: list[Name] = []
    for name, _ in unique:
        is_second = name.status == "abbreviation" and any(one.status == "abbreviation" for one in rest)
        rest.append(replace(name, status="allowed") if is_second or name.status == "preferred" else name)
    return (first, *rest)


def _rank_name(name: Name, stated: bool) -> int:
    return 3 if name.status == "abbreviation" else {"preferred": 0}.get(name.status, 2 if stated else 1)


@functools.cache
def _load_phrase() -> Any:
    from pydantic import TypeAdapter

    from onevoice.records.scalar import Phrase

    return TypeAdapter(Phrase)


def refuse_phrase(text: str) -> str:
    """Why a text can't be a name, as the end of a sentence; "" if it can."""
    from pydantic import ValidationError

    try:
        _load_phrase().validate_python(text)
    except ValidationError as error:
        return str(error.errors()[0]["msg"]).rstrip(".") if text.strip() else "is empty"
    return ""
