"""The texts of records in a YAML file -> Prose, so that they are linted in place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from onevoice.prose.block import Block, Piece, Prose

# What may come before a value: the name of an alias, a tag.
_VALUE_PREFIX = re.compile(r"(?:[&!]\S*\s+)*")
_HEADER = re.compile(r"[|>][+-]?\d*[+-]?[ \t]*(?:#[^\n]*)?\r?\n")
_ESCAPE = re.compile(r"\\(?:x(?P<x>..)|u(?P<u>.{4})|U(?P<U>.{8})|(?P<broken>\r?\n[ \t]*)|(?P<sign>.))", re.S)
# What an escape means if it is not its own second character (YAML 1.2, 5.7).
_NAMED_ESCAPES = dict(zip("0abtnvfreN_LP", "\0\a\b\t\n\v\f\r\x1b\x85\xa0\u2028\u2029", strict=True))

# A character of a text, and where it is in the source.
Character = tuple[str, int, int]


def read_record_texts(path: str, source: str, texts: Iterable[tuple[tuple[int, int], str]]) -> Prose:
    """One block per text.

    path: the YAML file, as the user named it. source: what is in it.
    texts: (line, column) of each value in the source, counted from 1, and the text that YAML makes of it. A text that
        is not there, such as the default of a field that was left out, is passed over.
    """
    starts = [0, *(match.end() for match in re.finditer("\n", source))]
    blocks = [
        block for (line, column), text in texts if (block := _build_block(source, starts[line - 1] + column - 1, text))
    ]
    return Prose(path, source, tuple(sorted(blocks, key=lambda block: block.start)))


def _build_block(source: str, at: int, text: str) -> Block | None:
    # YAML folds white space, so that only the other characters are the same in the text and in the source.
    prefix = _VALUE_PREFIX.match(source, at)
    begin = prefix.end() if prefix else at
    signs = (sign for sign in _iter_characters(source, begin) if not sign[0].isspace())
    pieces: list[Piece] = []
    here = after = 0
    for index, char in enumerate(text):
        if char.isspace():
            continue
        found, start, end = next(signs, ("", 0, 0))
        if found != char:
            return None
        if pieces and index > here:
            # White space of the text is whatever is between two words in the source.
            pieces.append(Piece(here, after, start, verbatim=False))
        verbatim = end == start + 1
        if not (pieces and index == here and verbatim and pieces[-1].verbatim and start == after):
            pieces.append(Piece(index, start, end, verbatim=verbatim))
        here, after = index + 1, end
    return Block(text, tuple(pieces), syntax="yaml", mark="") if pieces else None


def _iter_characters(source: str, at: int) -> Iterator[Character]:
    """The characters of the value that begins at an offset, and of what follows if nothing marks its end."""
    match source[at : at + 1]:
        case "'":
            return _iter_single_quoted(source, at + 1)
        case '"':
            return _iter_double_quoted(source, at + 1)
        case _:
            header = _HEADER.match(source, at)
            start = header.end() if header else at
            return ((source[n], n, n + 1) for n in range(start, len(source)))


def _iter_single_quoted(source: str, at: int) -> Iterator[Character]:
    while at < len(source):
        length = 1
        if source[at] == "'":
            if source[at + 1 : at + 2] != "'":
                return
            length = 2
        yield source[at], at, at + length
        at += length


def _iter_double_quoted(source: str, at: int) -> Iterator[Character]:
    while at < len(source) and source[at] != '"':
        escape = _ESCAPE.match(source, at) if source[at] == "\\" else None
        if not escape:
            yield source[at], at, at + 1
            at += 1
            continue
        code = escape["x"] or escape["u"] or escape["U"]
        if code:
            yield chr(int(code, 16)), at, escape.end()
        elif escape["sign"]:
            yield _NAMED_ESCAPES.get(escape["sign"], escape["sign"]), at, escape.end()
        at = escape.end()
