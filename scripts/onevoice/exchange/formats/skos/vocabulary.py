"""Questions about the statements of a vocabulary: which concepts it has, what they're called, how they're linked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from onevoice.exchange.formats.skos.graph import Graph
from onevoice.exchange.formats.skos.names import OWL, PREFIXES, RDF, RDFS, SKOS, TERMS, XL
from onevoice.records.scalar import LINE_BREAK

_COLLECTIONS = (SKOS + "Collection", SKOS + "OrderedCollection")


class Vocabulary:
    """A graph of SKOS. graph: its statements."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def list_values(self, subject: str, name: str) -> list[Any]:
        """The values of a property, each once."""
        return list(dict.fromkeys(self.graph.get(subject, {}).get(name, ())))

    def has_value(self, subject: str, name: str, value: str) -> bool:
        """Whether a property has a value."""
        return any(str(one) == value for one in self.list_values(subject, name))

    def read_texts(self, value: Any) -> list[Any]:
        """The texts that a value stands for: itself, or what a label or a note that is a resource says."""
        if _is_text(value):
            return [value]
        said = [*self.list_values(value, XL + "literalForm"), *self.list_values(value, RDF + "value")]
        return [text for text in said if _is_text(text) and text.strip()]

    def list_texts(self, subject: str, name: str) -> list[Any]:
        """The texts of a property that aren't empty."""
        return [text for value in self.list_values(subject, name) for text in self.read_texts(value) if text.strip()]

    def list_labels(self, subject: str, name: str) -> list[tuple[Any, list[str]]]:
        """Labels of a concept, each with the resources that say more of it."""
        found: dict[Any, list[str]] = {text: [] for text in self.list_texts(subject, SKOS + name)}
        for label in self.list_values(subject, XL + name):
            for text in self.read_texts(label):
                found.setdefault(text, []).append(label)
        if not found and name == "prefLabel":
            found = {text: [] for kind in (RDFS + "label", TERMS + "title") for text in self.list_texts(subject, kind)}
        return list(found.items())

    @cached_property
    def schemes(self) -> list[str]:
        """The concept schemes."""
        named = {scheme for concept in self.graph.values() for scheme in concept.get(SKOS + "inScheme", ())}
        return [one for one in self.graph if one in named or self.has_value(one, RDF + "type", SKOS + "ConceptScheme")]

    @cached_property
    def concepts(self) -> list[str]:
        """The concepts, in the order of the file."""
        kinds = {SKOS + "Concept"}
        # Kinds of kinds of concepts: each round adds at least one.
        while more := {
            str(one)
            for one, said in self.graph.items()
            if str(one) not in kinds and kinds & set(map(str, said.get(RDFS + "subClassOf", ())))
        }:
            kinds |= more
        others = {*self.schemes, *self._collections}
        return [
            one
            for one, said in self.graph.items()
            if one not in others
            and (
                kinds & set(map(str, said.get(RDF + "type", ())))
                or said.keys() & {SKOS + "prefLabel", XL + "prefLabel", SKOS + "broader", SKOS + "topConceptOf"}
            )
        ]

    @cached_property
    def _collections(self) -> dict[str, None]:
        return {
            one: None
            for one, said in self.graph.items()
            if {*map(str, said.get(RDF + "type", ()))} & {*_COLLECTIONS} or SKOS + "member" in said
        }

    @cached_property
    def _areas(self) -> dict[str, list[str]]:
        """The names of the collections that each concept is in."""
        areas: dict[str, list[str]] = {}
        for collection in self._collections:
            name = self.name_resource(collection)
            for member in [*self.list_values(collection, SKOS + "member"), *self._iter_members(collection)]:
                areas.setdefault(member, []).append(name)
        return areas

    def _iter_members(self, collection: str) -> Iterator[str]:
        """What an ordered collection lists."""
        seen: set[str] = set()
        left = self.list_values(collection, SKOS + "memberList")
        while left and left[0] not in seen:
            seen.add(left[0])
            yield from self.list_values(left[0], RDF + "first")
            left = self.list_values(left[0], RDF + "rest")

    def list_areas(self, subject: str) -> list[str]:
        """The collections that a concept is in; if it's in none, its schemes, if the file has several."""
        if found := self._areas.get(subject):
            return list(dict.fromkeys(found))
        schemes = self.list_values(subject, SKOS + "inScheme") if len(self.schemes) > 1 else []
        return list(dict.fromkeys(self.name_resource(one) for one in schemes))

    def is_deprecated(self, subject: str) -> bool:
        """Whether a concept isn't to be used any longer."""
        return any(str(value).lower() in ("true", "1") for value in self.list_values(subject, OWL + "deprecated"))

    def name_resource(self, subject: str) -> str:
        """What people call a resource: its first label, else the end of its address."""
        labels = [str(text) for text, _ in self.list_labels(subject, "prefLabel")]
        return LINE_BREAK.sub(" ", labels[0]) if labels else re.split("[/#]", str(subject).rstrip("/#"))[-1]

    def shorten(self, name: str) -> str:
        """The name of a property with a prefix, as in Turtle."""
        for prefix, address in PREFIXES.items():
            if name.startswith(address):
                return f"{prefix}:{name[len(address) :]}"
        return name

    def find_cycles(self) -> list[list[str]]:
        """Concepts that are broader than themselves, in circles."""
        broader = {one: self.list_values(one, SKOS + "broader") for one in self.concepts}
        done: set[str] = set()
        cycles = []
        for start in broader:
            # The concepts on the way, each with its place in it.
            path: dict[str, int] = {}
            steps = [iter([start])]
            while steps:
                following = next(steps[-1], None)
                if following is None:
                    steps.pop()
                    if path:
                        done.add(path.popitem()[0])
                elif following in path:
                    cycles.append(list(path)[path[following] :])
                elif following not in done and following in broader:
                    path[following] = len(path)
                    steps.append(iter(broader[following]))
        return cycles


def _is_text(value: Any) -> bool:
    """Whether a value is a literal: the other kinds of rdflib are resources."""
    return hasattr(value, "datatype")
