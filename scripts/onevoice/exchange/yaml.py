"""YAML that every parser reads the same way: texts in double quotes, lists and keys on lines of their own."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from json.encoder import encode_basestring

# What a line of a quoted text can't hold as it is: control characters, and what YAML takes for the end of a line.
_UNSAFE = re.compile("[\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def format_yaml(data: Mapping[str, object]) -> str:
    """A mapping of texts, numbers, lists and mappings as YAML. Keys are ours, or are quoted like texts."""
    return "\n".join(_iter_lines(data, "")) + "\n"


def _iter_lines(value: object, indent: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            head = f"{indent}{_format_key(key)}:"
            if isinstance(item, (str, int, float)):
                yield f"{head} {format_yaml_text(item)}"
            elif not item:
                yield f"{head} {'{}' if isinstance(item, Mapping) else '[]'}"
            else:
                yield head
                yield from _iter_lines(item, f"{indent}  ")
    elif isinstance(value, Sequence):
        for item in value:
            yield _format_item(item, indent)


def _format_item(item: object, indent: str) -> str:
    if isinstance(item, (str, int, float)):
        return f"{indent}- {format_yaml_text(item)}"
    lines = "\n".join(_iter_lines(item, f"{indent}  "))
    return f"{indent}- {lines.lstrip()}"


@functools.lru_cache(maxsize=1000)
def _format_key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z_]\w*", key, re.ASCII) else format_yaml_text(key)


def format_yaml_text(value: str | float) -> str:
    """A text in quotes, or a number, or `true`."""
    if not isinstance(value, str):
        return json.dumps(value)
    quoted = encode_basestring(value)
    if quoted.isascii() and "\x7f" not in quoted:
        return quoted
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
