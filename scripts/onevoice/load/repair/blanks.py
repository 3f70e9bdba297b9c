"""Tabs, blanks that are no spaces, and dashes that are no hyphens."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onevoice.load.repair.mistake import Mistake, list_columns, replace_line

# Blanks that look like a space, and that YAML takes for letters.
ODD_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ODD_GAP = re.compile(
    rf"(?P<before> *(?:- +)*[A-Za-z_][\w-]*)(?P<sign>:[{ODD_SPACES} ]*[{ODD_SPACES}][{ODD_SPACES} ]*|：\s*)"
)
_TAB = re.compile(r"[ -]*\t[ \t]*")
_ODD_INDENT = re.compile(rf"[ \t]*[{ODD_SPACES}][{ODD_SPACES} \t]*")
_ODD_ITEM = re.compile(rf"(?P<lead>[ \t]*)(?P<sign>-[{ODD_SPACES}][{ODD_SPACES} ]*)")
_DASH = re.compile(r"(?P<lead> *)(?P<sign>[\u2010-\u2015\u2212•‣▪]|\*(?= ))(?P<gap>\s*)(?=\S)")


def guess_odd_blanks(lines: list[str], number: int) -> Iterator[Mistake]:
    """Tabs, blanks of other kinds and dashes, which a whole file has if one line has them."""
    line = lines[number]
    if (found := _TAB.match(line)) and found.end() < len(line) + 1:
        column = line.index("\t")
        others = [n for n, other in enumerate(lines) if n != number and _TAB.match(other) and other.strip()]
        for width in (2, 4, 8, 1):
            fixed = [_expand_tabs(other, width) for other in lines]
            first = min([number, *others])
            rest = [n for n in sorted([number, *others]) if n != first]
            message = f"the line is indented with a tab.{_name_lines(rest)} Indent with spaces."
            yield Mistake(first, lines[first].index("\t") if first != number else column, message, "\n".join(fixed))
        # The line may belong to the one above, however wide a tab is.
        for column in sorted(list_columns(lines, number)[0], reverse=True):
            text = " " * column + line.lstrip(" \t")
            yield Mistake(
                number,
                line.index("\t"),
                "the line is indented with a tab. Indent with spaces.",
                replace_line(lines, number, text),
            )
    if _ODD_INDENT.match(line) or _ODD_ITEM.match(line) or _ODD_GAP.match(line):
        bad = [
            n
            for n, other in enumerate(lines)
            if _ODD_INDENT.match(other) or _ODD_ITEM.match(other) or _ODD_GAP.match(other)
        ]
        fixed = [_straighten(other) for other in lines]
        first = bad[0]
        column = next(
            n for n, (old, new) in enumerate(zip(lines[first], fixed[first] + " ", strict=False)) if old != new
        )
        if lines[first][column] == "：":
            message = "the colon of this line isn't a plain one. Type `:` and a space again."
        else:
            where = "is indented with" if _ODD_INDENT.match(lines[first]) else "has"
            many = _name_lines(bad[1:]).replace("So are", "So do" if where == "has" else "So are")
            many = many.replace("So is", "So does" if where == "has" else "So is")
            message = (
                f"this line {where} no-break spaces, probably pasted from a web page or a document.{many} "
                "Replace them with normal spaces."
            )
        yield Mistake(first, column, message, "\n".join(fixed))
    if found := _DASH.match(line):
        message = f"a list item starts with a hyphen, not with `{found['sign']}`. Write `- `."
        text = f"{found['lead']}- {line[found.end() :]}"
        yield Mistake(number, len(found["lead"]), message, replace_line(lines, number, text))


def _expand_tabs(line: str, width: int) -> str:
    """A line with so many spaces for each tab in its indentation."""
    found = _TAB.match(line)
    return line if found is None else found[0].replace("\t", " " * width) + line[found.end() :]


def _straighten(line: str) -> str:
    """A line with plain spaces in its indentation, and after its hyphen and its colon."""
    if found := _ODD_INDENT.match(line):
        line = " " * found.end() + line[found.end() :]
    if found := _ODD_ITEM.match(line):
        line = f"{found['lead']}-{' ' * (len(found['sign']) - 1)}{line[found.end() :]}"
    if found := _ODD_GAP.match(line):
        line = f"{found['before']}:{' ' * max(len(found['sign']) - 1, 1)}{line[found.end() :]}"
    return line


def _name_lines(numbers: list[int]) -> str:
    """How a message says that other lines have the same mistake. numbers: from 0, without the line that it names."""
    if not numbers:
        return ""
    shown = [str(number + 1) for number in numbers[:5]]
    if len(numbers) > 5:
        return f" So are lines {', '.join(shown)} and {len(numbers) - 5} more."
    if len(shown) == 1:
        return f" So is line {shown[0]}."
    return f" So are lines {', '.join(shown[:-1])} and {shown[-1]}."
