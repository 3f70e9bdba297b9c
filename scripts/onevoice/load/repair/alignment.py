"""Lines in another column than their neighbors, and lines without a key."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from onevoice.load.repair.mistake import (
    ITEM_LINE,
    KEY_LINE,
    MAX_LINES_UP,
    Mistake,
    Problem,
    cut_quotation,
    list_columns,
    replace_line,
)


def guess_alignment(lines: list[str], number: int, problem: Problem) -> Iterator[Mistake]:
    """A key or an item that is in another column than its neighbors."""
    line = lines[number]
    keys, items = list_columns(lines, number)
    if item := ITEM_LINE.match(line):
        column = len(item["lead"])
        for near in sorted(items.keys() - {column}, key=lambda other: abs(other - column)):
            above = items[near]
            far = "is indented too far" if column > near else "isn't indented far enough"
            message = f"this list item {far}. Start it in the same column as the item on line {above + 1}."
            below = next((one for one in lines[number + 1 :] if one.strip()), "")
            if len(below) - len(below.lstrip(" ")) == near + 2:
                alone = " " * near + line.lstrip(" ")
                yield Mistake(number, column, message, replace_line(lines, number, alone))
            yield Mistake(number, column, message, _shift_block(lines, number, near - column, _is_in_item(column)))
        return
    found = KEY_LINE.match(line)
    if found is None or found["lead"].strip():
        return
    column = len(found["lead"])
    previous = next((n for n in range(number - 1, -1, -1) if lines[n].strip()), None)
    for near in sorted(keys.keys() - {column}, key=lambda other: (abs(other - column), other != column)):
        name, above = keys[near]
        far = "is indented too far" if column > near else "isn't indented far enough"
        message = f"`{found['key']}` {far}. Align it with `{name}` on line {above + 1}."
        if column > near and previous == above and problem.column > column:
            message = message[:-1] + ", or put the whole text in quotation marks if it's part of that."
        belongs = _is_at_least(column) if column > near else _is_key_at(column)
        yield Mistake(number, column, message, _shift_block(lines, number, near - column, belongs))


def _is_in_item(column: int) -> Callable[[int, str], bool]:
    return lambda indent, text: indent > column or (indent == column and text.startswith("-"))


def _is_at_least(column: int) -> Callable[[int, str], bool]:
    return lambda indent, text: indent >= column


def _is_key_at(column: int) -> Callable[[int, str], bool]:
    return lambda indent, text: indent == column and not text.startswith("-")


def _shift_block(lines: list[str], number: int, by: int, belongs: Callable[[int, str], bool]) -> str:
    """The text with a line and those that belong to it moved to the left or right."""
    moved = list(lines)
    for n in range(number, len(lines)):
        text = lines[n].lstrip(" ")
        indent = len(lines[n]) - len(text)
        if text.strip() and n > number and not belongs(indent, text):
            break
        moved[n] = " " * max(indent + by, 0) + text if text.strip() else lines[n]
    return "\n".join(moved)


def guess_loose_line(lines: list[str], number: int, keys: Collection[str]) -> Iterator[Mistake]:
    """A line that is neither a key nor an item: a key without a colon, or the rest of the text above."""
    line = lines[number]
    text = line.lstrip(" ")
    if not _is_loose(line):
        return
    column = len(line) - len(text)
    first, _, rest = text.partition(" ")
    taken = _list_record_keys(lines, number, column)
    if first in keys and first not in taken and rest.strip():
        message = f"`{first}` has no colon. Write `{first}: {cut_quotation(rest.strip())}`."
        yield Mistake(number, column, message, replace_line(lines, number, f"{line[:column]}{first}: {rest.strip()}"))
    if text.strip() in keys and text.strip() not in taken:
        message = f"`{text.strip()}` has no colon. Write `{text.strip()}:`."
        yield Mistake(number, column, message, replace_line(lines, number, f"{line.rstrip()}:"))
    first_line = number
    while first_line > 0 and _is_loose(lines[first_line - 1]):
        first_line -= 1
    above, _ = list_columns(lines, first_line)
    if not above:
        return
    width = max(above, key=lambda other: above[other][1])
    name, place = above[width]
    message = (
        f"this line has no key. If it continues the text of `{name}` on line {place + 1}, "
        f"indent it further than `{name}`."
    )
    moved = [" " * (width + 2) + one.lstrip(" ") for one in lines[first_line : number + 1]]
    column = len(lines[first_line]) - len(lines[first_line].lstrip(" "))
    yield Mistake(first_line, column, message, "\n".join([*lines[:first_line], *moved, *lines[number + 1 :]]))


def _is_loose(line: str) -> bool:
    """Whether a line is neither a key nor an item nor a comment."""
    text = line.strip()
    return bool(text) and text[0] not in "#-" and not re.search(r":(?= |$)", text)


def _list_record_keys(lines: list[str], number: int, column: int) -> set[str]:
    """The keys above a line in a column, up to the item or key that they belong to."""
    found: set[str] = set()
    for above in range(number - 1, max(number - MAX_LINES_UP, -1), -1):
        entry = KEY_LINE.match(lines[above])
        if entry and len(entry["lead"]) == column:
            found.add(entry["key"])
        if lines[above].strip() and len(lines[above]) - len(lines[above].lstrip(" ")) < column:
            break
    return found
