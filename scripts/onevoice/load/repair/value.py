"""What is wrong in a line on its own: colons, quotation marks, brackets, signs with a meaning of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from onevoice.load.repair.mistake import (
    ENTRY,
    Mistake,
    Problem,
    cut_quotation,
    find_bracket_end,
    find_quote_end,
    put_in_quotes,
    replace_line,
    split_comment,
)

_NO_SPACE = re.compile(r"(?P<lead> *(?:- +)*)(?P<key>[A-Za-z_]\w*):(?P<value>[^\s/].*)$")
_HASH_IN_BRACKETS = re.compile(r"(?<=[\s\[{,])#[^\s,\]}]+")
_CURLY = "“”„‘’‚«»"


def guess_value(lines: list[str], number: int, problem: Problem) -> Iterator[Mistake]:
    """What is wrong in a line on its own."""
    line = lines[number]
    if line.startswith(("---", "...")):
        message = "a line of three hyphens starts a second document. Delete this line."
        yield Mistake(number, 0, message, replace_line(lines, number, ""))
    if line.startswith("%"):
        message = "a line cannot start with `%`. Put it in quotation marks, or delete it."
        yield Mistake(number, 0, message, replace_line(lines, number, ""))
    if found := _NO_SPACE.match(line):
        value, comment = split_comment(found["value"])
        text = f"{found['lead']}{found['key']}: {found['value']}"
        shown = f"{found['key']}: {cut_quotation(value)}"
        message = f"there is no space after the colon. Write `{shown}`."
        yield Mistake(number, len(found["lead"]), message, replace_line(lines, number, text))
    entry = ENTRY.match(line)
    if entry is None or not entry["value"] or entry["value"].startswith("#"):
        return
    value, comment = split_comment(entry["value"])
    at = entry.start("value")
    key = entry["key"] or ""
    quoted = put_in_quotes(value)
    written = cut_quotation(f"{key}: {quoted}" if key else quoted)

    def replace(text: str) -> str:
        return replace_line(lines, number, line[:at] + text + comment)

    if value[:1] in "'\"":
        yield from _guess_quotation(lines, number, entry)
    elif value[:1] in "%@`" or (value[:1] in "*&!|>" and len(value) > 1):
        message = f"a value cannot start with `{value[0]}`. Put the whole value in quotation marks: `{written}`."
        yield Mistake(number, at, message, replace(quoted))
    elif value[:1] in "[{":
        end = find_bracket_end(value)
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


def guess_hash(lines: list[str], number: int) -> Iterator[Mistake]:
    """A color or a hashtag in brackets, with which a comment begins."""
    entry = ENTRY.match(lines[number])
    found = _HASH_IN_BRACKETS.search(entry["value"]) if entry and entry["value"][:1] in ("[", "{") else None
    if entry is None or found is None:
        return
    at = entry.start("value")
    message = (
        f"`{found[0]}` is read as a comment, with all that follows on this line. "
        f'Put it in quotation marks: `"{found[0]}"`.'
    )
    text = _HASH_IN_BRACKETS.sub(lambda match: f'"{match[0]}"', entry["value"])
    yield Mistake(number, at + found.start(), message, replace_line(lines, number, lines[number][:at] + text))


def _guess_quotation(lines: list[str], number: int, entry: re.Match[str]) -> Iterator[Mistake]:
    """A value that starts with a quotation mark, and has more after the next one, or has no next one."""
    line, raw, at = lines[number], entry["value"], entry.start("value")
    mark, key = raw[0], entry["key"] or ""
    end = find_quote_end(raw)
    value = raw.rstrip()
    if end is None:
        message = "this quotation mark is not closed. Close it, or double it if it is part of the text."
        bare, comment = split_comment(raw)
        for text in (bare + mark + comment, put_in_quotes(bare) + comment, put_in_quotes(value)):
            yield Mistake(number, at, message, replace_line(lines, number, line[:at] + text))
        return
    rest = raw[end:]
    if not rest.strip() or rest.lstrip().startswith(("#", ":")):
        return
    value, comment = split_comment(value)
    if mark == "'" and end >= 3 and raw[end - 2].isalpha() and rest[0].isalpha():
        fixed = put_in_quotes(value[1:-1] if value.endswith("'") else value[1:])
        what, fix = "the apostrophe ends the text that `'` starts", "Use double quotation marks"
    else:
        fixed = put_in_quotes(value) if mark == "'" else "'" + value.replace("'", "''") + "'"
        what = "the value goes on after its quotation mark"
        fix = "Put the whole value in quotation marks of the other kind"
    shown = cut_quotation(f"{key}: {fixed}" if key else fixed)
    text = line[:at] + fixed + comment
    yield Mistake(number, at + _skip_blanks(raw, end), f"{what}. {fix}: `{shown}`.", replace_line(lines, number, text))


def _skip_blanks(text: str, at: int) -> int:
    return len(text) - len(text[at:].lstrip())


def guess_brackets(lines: list[str], number: int) -> Iterator[Mistake]:
    """A bracket that is not closed, or text in brackets with a sign that has a meaning there."""
    line = lines[number]
    entry = ENTRY.match(line)
    if entry is None or entry["value"][:1] not in ("[", "{"):
        return
    value, comment = split_comment(entry["value"])
    at = entry.start("value")
    if find_bracket_end(value) is None:
        open_ones = "".join({"[": "]", "{": "}"}[char] for char in reversed(_list_open(value)))
        message = "this bracket is not closed. Close it, or put the whole value in quotation marks."
        yield Mistake(number, at, message, replace_line(lines, number, line[:at] + value + open_ones + comment))
    # A text in brackets that has a colon or a quotation mark in it.
    if (end := find_bracket_end(value)) is None or end == len(value):
        for fixed, column, message in _guess_inner_texts(value):
            yield Mistake(number, at + column, message, replace_line(lines, number, line[:at] + fixed + comment))


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
            quoted = put_in_quotes(text.strip("'\"") if text[0] in "'\"" and text[-1] == text[0] else text)
            at = found.start("text")
            message = (
                "this text in brackets has a special character in it. "
                f"Put it in quotation marks: `{cut_quotation(quoted)}`."
            )
            yield value[:at] + quoted + value[at + len(found["text"].rstrip()) :], at, message


def _is_quoted(text: str) -> bool:
    return text[0] in "'\"" and find_quote_end(text) == len(text)
