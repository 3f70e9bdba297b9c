"""textlint: the terms of textlint-rule-terminology, in a list of their own or in `.textlintrc`."""

from __future__ import annotations

from typing import Any

from onevoice.exchange.data import (
    JSON_ENDINGS,
    YAML_ENDINGS,
    format_place,
    list_losses,
    list_texts,
    load_document,
    score_documents,
)
from onevoice.exchange.entry import Reading, Settings, Source
from onevoice.exchange.formats import Format
from onevoice.exchange.javascript_pattern import add_pattern
from onevoice.exchange.terminology import can_fix_everywhere, write_terminology
from onevoice.exchange.wordlist import WordList
from onevoice.load.yaml import DataPath, Document

ENDINGS = (".textlintrc", *JSON_ENDINGS, *YAML_ENDINGS)
# Rules with lists of the same shape; to the second, words are words and not regular expressions.
TERM_RULES, WORD_RULES = ("terminology", "terminology-zh"), ("stop-words",)
# Rules whose words are in files that other formats read.
OTHER_LISTS = {"prh": "rulePaths", "alex": "allow", "spellchecker": "dictPaths"}
NAMES = {".textlintrc": 5, ".textlintrc.json": 5, ".textlintrc.yml": 5, ".textlintrc.yaml": 5}


def read(source: Source, settings: Settings) -> Reading:
    """The terms of all lists of a source."""
    words = WordList("textlint")
    for path, data in source.files.items():
        if not path.lower().endswith(ENDINGS):
            words.omit(path, "", "it is neither JSON nor YAML.")
            continue
        document = load_document(path, data)
        words.add_omissions(list(list_losses(document)))
        if isinstance(document.data, list):
            _read_terms(words, document, (), document.data, set())
        elif _is_settings(document.data):
            _read_settings(words, document)
        else:
            words.omit(path, "", "it is no list of textlint's terms.")
    return words.build_reading()


def _read_settings(words: WordList, document: Document) -> None:
    for name, options in document.data["rules"].items():
        path: DataPath = ("rules", name)
        rule = name.removeprefix("textlint-rule-")
        if rule not in (*TERM_RULES, *WORD_RULES):
            if rule in OTHER_LISTS and isinstance(options, dict) and OTHER_LISTS[rule] in options:
                reason = "its words are another program's. Import the files that it names."
                words.omit(format_place(document, *path, key=True), name, reason)
            continue
        if not isinstance(options, dict):
            continue
        exclude = set(list_texts(options.get("exclude", [])))
        key = "terms" if rule in TERM_RULES else "words"
        _read_terms(words, document, (*path, key), options.get(key), exclude, plain=rule in WORD_RULES)
        if exclude and options.get("defaultTerms", options.get("defaultWords")) != "false":
            reason = "it takes words out of the rule's own list, which isn't in this file."
            words.omit(format_place(document, *path, "exclude", key=True), ", ".join(sorted(exclude)), reason)


def _read_terms(
    words: WordList, document: Document, path: DataPath, terms: Any, exclude: set[str], *, plain: bool = False
) -> None:
    if isinstance(terms, str):
        place = format_place(document, *path)
        words.total += 1
        words.omit(place, terms, "the terms are in another file or package. Import that file.")
        return
    for index, term in enumerate(terms if isinstance(terms, list) else ()):
        words.total += 1
        _read_term(words, format_place(document, *path, index), term, exclude, plain)


def _read_term(words: WordList, place: str, term: Any, exclude: set[str], plain: bool) -> None:
    wrong, right = (list_texts(one) for one in (*term, [], [])[:2]) if isinstance(term, list) else ([], [])
    if exclude.intersection([term] if isinstance(term, str) else wrong):
        words.omit(place, wrong[0] if wrong else term, "`exclude` takes it out.")
    elif isinstance(term, str):
        words.add_bare(place, term) if plain else words.add_name(place, term, case="exact")
    elif not wrong:
        words.omit(place, str(term or ""), "this is neither a term nor a pair of a pattern and its replacement.")
    for pattern in [] if exclude.intersection(wrong) else wrong:
        if plain:
            words.add_pair(place, pattern, right)
        else:
            add_pattern(words, place, pattern, right)


def _is_settings(data: Any) -> bool:
    rules = data.get("rules") if isinstance(data, dict) else None
    return isinstance(rules, dict)


def _judge_data(name: str, data: Any) -> int:
    if isinstance(data, list):
        pairs = [item for item in data if isinstance(item, list) and 1 <= len(item) <= 2 and _are_texts(item)]
        texts = sum(isinstance(item, str) for item in data)
        # A list with a mistake or two is still one.
        if not data or (len(pairs) + texts) * 5 < len(data) * 4:
            return 0
        return 8 if pairs else 4
    if not _is_settings(data):
        return 0
    known = {rule.removeprefix("textlint-rule-") for rule in data["rules"]} & {*TERM_RULES, *WORD_RULES}
    return 9 if known else 5 if name in NAMES else 0


def _are_texts(items: list[Any]) -> bool:
    return all(isinstance(item, str) or (isinstance(item, list) and _are_texts(item)) for item in items)


def _recognize_source(source: Source) -> int:
    return score_documents(source, ENDINGS, _judge_data, NAMES)


FORMAT = Format(
    "textlint (terminology)",
    ENDINGS,
    _recognize_source,
    read,
    write_terminology,
    rank=50,
    can_correct=can_fix_everywhere,
)
