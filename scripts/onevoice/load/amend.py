"""A YAML text in which other data is written, while its comments, layout and order stay.

What is the same stays byte for byte; only what differs is replaced, added or taken out. If the way a file is written
rules this out, ruamel's round-trip mode changes it, which keeps comments and order. Either way the result is read
again, and is only returned if it says what it should.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from onevoice.errors import OnevoiceError
from onevoice.load.edit import find_line_end, find_node_end
from onevoice.load.render import render_flow, render_item, render_pair, render_scalar
from onevoice.load.yaml import compose_nodes, parse_yaml

# What an item of a list is known by, best first.
NAMES = ("id", "from", "term", "title", "name")


class Edit(NamedTuple):
    """A piece of a text that something else takes the place of. If both offsets are one, it's put in there."""

    start: int
    end: int
    text: str


class _CannotEdit(Exception):
    """The lines can't be changed one by one."""


def amend_source(path: str, source: str, wanted: Any) -> str:
    """The YAML text that says `wanted`, with as few changes as possible; the same if it says so already.

    path: the file, for messages. source: its text, without a byte order mark. wanted: dicts, lists, texts and None.
    Raises OnevoiceError if the text can't be edited.
    """
    old = parse_yaml(path, source).data
    if old == wanted:
        return source
    for make in (_amend_lines, _amend_nodes):
        try:
            made = make(source, old, wanted)
        except (_CannotEdit, YAMLError, ValueError, TypeError, KeyError, IndexError, AttributeError):
            continue
        if parse_yaml(path, made).data == wanted:
            return made
    raise OnevoiceError(f"{path}: this file's YAML is too complex to edit. Write one key per line, and try again.")


def _amend_lines(source: str, old: Any, wanted: Any) -> str:
    root = compose_nodes(source)
    if root is None:
        raise _CannotEdit
    edits: list[Edit] = []
    _Amender(source, edits).amend_value(root, old, wanted, is_flow=False)
    parts, at = [], 0
    # The order of those at one offset is that in which they were found: what is further inside comes first.
    for edit in sorted(edits, key=lambda one: one.start):
        if edit.start < at:
            raise _CannotEdit
        parts += [source[at : edit.start], edit.text]
        at = edit.end
    return "".join(parts) + source[at:]


class _Amender:
    """Finds the edits of one text."""

    def __init__(self, source: str, edits: list[Edit]) -> None:
        self.source, self.edits = source, edits
        self.ends = "\r\n" if "\r\n" in source else "\n"

    def amend_value(self, node: Node, old: Any, new: Any, *, is_flow: bool) -> None:
        """Make a value say something else."""
        if old == new:
            return
        is_flow = is_flow or (isinstance(node, CollectionNode) and bool(node.flow_style))
        if isinstance(node, MappingNode) and isinstance(old, dict) and isinstance(new, dict) and old and new:
            self._amend_mapping(node, old, new, is_flow)
        elif isinstance(node, SequenceNode) and isinstance(old, list) and isinstance(new, list) and old and new:
            self._amend_list(node, old, new, is_flow)
        else:
            self._replace_value(node, new, is_flow)

    def _replace_value(self, node: Node, new: Any, is_flow: bool) -> None:
        start, end = node.start_mark.index, find_node_end(node)
        if isinstance(node, ScalarNode) and node.style in ("|", ">"):
            end = find_line_end(self.source, end)
        elif isinstance(node, CollectionNode) and not node.flow_style:
            raise _CannotEdit
        is_bare = isinstance(new, str) and not is_flow
        text = render_scalar(new) if is_bare else render_flow(new)
        # A key without a value has its place right behind the colon.
        self.edits.append(Edit(start, end, f" {text}" if self.source[start - 1 : start] == ":" else text))

    def _amend_mapping(self, node: MappingNode, old: dict[str, Any], new: dict[str, Any], is_flow: bool) -> None:
        pairs = {key.value: (key, value) for key, value in node.value}
        if is_flow and not old.keys() <= new.keys():
            self.edits.append(Edit(node.start_mark.index, node.end_mark.index, render_flow(new)))
            return
        last = None
        for name, (key, value) in pairs.items():
            if name in new:
                self.amend_value(value, old[name], new[name], is_flow=is_flow)
                last = value
            else:
                self._delete_lines(key.start_mark.index, value, " " * key.start_mark.column)
        added = [name for name in new if name not in pairs]
        if not added:
            return
        if last is None:
            raise _CannotEdit
        if is_flow:
            self._put_behind(last, "".join(f", {render_flow({name: new[name]})[1:-1]}" for name in added))
            return
        column = node.value[0][0].start_mark.column
        self._add_lines(last, [line for name in added for line in render_pair(name, new[name], column)])

    def _amend_list(self, node: SequenceNode, old: list[Any], new: list[Any], is_flow: bool) -> None:
        matched = match_items(old, new)
        kept = [index for index in matched if index is not None]
        if kept != sorted(kept) or not kept:
            raise _CannotEdit
        dropped = [index for index in range(len(old)) if index not in set(kept)]
        if is_flow and dropped:
            self.edits.append(Edit(node.start_mark.index, node.end_mark.index, render_flow(new)))
            return
        if matched[0] is None:
            raise _CannotEdit
        hyphen = None if is_flow else self._find_hyphen(node.value[0])
        above = node.value[kept[0]]
        for item, index in zip(new, matched, strict=True):
            if index is not None:
                above = node.value[index]
                self.amend_value(above, old[index], item, is_flow=is_flow)
            elif hyphen is None:
                self._put_behind(above, f", {render_flow(item)}")
            else:
                self._add_lines(above, render_item(item, hyphen))
        for index in dropped:
            self._delete_lines(node.value[index].start_mark.index, node.value[index], None)

    def _find_hyphen(self, item: Node) -> int:
        """The column of the hyphen of an item."""
        start = self.source.rfind("\n", 0, item.start_mark.index) + 1
        found = re.fullmatch(r"( *)- +", self.source[start : item.start_mark.index])
        if not found:
            raise _CannotEdit
        return len(found[1])

    def _put_behind(self, node: Node, text: str) -> None:
        end = find_node_end(node)
        self.edits.append(Edit(end, end, text))

    def _add_lines(self, node: Node, lines: list[str]) -> None:
        """Put lines below those of a value."""
        end = find_line_end(self.source, find_node_end(node))
        self.edits.append(Edit(end, end, "".join(self.ends + line for line in lines)))

    def _delete_lines(self, start: int, value: Node, indent: str | None) -> None:
        """Take out the lines of a key or, if no indentation is given, of an item of a list."""
        line = self.source.rfind("\n", 0, start) + 1
        before = self.source[line:start]
        if before != indent if indent is not None else not re.fullmatch(" *- +", before):
            raise _CannotEdit
        end = self.source.find("\n", find_line_end(self.source, find_node_end(value)))
        self.edits.append(Edit(line, len(self.source) if end < 0 else end + 1, ""))


def match_items(old: list[Any], new: list[Any]) -> list[int | None]:
    """For each new item, which old one it is; None if it's none of them."""
    places: dict[str, list[int]] = {}
    for index, item in enumerate(old):
        places.setdefault(_identify_item(item), []).append(index)
    for indexes in places.values():
        indexes.reverse()
    return [free.pop() if (free := places.get(_identify_item(item))) else None for item in new]


def _identify_item(item: Any) -> str:
    if isinstance(item, Mapping):
        known = next((str(item[name]) for name in NAMES if name in item), None)
        return json.dumps(item, sort_keys=True, default=str) if known is None else known
    return item if isinstance(item, str) else json.dumps(item, sort_keys=True, default=str)


def _amend_nodes(source: str, old: Any, wanted: Any) -> str:
    """The same by ruamel's round trip, which may change the layout."""
    yaml = YAML()
    yaml.preserve_quotes, yaml.width = True, 1 << 30
    offset = 2 if re.search(r"^[ \t]+- ", source, re.M) else 0
    yaml.indent(mapping=2, sequence=2 + offset, offset=offset)
    data: Any = yaml.load(source)
    _change_data(data, old, wanted)
    stream = io.StringIO()
    yaml.dump(data, stream)
    return stream.getvalue()


def _change_data(data: Any, old: Any, new: Any) -> None:
    """Make a loaded mapping or list say what `new` says, item by item."""
    if isinstance(new, dict):
        for key in [key for key in data if key not in new]:
            del data[key]
        for key, value in new.items():
            if key not in old:
                data[key] = value
            elif old[key] != value:
                if type(old[key]) is type(value) and isinstance(value, (dict, list)):
                    _change_data(data[key], old[key], value)
                else:
                    data[key] = value
        return
    matched = match_items(old, new)
    kept = []
    for item, index in zip(new, matched, strict=True):
        if index is not None and isinstance(item, dict) and isinstance(old[index], dict):
            _change_data(data[index], old[index], item)
            kept.append(data[index])
        else:
            kept.append(item if index is None or old[index] != item else data[index])
    data[:] = kept
