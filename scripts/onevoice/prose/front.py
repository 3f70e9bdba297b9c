"""Front matter: the data about a document that stands before it.

Most front matter is `key: value` and short lists; that much is read here. Whatever is richer is read by ruamel.yaml,
which is imported only then; TOML by the standard library. What cannot be read at all counts as empty.
"""

from __future__ import annotations

import re
from typing import Any

from onevoice.prose.block import Block
from onevoice.prose.build import Builder, feed

_OPEN = re.compile(r"---[ \t]*\r?\n")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)", re.MULTILINE)
_TOML_OPEN = re.compile(r"\+\+\+[ \t]*\r?\n")
_TOML_CLOSE = re.compile(r"^\+\+\+[ \t]*\r?(?:\n|\Z)", re.MULTILINE)
_TOML_TITLE = re.compile(r"""^(?:title|description)[ \t]*=[ \t]*("[^"\\\r\n]+"|'[^'\r\n]+')[ \t]*\r?$""", re.MULTILINE)
_KEY = re.compile(r"([A-Za-z_][\w.-]*)[ \t]*:(?:[ \t]+|$)")
_KEYED = re.compile(r"^[ \t]*[\w.\"'-]+[ \t]*:(?:[ \t]|$)", re.MULTILINE)
_ITEM = re.compile(r"[ \t]*-[ \t]+")
_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`][^\r\n]*")
_FLOW = re.compile(r"\[[^\[\]{}\"'#&*!|>%@`:\r\n]*\]")
_QUOTED = re.compile(r"""'[^'\r\n]*'|"[^"\\\r\n]*\"""")
_INTEGER, _FLOAT = re.compile(r"[-+]?[0-9]+"), re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= {word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")}
_DEEPEST = 50
_SEEN = ("title", "description")
_DOUBLE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^\r\n])")
_SINGLE = re.compile(r"''")


class _Rich(Exception):
    """More than this module reads by itself."""


def read(source: str) -> tuple[dict[str, Any], list[Block], int]:
    """The front matter as plain data, its title and description as blocks, and where the document goes on."""
    if source.startswith("---") and (opened := _OPEN.match(source)):
        closed = _CLOSE.search(source, opened.end())
        if closed:
            start, end = opened.end(), closed.start()
            try:
                meta, places = _simple(source, start, end)
            except _Rich:
                meta, places = _rich(source[start:end], start)
            if meta is None:
                return {}, [], 0
            return meta, [block for place in places if (block := _title(source, *place))], closed.end()
    if source.startswith("+++") and (opened := _TOML_OPEN.match(source)):
        closed = _TOML_CLOSE.search(source, opened.end())
        if closed:
            return (*_toml(source, opened.end(), closed.start()), closed.end())
    return {}, [], 0


def _simple(source: str, start: int, end: int) -> tuple[dict[str, Any] | None, list[tuple[int, int]]]:
    meta: dict[str, Any] = {}
    places: list[tuple[int, int]] = []
    last = ""
    at = start
    while at < end:
        stop = source.find("\n", at, end)
        following = end if stop < 0 else stop + 1
        line = source[at:following].rstrip()
        if not line or line.lstrip().startswith("#"):
            pass
        elif item := _ITEM.match(line):
            if not last or not isinstance(meta[last], list | None):
                raise _Rich
            meta[last] = [*(meta[last] or ()), _scalar(line[item.end() :], item=True)]
        elif (key := _KEY.match(line)) and key[1] not in meta:
            value = line[key.end() :]
            last = key[1] if not value else ""
            meta[key[1]] = _scalar(value)
            if key[1] in _SEEN and isinstance(meta[key[1]], str):
                places.append((at + key.end(), at + len(line)))
        else:
            raise _Rich
        at = following
    return meta or None, places


def _scalar(text: str, item: bool = False) -> Any:
    if not text:
        return None
    if _QUOTED.fullmatch(text):
        return text[1:-1]
    if _FLOW.fullmatch(text):
        return [_plain(part.strip()) for part in text[1:-1].split(",") if part.strip()]
    if not _PLAIN.fullmatch(text) and not _FLOAT.fullmatch(text):
        raise _Rich
    if ": " in text or " #" in text or "\t#" in text or text.endswith(":"):
        raise _Rich
    return _plain(text)


def _plain(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text) if len(text) < 20 else text
    return float(text) if _FLOAT.fullmatch(text) else text


def _rich(text: str, start: int) -> tuple[dict[str, Any] | None, list[tuple[int, int]]]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        root = YAML(typ="safe").compose(text)
        data = _data(root, {})
    except (YAMLError, ValueError, RecursionError):
        # Without a key it is prose between two rules, which must not go unread.
        return ({} if _KEYED.search(text) else None), []
    if not isinstance(data, dict):
        return None, []  # two rules with something between them
    places = [
        (start + value.start_mark.index, start + value.end_mark.index)
        for key, value in root.value
        if key.value in _SEEN and isinstance(value.value, str)
    ]
    return data, places


def _data(node: Any, known: dict[int, Any], depth: int = 0) -> Any:
    if depth > _DEEPEST:
        raise ValueError("nested too deeply, or in itself")
    if node is None or isinstance(node.value, str):
        return _plain(node.value) if node and not node.style else node and node.value
    if id(node) not in known:  # an alias is the same node again
        if node.tag.endswith(":seq"):
            known[id(node)] = [_data(one, known, depth + 1) for one in node.value]
        else:
            known[id(node)] = {str(key.value): _data(value, known, depth + 1) for key, value in node.value}
    return known[id(node)]


def _title(source: str, start: int, end: int) -> Block | None:
    while end > start and source[end - 1].isspace():
        end -= 1
    mark = source[start] if end - start > 1 and source[start] in "'\"" and source[end - 1] == source[start] else ""
    builder = Builder(source, "title", syntax="yaml", mark=mark)
    if mark:
        at = start + 1
        for one in (_DOUBLE if mark == '"' else _SINGLE).finditer(source, start + 1, end - 1):
            feed(builder, at, one.start(), None)
            builder.unit(one.start(), one.end(), _unescape(one.group()))
            at = one.end()
        feed(builder, at, end - 1, None)
    elif source[start : start + 1] in ("|", ">"):
        builder.mark = source[start]
        newline = source.find("\n", start, end)
        if newline >= 0:
            feed(builder, newline, end, None)
    else:
        feed(builder, start, end, None)
    return builder.block()


_ESCAPED = {"n": "\n", "t": "\t", "_": "\u00a0", "N": "\u0085", "0": "\x00", "e": "\x1b", "r": "\r", "a": "\x07"}


def _unescape(text: str) -> str:
    if text == "''":
        return "'"
    if text[1] in "xuU" and len(text) > 2:
        code = int(text[2:], 16)
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
    return _ESCAPED.get(text[1], text[1])


def _toml(source: str, start: int, end: int) -> tuple[dict[str, Any], list[Block]]:
    import tomllib

    try:
        meta = tomllib.loads(source[start:end].replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}, []
    blocks = [_title(source, *found.span(1)) for found in _TOML_TITLE.finditer(source, start, end)]
    return meta, [block for block in blocks if block]
