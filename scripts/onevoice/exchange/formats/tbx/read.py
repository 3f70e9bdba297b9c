"""TBX -> concepts -> entries.

A name that's deprecated, superseded, forbidden or obsolete is one to avoid. Of names without a status, the first is the
preferred one. Whatever has no place in a term is told once for each kind, or with its own line if it is a text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.exchange.concept import (
    Builder,
    Concept,
    Name,
    Reference,
    Section,
    Status,
    choose_language,
    format_tag,
    order_names,
    refuse_phrase,
)
from onevoice.exchange.entry import Entry, Omission, Reading, Settings, Source
from onevoice.exchange.formats.tbx import categories
from onevoice.exchange.formats.tbx.write import ID, MARK, REMOVE, USE
from onevoice.exchange.markup import Element, iter_elements

HEADERS = frozenset(("tbxHeader", "martifHeader"))
CONCEPTS, SECTIONS, TERMS = (
    frozenset(("conceptEntry", "termEntry")),
    frozenset(("langSec", "langSet")),
    frozenset(("termSec", "tig", "ntig")),
)
# What says what it is in an attribute. Of other elements, the name says it, with a prefix in the style DCT.
_TYPED = frozenset(
    ("termNote", "descrip", "admin", "ref", "xref", "descripNote", "adminNote", "transac", "transacNote")
)
_GROUPS = frozenset(("termGrp", "termNoteGrp", "descripGrp", "adminGrp", "termCompGrp"))
_OTHER_LANGUAGE = "A record has room for this in the term's own language only. Add it by hand if you need it."


def read_termbase(source: Source, settings: Settings) -> Reading:
    """All that the TBX files of a source say. Raises OnevoiceError, with file and line, if one can't be read."""
    readings, omissions = [], []
    for name, data in sorted(source.files.items()):
        if len(source.files) == 1 or name.lower().endswith(".tbx"):
            readings.append(_read_file(name, data, settings))
        else:
            omissions.append(Omission(name, name.rpartition("/")[2], "This file isn't TBX."))
    return Reading(
        entries=tuple(entry for reading in readings for entry in reading.entries),
        omissions=(*(one for reading in readings for one in reading.omissions), *omissions),
        total=sum(reading.total for reading in readings),
    )


def _read_file(name: str, data: bytes, settings: Settings) -> Reading:
    if len(data) > limits.MAX_TERMBASE_BYTES:
        most = f"{limits.MAX_TERMBASE_BYTES // 2**20} MB"
        raise OnevoiceError(
            f"{name}:1: the file has more than {most}. Export it in parts, such as one for each subject."
        )
    file = _File(name, settings)
    for element in iter_elements(data, name, HEADERS | CONCEPTS):
        if element.tag in CONCEPTS:
            file.read_concept(element)
        elif element.tag in HEADERS:
            file.is_ours = MARK in element.join_text()
        elif element.tag not in ("martif", "tbx"):
            raise OnevoiceError(f"{name}:{element.line}: this isn't TBX: its outermost element is `{element.tag}`.")
    return file.build_reading()


@dataclass
class _Draft:
    """What a concept says, while it's read. related: with the lines. ids: all that others may refer to."""

    id: str
    line: int
    sections: dict[str, list[tuple[Name, bool]]] = field(default_factory=dict)
    definitions: dict[str, str] = field(default_factory=dict)
    texts: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    sources: list[Reference] = field(default_factory=list)
    related: list[tuple[str, int]] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)


class _File:
    def __init__(self, name: str, settings: Settings) -> None:
        self._name, self._language = name, format_tag(settings.language)
        self.is_ours = False
        self._drafts: list[_Draft] = []
        self._omissions: list[Omission] = []
        # Of each kind of what's left out, the first line and how often.
        self._left_out: dict[str, tuple[int, int]] = {}
        # The concepts that ids stand for: their own, and those of their names.
        self._concepts: dict[str, _Draft] = {}

    def read_concept(self, element: Element) -> None:
        """Take in a concept."""
        draft = _Draft(element.get("id").strip(), element.line)
        self._drafts.append(draft)
        self._concepts.setdefault(draft.id, draft)
        for item, category in self._iter_items(element, SECTIONS):
            self._take(draft, "", item, category)
        for section in element.iter_descendants(SECTIONS):
            self._read_section(draft, section)

    def _read_section(self, draft: _Draft, element: Element) -> None:
        tag = format_tag(element.get("lang")) if element.get("lang").strip() else self._language
        names = draft.sections.setdefault(tag, [])
        for item, category in self._iter_items(element, TERMS):
            self._take(draft, tag, item, category)
        for term in element.iter_descendants(TERMS):
            if name := self._read_term(draft, tag, term):
                names.append(name)

    def _read_term(self, draft: _Draft, tag: str, element: Element) -> tuple[Name, bool] | None:
        found = next(element.iter_descendants({"term"}), None)
        text = self._read_text(found) if found else ""
        self._concepts.setdefault(element.get("id").strip(), draft)
        if found:
            self._concepts.setdefault(found.get("id").strip(), draft)
        items = list(self._iter_items(element, frozenset(("term",))))
        status, stated = self._read_status(items)
        if not text:
            self._omit(element.line, "", "This name is empty.")
            return None
        name = Name(text, status)
        for item, category in items:
            if category == "note" and status == "avoid":
                name = self._advise(name, self._read_text(item))
            elif category == "note" and not self.is_ours:
                # The first name is the one that a note without a name is about.
                about = f"{text}: " if draft.sections[tag] else ""
                self._add_text(draft, tag, "note", about + self._read_text(item))
            elif category == "part":
                self._read_part(draft, item, items)
            elif category == "definition" and status == "avoid":
                self._omit(item.line, self._read_text(item), "This defines a name that we avoid.")
            elif category not in ("status", "type"):
                self._take(draft, tag, item, category)
        return name, stated

    def _read_status(self, items: list[tuple[Element, str]]) -> tuple[Status, bool]:
        """What a name is, and whether the source says so. If it says several things, the strictest counts."""
        said = {self._find_status(item) for item, category in items if category == "status"}
        types = {categories.squeeze_word(item.join_text()) for item, category in items if category == "type"}
        if "avoid" in said:
            return "avoid", True
        if types & categories.SHORT_TYPES:
            return "abbreviation", True
        return ("preferred" if "preferred" in said else "allowed"), bool(said & {"preferred", "allowed"})

    def _find_status(self, item: Element) -> str:
        known = categories.find_status(item.join_text())
        if known is None:
            self._omit(item.line, self._read_text(item), "Nobody knows this status, so the name counts as one without.")
        return known or ""

    def _read_part(self, draft: _Draft, item: Element, items: list[tuple[Element, str]]) -> None:
        part = categories.find_part_of_speech(item.join_text())
        if self.is_ours and not part:
            is_phrase = any(kind == "type" and one.join_text() == "phrase" for one, kind in items)
            part = "phrase" if is_phrase else "" if any(kind == "type" for _, kind in items) else "proper noun"
        elif not part and categories.squeeze_word(item.join_text()) != "other":
            self._omit(item.line, self._read_text(item), "A term has no such part of speech.")
        if part:
            draft.parts.append(part)

    def _advise(self, name: Name, text: str) -> Name:
        """A name to avoid, with what a note says of it."""
        if self.is_ours and text == REMOVE:
            return replace(name, remove=True)
        use = text.removeprefix(USE)
        if self.is_ours and use != text and not name.why and use == use.strip() and not refuse_phrase(use):
            return replace(name, use=(*name.use, use))
        return replace(name, why=f"{name.why}\n\n{text}" if name.why else text)

    def _take(self, draft: _Draft, tag: str, item: Element, category: str) -> None:
        """Take in what's said of a concept, or of what it's called in a language."""
        text = self._read_text(item)
        if not text:
            return
        if category == "definition":
            language = format_tag(item.get("lang")) if item.get("lang") else tag
            if draft.definitions.setdefault(language, text) != text:
                self._omit(
                    item.line, text, "The concept has a definition already, and a term has one in each language."
                )
        elif category == "source" or category == "link":
            target = item.get("target").strip()
            url = target if target.startswith(("http:", "https:")) else ""
            draft.sources.append(Reference(text if self.is_ours else " ".join(text.split()), url))
        elif category == "related":
            draft.related.append((item.get("target").strip().removeprefix("#"), item.line))
        elif category == "area":
            self._add_text(draft, tag, category, text if self.is_ours else " ".join(text.split()))
        elif category in ("context", "note"):
            self._add_text(draft, tag, category, text)
        else:
            self._count(category, item)

    def _add_text(self, draft: _Draft, tag: str, category: str, text: str) -> None:
        draft.texts.setdefault((category, tag), []).append(text)

    def _iter_items(self, element: Element, inner: frozenset[str]) -> Iterator[tuple[Element, str]]:
        """What's said of an element itself, not of those in it, each with what it is to us."""
        for child in element.children:
            if child.tag in inner:
                continue
            if child.tag == "transacGrp" or child.tag == "date":
                self._count("transacGrp", child)
            elif child.tag in _GROUPS:
                yield from self._iter_items(child, inner)
            else:
                kind = child.get("type") if child.tag in _TYPED else child.tag
                if category := categories.find_category(kind):
                    yield child, category
                else:
                    self._count(kind or child.tag, child)

    def _count(self, kind: str, item: Element) -> None:
        line, count = self._left_out.get(kind, (item.line, 0))
        self._left_out[kind] = line, count + 1

    def build_reading(self) -> Reading:
        """What the file says, once all of it is known."""
        if not self._drafts:
            raise OnevoiceError(f"{self._name}:1: there's no concept in this file.")
        builder = Builder(self._language, self.is_ours)
        keys = self._choose_keys()
        entries = []
        for draft in self._drafts:
            concept = self._build_concept(draft, keys)
            if fields := builder.build_fields(concept):
                entries.append(Entry(keys[id(draft)], concept.place, fields))
        left_out = [
            Omission(f"{self._name}:{line}", f"{kind} ({count} times)" if count > 1 else kind, _explain_kind(kind))
            for kind, (line, count) in self._left_out.items()
        ]
        return Reading(tuple(entries), (*self._omissions, *builder.omissions, *left_out), total=len(self._drafts))

    def _choose_keys(self) -> dict[int, str]:
        """What each concept is known by: its id, else its first name; a second time, with a number."""
        keys: dict[int, str] = {}
        counts: dict[str, int] = {}
        for draft in self._drafts:
            first = next((name.text for names in draft.sections.values() for name, _ in names), "")
            key = draft.id or first or f"line {draft.line}"
            counts[key] = counts.get(key, 0) + 1
            keys[id(draft)] = key if counts[key] == 1 else f"{key} ({counts[key]})"
        return keys

    def _build_concept(self, draft: _Draft, keys: dict[int, str]) -> Concept:
        tags = [tag for tag, names in draft.sections.items() if names]
        own = "" if not tags else tags[0] if self.is_ours else choose_language(tags, self._language)
        self._settle_definition(draft, own)
        areas = draft.texts.get(("area", ""), [])
        for area in areas[1:]:
            self._omit(draft.line, area, "A term belongs to one area, and this concept has one already.")
        if len(set(draft.parts)) > 1:
            self._omit(draft.line, ", ".join(draft.parts[1:]), f"A term has one part of speech: `{draft.parts[0]}`.")
        return Concept(
            draft.id.removeprefix(ID),
            tuple(Section(tag, order_names(draft.sections[tag]), draft.definitions.get(tag, "")) for tag in tags),
            area=areas[0] if areas else "",
            part_of_speech=draft.parts[0] if draft.parts else "",
            note="\n\n".join(self._gather_notes(draft, own)),
            examples=tuple(dict.fromkeys(self._gather_examples(draft, own))),
            related=tuple(dict.fromkeys(self._find_related(draft, keys))),
            sources=tuple(dict.fromkeys(draft.sources)),
            place=f"{self._name}:{draft.line}",
        )

    def _settle_definition(self, draft: _Draft, own: str) -> None:
        """Give the definition of a whole concept to its own language."""
        for tag, text in [*draft.definitions.items()]:
            if tag == "" and own and own not in draft.definitions:
                draft.definitions[own] = text
            elif tag not in draft.sections or (tag == "" and draft.definitions[own] != text):
                self._omit(draft.line, text, "There's no name that this could define, or it has a definition already.")

    def _gather_notes(self, draft: _Draft, own: str) -> Iterator[str]:
        for (category, tag), texts in draft.texts.items():
            if category == "note":
                yield from texts if tag in ("", own) else (f"{tag}: {text}" for text in texts)

    def _gather_examples(self, draft: _Draft, own: str) -> Iterator[str]:
        for (category, tag), texts in draft.texts.items():
            if category == "context" and tag in ("", own):
                yield from texts
            elif category == "context":
                for text in texts:
                    self._omit(draft.line, text, _OTHER_LANGUAGE)

    def _find_related(self, draft: _Draft, keys: dict[int, str]) -> Iterator[str]:
        for target, line in draft.related:
            other = self._concepts.get(target) if target else None
            if other is None:
                self._omit(line, target, "No concept of this file has this id.")
            elif other is not draft:
                yield keys[id(other)].removeprefix(ID) if self.is_ours else keys[id(other)]

    def _omit(self, line: int, text: str, reason: str) -> None:
        self._omissions.append(Omission(f"{self._name}:{line}", text, reason))

    def _read_text(self, element: Element) -> str:
        text = element.join_text()
        if self.is_ours:
            return text.strip()
        # Programs indent what they write; an empty line is between paragraphs.
        paragraphs = (" ".join(part.split()) for part in text.replace("\r", "").split("\n\n"))
        return "\n\n".join(part for part in paragraphs if part)


def _explain_kind(kind: str) -> str:
    if kind == "transacGrp":
        return "Who changed what, and when, is left to Git."
    return "A term has no place for it."
