"""A style of Vale's as its files: each rule that lists words, with the line of every entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from onevoice.errors import OnevoiceError
from onevoice.load import yaml


@dataclass(frozen=True)
class StyleEntry:
    """A swap or a token. key: the expression. value: what is said instead, or None. line, column: from 1."""

    key: str
    value: str | None
    line: int
    column: int


@dataclass(frozen=True)
class StyleRule:
    """A rule that lists words.

    path: the file. fields: all that it says but for its words. entries: in the order of the file, doubles included.
    parse_error: line, column and words of what keeps it from being read, or ().
    """

    path: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    entries: tuple[StyleEntry, ...] = ()
    parse_error: tuple[int, int, str] | None = None

    @property
    def is_substitution(self) -> bool:
        """Whether it says what to write instead."""
        return self.fields.get("extends") == "substitution"


def read_style_rules(folder: Path) -> list[StyleRule]:
    """The rules of extension `substitution` and `existence` in a folder of a style, or of styles, sorted by path.

    Raises OnevoiceError if the folder is none or has no rule at all.
    """
    if not folder.is_dir():
        raise OnevoiceError(f"{folder}: there is no such folder. Name the folder of a Vale style.")
    files = sorted(path for path in folder.rglob("*.yml") if path.is_file())
    found = [rule for path in files if (rule := _parse_rule(path)) is not None]
    if not found:
        raise OnevoiceError(f"{folder}: no rule here lists any words. Name the folder of a Vale style (*.yml).")
    return found


def _parse_rule(path: Path) -> StyleRule | None:
    name = path.as_posix()
    try:
        root = YAML(typ="safe", pure=True).compose(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        return StyleRule(name, parse_error=(1, 1, "the file is not UTF-8 text. Save it as UTF-8."))
    except YAMLError:
        first = yaml.parse_yaml(name, path.read_bytes().decode("utf-8-sig")).findings[:1]
        line, column, why = next(
            ((one.span.line, one.span.column, one.message) for one in first), (1, 1, "this is not YAML.")
        )
        return StyleRule(name, parse_error=(line, column, why))
    if not isinstance(root, MappingNode):
        return None
    fields: dict[str, Any] = {}
    entries: list[StyleEntry] = []
    for key, value in root.value:
        if key.value == "swap":
            entries += _parse_swaps(value)
        elif key.value == "tokens" and isinstance(value, SequenceNode):
            entries += [_make_entry(one, None) for one in value.value if isinstance(one, ScalarNode)]
        else:
            fields[key.value] = _convert_node(value)
    if fields.get("extends") not in ("substitution", "existence"):
        return None
    return StyleRule(name, fields, tuple(entries))


def _parse_swaps(node: Node) -> Iterator[StyleEntry]:
    # A list of single pairs is a way of writing it, too.
    for one in node.value if isinstance(node, SequenceNode) else [node]:
        if isinstance(one, MappingNode):
            yield from (_make_entry(key, value) for key, value in one.value if isinstance(key, ScalarNode))


def _make_entry(node: ScalarNode, value: Node | None) -> StyleEntry:
    said = value.value if isinstance(value, ScalarNode) else None if value is None else ""
    return StyleEntry(node.value, said, node.start_mark.line + 1, node.start_mark.column + 1)


def _convert_node(node: Node) -> Any:
    if isinstance(node, MappingNode):
        return {key.value: _convert_node(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [_convert_node(one) for one in node.value]
    text, tag = node.value, node.tag or ""
    if tag.endswith(":bool"):
        return text.lower() in ("true", "yes", "on")
    if tag.endswith(":int"):
        return int(text) if text.lstrip("-").isdigit() else text
    return None if tag.endswith(":null") else text
