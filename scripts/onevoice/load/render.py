"""Plain data -> YAML as people write it: short lists on one line, quotation marks only where a reader would need them.

Every reader of YAML takes what is written here for the text that it was, be it `no`, `24/7`, `#1` or `a: b`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

# What every YAML reader takes for a text without quotation marks, in brackets, too.
_PLAIN = re.compile(r"[^\W\d_][\w ()&+./–—-]*(?:['’][\w ()&+./–—-]+)*|\d{4}-\d{2}-\d{2}")
_SENTENCE = re.compile(r"[^\W\d_][\w ()&+./–—'’\",;!?%=…-]*+(?::(?=\S)[\w ()&+./–—'’\",;!?%=…-]*+)*+")
_WORDS_OF_YAML = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"])
# Characters that a line of YAML cannot show as they are.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ud800-\udfff\ufeff\ufff0-\uffff]"
)
# A list or a mapping that is longer is written with a line for each item.
MAX_FLOW = 90


def render_head(kind: str) -> str:
    """The first line of a file of records, by which editors know its keys."""
    return f"# yaml-language-server: $schema=../build/schemas/{kind}.json\n"


def render_scalar(text: str, *, is_flow: bool = False) -> str:
    """A text as one line of YAML. is_flow: between brackets or braces."""
    pattern = _PLAIN if is_flow else _SENTENCE
    # Most texts are plain at a glance.
    is_hidden = None if text.isascii() and text.isprintable() else _HIDDEN.search(text)
    is_plain = pattern.fullmatch(text) and not text.endswith((" ", ":")) and text.lower() not in _WORDS_OF_YAML
    if is_plain and not is_hidden:
        return text
    if is_hidden:
        return _HIDDEN.sub(_escape_character, json.dumps(text, ensure_ascii=False))
    if "'" in text and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def _escape_character(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def render_flow(value: Any) -> str:
    """A value on one line: a text, `[a, b]`, or `{a: b}`."""
    if isinstance(value, str):
        return render_scalar(value, is_flow=True)
    if isinstance(value, Mapping):
        pairs = (f"{render_scalar(str(key), is_flow=True)}: {render_flow(item)}" for key, item in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, Sequence):
        return f"[{', '.join(map(render_flow, value))}]"
    return render_scalar(str(value), is_flow=True)


def render_pair(key: str, value: Any, column: int) -> list[str]:
    """The lines of a key and its value, indented by `column`."""
    start = f"{' ' * column}{render_scalar(key, is_flow=True)}:"
    if isinstance(value, str) or not isinstance(value, (dict, list, Mapping, Sequence)):
        return [f"{start} {render_scalar(str(value))}"]
    if _fits_line(value, column):
        return [f"{start} {render_flow(value)}"]
    if isinstance(value, Mapping):
        return [start, *(line for name, item in value.items() for line in render_pair(str(name), item, column + 2))]
    return [start, *(line for item in value for line in render_item(item, column + 2))]


def render_item(value: Any, column: int) -> list[str]:
    """The lines of an item of a list, its hyphen indented by `column`."""
    start = f"{' ' * column}- "
    if isinstance(value, (dict, Mapping)) and value:
        lines = [line for key, item in value.items() for line in render_pair(str(key), item, column + 2)]
        return [start + lines[0][column + 2 :], *lines[1:]]
    return [start + (render_scalar(value) if isinstance(value, str) else render_flow(value))]


def _fits_line(value: Any, column: int) -> bool:
    """Whether a list or a mapping is short, and has nothing but texts in it."""
    items = value.values() if isinstance(value, Mapping) else value
    if not all(isinstance(item, str) for item in items):
        return not value
    return column + len(render_flow(value)) <= MAX_FLOW
