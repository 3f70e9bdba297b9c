"""A mistake in a file that is not YAML, and how its lines are taken apart."""

from __future__ import annotations

import re
from typing import NamedTuple

# What a message quotes of a value at most.
MAX_QUOTED = 60
# How far up the keys and items are that a line may be aligned with.
MAX_LINES_UP = 200
_LEAD = r"(?P<lead> *(?:- +)*)"
_KEY = r"""(?P<key>[^\s\-?:,\[\]{}#&*!|>'"%@`][^:#]*?|'[^']*'|"[^"]*")"""
# A line with a key, a value or both; one whose key is plain or quoted; an item of a list.
ENTRY = re.compile(rf"{_LEAD}(?:{_KEY}(?P<colon> *:)(?P<gap> +|$))?(?P<value>.*)$")
KEY_LINE = re.compile(r"(?P<lead> *(?:- +)*)(?P<key>[A-Za-z_][\w-]*|'[^']*'|\"[^\"]*\") *:(?: |$)")
ITEM_LINE = re.compile(r"(?P<lead> *)-(?: |$)")
_COMMENT_MARK = re.compile(r"\s#")


class Mistake(NamedTuple):
    """What is wrong at one place, and the text without it.

    line, column: where, from 0. message: what is wrong, and how to fix it. source: the text without it.
    """

    line: int
    column: int
    message: str
    source: str


class Problem(NamedTuple):
    """What a parser says. line, column: where it stopped, from 0. start: the line on which that part begins."""

    line: int
    column: int
    start: int
    said: str = ""


def replace_line(lines: list[str], number: int, text: str) -> str:
    return "\n".join([*lines[:number], text, *lines[number + 1 :]])


def cut_quotation(text: str) -> str:
    return text if len(text) <= MAX_QUOTED else f"{text[: MAX_QUOTED - 1]}…"


def split_comment(value: str) -> tuple[str, str]:
    """A value, and the comment after it with the blanks before it."""
    found = _COMMENT_MARK.search(value)
    end = found.start() if found else len(value)
    bare = value[:end].rstrip()
    return bare, value[len(bare) :]


def put_in_quotes(value: str) -> str:
    """A value in the quotation marks that need the least change."""
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def find_quote_end(text: str) -> int | None:
    """The offset after the mark that closes the quotation mark with which a text starts."""
    mark, at = text[0], 1
    while at < len(text):
        if mark == '"' and text[at] == "\\":
            at += 2
            continue
        if text[at] == mark:
            if mark == "'" and text[at + 1 : at + 2] == mark:
                at += 2
                continue
            return at + 1
        at += 1
    return None


def find_bracket_end(text: str) -> int | None:
    """The offset after the bracket that closes the one with which a text starts; None if it's not closed."""
    depth, at = 0, 0
    while at < len(text):
        char = text[at]
        if char in "'\"" and (at == 0 or text[at - 1] in " [{,:"):
            end = find_quote_end(text[at:])
            if end is None:
                return None
            at += end
            continue
        depth += (char in "[{") - (char in "]}")
        at += 1
        if depth == 0:
            return at
    return None


def list_columns(lines: list[str], number: int) -> tuple[dict[int, tuple[str, int]], dict[int, int]]:
    """What is above a line: the columns of keys, each with its name and line, and those of items, with their line."""
    keys: dict[int, tuple[str, int]] = {}
    items: dict[int, int] = {}
    for above in range(number - 1, max(number - MAX_LINES_UP, -1), -1):
        if (found := KEY_LINE.match(lines[above])) and len(found["lead"]) not in keys:
            keys[len(found["lead"])] = (found["key"], above)
        if found := ITEM_LINE.match(lines[above]):
            items.setdefault(len(found["lead"]), above)
        if found and not found["lead"] and KEY_LINE.match(lines[above]):
            break
    return keys, items
