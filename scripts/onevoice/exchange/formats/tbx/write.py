"""Concepts -> TBX-Basic, version 3.

Each concept's id is its term's, behind `term-`, since an id of XML can't begin with a digit. Our own files are known by
what the header says, and read back as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from onevoice.exchange.concept import Concept, Name, Section, list_concepts
from onevoice.exchange.formats import Export
from onevoice.exchange.formats.tbx.categories import PARTS_OF_SPEECH, STATUSES
from onevoice.output import Artifact

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
ID = "term-"
MARK = "Written by onevoice."
# How a note on a word says what to write instead.
USE, REMOVE = "Use: ", "Use nothing: delete it."


def write_termbase(export: Export) -> Sequence[Artifact]:
    """One file with every approved term."""
    concepts = list_concepts(export)
    brand = export.handbook.brand
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<tbx type="TBX-Basic" style="dca" xml:lang="{brand.language}" xmlns="{NAMESPACE}">',
        f"<tbxHeader><fileDesc><titleStmt>{_write_text('title', brand.name)}</titleStmt>"
        f"<sourceDesc>{_write_text('p', MARK)}</sourceDesc></fileDesc></tbxHeader>",
        "<text><body>",
        *(line for concept in concepts for line in _iter_concept(concept)),
        "</body></text>",
        "</tbx>",
    ]
    return [Artifact("onevoice.tbx", ("\n".join(lines) + "\n").encode())]


def _iter_concept(concept: Concept) -> Iterator[str]:
    yield f'<conceptEntry id="{ID}{concept.id}">'
    if concept.area:
        yield _write_category("descrip", "subjectField", concept.area)
    # TBX has no category for a source's publisher and date.
    for title, url in dict.fromkeys((source.title, source.url) for source in concept.sources):
        if url:
            yield _write_category("xref", "externalCrossReference", title, target=url)
        else:
            yield _write_category("admin", "source", title)
    for id in concept.related:
        yield _write_category("ref", "crossReference", id, target=ID + id)
    if concept.note:
        yield _write_text("note", concept.note)
    for section in concept.sections:
        yield from _iter_section(concept, section)
    yield "</conceptEntry>"


def _iter_section(concept: Concept, section: Section) -> Iterator[str]:
    yield f'<langSec xml:lang="{section.language}">'
    if section.definition:
        yield _write_category("descrip", "definition", section.definition)
    is_own = section is concept.sections[0]
    for name in section.names:
        yield f"<termSec>{_write_text('term', name.text)}"
        yield from _iter_term_notes(concept, name)
        if is_own and name.status == "preferred":
            yield from (_write_category("descrip", "context", text) for text in concept.examples)
        yield from (_write_text("note", text) for text in _iter_advice(name))
        yield "</termSec>"
    yield "</langSec>"


def _iter_term_notes(concept: Concept, name: Name) -> Iterator[str]:
    if concept.part_of_speech:
        yield _write_category("termNote", "partOfSpeech", PARTS_OF_SPEECH[concept.part_of_speech])
    if name.status == "abbreviation":
        yield _write_category("termNote", "termType", "abbreviation")
    elif concept.part_of_speech == "phrase":
        yield _write_category("termNote", "termType", "phrase")
    yield _write_category("termNote", "administrativeStatus", STATUSES[name.status])


def _iter_advice(name: Name) -> Iterator[str]:
    yield from (USE + text for text in name.use)
    if name.remove:
        yield REMOVE
    if name.why:
        yield name.why


def _write_category(tag: str, category: str, text: str, target: str = "") -> str:
    to = f' target="{_escape(target)}"' if target else ""
    return f'<{tag} type="{category}"{to}>{_escape(text)}</{tag}>'


def _write_text(tag: str, text: str) -> str:
    return f"<{tag}>{_escape(text)}</{tag}>"


def _escape(text: str) -> str:
    # A reader of XML takes a bare carriage return for a line feed.
    return escape(text, {'"': "&quot;", "\r": "&#13;"})
