"""The texts of records in a YAML file -> Prose, so that they are linted where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onevoice.prose.block import Block, Piece, Prose

_WORD = re.compile(r"\S+")
_HEADER = re.compile(r"[|>][+-]?\d*[+-]?[ \t]*(?:#[^\n]*)?\r?\n")


def read(path: str, source: str, texts: Iterable[tuple[tuple[int, int], str]]) -> Prose:
    """One block per text.

    path: the YAML file, as the user named it. source: what is in it.
    texts: (line, column) of each value in the source, counted from 1, and the text that YAML makes of it.
    """
    starts = [0, *(match.end() for match in re.finditer("\n", source))]
    blocks = [block for (line, column), text in texts if (block := _block(source, starts[line - 1] + column - 1, text))]
    return Prose(path, source, tuple(sorted(blocks, key=lambda block: block.start)))


def _block(source: str, at: int, text: str) -> Block | None:
    if header := _HEADER.match(source, at):
        at = header.end()
    pieces: list[Piece] = []
    end = 0
    for word in _WORD.finditer(text):
        start, after, verbatim = _find(source, at, word.group())
        if pieces:
            # White space of the text is whatever stands between two words in the source.
            pieces.append(Piece(end, at, start, verbatim=False))
        pieces.append(Piece(word.start(), start, after, verbatim=verbatim, plain=verbatim))
        at, end = after, word.end()
    return Block(text, tuple(pieces), syntax="yaml", mark="") if pieces else None


def _find(source: str, at: int, word: str) -> tuple[int, int, bool]:
    """Where a word stands at or behind a place of the source, and whether it stands there as it is."""
    found = source.find(word, at)
    if found >= 0 and not source[at:found].strip(" \t\r\n'\"\\"):
        return found, found + len(word), True
    # Doubled quotation marks and escapes: the next run without white space is this word in YAML's own spelling.
    match = _WORD.search(source, at)
    return (match.start(), match.end(), False) if match else (at, at, False)
