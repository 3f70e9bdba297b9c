"""Comments of Markdown's dialects that are no HTML, so that suppressions may be written in them.

Obsidian's `%% %%`, Liquid's `{% comment %}`, Hugo's `{{/* */}}`, Jinja's `{# #}`, kramdown's `{::comment}`, MyST's `%`,
and definitions of links that lead nowhere: `[//]: # (a comment)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from onevoice.prose.block import Comment
from onevoice.prose.section import Range, build_range_test, find_sections

_OPENING = re.compile(r"%%|\{%[^%]*%\}|\{\{[<%][^<>%]*[>%]\}\}|\{?\{-?\s*/\*|\{::comment\}|\{#-?")
_CLOSING = re.compile(r"(?:%%|\{%[^%]*%\}|\{\{[<%][^<>%]*[>%]\}\}|\*/\s*-?\}\}?|\{:/(?:comment)?\}|-?#\})\Z")
_DEFINITION = re.compile(
    r"^[ \t>]*\[[^\[\]\r\n]{1,40}\]:[ \t]*(?:#|<>)[ \t]+"
    r"(?:\((?P<round>[^\r\n]*)\)|([\"'])(?P<quoted>[^\r\n]*)\2)[ \t]*\r?$",
    re.MULTILINE,
)
_LINE = re.compile(r"^[ \t>]*%[ \t]*(?![%}\]])(?P<words>[^\r\n]*)", re.MULTILINE)


def find_remarks(text: str, *, is_myst: bool, find_code: Callable[[str], list[Range]]) -> list[Comment]:
    """The comments of a text without front matter, in order. find_code: the ranges of its code, in order and apart."""
    code = find_code(text)
    is_code = build_range_test(code)
    found = []
    for section in find_sections(text, lambda _: code):
        whole = text[section.start : section.end]
        if not section.is_shown and (opening := _OPENING.match(whole)) and (closing := _CLOSING.search(whole)):
            found.append(Comment(section.start, section.end, whole[opening.end() : closing.start()].strip()))
    for definition in _DEFINITION.finditer(text):
        if not is_code(definition.start()):
            found.append(Comment(*definition.span(), (definition["round"] or definition["quoted"] or "").strip()))
    if is_myst:
        found += [Comment(*line.span(), line["words"].strip()) for line in _LINE.finditer(text)]
    return sorted(found, key=lambda comment: comment.start)
