"""SKOS -> concepts -> entries."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import Any

from onevoice.errors import OnevoiceError
from onevoice.exchange.concept import (
    Builder,
    Concept,
    Name,
    Reference,
    Section,
    choose_language,
    format_tag,
    order_names,
)
from onevoice.exchange.entry import Entry, Omission, Question, Reading, Settings, Source
from onevoice.exchange.formats.skos.graph import load_graph
from onevoice.exchange.formats.skos.names import LEXINFO, MARK, OWL, PARTS_OF_SPEECH, RDF, RDFS, SKOS, TERMS, XL
from onevoice.exchange.formats.skos.places import Lines
from onevoice.exchange.formats.skos.vocabulary import Vocabulary

HIDDEN = "hidden-labels"
LEAVE_OUT, AVOID = "leave them out", "avoid them"
_PARTS = {name: part for part, name in PARTS_OF_SPEECH.items()}
_LINKS = ("broader", "narrower", "related", "broaderTransitive", "narrowerTransitive")
_NO_PLACE, _STRANGERS = "A term has no place for it.", "links to other concepts"
_REASONS = {_STRANGERS: "These concepts aren't in the file, or are left out."}
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_USED = {
    *(SKOS + name for name in ("prefLabel", "altLabel", "hiddenLabel", "definition", "note", "scopeNote", "example")),
    *(SKOS + name for name in ("inScheme", "topConceptOf", "hasTopConcept", "member", *_LINKS)),
    *(XL + name for name in ("prefLabel", "altLabel", "hiddenLabel")),
    *(TERMS + name for name in ("language", "source", "isReplacedBy")),
    *(RDF + "type", RDFS + "label", OWL + "deprecated"),
}


def read_vocabulary(source: Source, settings: Settings) -> Reading:
    """All that the files of a source say. Raises OnevoiceError, with file and line, if one can't be read."""
    from onevoice.exchange.formats.skos import ENDINGS

    readings, omissions = [], []
    for name, data in sorted(source.files.items()):
        if len(source.files) == 1 or name.lower().endswith(ENDINGS):
            readings.append(_File(name, data, settings).build_reading())
        else:
            omissions.append(Omission(name, name.rpartition("/")[2], "This file isn't RDF."))
    questions = {question.key: question for reading in readings for question in reading.questions}
    return Reading(
        entries=tuple(entry for reading in readings for entry in reading.entries),
        omissions=(*(one for reading in readings for one in reading.omissions), *omissions),
        questions=tuple(questions.values()),
        total=sum(reading.total for reading in readings),
    )


class _File:
    def __init__(self, name: str, data: bytes, settings: Settings) -> None:
        self._name, self._settings = name, settings
        self._words = Vocabulary(load_graph(name, data))
        self._lines = Lines(name, data)
        self._is_ours = any(
            str(text) == MARK
            for scheme in self._words.schemes
            for text in self._words.list_values(scheme, TERMS + "description")
        )
        self._language = self._find_language(self._words.schemes) or format_tag(settings.language)
        self._omissions: list[Omission] = []
        # Of each kind of what's left out, where it's first, and how often it's there.
        self._left_out: dict[str, tuple[str, int]] = {}
        self._hidden: list[str] = []

    def build_reading(self) -> Reading:
        """What the file says."""
        if not self._words.concepts:
            raise OnevoiceError(f"{self._name}:1: there's no concept of SKOS in this file.")
        builder = Builder(self._settings.language, self._is_ours)
        entries = []
        for subject in self._words.concepts:
            place = self._lines.locate(subject)
            if self._words.is_deprecated(subject):
                self._omit_deprecated(subject, place)
            elif fields := builder.build_fields(self._build_concept(subject, place)):
                entries.append(Entry(str(subject), place, fields))
        for names in self._words.find_cycles():
            listed = ", ".join(self._words.name_resource(one) for one in names)
            self._omit(self._lines.locate(names[0]), listed, "Each of these is broader than the others.")
        entries = list(self._drop_unknown(entries))
        left_out = [
            Omission(place, f"{kind} ({count} times)" if count > 1 else kind, _REASONS.get(kind, _NO_PLACE))
            for kind, (place, count) in self._left_out.items()
        ]
        return Reading(
            tuple(entries),
            (*self._omissions, *builder.omissions, *left_out),
            questions=tuple(self._ask_hidden()),
            total=len(self._words.concepts),
        )

    def _ask_hidden(self) -> Iterator[Question]:
        if self._hidden:
            listed = ", ".join(self._hidden[:5])
            text = (
                f"The source has hidden labels ({listed}). Are they words to avoid, such as misspellings, or do they "
                "help a search, such as plurals?"
            )
            yield Question(HIDDEN, f"{self._name}:1", text, (LEAVE_OUT, AVOID), LEAVE_OUT)

    def _drop_unknown(self, entries: Sequence[Entry]) -> Iterator[Entry]:
        """The entries, related only to each other."""
        known = {entry.fields.get("id", entry.key) for entry in entries}
        for entry in entries:
            related = [one for one in entry.fields.get("related", ()) if one in known]
            self._count(_STRANGERS, entry.place, len(entry.fields.get("related", ())) - len(related))
            fields = {key: value for key, value in entry.fields.items() if key != "related"}
            yield Entry(entry.key, entry.place, {**fields, "related": related} if related else fields)

    def _build_concept(self, subject: str, place: str) -> Concept:
        sections: dict[str, list[tuple[Name, bool]]] = {}
        for tag, name in self._iter_names(subject, place):
            sections.setdefault(tag, []).append((name, True))
        stated = self._find_language([subject])
        own = stated or self._language
        tags = list(sections)
        if tags and own not in sections:
            own = choose_language(tags, own)
        definitions = dict(self._iter_definitions(subject, place, own))
        self._count_others(subject, place)
        areas = self._words.list_areas(subject)
        for area in areas[1:]:
            self._omit(place, area, "A term belongs to one area, and this concept has one already.")
        return Concept(
            str(subject).rstrip("/").rpartition("/")[2],
            tuple(
                Section(tag, order_names(sections[tag]), definitions.pop(tag, ""))
                for tag in sorted(tags, key=lambda tag: tag != own)
            ),
            area=areas[0] if areas else "",
            part_of_speech=self._find_part(subject),
            note="\n\n".join(self._iter_notes(subject, own)),
            examples=tuple(dict.fromkeys(self._iter_examples(subject, place, own))),
            related=tuple(dict.fromkeys(self._iter_related(subject))),
            sources=tuple(dict.fromkeys(self._iter_sources(subject, place))),
            place=place,
        )

    def _find_language(self, subjects: Sequence[str]) -> str:
        found = (str(text) for subject in subjects for text in self._words.list_values(subject, TERMS + "language"))
        return next((format_tag(text) for text in found if "/" not in text), "")

    def _tag(self, text: Any, own: str = "") -> str:
        return format_tag(text.language) if getattr(text, "language", None) else own or self._language

    def _iter_names(self, subject: str, place: str) -> Iterator[tuple[str, Name]]:
        seen: dict[str, str] = {}
        for text, _ in self._words.list_labels(subject, "prefLabel"):
            tag = self._tag(text)
            if tag in seen and seen[tag] != text:
                self._omit(place, text, f"It's a second preferred label in `{tag}`, so it's a name that's allowed.")
                yield tag, Name(str(text), "allowed")
            else:
                seen[tag] = str(text)
                yield tag, Name(str(text), "preferred")
        for text, label in self._words.list_labels(subject, "altLabel"):
            is_short = any(self._words.has_value(one, LEXINFO + "termType", LEXINFO + "abbreviation") for one in label)
            yield self._tag(text), Name(str(text), "abbreviation" if is_short else "allowed")
        for text, label in self._words.list_labels(subject, "hiddenLabel"):
            if name := self._read_hidden(text, label, place):
                yield self._tag(text), name

    def _read_hidden(self, text: Any, label: Sequence[str], place: str) -> Name | None:
        """A name to avoid, if it is one."""
        status, deprecated = LEXINFO + "normativeAuthorization", LEXINFO + "deprecatedTerm"
        for one in label:
            if self._words.has_value(one, status, deprecated):
                use = [
                    str(form)
                    for by in self._words.list_values(one, TERMS + "isReplacedBy")
                    for form in self._words.read_texts(by)
                ]
                notes = [str(note) for note in self._words.list_values(one, SKOS + "note")]
                remove = any(str(note) == "Delete it." for note in self._words.list_values(one, SKOS + "editorialNote"))
                return Name(str(text), "avoid", tuple(use), "\n\n".join(notes), remove)
        self._hidden.append(str(text))
        if self._settings.answers.get(HIDDEN, LEAVE_OUT) == AVOID:
            return Name(str(text), "avoid")
        self._omit(place, str(text), "It's a hidden label: it helps a search, and may be a plural or a misspelling.")
        return None

    def _find_part(self, subject: str) -> str:
        for _, label in self._words.list_labels(subject, "prefLabel"):
            for kind in ("partOfSpeech", "termType"):
                for value in (value for one in label for value in self._words.list_values(one, LEXINFO + kind)):
                    if part := _PARTS.get(str(value).removeprefix(LEXINFO)):
                        return part
        return ""

    def _iter_definitions(self, subject: str, place: str, own: str) -> Iterator[tuple[str, str]]:
        seen: set[str] = set()
        for text in self._words.list_texts(subject, SKOS + "definition"):
            tag = self._tag(text, own)
            if tag in seen:
                self._omit(place, str(text), f"The concept has a definition in `{tag}` already.")
            else:
                seen.add(tag)
                yield tag, str(text)

    def _iter_notes(self, subject: str, own: str) -> Iterator[str]:
        for kind in ("scopeNote", "note"):
            for text in self._words.list_texts(subject, SKOS + kind):
                tag = self._tag(text, own)
                yield str(text) if tag == own else f"{tag}: {text}"

    def _iter_examples(self, subject: str, place: str, own: str) -> Iterator[str]:
        for text in self._words.list_texts(subject, SKOS + "example"):
            if self._tag(text, own) == own:
                yield str(text)
            else:
                self._omit(place, str(text), "A record has examples in the term's own language only.")

    def _iter_related(self, subject: str) -> Iterator[str]:
        for kind in _LINKS:
            for other in self._words.list_values(subject, SKOS + kind):
                if other != subject:
                    yield str(other).rstrip("/").rpartition("/")[2] if self._is_ours else str(other)

    def _iter_sources(self, subject: str, place: str) -> Iterator[Reference]:
        for source in self._words.list_values(subject, TERMS + "source"):
            titles = [str(one) for one in self._words.list_values(source, TERMS + "title")] or [
                " ".join(str(source).split())
            ]
            seen = [str(one) for one in self._words.list_values(source, RDFS + "seeAlso")]
            url = seen[0] if seen else str(source)
            publisher, date, note = (
                next((str(one) for one in self._words.list_texts(source, TERMS + kind)), "")
                for kind in ("publisher", "date", "description")
            )
            if date and not _is_day(date):
                self._omit(place, date, "This isn't the day on which a source was published, as YYYY-MM-DD.")
                date = ""
            if not self._is_ours:
                publisher, note = " ".join(publisher.split()), note.strip()
            yield Reference(titles[0], url if url.startswith(("http:", "https:")) else "", publisher, date, note)

    def _count_others(self, subject: str, place: str) -> None:
        for kind, values in self._words.graph[subject].items():
            if kind not in _USED:
                self._count(self._words.shorten(kind), place, len(values))

    def _count(self, kind: str, place: str, times: int) -> None:
        """Note that something of this kind is left out."""
        if times:
            first, count = self._left_out.get(kind, (place, 0))
            self._left_out[kind] = first, count + times

    def _omit_deprecated(self, subject: str, place: str) -> None:
        following = [self._words.name_resource(one) for one in self._words.list_values(subject, TERMS + "isReplacedBy")]
        instead = f" It says what replaces it: {', '.join(following)}." if following else ""
        self._omit(place, self._words.name_resource(subject), f"The source marks this concept as deprecated.{instead}")

    def _omit(self, place: str, text: str, reason: str) -> None:
        self._omissions.append(Omission(place, str(text), reason))


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text) and datetime.date.fromisoformat(text))
    except ValueError:
        return False
