"""What a person most likely did wrong where a file is not YAML, and the text without that mistake.

A parser stops at the first place that it can't make sense of, which is often a line after the mistake, and says what it
expected there. So each line around that place is looked at for what people do wrong. A guess counts if the text
without it can be read further; then the next mistake can be found, and what the records say can be checked as well.
No line is added or taken away, so all that is found later is on the line where it's written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

# What a message quotes of a value at most.
MAX_QUOTED = 60
# How many lines above the place where the parser stopped are looked at.
MAX_LINES_BACK = 12
# How far up the keys and items are that a line may be aligned with.
MAX_LINES_UP = 200
# By how much a place moves to the right if its line gets quotation marks, or a space.
MAX_MOVED = 8
# Blanks that look like a space, and that YAML takes for letters.
ODD_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_LEAD = r"(?P<lead> *(?:- +)*)"
_KEY = r"""(?P<key>[^\s\-?:,\[\]{}#&*!|>'"%@`][^:#]*?|'[^']*'|"[^"]*")"""
_ENTRY = re.compile(rf"{_LEAD}(?:{_KEY}(?P<colon> *:)(?P<gap> +|$))?(?P<value>.*)$")
_KEY_LINE = re.compile(r"(?P<lead> *(?:- +)*)(?P<key>[A-Za-z_][\w-]*|'[^']*'|\"[^\"]*\") *:(?: |$)")
_ITEM_LINE = re.compile(r"(?P<lead> *)-(?: |$)")
_NO_SPACE = re.compile(rf"{_LEAD}(?P<key>[A-Za-z_]\w*):(?P<value>[^\s/].*)$")
_ODD_GAP = re.compile(
    rf"(?P<before> *(?:- +)*[A-Za-z_][\w-]*)(?P<sign>:[{ODD_SPACES} ]*[{ODD_SPACES}][{ODD_SPACES} ]*|：\s*)"
)
_TAB = re.compile(r"[ -]*\t[ \t]*")
_ODD_INDENT = re.compile(rf"[ \t]*[{ODD_SPACES}][{ODD_SPACES} \t]*")
_ODD_ITEM = re.compile(rf"(?P<lead>[ \t]*)(?P<sign>-[{ODD_SPACES}][{ODD_SPACES} ]*)")
_DASH = re.compile(r"(?P<lead> *)(?P<sign>[\u2010-\u2015\u2212•‣▪]|\*(?= ))(?P<gap>\s*)(?=\S)")
_OURS, _SPLIT, _THEIRS = (
    re.compile(r"\s*<{7}(?: |$)"),
    re.compile(r"\s*(?:={7}|\|{7}(?: .*)?)\s*$"),
    re.compile(r"\s*>{7}(?: |$)"),
)
_COMMENT_MARK = re.compile(r"\s#")
_HASH_IN_BRACKETS = re.compile(r"(?<=[\s\[{,])#[^\s,\]}]+")
_CURLY = "“”„‘’‚«»"


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


def find_mistake(
    source: str, problem: Problem, keys: Collection[str], stops: Callable[[str], Problem | None]
) -> Mistake | None:
    """The mistake that made a parser stop; None if no guess lets it read on.

    keys: the keys that records have. stops: where a text cannot be read; None if it can.
    """
    lines = source.split("\n")
    earlier: Mistake | None = None
    for guess in _list_guesses(lines, problem, keys):
        stop = stops(guess.source)
        if stop is None or stop.line > problem.line:
            return guess
        # A quotation mark that is not closed ends at the next one, wherever that is; and a line with a mistake may
        # follow one with another.
        if earlier is None and guess.line < stop.line and (stop.line < problem.line or stop.said != problem.said):
            earlier = guess
        if stop.line == problem.line == guess.line and stop.column > problem.column + MAX_MOVED:
            earlier = earlier or guess
    return earlier


def find_conflicts(source: str) -> Iterator[Mistake]:
    """Each conflict of a merge that nobody has settled; the text without it has the first version."""
    lines = source.split("\n")
    if "<<<<<<<" not in source or ">>>>>>>" not in source:
        return
    begin: int | None = None
    drop: int | None = None
    for number, line in enumerate(lines):
        if _OURS.match(line):
            begin, drop = number, None
        elif begin is not None and drop is None and _SPLIT.match(line):
            drop = number
        elif begin is not None and _THEIRS.match(line):
            for gone in (begin, *range(number if drop is None else drop, number + 1)):
                lines[gone] = ""
            message = (
                f"here is a merge conflict, which ends on line {number + 1}. Keep one of the two versions, and delete "
                "the lines that start with `<<<<<<<`, `=======` and `>>>>>>>`."
            )
            yield Mistake(begin, 0, message, "\n".join(lines))
            begin = None


def _list_guesses(lines: list[str], problem: Problem, keys: Collection[str]) -> Iterator[Mistake]:
    last = min(problem.line, len(lines) - 1)
    near = [
        number
        for number in range(last, max(min(problem.start, last), last - MAX_LINES_BACK) - 1, -1)
        if lines[number].strip()
    ]
    if problem.start < last - MAX_LINES_BACK:
        near.append(problem.start)
    before = next((number for number in range(last - 1, -1, -1) if _is_written(lines[number])), None)
    if before is not None and before not in near:
        near.append(before)
    for number in near:
        yield from _guess_odd_blanks(lines, number)
    for number in range(max(last - MAX_LINES_BACK, 0), last + 1):
        yield from _guess_hash(lines, number)
    for number in near:
        yield from _guess_line(lines, number, problem, keys)
    for number in near:
        yield from _guess_brackets(lines, number)
    yield from _guess_alignment(lines, last, problem)
    for number in near:
        yield from _guess_loose_line(lines, number, keys)


def _is_written(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _replace_line(lines: list[str], number: int, text: str) -> str:
    return "\n".join([*lines[:number], text, *lines[number + 1 :]])


def _shorten(text: str) -> str:
    return text if len(text) <= MAX_QUOTED else f"{text[: MAX_QUOTED - 1]}…"


def _split_comment(value: str) -> tuple[str, str]:
    """A value, and the comment after it with the blanks before it."""
    found = _COMMENT_MARK.search(value)
    end = found.start() if found else len(value)
    bare = value[:end].rstrip()
    return bare, value[len(bare) :]


def _quote_value(value: str) -> str:
    """A value in the quotation marks that need the least change."""
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


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


def _guess_odd_blanks(lines: list[str], number: int) -> Iterator[Mistake]:
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
        for column in sorted(_list_columns(lines, number)[0], reverse=True):
            text = " " * column + line.lstrip(" \t")
            yield Mistake(
                number,
                line.index("\t"),
                "the line is indented with a tab. Indent with spaces.",
                _replace_line(lines, number, text),
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
        yield Mistake(number, len(found["lead"]), message, _replace_line(lines, number, text))


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


def _guess_line(lines: list[str], number: int, problem: Problem, keys: Collection[str]) -> Iterator[Mistake]:
    """What is wrong in a line on its own."""
    line = lines[number]
    if line.startswith(("---", "...")):
        message = "a line of three hyphens starts a second document. Delete this line."
        yield Mistake(number, 0, message, _replace_line(lines, number, ""))
    if line.startswith("%"):
        message = "a line cannot start with `%`. Put it in quotation marks, or delete it."
        yield Mistake(number, 0, message, _replace_line(lines, number, ""))
    if found := _NO_SPACE.match(line):
        value, comment = _split_comment(found["value"])
        text = f"{found['lead']}{found['key']}: {found['value']}"
        shown = f"{found['key']}: {_shorten(value)}"
        message = f"there is no space after the colon. Write `{shown}`."
        yield Mistake(number, len(found["lead"]), message, _replace_line(lines, number, text))
    entry = _ENTRY.match(line)
    if entry is None or not entry["value"] or entry["value"].startswith("#"):
        return
    value, comment = _split_comment(entry["value"])
    at = entry.start("value")
    key = entry["key"] or ""
    quoted = _quote_value(value)
    written = _shorten(f"{key}: {quoted}" if key else quoted)

    def replace(text: str) -> str:
        return _replace_line(lines, number, line[:at] + text + comment)

    if value[:1] in "'\"":
        yield from _guess_quotation(lines, number, entry)
    elif value[:1] in "%@`" or (value[:1] in "*&!|>" and len(value) > 1):
        message = f"a value cannot start with `{value[0]}`. Put the whole value in quotation marks: `{written}`."
        yield Mistake(number, at, message, replace(quoted))
    elif value[:1] in "[{":
        end = _find_bracket_end(value)
        if end is not None and value[end:].strip():
            message = f"the value goes on after its bracket. Put the whole value in quotation marks: `{written}`."
            yield Mistake(number, at + _skip_blanks(value, end), message, replace(quoted))
    colon = re.search(r":(?= |$)", value)
    if colon and value[:1] not in "'\"[{#" and key and not (number == problem.line and problem.column <= at):
        curly = " Curly quotation marks don't count." if value[0] in _CURLY else ""
        message = (
            f"the value of `{key}` has a second colon in it.{curly} "
            f"Put the whole value in quotation marks: `{written}`."
        )
        yield Mistake(number, at + colon.start(), message, replace(quoted))
    if '"' in value and "\\" in value:
        message = (
            "a backslash between double quotation marks has a special meaning. Write two backslashes instead, or use "
            "single quotation marks."
        )
        yield Mistake(number, at + value.index("\\"), message, replace(re.sub(r"\\+", r"\\\\", value)))


def _guess_hash(lines: list[str], number: int) -> Iterator[Mistake]:
    """A color or a hashtag in brackets, with which a comment begins."""
    entry = _ENTRY.match(lines[number])
    found = _HASH_IN_BRACKETS.search(entry["value"]) if entry and entry["value"][:1] in ("[", "{") else None
    if entry is None or found is None:
        return
    at = entry.start("value")
    message = (
        f"`{found[0]}` is read as a comment, with all that follows on this line. "
        f'Put it in quotation marks: `"{found[0]}"`.'
    )
    text = _HASH_IN_BRACKETS.sub(lambda match: f'"{match[0]}"', entry["value"])
    yield Mistake(number, at + found.start(), message, _replace_line(lines, number, lines[number][:at] + text))


def _guess_quotation(lines: list[str], number: int, entry: re.Match[str]) -> Iterator[Mistake]:
    """A value that starts with a quotation mark, and has more after the next one, or has no next one."""
    line, raw, at = lines[number], entry["value"], entry.start("value")
    mark, key = raw[0], entry["key"] or ""
    end = _find_quote_end(raw)
    value = raw.rstrip()
    if end is None:
        message = "this quotation mark is not closed. Close it, or double it if it is part of the text."
        bare, comment = _split_comment(raw)
        for text in (bare + mark + comment, _quote_value(bare) + comment, _quote_value(value)):
            yield Mistake(number, at, message, _replace_line(lines, number, line[:at] + text))
        return
    rest = raw[end:]
    if not rest.strip() or rest.lstrip().startswith(("#", ":")):
        return
    value, comment = _split_comment(value)
    if mark == "'" and end >= 3 and raw[end - 2].isalpha() and rest[0].isalpha():
        fixed = _quote_value(value[1:-1] if value.endswith("'") else value[1:])
        what, fix = "the apostrophe ends the text that `'` starts", "Use double quotation marks"
    else:
        fixed = _quote_value(value) if mark == "'" else "'" + value.replace("'", "''") + "'"
        what = "the value goes on after its quotation mark"
        fix = "Put the whole value in quotation marks of the other kind"
    shown = _shorten(f"{key}: {fixed}" if key else fixed)
    text = line[:at] + fixed + comment
    yield Mistake(number, at + _skip_blanks(raw, end), f"{what}. {fix}: `{shown}`.", _replace_line(lines, number, text))


def _skip_blanks(text: str, at: int) -> int:
    return len(text) - len(text[at:].lstrip())


def _find_quote_end(text: str) -> int | None:
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


def _find_bracket_end(text: str) -> int | None:
    """The offset after the bracket that closes the one with which a text starts; None if it's not closed."""
    depth, at = 0, 0
    while at < len(text):
        char = text[at]
        if char in "'\"" and (at == 0 or text[at - 1] in " [{,:"):
            end = _find_quote_end(text[at:])
            if end is None:
                return None
            at += end
            continue
        depth += (char in "[{") - (char in "]}")
        at += 1
        if depth == 0:
            return at
    return None


def _list_columns(lines: list[str], number: int) -> tuple[dict[int, tuple[str, int]], dict[int, int]]:
    """What is above a line: the columns of keys, each with its name and line, and those of items, with their line."""
    keys: dict[int, tuple[str, int]] = {}
    items: dict[int, int] = {}
    for above in range(number - 1, max(number - MAX_LINES_UP, -1), -1):
        if (found := _KEY_LINE.match(lines[above])) and len(found["lead"]) not in keys:
            keys[len(found["lead"])] = (found["key"], above)
        if found := _ITEM_LINE.match(lines[above]):
            items.setdefault(len(found["lead"]), above)
        if found and not found["lead"] and _KEY_LINE.match(lines[above]):
            break
    return keys, items


def _guess_alignment(lines: list[str], number: int, problem: Problem) -> Iterator[Mistake]:
    """A key or an item that is in another column than its neighbors."""
    line = lines[number]
    keys, items = _list_columns(lines, number)
    if item := _ITEM_LINE.match(line):
        column = len(item["lead"])
        for near in sorted(items.keys() - {column}, key=lambda other: abs(other - column)):
            above = items[near]
            far = "is indented too far" if column > near else "isn't indented far enough"
            message = f"this list item {far}. Start it in the same column as the item on line {above + 1}."
            below = next((one for one in lines[number + 1 :] if one.strip()), "")
            if len(below) - len(below.lstrip(" ")) == near + 2:
                alone = " " * near + line.lstrip(" ")
                yield Mistake(number, column, message, _replace_line(lines, number, alone))
            yield Mistake(number, column, message, _shift_block(lines, number, near - column, _is_in_item(column)))
        return
    found = _KEY_LINE.match(line)
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


def _guess_loose_line(lines: list[str], number: int, keys: Collection[str]) -> Iterator[Mistake]:
    """A line that is neither a key nor an item: a key without a colon, or the rest of the text above."""
    line = lines[number]
    text = line.lstrip(" ")
    if not _is_loose(line):
        return
    column = len(line) - len(text)
    first, _, rest = text.partition(" ")
    taken = _list_record_keys(lines, number, column)
    if first in keys and first not in taken and rest.strip():
        message = f"`{first}` has no colon. Write `{first}: {_shorten(rest.strip())}`."
        yield Mistake(number, column, message, _replace_line(lines, number, f"{line[:column]}{first}: {rest.strip()}"))
    if text.strip() in keys and text.strip() not in taken:
        message = f"`{text.strip()}` has no colon. Write `{text.strip()}:`."
        yield Mistake(number, column, message, _replace_line(lines, number, f"{line.rstrip()}:"))
    first_line = number
    while first_line > 0 and _is_loose(lines[first_line - 1]):
        first_line -= 1
    above, _ = _list_columns(lines, first_line)
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
        entry = _KEY_LINE.match(lines[above])
        if entry and len(entry["lead"]) == column:
            found.add(entry["key"])
        if lines[above].strip() and len(lines[above]) - len(lines[above].lstrip(" ")) < column:
            break
    return found


def _guess_brackets(lines: list[str], number: int) -> Iterator[Mistake]:
    """A bracket that is not closed, or text in brackets with a sign that has a meaning there."""
    line = lines[number]
    entry = _ENTRY.match(line)
    if entry is None or entry["value"][:1] not in ("[", "{"):
        return
    value, comment = _split_comment(entry["value"])
    at = entry.start("value")
    if _find_bracket_end(value) is None:
        open_ones = "".join({"[": "]", "{": "}"}[char] for char in reversed(_list_open(value)))
        message = "this bracket is not closed. Close it, or put the whole value in quotation marks."
        yield Mistake(number, at, message, _replace_line(lines, number, line[:at] + value + open_ones + comment))
    # A text in brackets that has a colon or a quotation mark in it.
    if (end := _find_bracket_end(value)) is None or end == len(value):
        for fixed, column, message in _guess_inner_texts(value):
            yield Mistake(number, at + column, message, _replace_line(lines, number, line[:at] + fixed + comment))


def _list_open(value: str) -> list[str]:
    """The brackets of a text that are open at its end."""
    found: list[str] = []
    for char in value:
        if char in "[{":
            found.append(char)
        elif char in "]}" and found:
            found.pop()
    return found


def _guess_inner_texts(value: str) -> Iterable[tuple[str, int, str]]:
    """For each text in braces or brackets that needs quotation marks: the whole with them, its column, the message."""
    for found in re.finditer(r"(?<=[\[{,])\s*(?:[\w-]+:\s+)?(?P<text>[^,\[\]{}]*)", value):
        text = found["text"].strip()
        if not text or _is_quoted(text):
            continue
        if re.search(r":(?=\s|$)", text) or text[0] in "'\"%@`*&!|>?" or "'" in text:
            quoted = _quote_value(text.strip("'\"") if text[0] in "'\"" and text[-1] == text[0] else text)
            at = found.start("text")
            message = (
                f"this text in brackets has a special character in it. Put it in quotation marks: `{_shorten(quoted)}`."
            )
            yield value[:at] + quoted + value[at + len(found["text"].rstrip()) :], at, message


def _is_quoted(text: str) -> bool:
    return text[0] in "'\"" and _find_quote_end(text) == len(text)
