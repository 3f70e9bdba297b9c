"""XLIFF 2.0, for translators: the names and definitions of our terms as units without a translation yet.

A file of XLIFF has one source language, so terms without a name in the handbook's language stay at home.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from onevoice.exchange.concept import Concept, Section, format_tag, list_concepts
from onevoice.exchange.formats import Export, Format
from onevoice.output import Artifact

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"


class Unit(NamedTuple):
    """A text to translate. notes: what a translator should know of it, as (kind, text)."""

    id: str
    text: str
    notes: tuple[tuple[str, str], ...] = ()


def list_units(export: Export) -> list[Unit]:
    """What there is to translate: names that are right, and definitions."""
    language = format_tag(export.handbook.brand.language)
    return [
        unit
        for concept in list_concepts(export)
        for section in concept.sections
        if section.language == language
        for unit in _iter_units(concept, section)
    ]


def _iter_units(concept: Concept, section: Section) -> Iterator[Unit]:
    counts: dict[str, int] = {}
    for name in section.names:
        if name.status != "avoid":
            counts[name.status] = number = counts.get(name.status, 0) + 1
            notes = tuple(_iter_notes(concept, section)) if name.status == "preferred" else (("of", concept.id),)
            yield Unit(
                f"{concept.id}.{name.status}" + (f".{number}" if name.status == "allowed" else ""), name.text, notes
            )
    if section.definition:
        yield Unit(f"{concept.id}.definition", section.definition, (("defines", section.names[0].text),))


def _iter_notes(concept: Concept, section: Section) -> Iterator[tuple[str, str]]:
    if section.definition:
        yield "definition", section.definition
    if concept.part_of_speech:
        yield "part of speech", concept.part_of_speech
    if concept.area:
        yield "area", concept.area
    yield from (("avoid", name.text) for name in section.names if name.status == "avoid")
    if concept.note:
        yield "note", concept.note


def _write(export: Export) -> Sequence[Artifact]:
    language = format_tag(export.handbook.brand.language)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<xliff xmlns="{NAMESPACE}" version="2.0" srcLang="{language}">',
        '<file id="terms">',
        *(_write_unit(unit) for unit in list_units(export)),
        "</file>",
        "</xliff>",
    ]
    return [Artifact("onevoice.xlf", ("\n".join(lines) + "\n").encode())]


def _write_unit(unit: Unit) -> str:
    notes = "".join(f'<note category="{kind}">{write_xml_text(text)}</note>' for kind, text in unit.notes)
    segment = f"<segment><source>{write_xml_text(unit.text)}</source></segment>"
    return f'<unit id="{unit.id}">' + (f"<notes>{notes}</notes>" if notes else "") + f"{segment}</unit>"


def write_xml_text(text: str) -> str:
    """A text as XML has it."""
    # A reader of XML takes a bare carriage return for a line feed.
    return escape(text, {'"': "&quot;", "\r": "&#13;"})


FORMAT = Format("XLIFF 2.0, for translators", (".xlf", ".xliff"), write=_write, rank=50)
