"""Word lists that are data, in YAML or JSON: their text, what they hold, and on which line."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from onevoice import limits
from onevoice.errors import DataError, OnevoiceError
from onevoice.exchange.entry import Omission, Source
from onevoice.exchange.jsonc import parse_json
from onevoice.load.yaml import Document, parse_yaml

YAML_ENDINGS, JSON_ENDINGS = (".yaml", ".yml"), (".json", ".jsonc")


def decode_list(path: str, data: bytes) -> str:
    """The text of a word list, lines ending in line feeds. Raises OnevoiceError if it is none, or far too large."""
    if len(data) > limits.MAX_LIST_BYTES:
        most = limits.MAX_LIST_BYTES // 2**20
        raise OnevoiceError(f"{path}: this is larger than {most} MB, and no word list is. Split it.")
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise OnevoiceError(f"{path}:{line}: this is not UTF-8 text from here on. Save it as UTF-8.") from None
    if "\0" in text:
        raise OnevoiceError(f"{path}: this is not a text. Choose another file.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def load_document(path: str, data: bytes) -> Document:
    """What a YAML or JSON file says.

    Its `findings` are what is left out of it. Raises OnevoiceError if it can't be read to its end.
    """
    document = _parse_document(path, data)
    if isinstance(document, str):
        raise OnevoiceError(document)
    errors = [finding for finding in document.findings if finding.level == "error"]
    if errors and (document.data is None or document.mistaken_lines):
        raise DataError(errors, path)
    return document


@functools.lru_cache(maxsize=8)
def _parse_document(path: str, data: bytes) -> Document | str:
    """The document, or what is wrong with it. Each format looks at a file before one of them reads it."""
    try:
        text = decode_list(path, data)
    except OnevoiceError as error:
        return str(error)
    if path.lower().endswith(JSON_ENDINGS) or text.lstrip().startswith(("{", "[", "//", "/*")):
        return parse_json(path, text)
    # Each value is on a line of its own, or behind a comma.
    if text.count("\n") + text.count(",") > limits.MAX_LIST_VALUES:
        return f"{path}: this has more than {limits.MAX_LIST_VALUES:,} values, and no word list has. Split it."
    return parse_yaml(path, text)


def score_documents(
    source: Source, endings: tuple[str, ...], judge: Callable[[str, Any], int], names: Mapping[str, int] | None = None
) -> int:
    """How sure it is that a source is in a format, by the file that says it best.

    judge: the same of a file's lowercase name and data. names: what a file's name alone says, if it can't be read.
    """
    best = 0
    for path, data in source.files.items():
        name = path.lower().rpartition("/")[2]
        if not name.endswith(endings):
            continue
        document = _parse_document(path, data)
        if isinstance(document, str) or document.data is None:
            best = max(best, (names or {}).get(name, 0))
        else:
            best = max(best, judge(name, document.data))
    return best


def format_place(document: Document, *path: str | int, key: bool = False) -> str:
    """Where a value is, as `file:line`. key: where its key is."""
    return f"{document.path}:{document.locate_path(path, key=key).line}"


def list_losses(document: Document) -> Iterator[Omission]:
    """What YAML or JSON itself leaves out of a file, such as a key that appears twice."""
    for finding in document.findings:
        if finding.level == "error":
            yield Omission(f"{document.path}:{finding.span.line}", finding.match, finding.message)


def list_texts(value: Any) -> list[str]:
    """A text, or those in a list, as a list; what is nested deeper is left out."""
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str)]
