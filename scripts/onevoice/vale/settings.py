"""A company's .vale.ini as `onevoice lint` passes it on: what chooses styles, levels, switches and ignored text.

The rest stays out, because a .vale.ini may come with a handbook that nobody has looked at: `Transform` runs xsltproc
with a stylesheet that can write files, [formats] makes Vale start other programs for our documents (asciidoctor,
rst2html, dita), `NLPEndpoint` sends drafts to an address, and a path can lead anywhere. The file is read as Vale's own
parser reads it, and written again, so that no key can hide in a line that the two read differently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

# The top of a file; what syncs packages is for `vale sync` alone, and changes nothing here.
TOP_KEYS = ("StylesPath", "MinAlertLevel", "Vocab", "IgnoredScopes", "SkippedScopes", "IgnoredClasses", "WordTemplate")
SYNC_KEYS = ("Packages",)
# A section of documents, besides switches.
SECTION_KEYS = ("BasedOnStyles", "BlockIgnores", "TokenIgnores", "IgnorePatterns", "Vocab", "CommentDelimiters")
# Keys whose values are names of folders.
NAME_KEYS = ("BasedOnStyles", "Vocab")
# What a style or rule can be set to; Vale takes any other word for NO.
STATES = ("YES", "NO", "UNSET", "suggestion", "warning", "error")
# Formats that Vale reads by itself.
SAFE_FORMATS = ("md", "mdx", "html", "txt")
# Sections whose names are not patterns of paths. Vale takes DEFAULT for the top of the file.
FORMATS, FIXED_SECTIONS = "formats", ("formats", "asciidoctor", "DEFAULT")
_SWITCH = re.compile(r"[^\W_][\w+ -]*(?P<rule>\.[\w+ -]+)*")
_PARAMETER = re.compile(r"[^\W_][\w+ -]*(?:\.[\w+ -]+)+\[(?P<name>[A-Za-z]\w*)\]")
_OWN_KEYS = frozenset(
    ("transform", "lang", "view", "blueprint", "nlpendpoint", *map(str.lower, (*TOP_KEYS, *SYNC_KEYS)))
)
# Fields of a rule that name files or hold code.
FILE_FIELDS = ("aff", "dic", "dicpath", "dictionaries", "ignore", "script", "action")


class Setting(NamedTuple):
    """A key of a .vale.ini and its value. section: the name of its section, "" at the top. line: from 1."""

    section: str
    key: str
    value: str
    line: int


class Refusal(NamedTuple):
    """What is not passed on to Vale. line: from 1. name: the key or section. why: a sentence."""

    line: int
    name: str
    why: str


NOT_PASSED_ON = (
    "`onevoice lint` passes on only styles, levels, switches and ignored text. Delete it, or run Vale itself."
)


def parse_settings(text: str) -> tuple[list[Setting], list[Refusal]]:
    """The settings of a .vale.ini as Vale's parser reads them, and the lines that it would stop at."""
    settings: list[Setting] = []
    refused: list[Refusal] = []
    lines = enumerate(text.split("\n"), 1)
    section: str | None = ""
    for number, raw in lines:
        line = raw.lstrip()
        if not line or line[0] in "#;":
            continue
        if line[0] == "[":
            end = line.rfind("]")
            section = line[1:end] if end > 0 else None
            if section is None:
                refused.append(Refusal(number, line.strip(), "The section has no closing bracket. Add it."))
            continue
        key, rest = _split_key(line)
        if key is None:
            refused.append(Refusal(number, line.strip(), "This is not a setting. Write `key = value`."))
            continue
        value = _read_value(rest, lines)
        if section is not None:
            settings.append(Setting(section, key, value, number))
    return settings, refused


def _split_key(line: str) -> tuple[str | None, str]:
    quote = next((mark for mark in ('"""', '"', "`") if line.startswith(mark)), "")
    start = line.find(quote, len(quote)) if quote else 0
    found = re.search("[=:]", line[start:]) if start >= 0 else None
    if not found:
        return None, ""
    key = line[len(quote) : start] if quote else line[: found.start()]
    return key.strip(), line[start + found.end() :]


def _read_value(rest: str, lines: Iterator[tuple[int, str]]) -> str:
    value = rest.lstrip()
    quote = '"""' if value.startswith('"""') and len(value) > 3 else "`" if value.startswith("`") else ""
    if quote:
        value = value[len(quote) :]
        if quote in value:
            return value[: value.rfind(quote)]
        for _, line in lines:
            if quote in line:
                return f"{value}\n{line[: line.rfind(quote)]}"
            value += f"\n{line}"
        return value
    value = value.strip()
    if value.endswith("\\"):
        value = value[:-1]
        for _, line in lines:
            value += line.strip()
            if not line.strip() or not value.endswith("\\"):
                break
            value = value[:-1]
        return value
    comment = value.find(" #")
    if comment < 0:
        comment = value.find(" ;")
    if comment >= 0:
        value = value[:comment].strip()
    if len(value) >= 2 and value[0] in "'\"" and value.find(value[0], 1) == len(value) - 1:
        value = value[1:-1]
    return value


def filter_settings(settings: Iterable[Setting]) -> tuple[list[Setting], list[Refusal]]:
    """The settings that Vale may have, and a refusal for each other one. Which paths are inside is not judged here."""
    kept: list[Setting] = []
    refused: dict[Refusal, None] = {}
    for one in settings:
        setting, why = _judge_setting(one)
        if setting:
            kept.append(setting)
        if why:
            name = f"[{one.section}]" if one.section in ("asciidoctor", "DEFAULT") else one.key
            refused[Refusal(one.line, name, why)] = None
    return kept, list(refused)


def _judge_setting(one: Setting) -> tuple[Setting | None, str]:
    """The setting as it is passed on, or None, and why something of it is left out."""
    if "\n" in one.value or ("`" in one.value and '"""' in one.value):
        return None, "Its value has several lines or two kinds of quotation marks. Write it on one line."
    if one.section == "":
        if one.key in TOP_KEYS:
            return _keep_names(one) if one.key in NAME_KEYS else (one, "")
        return None, "" if one.key in SYNC_KEYS else NOT_PASSED_ON
    if one.section == FORMATS:
        fits = re.fullmatch(r"[\w.*{},-]+", one.key) and one.value in SAFE_FORMATS
        why = f"Vale reads {', '.join(SAFE_FORMATS)} by itself; for other formats, it starts programs. Delete it."
        return (one, "") if fits else (None, why)
    if one.section in FIXED_SECTIONS:
        return None, NOT_PASSED_ON
    if one.key in SECTION_KEYS:
        return _keep_names(one) if one.key in NAME_KEYS else (one, "")
    if parameter := _PARAMETER.fullmatch(one.key):
        fits = parameter["name"].lower() not in FILE_FIELDS and not re.search(r"[/\\~]", one.value)
        return (one, "") if fits else (None, NOT_PASSED_ON)
    switch = _SWITCH.fullmatch(one.key)
    if not switch or one.key.lower() in _OWN_KEYS or not (switch["rule"] or one.value in STATES):
        return None, NOT_PASSED_ON
    return one._replace(value=one.value if one.value in STATES else "NO"), ""


def _keep_names(one: Setting) -> tuple[Setting | None, str]:
    names = split_names(one.value)
    good = [name for name in names if is_folder_name(name)]
    bad = ", ".join(name for name in names if name not in good)
    return one._replace(
        value=", ".join(good)
    ), f"`{bad}` is not the name of a folder. Write its name alone." if bad else ""


def is_folder_name(name: str) -> bool:
    """Whether a name is one folder's, and no path."""
    return not re.search(r"[/\\\0:]", name) and name.strip(". ") != ""


def split_names(value: str) -> list[str]:
    """The names in a list with commas."""
    return [name for part in value.split(",") if (name := part.strip())]


def format_setting(one: Setting) -> str:
    """The line of a setting, which Vale's parser reads as just this key and value."""
    plain = one.value
    if plain != plain.strip() or plain[:1] in ("`", '"', "'") or plain[-1:] == "\\" or " #" in plain or " ;" in plain:
        plain = f'"""{plain}"""' if "`" in plain else f"`{plain}`"
    return f"{one.key} = {plain}"
