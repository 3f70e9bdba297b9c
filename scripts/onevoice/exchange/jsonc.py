"""JSON, with the comments and trailing commas that settings have -> the document that YAML gives, with places."""

from __future__ import annotations

import json
import re
from typing import Any

from onevoice import limits
from onevoice.finding import Finding
from onevoice.load.yaml import DataPath, Document, make_point

_GAP = re.compile(r"(?:[\s\ufeff]++|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+\*/)*+")
_TOKEN = re.compile(r'(?P<text>"(?:[^"\\\x00-\x1f]|\\.)*+")|(?P<sign>[][{}:,])|(?P<word>[-+.\w]++)')
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_BRACKETS = {"{": "}", "[": "]"}


def parse_json(path: str, source: str) -> Document:
    """Read one JSON file. Never raises for what is written in it: see `Document.findings`.

    As in YAML's document, numbers, `true` and `false` are the texts that were written, and `null` is None.
    """
    document = Document(path, line_starts=[0, *(match.end() for match in re.finditer("\n", source))])
    reader = _Reader(document, source)
    try:
        document.data = reader.read_value((), 0)
        if reader.peek_token():
            raise _JsonError("there is something after the end of the data. Delete it.")
    except _JsonError as error:
        document.data = None
        place = make_point(*document.locate_offset(min(reader.at, len(source))))
        message = f"this is not JSON: {error}"
        document.findings.append(Finding("json", "error", path, place, "", message))
    return document


class _JsonError(Exception):
    pass


class _Reader:
    """at: where the token begins that is read next, or that is wrong."""

    def __init__(self, document: Document, source: str) -> None:
        self.document, self.source, self.at = document, source, 0

    def peek_token(self) -> str:
        """The next token; "" at the end."""
        gap = _GAP.match(self.source, self.at)
        self.at = gap.end() if gap else self.at
        if self.at == len(self.source):
            return ""
        token = _TOKEN.match(self.source, self.at)
        if not token:
            quoted = self.source[self.at] == '"'
            raise _JsonError("this quotation mark is not closed." if quoted else "this sign can't be here. Delete it.")
        return token[0]

    def take_token(self, *wanted: str) -> str:
        """The next token, which must be one of those that are wanted, if any are."""
        token = self.peek_token()
        if wanted and token not in wanted:
            raise _JsonError(f"{' or '.join(f'`{sign}`' for sign in wanted)} was expected here. Add it.")
        self.at += len(token)
        return token

    def read_value(self, path: DataPath, depth: int) -> Any:
        """The value that begins here."""
        token = self.peek_token()
        self.document.values[path] = self.document.locate_offset(self.at)
        if len(self.document.values) > limits.MAX_LIST_VALUES:
            raise _JsonError(f"it has more than {limits.MAX_LIST_VALUES:,} values. Split it.")
        if token in _BRACKETS:
            if depth == limits.MAX_YAML_DEPTH:
                raise _JsonError(f"this is nested deeper than {depth} levels, and that is the limit. Simplify it.")
            self.at += 1
            return self._read_list(path, depth + 1) if token == "[" else self._read_mapping(path, depth + 1)
        if token.startswith('"'):
            return self._read_text()
        if token in ("true", "false", "null") or _NUMBER.fullmatch(token):
            self.at += len(token)
            return None if token == "null" else token
        raise _JsonError("a value was expected here. Put texts in quotation marks.")

    def _read_list(self, path: DataPath, depth: int) -> list[Any]:
        items: list[Any] = []
        while self.peek_token() != "]":
            items.append(self.read_value((*path, len(items)), depth))
            if self.peek_token() != "]":
                self.take_token(",", "]")
        self.at += 1
        return items

    def _read_mapping(self, path: DataPath, depth: int) -> dict[str, Any]:
        items: dict[str, Any] = {}
        while self.peek_token() != "}":
            place = self.document.locate_offset(self.at)
            if self.source[self.at : self.at + 1] != '"':
                raise _JsonError("a key was expected here, in quotation marks.")
            key = self._read_text()
            if key in items:
                line = self.document.keys[(*path, key)][0]
                message = f"the key `{key}` appears twice; what it says on line {line} doesn't count."
                self.document.findings.append(
                    Finding("json", "error", self.document.path, make_point(*place), "", message)
                )
            self.document.keys[(*path, key)] = place
            self.take_token(":")
            items[key] = self.read_value((*path, key), depth)
            if self.peek_token() != "}":
                self.take_token(",", "}")
        self.at += 1
        return items

    def _read_text(self) -> str:
        token = self.take_token()
        if "\\" not in token:
            return token[1:-1]
        try:
            text: str = json.loads(token)
        except ValueError:
            self.at -= len(token)
            raise _JsonError("a backslash in this text stands before a wrong sign. Write two backslashes.") from None
        # Half of a character, which no file can hold.
        return text.encode("utf-8", "replace").decode()
