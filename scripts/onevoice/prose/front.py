"""Front matter: the data about a document that comes before it.

Most front matter is `key: value` and short lists; that much is read here. Whatever is richer is read by ruamel.yaml,
which is imported only then; TOML and Hugo's JSON by the standard library. What cannot be read at all counts as empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from onevoice import limits
from onevoice.expression import defer_pattern
from onevoice.nesting import find_deep_nesting
from onevoice.prose.block import Block
from onevoice.prose.build import Builder, feed_source

_TITLE_KEYS = ("title", "description", "summary", "excerpt", "subtitle", "sidebar_label", "linkTitle")
_TITLE_KEY = "|".join(_TITLE_KEYS)
_OPEN = defer_pattern(r"---[ \t]*\r?\n")
# From the end of the line above it, so that a search jumps from line to line.
_CLOSE = defer_pattern(r"\n(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)")
_TOML_OPEN = defer_pattern(r"\+\+\+[ \t]*\r?\n")
_TOML_CLOSE = defer_pattern(r"\n\+\+\+[ \t]*\r?(?:\n|\Z)")
_TOML_TITLE = defer_pattern(rf"""^(?:{_TITLE_KEY})[ \t]*=[ \t]*("[^"\\\r\n]+"|'[^'\r\n]+')[ \t]*\r?$""", re.MULTILINE)
_JSON_OPEN = defer_pattern(r"\{\s*\"")
_JSON_CLOSE = defer_pattern(r"[ \t]*\r?(?:\n|\Z)")
_JSON_TITLE = defer_pattern(rf"""\"({_TITLE_KEY})\"\s*:\s*(\"(?:[^"\\\r\n]|\\.)+\")""")
# Strings, quoted keys and comments of TOML: what dots in them say is nothing about keys.
_TOML_OPAQUE = defer_pattern(
    r'''"""(?:\\.|(?!""")[^\\])*+(?:""")?|"(?:\\.|[^"\\\n])*+"?|#[^\n]*'''
    r"|'''(?:(?!''').)*+(?:''')?|'[^'\n]*+'?",
    re.DOTALL,
)
# Line ends to YAML's parser in C that are none here.
_ODD_LINE_END = defer_pattern("\r(?!\n)|[\x85\u2028\u2029]")
_KEY = defer_pattern(r"([A-Za-z_][\w.-]*)[ \t]*:(?:[ \t]+|$)")
_KEY_LINE = defer_pattern(r"^[ \t]*[\w.\"'-]+[ \t]*:(?:[ \t]|$)", re.MULTILINE)
_TOP_KEY = defer_pattern(r"^([A-Za-z_][\w.-]*)[ \t]*:(?=[ \t\r\n])", re.MULTILINE)
_ALIAS = defer_pattern(r"[:\-\s][ \t]*[&*][\w-]|<<[ \t]*:")
_COMPLEX_KEY = defer_pattern(r"\n[?{\[\"']")
# A line that begins a value with which the next one goes on: a quotation mark or bracket that it does not close.
_OPEN_VALUE = defer_pattern(
    r"""^(?:[^:\n]*:|[ \t]*-?)[ \t]*(['"\[{])(?:(?:[^\n]*[^'"\]}\s])?|(?<=')[^\n]*'')[ \t\r\f\v]*$""", re.MULTILINE
)
_CLOSINGS = {"'": "'", '"': '"', "[": "]", "{": "}"}
_UNINDENTED = defer_pattern(r"\n\S")
_ITEM = defer_pattern(r"[ \t]*-[ \t]+")
_PLAIN = defer_pattern(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`][^\r\n]*")
_FLOW = defer_pattern(r"\[[^\[\]{}\"'#&*!|>%@`:\r\n]*\]")
_QUOTED = defer_pattern(r"""'[^'\r\n]*'|"[^"\\\r\n]*\"""")
_INTEGER, _FLOAT = (
    defer_pattern(r"[-+]?[0-9]+"),
    defer_pattern(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"),
)
# With one of these, a text says that it is MyST.
MYST_KEYS = frozenset(("jupytext", "kernelspec", "myst", "mystnb"))
_CONSTANTS: dict[str, bool | None] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_CONSTANTS |= {word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")}
_DOUBLE_QUOTED_ESCAPE = defer_pattern(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^\r\n])")
_SINGLE_QUOTED_ESCAPE = defer_pattern(r"''")


class _ComplexYaml(Exception):
    """More than this module reads by itself."""


def parse_front_matter(source: str) -> tuple[dict[str, Any], list[Block], int]:
    """The front matter as plain data, its title and description as blocks, and where the document goes on."""
    found = _find_delimiters(source)
    if found is None:
        return {}, [], 0
    start, end, body = found
    if source[0] == "+":
        return (*_parse_toml(source, start, end), body)
    if source[0] == "{":
        return (*_parse_json(source, end), body)
    try:
        meta, places = _parse_simple(source, start, end)
    except _ComplexYaml:
        meta, places = _parse_yaml(source[start:end], start)
    if meta is None:
        return {}, [], 0
    return meta, [block for place in places if (block := _build_title(source, *place))], body


def list_data_lines(source: str) -> list[tuple[int, int]]:
    """Ranges of lines of YAML front matter that surely hold no prose, in order, told without reading it."""
    found = _find_delimiters(source)
    if found is None or source[0] != "-":
        return []
    start, end, _ = found
    head = source[:end]
    # With an alias, a value stands somewhere else.
    if _COMPLEX_KEY.search(head, start - 1) or (("&" in head or "*" in head or "<<" in head) and _ALIAS.search(head)):
        return []
    if not (head.isascii() and "\r" not in head) and _ODD_LINE_END.search(head):
        return []
    # A quoted value may go on at the beginning of a line, whatever that looks like.
    if not all(_is_closed(head, line.end(), line[1]) for line in _OPEN_VALUE.finditer(head, start)):
        return []
    keys = [*_TOP_KEY.finditer(head, start)]
    ends = [*(key.start() for key in keys), end][1:]
    return [(key.start(), last) for key, last in zip(keys, ends, strict=True) if key[1] not in _TITLE_KEYS]


def _is_closed(head: str, start: int, mark: str) -> bool:
    """Whether a quoted value or list that goes on behind its line ends before one that is not indented."""
    following = _UNINDENTED.search(head, start)
    rest = head[start : following.start() if following else None].rstrip()
    return rest.endswith(_CLOSINGS[mark]) and not rest.endswith("''")


def find_front_end(source: str) -> int:
    """Where a document goes on behind what looks like front matter; 0 if nothing does."""
    found = _find_delimiters(source)
    return found[2] if found else 0


# Several ask about one document.
@lru_cache(maxsize=1)
def _find_delimiters(source: str) -> tuple[int, int, int] | None:
    """Where what looks like front matter begins and ends, and where the document goes on."""
    if source.startswith("---"):
        opening, closing = _OPEN, _CLOSE
    elif source.startswith("+++"):
        opening, closing = _TOML_OPEN, _TOML_CLOSE
    elif source.startswith("{"):
        return _find_json(source)
    else:
        return None
    if (opened := opening.match(source)) and (closed := closing.search(source, opened.end() - 1)):
        return opened.end(), closed.start() + 1, closed.end()
    return None


def _find_json(source: str) -> tuple[int, int, int] | None:
    """The same of an object in JSON, as Hugo has it; anything else in braces is text."""
    if not _JSON_OPEN.match(source):
        return None
    import json

    try:
        _, end = json.JSONDecoder().raw_decode(source)
    except (ValueError, RecursionError):
        return None
    closed = _JSON_CLOSE.match(source, end)
    return (0, end, closed.end()) if closed else None


def is_myst(path: str, source: str) -> bool:
    """Whether a Markdown text is MyST, by its name or by a key of its front matter."""
    if path.lower().endswith(".myst"):
        return True
    return has_front_key(source, MYST_KEYS) and not MYST_KEYS.isdisjoint(parse_front_matter(source)[0])


def has_front_key(source: str, names: Iterable[str]) -> bool:
    """Whether the front matter of a document may have one of these keys, told without reading it."""
    head = source[: find_front_end(source)]
    # A key may be written with escapes.
    return "\\" in head or any(name in head for name in names)


def _parse_simple(source: str, start: int, end: int) -> tuple[dict[str, Any] | None, list[tuple[int, int]]]:
    meta: dict[str, Any] = {}
    places: list[tuple[int, int]] = []
    last = ""
    at, count = start, 0
    if _ODD_LINE_END.search(source, start, end):
        raise _ComplexYaml
    while at < end:
        count += 1
        if count > limits.MAX_FRONT_VALUES:
            raise _ComplexYaml
        stop = source.find("\n", at, end)
        following = end if stop < 0 else stop + 1
        # Other blanks, such as a no-break space, are letters to YAML.
        line = source[at:following].rstrip(" \t\r\n")
        if not line or line.lstrip(" \t").startswith("#"):
            pass
        elif item := _ITEM.match(line):
            if not last or not isinstance(meta[last], list | None):
                raise _ComplexYaml
            if meta[last] is None:
                meta[last] = []
            meta[last].append(_parse_scalar(line[item.end() :], item=True))
        elif (key := _KEY.match(line)) and key[1] not in meta:
            value = line[key.end() :]
            last = key[1] if not value else ""
            meta[key[1]] = _parse_scalar(value)
            if key[1] in _TITLE_KEYS and isinstance(meta[key[1]], str):
                places.append((at + key.end(), at + len(line)))
        else:
            raise _ComplexYaml
        at = following
    return meta or None, places


def _parse_scalar(text: str, item: bool = False) -> Any:
    if not text:
        return None
    if _QUOTED.fullmatch(text):
        return text[1:-1]
    if _FLOW.fullmatch(text):
        parts = (part.strip(" \t") for part in text[1:-1].split(","))
        return [_resolve_plain(part) for part in parts if part]
    if not _PLAIN.fullmatch(text) and not _FLOAT.fullmatch(text):
        raise _ComplexYaml
    if ": " in text or " #" in text or "\t#" in text or text.endswith(":"):
        raise _ComplexYaml
    return _resolve_plain(text)


def _resolve_plain(text: str) -> Any:
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text):
        return int(text) if len(text) < 20 else text
    return float(text) if _FLOAT.fullmatch(text) else text


def _parse_yaml(text: str, start: int) -> tuple[dict[str, Any] | None, list[tuple[int, int]]]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        if find_deep_nesting(text) is not None:
            raise ValueError("nested too deeply")
        root = YAML(typ="safe").compose(text)
        data = _convert_node(root, {})
        if _measure_data(data, {}) > limits.MAX_FRONT_VALUES:
            raise ValueError("aliases stand for too many values")
    except (YAMLError, ValueError, RecursionError):
        # Without a key it is prose between two rules, which must not go unread.
        return ({} if _KEY_LINE.search(text) else None), []
    if not isinstance(data, dict):
        return None, []  # two rules with something between them
    places = [
        (start + value.start_mark.index, start + value.end_mark.index)
        for key, value in root.value
        if key.value in _TITLE_KEYS and isinstance(data[key.value], str)
    ]
    return data, places


def _convert_node(node: Any, known: dict[int, Any], depth: int = 0) -> Any:
    if depth > limits.MAX_FRONT_DEPTH:
        raise ValueError("nested too deeply, or in itself")
    if node is None or isinstance(node.value, str):
        return _resolve_plain(node.value) if node and not node.style else node and node.value
    if id(node) not in known:  # an alias is the same node again
        if node.id == "sequence":
            known[id(node)] = [_convert_node(one, known, depth + 1) for one in node.value]
        else:
            known[id(node)] = {str(key.value): _convert_node(value, known, depth + 1) for key, value in node.value}
    return known[id(node)]


def _measure_data(data: Any, known: dict[int, int]) -> int:
    """How many values there are, each as often as aliases repeat it."""
    if not isinstance(data, (list, dict)):
        return 1
    if id(data) not in known:
        inner = data.values() if isinstance(data, dict) else data
        known[id(data)] = 1 + sum(_measure_data(one, known) for one in inner)
    return known[id(data)]


def _build_title(source: str, start: int, end: int) -> Block | None:
    while end > start and source[end - 1].isspace():
        end -= 1
    mark = source[start] if end - start > 1 and source[start] in "'\"" and source[end - 1] == source[start] else ""
    builder = Builder(source, "title", syntax="yaml", mark=mark)
    if mark:
        at = start + 1
        for one in (_DOUBLE_QUOTED_ESCAPE if mark == '"' else _SINGLE_QUOTED_ESCAPE).finditer(
            source, start + 1, end - 1
        ):
            feed_source(builder, at, one.start(), None)
            builder.add_unit(one.start(), one.end(), _decode_escape(one.group()))
            at = one.end()
        feed_source(builder, at, end - 1, None)
    elif source[start : start + 1] in ("|", ">"):
        builder.mark = source[start]
        newline = source.find("\n", start, end)
        if newline >= 0:
            feed_source(builder, newline, end, None)
    else:
        feed_source(builder, start, end, None)
    return builder.build_block()


_ESCAPES = {"n": "\n", "t": "\t", "_": "\u00a0", "N": "\u0085", "0": "\x00", "e": "\x1b", "r": "\r", "a": "\x07"}


def _decode_escape(text: str) -> str:
    if text == "''":
        return "'"
    if text[1] in "xuU" and len(text) > 2:
        code = int(text[2:], 16)
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
    return _ESCAPES.get(text[1], text[1])


def _has_deep_key(text: str) -> bool:
    """Whether a key of TOML has so many parts that it would fill the memory: each is kept with all before it."""
    bare = _TOML_OPAQUE.sub("x", text) if "'" in text or '"' in text or "#" in text else text
    return re.search(rf"(?<![\w-])(?:[\w-]++[ \t]*+\.[ \t]*+){{{limits.MAX_FRONT_DEPTH}}}", bare) is not None


def _parse_toml(source: str, start: int, end: int) -> tuple[dict[str, Any], list[Block]]:
    import tomllib

    text = source[start:end].replace("\r\n", "\n")
    try:
        if _has_deep_key(text):
            raise ValueError("nested too deeply")
        meta = tomllib.loads(text)
    except (ValueError, RecursionError):
        return {}, []
    blocks = [_build_title(source, *found.span(1)) for found in _TOML_TITLE.finditer(source, start, end)]
    return meta, [block for block in blocks if block]


def _parse_json(source: str, end: int) -> tuple[dict[str, Any], list[Block]]:
    import json

    meta: dict[str, Any] = json.loads(source[:end])
    if _measure_data(meta, {}) > limits.MAX_FRONT_VALUES:
        return {}, []
    # A key of another object may have the same name.
    places = {
        found[1]: found.span(2)
        for found in _JSON_TITLE.finditer(source, 0, end)
        if json.loads(found[2], strict=False) == meta.get(found[1])
    }
    return meta, [block for place in places.values() if (block := _build_title(source, *place))]
