"""Concepts -> SKOS in Turtle, written line by line: no library sorts the same statements the same way every time.

Names, notes and links are sets in RDF, so they're sorted. A concept's address is that of its page in the handbook.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from onevoice.exchange.concept import Concept, Name, Reference, Section, format_tag, list_concepts
from onevoice.exchange.formats import Export
from onevoice.exchange.formats.skos.names import MARK, NOWHERE, PARTS_OF_SPEECH, PREFIXES
from onevoice.output import Artifact

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_PROPERTIES = {"preferred": "prefLabel", "abbreviation": "altLabel", "allowed": "altLabel", "avoid": "hiddenLabel"}


def write_vocabulary(export: Export) -> Sequence[Artifact]:
    """One file with every approved term."""
    concepts = list_concepts(export)
    brand = export.handbook.brand
    base = f"{export.base or NOWHERE}glossary/"
    language = format_tag(brand.language)
    scheme = [
        "a skos:ConceptScheme",
        f"dct:title {_quote(brand.name, language)}",
        f"dct:language {_quote(language)}",
        f"dct:description {_quote(MARK, 'en')}",
    ]
    blocks = [
        "\n".join(f"@prefix {prefix}: <{address}> ." for prefix, address in PREFIXES.items()),
        _write_block(f"<{base}>", scheme),
        *(_write_area(base, index, area, concepts, language) for index, area in enumerate(_list_areas(concepts), 1)),
        *(_write_block(f"<{base}{concept.id}/>", _iter_concept(concept, base, language)) for concept in concepts),
    ]
    return [Artifact("onevoice.ttl", ("\n\n".join(blocks) + "\n").encode())]


def _list_areas(concepts: Iterable[Concept]) -> list[str]:
    return sorted({concept.area for concept in concepts if concept.area})


def _write_area(base: str, index: int, area: str, concepts: Iterable[Concept], language: str) -> str:
    members = [f"skos:member <{base}{concept.id}/>" for concept in concepts if concept.area == area]
    return _write_block(
        f"<{base}#area-{index}>", ["a skos:Collection", f"skos:prefLabel {_quote(area, language)}", *members]
    )


def _write_block(subject: str, statements: Iterable[str]) -> str:
    return f"{subject} " + " ;\n  ".join(statements) + " ."


def _iter_concept(concept: Concept, base: str, language: str) -> Iterator[str]:
    yield "a skos:Concept"
    yield f"skos:inScheme <{base}>"
    if concept.language != language:
        yield f"dct:language {_quote(concept.language)}"
    for section in concept.sections:
        yield from _iter_section(concept, section)
    if concept.note:
        yield f"skos:note {_quote(concept.note, concept.language)}"
    yield from (f"skos:example {_quote(text, concept.language)}" for text in sorted(concept.examples))
    yield from (f"skos:related <{base}{id}/>" for id in sorted(concept.related))
    yield from (
        f"dct:source {_write_source(one, concept.language)}" for one in sorted(concept.sources, key=dataclasses.astuple)
    )


def _write_source(source: Reference, language: str) -> str:
    said = [f"dct:title {_quote(source.title, language)}"]
    if source.publisher:
        said.append(f"dct:publisher {_quote(source.publisher, language)}")
    if source.date:
        said.append(f"dct:date {_quote(source.date)}")
    if source.note:
        said.append(f"dct:description {_quote(source.note, language)}")
    if source.url:
        said.append(f"rdfs:seeAlso <{source.url}>")
    return f"[ {' ; '.join(said)} ]"


def _iter_section(concept: Concept, section: Section) -> Iterator[str]:
    order = list(_PROPERTIES)
    for name in sorted(section.names, key=lambda name: (order.index(name.status), name.text)):
        quoted = _quote(name.text, section.language)
        yield f"skos:{_PROPERTIES[name.status]} {quoted}"
        if said := list(_iter_label(concept, section, name)):
            label = " ; ".join(("a skosxl:Label", f"skosxl:literalForm {quoted}", *said))
            yield f"skosxl:{_PROPERTIES[name.status]} [ {label} ]"
    if section.definition:
        yield f"skos:definition {_quote(section.definition, section.language)}"


def _iter_label(concept: Concept, section: Section, name: Name) -> Iterator[str]:
    """What's said of a name itself. What people write for readers is in the concept's own language."""
    if name.status == "preferred" and concept.part_of_speech and section is concept.sections[0]:
        kind = "termType" if concept.part_of_speech == "phrase" else "partOfSpeech"
        yield f"lexinfo:{kind} lexinfo:{PARTS_OF_SPEECH[concept.part_of_speech]}"
    if name.status == "abbreviation":
        yield "lexinfo:termType lexinfo:abbreviation"
    if name.status == "avoid":
        yield "lexinfo:normativeAuthorization lexinfo:deprecatedTerm"
        for text in sorted(name.use):
            yield f"dct:isReplacedBy [ skosxl:literalForm {_quote(text, section.language)} ]"
        if name.remove:
            yield f"skos:editorialNote {_quote('Delete it.', 'en')}"
        if name.why:
            yield f"skos:note {_quote(name.why, concept.language)}"


def _quote(text: str, language: str = "") -> str:
    escaped = "".join(_ESCAPES.get(char, char) for char in text)
    return f'"{escaped}"' + (f"@{language}" if language else "")
