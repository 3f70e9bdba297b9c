"""Contextive's glossaries -> concepts: the terms of each context, which is their area."""

from __future__ import annotations

from typing import Any

from onevoice.exchange.data import (
    JSON_ENDINGS,
    YAML_ENDINGS,
    format_place,
    list_texts,
    score_documents,
)
from onevoice.exchange.entry import Reading, Source
from onevoice.exchange.wordlist import WordList
from onevoice.load.yaml import DataPath, Document
from onevoice.records.scalar import WEB

ENDINGS = (*YAML_ENDINGS, *JSON_ENDINGS)
TERM_KEYS = {"name", "definition", "aliases", "examples", "meta"}
# What a context is about and where its words count, which no term says.
CONTEXT_KEYS = ("domainVisionStatement", "paths", "meta")


def read_glossary(source: Source) -> Reading:
    """The terms of all files of a source."""
    words = WordList("contextive")
    for document in words.iter_documents(source, ENDINGS, _judge_data, "it is no glossary of Contextive."):
        for index, address in enumerate(list_texts(document.data.get("imports") or [])):
            words.omit(format_place(document, "imports", index), address, "it is another glossary. Import that file.")
        for index, context in enumerate(document.data.get("contexts") or ()):
            _read_context(words, document, ("contexts", index), context)
    return words.build_reading()


def recognize_glossary(source: Source) -> int:
    """How sure it is that a source is a glossary of Contextive."""
    return score_documents(source, ENDINGS, _judge_data)


def _read_context(words: WordList, document: Document, path: DataPath, context: Any) -> None:
    if not isinstance(context, dict):
        words.omit(format_place(document, *path), "", "it is no context.")
        return
    for key in CONTEXT_KEYS:
        if context.get(key):
            words.omit(format_place(document, *path, key, key=True), key, "no term says this of its area.")
    area = " ".join(str(context.get("name") or "").split())
    terms = context.get("terms")
    for index, term in enumerate(terms if isinstance(terms, list) else ()):
        words.total += 1
        _read_term(words, document, (*path, "terms", index), area, term)


def _read_term(words: WordList, document: Document, path: DataPath, area: str, term: Any) -> None:
    place = format_place(document, *path)
    name = term.get("name") if isinstance(term, dict) else None
    if not isinstance(name, str):
        words.omit(place, "", "it has no `name`.")
        return
    given = term.get("meta")
    meta = given if isinstance(given, dict) else {}
    # Editors show what is in these texts as Markdown; what follows the first paragraph is no definition any more.
    definition, *more = _list_paragraphs(term.get("definition"))
    notes = [f"{key.rstrip(': ')}: {value}" for key, value in meta.items() if not WEB.match(str(value))]
    words.add_name(
        place,
        name,
        key=f"{area}/{name}" if area else name,
        definition=definition,
        area=area,
        allowed=list_texts(term.get("aliases") or []),
        examples=[
            {"good": text}
            for given in list_texts(term.get("examples") or [])
            for text in _list_paragraphs(given)
            if text
        ],
        note="\n\n".join((*more, *notes)),
        sources=[{"title": key.rstrip(": "), "url": value} for key, value in meta.items() if WEB.match(str(value))],
    )
    for key in term.keys() - TERM_KEYS:
        words.omit(format_place(document, *path, key, key=True), key, "Contextive has no such key.")


def _list_paragraphs(value: Any) -> list[str]:
    """The paragraphs of a text, each on one line; one empty one if there are none."""
    parts = [" ".join(part.split()) for part in value.split("\n\n")] if isinstance(value, str) else []
    return [part for part in parts if part] or [""]


def _judge_data(name: str, data: Any) -> int:
    contexts = data.get("contexts") if isinstance(data, dict) else None
    if not isinstance(contexts, list):
        return 0
    return 9 if any(isinstance(context, dict) and "terms" in context for context in contexts) else 0
