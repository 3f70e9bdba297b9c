"""YAML as our own writer lays it out, read line by line: a key or an item on each, texts and short lists behind it.

The general parser builds nodes, marks and texts for everything that YAML allows, which takes ten times as long. What
is read here, it reads alike; anything else is left to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

DataPath = tuple[str | int, ...]
Places = dict[DataPath, tuple[int, int]]
NULLS = ("", "~", "null", "Null", "NULL")
# How many lists and mappings may be in each other: no record has as many.
MAX_LEVELS = 20
_KEY = r"[A-Za-z_](?:[A-Za-z0-9_-]| (?=[A-Za-z0-9_])){0,99}+"
_LINE = re.compile(rf"( *)(- )?(?:({_KEY}):(?: (.+))?|(.+))")
_QUOTED = r"""'(?:[^']|'')*+'|"[^"\\]*+\""""
# A text on one line; between brackets, where it has no signs of YAML.
_ITEM = rf"(?:{_QUOTED}|[^\W_](?:[\w()&+./–—’-]| (?! *[,\]}}]))*+)"
_TEXT = re.compile(_QUOTED)
_LIST = re.compile(rf"\[(?:{_ITEM}(?:, {_ITEM})*+)?\]")
_MAPPING = re.compile(rf"\{{(?:{_KEY}: {_ITEM}(?:, {_KEY}: {_ITEM})*+)?\}}")
_PAIR = re.compile(rf"(?:({_KEY}): )?({_ITEM})")


@dataclass
class RegularText:
    """What such a text says.

    values, keys: where, as in `yaml.Document`; None if nobody asked. starts: for each list of records, the lines on
    which they begin.
    """

    data: dict[str, Any]
    values: Places | None = None
    keys: Places | None = None
    starts: dict[str, list[int]] = field(default_factory=dict)


@dataclass(slots=True)
class _Level:
    """A list or a mapping that is being read: the column in which its lines begin.

    open_key: of a mapping, the key on the line before, which has no value yet.
    """

    column: int
    items: Any
    is_list: bool
    path: DataPath
    open_key: str | None = None


# Texts that have been read before anyone asked.
_kept: dict[str, RegularText] = {}


def keep_text(source: str, text: RegularText) -> None:
    """Keep what a text says for the next `read_regular` of it."""
    _kept[source] = text


def drop_text(source: str) -> None:
    """Forget what a text says, if nobody has asked."""
    _kept.pop(source, None)


def read_regular(source: str, *, wants_places: bool = False) -> RegularText | None:
    """What a text says; None if it isn't laid out so, or says anything that a person should look at."""
    if source in _kept and not wants_places:
        return _kept.pop(source)
    lines = source.split("\n")
    if not "".join(lines).isprintable():
        return None
    reader = _Reader(RegularText({}, {}, {}) if wants_places else RegularText({}))
    for number, line in enumerate(lines, 1):
        if line and (not reader.take_line(line, number) or len(reader.levels) > MAX_LEVELS):
            return None
    return reader.text if reader.levels else None


def find_record_places(lines: Sequence[str], key: str, index: int, starts: Sequence[int]) -> tuple[Places, Places]:
    """The places of one record's values and keys, as in `RegularText`. lines: all of them. starts: of its list."""
    text = RegularText({}, {}, {})
    reader = _Reader(text)
    first, last = starts[index], starts[index + 1] - 1 if index + 1 < len(starts) else len(lines)
    column = len(lines[first - 1]) - len(lines[first - 1].lstrip())
    reader.levels = [_Level(0, text.data, False, ()), _Level(column, [None] * index, True, (key,))]
    for number in range(first, last + 1):
        line = lines[number - 1]
        if len(reader.levels) < 2 or (line and line[0] not in " -"):
            break
        reader.take_line(line, number)
    return text.values or {}, text.keys or {}


class _Reader:
    def __init__(self, text: RegularText) -> None:
        self.text = text
        self.levels: list[_Level] = []

    def take_line(self, line: str, number: int) -> bool:
        """Read the next line; False if it isn't regular."""
        found = _LINE.fullmatch(line)
        if found is None:
            return line == " "
        indent, dash, key, value, item = found.groups()
        column = len(indent)
        if item is not None and not dash and (item[0] == "#" or item.isspace()):
            return True
        if dash:
            level = self._find_list(column, number)
            if level is None:
                return False
            if len(self.levels) == 2:
                self.text.starts.setdefault(str(level.path[0]), []).append(number)
            path: DataPath = (*level.path, len(level.items)) if self.text.values is not None else ()
            if key is None:
                return self._add_value(level, len(level.items), path, item, number, column + 2)
            inner = _Level(column + 2, {}, False, path)
            level.items.append(inner.items)
            self.levels.append(inner)
            self._mark_value(path, number, column + 2)
            return self._add_key(inner, key, value, number)
        level = self._find_mapping(column, number) if key is not None else None
        return level is not None and self._add_key(level, key, value, number)

    def _find_list(self, column: int, number: int) -> _Level | None:
        levels = self.levels
        while levels and levels[-1].column > column:
            levels.pop()
        if not levels:
            return None
        if levels[-1].open_key is not None:
            return self._open_level(column, [], number)
        if not levels[-1].is_list:
            # The keys below an item are in line with what is behind its hyphen.
            levels.pop()
        return levels[-1] if levels and levels[-1].is_list and levels[-1].column == column else None

    def _find_mapping(self, column: int, number: int) -> _Level | None:
        levels = self.levels
        while levels and (levels[-1].column > column or (levels[-1].is_list and levels[-1].column == column)):
            levels.pop()
        if not levels:
            if column or self.text.data:
                return None
            self._mark_value((), number, 0)
            levels.append(_Level(0, self.text.data, False, ()))
        elif levels[-1].column < column:
            return self._open_level(column, {}, number) if levels[-1].open_key is not None else None
        return levels[-1]

    def _open_level(self, column: int, items: Any, number: int) -> _Level:
        """A list or mapping as the value of the key on the line before."""
        above = self.levels[-1]
        key = above.open_key
        assert key is not None
        above.items[key], above.open_key = items, None
        level = _Level(column, items, isinstance(items, list), (*above.path, key))
        self._mark_value(level.path, number, column)
        self.levels.append(level)
        return level

    def _add_key(self, level: _Level, key: str, value: str | None, number: int) -> bool:
        if key in level.items:
            return False
        path: DataPath = ()
        if self.text.keys is not None:
            path = (*level.path, key)
            self.text.keys[path] = number, level.column + 1
        column = level.column + len(key) + 1
        if value is None:
            level.items[key], level.open_key = None, key
            self._mark_value(path, number, column)
            return True
        level.open_key = None
        return self._add_value(level, key, path, value, number, column + 1)

    def _add_value(self, level: _Level, at: Any, path: DataPath, value: str, number: int, column: int) -> bool:
        """Add a text or a short list to a list or mapping; False if it is none. at: where. column: from 0."""
        self._mark_value(path, number, column)
        first = value[0]
        result: Any
        if first.isalnum():
            if ": " in value or " #" in value or value[-1] in ": ":
                return False
            result = None if value in NULLS else value
        elif _TEXT.fullmatch(value):
            result = _unquote(value)
        elif _LIST.fullmatch(value):
            result = [_unquote_item(one[2]) for one in _PAIR.finditer(value)]
            self._mark_items(path, value, number, column)
        elif _MAPPING.fullmatch(value):
            pairs = [(one[1], _unquote_item(one[2])) for one in _PAIR.finditer(value)]
            result = dict(pairs)
            if len(result) < len(pairs):
                return False
            self._mark_items(path, value, number, column)
        else:
            return False
        if level.is_list:
            level.items.append(result)
        else:
            level.items[at] = result
        return True

    def _mark_value(self, path: DataPath, number: int, column: int) -> None:
        if self.text.values is not None:
            self.text.values[path] = number, column + 1

    def _mark_items(self, path: DataPath, value: str, number: int, column: int) -> None:
        if self.text.values is None or self.text.keys is None:
            return
        for index, one in enumerate(_PAIR.finditer(value)):
            name = index if one[1] is None else one[1]
            if one[1] is not None:
                self.text.keys[*path, name] = number, column + one.start(1) + 1
            self.text.values[*path, name] = number, column + one.start(2) + 1


def _unquote(text: str) -> str:
    return text[1:-1].replace("''", "'") if text[0] == "'" else text[1:-1]


def _unquote_item(text: str) -> str | None:
    if text[0] in "'\"":
        return _unquote(text)
    return None if text in NULLS else text
