"""cspell's settings and dictionaries -> words, and those that it flags with its suggestions."""

from __future__ import annotations

import re
from typing import Any

from onevoice.exchange.data import (
    JSON_ENDINGS,
    YAML_ENDINGS,
    decode_list,
    format_place,
    list_losses,
    load_document,
    score_documents,
)
from onevoice.exchange.entry import Reading, Source
from onevoice.exchange.plain import judge_plain_list, read_plain_list
from onevoice.exchange.wordlist import WordList
from onevoice.load.yaml import DataPath, Document

DATA_ENDINGS, TEXT_ENDINGS = (*JSON_ENDINGS, *YAML_ENDINGS), (".txt",)
ENDINGS = (*DATA_ENDINGS, *TEXT_ENDINGS)
LISTS = ("words", "userWords", "flagWords", "suggestWords", "ignoreWords")
# Settings that hold words for some files only.
PARTIAL = ("overrides", "languageSettings")
_NAME = re.compile(r"\.?cspell(?:\.config)?\.(?:json|jsonc|ya?ml)")
# `bad->good, better` or `bad: good`.
_ARROW = re.compile(r"\s*(?:->|:)\s*")
# What only a dictionary of cspell has: marks before or after words, and its own comments.
_MARKED = re.compile(r"^(?:[!~]\S|[+*]\S+$|\S+[+*]$|.*->|#.*\bcspell\b)", re.M)


def read_spelling(source: Source) -> Reading:
    """The words of all files of a source."""
    words = WordList("cspell")
    for path, data in source.files.items():
        if path.lower().endswith(TEXT_ENDINGS):
            _read_dictionary(words, path, data)
            continue
        document = load_document(path, data) if path.lower().endswith(DATA_ENDINGS) else None
        found = _find_settings(document.data) if document else None
        if document is None or found is None:
            words.omit(path, "", "it has no settings of cspell.")
            continue
        words.add_omissions(list(list_losses(document)))
        _read_settings(words, document, found, source)
    return words.build_reading()


def _find_settings(data: Any) -> tuple[DataPath, dict[str, Any], str] | None:
    """Where cspell's settings are, what they are, and with what each key begins; also in package.json and VS Code's."""
    if not isinstance(data, dict):
        return None
    if isinstance(data.get("cspell"), dict):
        return ("cspell",), data["cspell"], ""
    prefix = "cSpell." if any(key.startswith("cSpell.") for key in data) else ""
    known = {*LISTS, *PARTIAL, "dictionaryDefinitions", "ignorePaths", "dictionaries", "import"}
    return ((), data, prefix) if {f"{prefix}{key}" for key in known} & data.keys() else None


def _read_settings(
    words: WordList, document: Document, found: tuple[DataPath, dict[str, Any], str], source: Source
) -> None:
    path, data, prefix = found
    for name in LISTS:
        key = f"{prefix}{name}"
        for index, item in enumerate(data[key] if isinstance(data.get(key), list) else ()):
            words.total += 1
            _read_word(words, format_place(document, *path, key, index), name, item)
    for name in PARTIAL:
        if _has_words(data.get(f"{prefix}{name}")):
            place = format_place(document, *path, f"{prefix}{name}", key=True)
            words.omit(place, name, "its words are right in some files only, and no term says in which.")
    definitions = data.get(f"{prefix}dictionaryDefinitions")
    for index, item in enumerate(definitions if isinstance(definitions, list) else ()):
        named = str(item.get("path") or "") if isinstance(item, dict) else ""
        if named and not any(known.endswith(named.removeprefix("./")) for known in source.files):
            place = format_place(document, *path, f"{prefix}dictionaryDefinitions", index)
            words.omit(place, named, "its words are in another file. Import that file, or the folder with both.")


def _has_words(value: Any) -> bool:
    items = value if isinstance(value, list) else []
    return any(isinstance(item, dict) and item.keys() & {*LISTS} for item in items)


def _read_word(words: WordList, place: str, name: str, item: Any) -> None:
    if isinstance(item, dict):
        # In YAML, `bad: good` without quotation marks.
        item = next((f"{wrong}:{right or ''}" for wrong, right in item.items()), "")
    if not isinstance(item, str) or not item.strip():
        words.omit(place, str(item or ""), "it is no word.")
    elif name == "ignoreWords":
        words.omit(place, item, "it is neither right nor wrong: cspell looks past it.")
    elif name in ("words", "userWords"):
        _read_entry(words, place, item)
    else:
        _read_flagged(words, place, item)


def _read_flagged(words: WordList, place: str, item: str) -> None:
    if item.startswith("!"):
        words.omit(place, item, "it takes back a flagged word of another list.")
        return
    wrong, *right = _ARROW.split(item.strip(), maxsplit=1)
    words.add_pair(place, wrong, [word.strip() for word in right[0].split(",") if word.strip()] if right else [])


def _read_dictionary(words: WordList, path: str, data: bytes) -> None:
    for line, text in read_plain_list(decode_list(path, data)):
        words.total += 1
        _read_entry(words, f"{path}:{line}", text)


def _read_entry(words: WordList, place: str, text: str) -> None:
    """A word of a dictionary, with what its marks say."""
    if text.startswith("!"):
        _read_flagged(words, place, text.lstrip("!"))
    elif "->" in text:
        _read_flagged(words, place, text)
    elif text.startswith("+") or text.endswith("+"):
        words.omit(place, text, "it is a part of compounds, and no word of its own.")
    else:
        words.add_name(place, text.removeprefix("~").strip("*"))


def _judge_data(name: str, data: Any) -> int:
    found = _find_settings(data)
    if found is None:
        return 0
    path, settings, prefix = found
    own = _NAME.fullmatch(name) is not None or bool(path) or bool(prefix)
    lists = {f"{prefix}{key}" for key in LISTS} & settings.keys()
    return 9 if own and lists else 7 if own else 6 if lists and "version" in settings else 4 if lists else 0


def recognize_spelling(source: Source) -> int:
    """How sure it is that a source is cspell's."""
    best = score_documents(source, DATA_ENDINGS, _judge_data, {"cspell.json": 5, ".cspell.json": 5})
    for path, data in source.files.items():
        if path.lower().endswith(TEXT_ENDINGS) and (text := judge_plain_list(path, data)):
            named = "cspell" in path.lower()
            best = max(best, 8 if named or _MARKED.search(text) else 2)
    return best
