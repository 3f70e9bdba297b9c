"""Tables that are drawn with signs, as Pandoc's: a longer word breaks their columns, so nobody may change one."""

from __future__ import annotations

import re
from collections.abc import Iterator

Range = tuple[int, int]

_GRID_BORDER = re.compile(r"^[ \t>]*\+(?:[-=:]{3,}\+)+[ \t]*\r?$", re.MULTILINE)
_ROW = re.compile(r"[ \t>]*[|+]")
# The line below a table's head, or above and below its rows; one of a single group underlines a heading.
_RULE = re.compile(r"^[ \t>]*-{2,}(?:[ ]+-{2,})+[ \t]*\r?$", re.MULTILINE)


def find_drawn_tables(text: str) -> list[Range]:
    """The ranges of a text's drawn tables, in order and apart."""
    found: list[Range] = []
    for start, end in sorted([*_find_grids(text), *_find_columns(text)]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _find_grids(text: str) -> Iterator[Range]:
    at = 0
    while border := _GRID_BORDER.search(text, at):
        at = border.end()
        while (line := text.find("\n", at) + 1) and _ROW.match(text, line):
            end = text.find("\n", line)
            at = len(text) if end < 0 else end
        yield border.start(), at


def _find_columns(text: str) -> Iterator[Range]:
    for rule in _RULE.finditer(text):
        before = text.rfind("\n", 0, max(rule.start() - 1, 0)) + 1
        end = text.find("\n\n", rule.end())
        crlf_end = text.find("\n\r\n", rule.end())
        ends = [one for one in (end, crlf_end) if one >= 0]
        yield before, min(ends, default=len(text))
