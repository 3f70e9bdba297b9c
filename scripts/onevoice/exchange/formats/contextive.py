"""Contextive: definitions that editors show when someone points at a word.

Its reader takes no key that it doesn't know, and a term only with a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from onevoice.exchange.correction import Correction
from onevoice.exchange.entry import Reading, Settings, Source
from onevoice.exchange.formats import Export, Format
from onevoice.exchange.yaml import format_yaml
from onevoice.handbook.address import find_page_path
from onevoice.output import Artifact
from onevoice.phrases.catalog import translate_text
from onevoice.records.term import Term

PATH = "onevoice.glossary.yml"


def read(source: Source, settings: Settings) -> Reading:
    """The terms of all glossaries of a source."""
    from onevoice.exchange import glossary

    return glossary.read_glossary(source)


def _recognize_source(source: Source) -> int:
    from onevoice.exchange import glossary

    return glossary.recognize_glossary(source)


def write(export: Export) -> Sequence[Artifact]:
    """`onevoice.glossary.yml`: a context with our terms, and one with the words to avoid, each with what to write."""
    brand = export.handbook.brand
    terms = [_describe_term(term, export.base) for term in export.handbook.list_approved("terms")]
    found = [one for one in export.corrections if _can_correct(one)]
    wrong = [
        _describe_wrong_word(next(forms), export.base) for _, forms in groupby(found, lambda one: (one.term, one.word))
    ]
    contexts: list[dict[str, Any]] = [{"name": brand.name, "terms": terms}]
    if brand.summary:
        contexts[0] = {"name": brand.name, "domainVisionStatement": brand.summary, "terms": terms}
    if wrong:
        contexts.append({"name": translate_text("Words to avoid"), "terms": wrong})
    return [Artifact(PATH, format_yaml({"contexts": contexts}).encode())]


def _can_correct(correction: Correction) -> bool:
    """Whether what is shown is true wherever the word is."""
    return not correction.is_limited


def _describe_term(term: Term, base: str) -> dict[str, Any]:
    return dict(_iter_term_keys(term, base))


def _iter_term_keys(term: Term, base: str) -> Iterator[tuple[str, Any]]:
    yield "name", term.preferred
    if meaning := "\n\n".join(filter(None, [term.definition, term.note])):
        yield "definition", meaning
    if examples := [example.good for example in term.examples if example.good]:
        yield "examples", examples
    if aliases := [*filter(None, [term.abbreviation]), *term.allowed]:
        yield "aliases", aliases
    if base:
        yield "meta", {translate_text("Read more"): f"{base.rstrip('/')}{find_page_path(term)}"}


def _describe_wrong_word(correction: Correction, base: str) -> dict[str, Any]:
    right = translate_text(" or ").join(f"“{text}”" for text in correction.right)
    advice = translate_text("Write %(right)s.", right=right) if right else translate_text("Leave it out.")
    entry: dict[str, Any] = {"name": correction.word, "definition": f"{advice} {correction.why}".rstrip()}
    if base:
        entry["meta"] = {translate_text("Read more"): f"{base.rstrip('/')}{correction.path}"}
    return entry


FORMAT = Format(
    "Contextive",
    (".glossary.yml", ".glossary.yaml", ".yml", ".yaml", ".json"),
    _recognize_source,
    read,
    write=write,
    rank=60,
    can_correct=_can_correct,
)
