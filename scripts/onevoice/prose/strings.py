"""UI strings in JSON -> Prose: a block for each string, and for each branch of a plural. Placeholders are no words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.prose.block import Block, Prose
from onevoice.prose.build import Builder
from onevoice.prose.formats.strings import find_tag

_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}\[\]]')
_COLON = re.compile(r"[ \t\r\n]*:")
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)")
# What a program puts in: of i18next and Vue, of Chrome, of printf, of FormatJS without a choice.
_PLACEHOLDER = re.compile(
    r"\{\{[^{}]{0,200}\}\}|\$t\([^()]{0,200}\)|\$\w{1,80}\$|\$\d|%\{\w{0,80}\}"
    r"|%(?:\(\w{1,80}\)|\d{1,2}\$)?[-+#0-9.]{0,8}[sdiufgxXc@]|@:\w[\w.]{0,80}|\{[^{}]{0,200}\}"
)
_TAG = re.compile(r"</?[\w-]{0,40}(?:\s[^<>]{0,400})?/?>")
# Where a choice begins, each of its branches, and what stands for the number in one.
_CHOICE = re.compile(r"\{\s{0,20}[\w.]{1,80}\s{0,20},\s{0,20}(?:plural|selectordinal|select)\s{0,20},")
_BRANCH = re.compile(r"\s{0,20}(?:offset:\d{1,4}\s{1,20})?=?\w{1,80}\s{0,20}\{")
_NUMBER = re.compile("#")
_PLAIN = re.compile(r"[^{$%@<#\\]+")
# Choices within each other: a plural within a gender within a case.
_MAX_DEPTH = 5
# What the formats of Chrome and FormatJS say of a string that people don't see.
_TOLD = {"description", "placeholders", "comment"}
# The keys of what a program looks up, if it has no spaces.
_ADDRESSES = {"id", "href", "src", "url", "slug", "icon", "className"}

Range = tuple[int, int]


def read(path: str, source: str) -> Prose:
    """UI strings. Raises OnevoiceError if the source is no JSON."""
    source = source.removeprefix("\ufeff")
    try:
        json.loads(source)
    except RecursionError:
        raise OnevoiceError(f"{path}: cannot be read (its values go too deep). Check the file.") from None
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise OnevoiceError(f"{path}:{line}: this is no JSON. Check the commas and quotation marks.") from None
    is_chrome = "_locales" in path.replace("\\", "/").split("/")
    strings = _find_strings(source, "message" if is_chrome else "defaultMessage")
    blocks = [block for place in strings for block in _iter_blocks(source, *place)]
    return Prose(path, source, tuple(sorted(blocks, key=lambda block: block.start)), {"lang": find_tag(path)})


def _find_strings(source: str, wanted: str) -> list[Range]:
    """Where the values are. wanted: the key of the string, where an object tells more about it."""
    # The open objects and lists: the key at which each is, and the values that it has so far.
    keys: list[str] = [""]
    values: list[list[tuple[str, Range]]] = [[]]
    for token in _TOKEN.finditer(source):
        start, end = token.span()
        if source[start] in "{[":
            keys.append("")
            values.append([])
        elif source[start] in "}]":
            keys.pop()
            found = values.pop()
            is_told = any(key == wanted for key, _ in found)
            values[-1] += [(keys[-1], place) for key, place in found if not (is_told and key in _TOLD)]
        elif _COLON.match(source, end):
            keys[-1] = source[start + 1 : end - 1]
        elif keys[-1] not in _ADDRESSES or " " in token[0]:
            values[-1].append((keys[-1], (start + 1, end - 1)))
    return [place for _, place in values[0]]


def _iter_blocks(source: str, start: int, end: int) -> Iterator[Block]:
    """What a string says, and each branch of its choices."""
    texts: list[Range] = [(start, end)]
    for _ in range(_MAX_DEPTH):
        inner: list[Range] = []
        for first, last in texts:
            builder = Builder(source, syntax="yaml", mark='"')
            _feed_text(builder, first, last, inner, in_branch=(first, last) != (start, end))
            if block := builder.build_block():
                yield block
        texts = inner


def _feed_text(builder: Builder, start: int, end: int, branches: list[Range], *, in_branch: bool) -> None:
    at = start
    source = builder.source
    while at < end:
        if choice := _CHOICE.match(source, at, end):
            found, close = _split_choice(source, choice.end(), end)
            if close:
                branches += found
                builder.add_object(at, close)
                at = close
                continue
        mark = _PLACEHOLDER.match(source, at, end) or (_NUMBER.match(source, at, end) if in_branch else None)
        if mark:
            builder.add_object(*mark.span())
            at = mark.end()
        elif tag := _TAG.match(source, at, end):
            at = tag.end()  # What a builder isn't fed is markup.
        elif escape := _ESCAPE.match(source, at, end):
            builder.add_unit(*escape.span(), json.loads(f'"{escape[0]}"'))
            at = escape.end()
        else:
            plain = _PLAIN.match(source, at + 1, end)
            builder.add_words(at, plain.end() if plain else at + 1)
            at = plain.end() if plain else at + 1


def _split_choice(source: str, at: int, end: int) -> tuple[list[Range], int]:
    """The branches of a choice, and where it ends; 0 if it doesn't."""
    end = min(end, at + limits.MAX_MACRO_CHARS)
    branches = []
    while branch := _BRANCH.match(source, at, end):
        close = _find_close(source, branch.end(), end)
        if not close:
            break
        branches.append((branch.end(), close - 1))
        at = close
    rest = source[at:end].lstrip()
    return branches, end - len(rest) + 1 if rest.startswith("}") else 0


def _find_close(source: str, at: int, end: int) -> int:
    depth = 1
    for position in range(at, end):
        depth += {"{": 1, "}": -1}.get(source[position], 0)
        if not depth:
            return position + 1
    return 0
