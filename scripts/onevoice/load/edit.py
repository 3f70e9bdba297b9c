"""Changing keys of records in people's YAML, so that their comments, layout and order stay.

The new lines are put between the old ones, and every other byte stays. If the way a record is written rules this out
(between braces, or with comments where the new lines go), ruamel's round-trip mode rewrites the file, which keeps
comments and order. Either way the result is read again, and is only returned if it says what it should.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, SequenceNode

from onevoice.errors import OnevoiceError
from onevoice.load.migration import (
    MIGRATIONS,
    Change,
    Migration,
    get_value,
    list_record_places,
    migrate_record,
    replace_value,
)
from onevoice.load.yaml import DataPath, compose_nodes, parse_yaml

# What every YAML reader takes for a text or a date without quotation marks.
PLAIN_SCALAR = re.compile(
    r"\d{4}-\d{2}-\d{2}"
    r"|(?!(?:y|n|yes|no|on|off|true|false|null|\d+(?:e\d+)?|0[box].*)$)[a-z0-9][a-z0-9-]*"
)
Nested = Mapping[str, Mapping[str, str]]


def set_record_key(path: str, source: str, base: DataPath, key: str, value: Nested) -> str:
    """The YAML text in which the record at `base` has `value` under `key`.

    path: the file, for messages. source: its text, without a byte order mark. value: keys of keys of texts.
    Raises OnevoiceError if the text cannot be edited.
    """
    wanted = copy.deepcopy(parse_yaml(path, source).data)
    record = wanted
    for step in base:
        record = record[step]
    record[key] = {name: dict(inner) for name, inner in value.items()}
    for made in (_insert_lines(source, base, key, value), _rewrite_source(source, base, key, value)):
        if made is not None and parse_yaml(path, made).data == wanted:
            return made
    line = parse_yaml(path, source).locate_path(base).line
    raise OnevoiceError(
        f"{path}:{line}: this record's YAML is too complex to edit. Write one key per line, and try again."
    )


def migrate_source(path: str, source: str, kind: str, form: int, table: Sequence[Migration] | None = None) -> str:
    """The YAML text of a file whose records are written as they are now; the same if nothing changes.

    path: the file, for messages. source: its text, without a byte order mark. kind, form: of its records. table: the
    migrations, if not all. Raises OnevoiceError if the text cannot be edited.
    """
    for migration in MIGRATIONS if table is None else table:
        source = _migrate_once(path, source, kind, form, migration)
    return source


def _migrate_once(path: str, source: str, kind: str, form: int, migration: Migration) -> str:
    old = parse_yaml(path, source).data
    wanted, changes = old, []
    for base in list_record_places(kind, old):
        record, found = migrate_record(kind, get_value(old, base), form, [migration])
        wanted = replace_value(wanted, base, record)
        changes += [(base, change) for change in found]
    if not changes:
        return source
    for made in (_edit_lines(source, changes), _move_nodes(source, changes)):
        if made is not None and parse_yaml(path, made).data == wanted:
            return made
    base, change = changes[0]
    line = parse_yaml(path, source).locate_path((*base, *change.old), key=True).line
    raise OnevoiceError(
        f"{path}:{line}: {change.describe()}, but this record's YAML is too complex to edit. Change it by hand."
    )


def _edit_lines(source: str, changes: list[tuple[DataPath, Change]]) -> str | None:
    """The text with new names and values in the places of the old ones, and moved keys with their lines."""
    root = compose_nodes(source)
    edits: dict[int, tuple[int, str]] = {}
    for base, change in changes:
        if root is None:
            return None
        found = _find_pair(root, (*base, *change.old))
        if found is None:
            return None
        key, value = found
        if change.migration.is_move:
            # One at a time: each moves the lines of the others.
            rest = [(one, other) for one, other in changes if (one, other) != (base, change)]
            made = _move_lines(source, root, base, change)
            return made if made is None or not rest else _edit_lines(made, rest)
        if change.old[-1] != change.new[-1]:
            edits[key.start_mark.index] = (key.end_mark.index, str(change.new[-1]))
        if change.value is not None:
            edits[value.start_mark.index] = (value.end_mark.index, _quote_scalar(change.value))
    for start, (end, text) in sorted(edits.items(), reverse=True):
        source = source[:start] + text + source[end:]
    return source


def _find_pair(node: Node, loc: DataPath) -> tuple[Node, Node] | None:
    """The nodes of a key and its value."""
    for step in loc[:-1]:
        node = _find_child(node, step)
    pairs = node.value if isinstance(node, MappingNode) else ()
    return next(((key, value) for key, value in pairs if key.value == loc[-1]), None)


def _move_lines(source: str, root: Node, base: DataPath, change: Change) -> str | None:
    """The text with the lines of a key in another part of its record, which is added if it is missing."""
    found = _find_pair(root, (*base, *change.old))
    owner = root
    for step in (*base, *change.old[:-1]):
        owner = _find_child(owner, step)
    if found is None or not isinstance(owner, MappingNode) or owner.flow_style:
        return None
    key, value = found
    start = source.rfind("\n", 0, key.start_mark.index) + 1
    if source[start : key.start_mark.index].strip():
        return None  # It shares its line with a hyphen.
    start = _include_comments(source, start, key.start_mark.column)
    end = find_line_end(source, find_node_end(value))
    end += len(source[end:]) - len(source[end:].removeprefix("\r").removeprefix("\n"))
    ends = "\r\n" if "\r\n" in source else "\n"
    block = source[start:end] if source[start:end].endswith("\n") else source[start:end] + ends
    at = key.start_mark.index - start
    block = block[:at] + str(change.new[-1]) + block[at + key.end_mark.index - key.start_mark.index :]
    parents = change.new[:-1]
    target = root
    missing: list[str] = []
    for number, step in enumerate((*base, *parents)):
        pair = _find_pair(target, (step,)) if isinstance(step, str) else None
        if isinstance(step, str) and pair is None:
            missing = [str(one) for one in (*base, *parents)[number:]]
            break
        target = pair[1] if pair else _find_child(target, step)
    if not isinstance(target, MappingNode) or target.flow_style or not target.value:
        return None
    column = target.value[0][0].start_mark.column
    head = "".join(f"{' ' * (column + 2 * depth)}{name}:{ends}" for depth, name in enumerate(missing))
    by = column + 2 * len(missing) - key.start_mark.column
    moved = "".join(_indent_line(line, by) for line in block.splitlines(keepends=True))
    if missing:
        place = start  # The new part takes the place of the key.
        if target is not owner:
            place = find_line_end(source, find_node_end(target)) + len(ends)
    else:
        place = find_line_end(source, find_node_end(target)) + len(ends)
    if place > len(source):
        source, place = source + ends, len(source) + len(ends)
    if place >= end:
        return source[:start] + source[end:place] + head + moved + source[place:]
    return source[:place] + head + moved + source[place:start] + source[end:]


def _include_comments(source: str, start: int, column: int) -> int:
    """The offset of the first of the comment lines right above a line that are indented as it is."""
    while start:
        above = source.rfind("\n", 0, start - 1) + 1
        line = source[above:start]
        if not line.lstrip().startswith("#") or len(line) - len(line.lstrip()) != column:
            return start
        start = above
    return start


def _indent_line(line: str, by: int) -> str:
    if not line.strip():
        return line
    return " " * by + line if by >= 0 else line.removeprefix(" " * -by)


def _move_nodes(source: str, changes: list[tuple[DataPath, Change]]) -> str | None:
    """The same by ruamel's round trip, which may change the layout."""

    def apply(data: Any) -> None:
        for base, change in changes:
            record = get_value(data, base)
            owner = get_value(record, change.old[:-1])
            position = list(owner).index(change.old[-1])
            value = owner.pop(change.old[-1])
            target = record
            for step in change.new[:-1]:
                if isinstance(step, str) and step not in target:
                    target[step] = CommentedMap()
                target = target[step]
            value = value if change.value is None else change.value
            target.insert(position if target is owner else len(target), change.new[-1], value)

    return _rewrite_with(source, apply)


def set_record_number(path: str, source: str, base: DataPath, key: str, number: int) -> str:
    """The YAML text in which the record at `base` has a number under `key`, at its top if it had none.

    Raises OnevoiceError if the text cannot be edited.
    """
    wanted = copy.deepcopy(parse_yaml(path, source).data)
    get_value(wanted, base)[key] = str(number)
    root = compose_nodes(source)
    made = None
    node = root
    for step in base:
        node = _find_child(node, step) if node is not None else None
    if isinstance(node, MappingNode) and node.value and root is not None:
        if pair := _find_pair(root, (*base, key)):
            made = source[: pair[1].start_mark.index] + str(number) + source[pair[1].end_mark.index :]
        else:
            first = node.value[0][0].start_mark
            owner = _find_pair(root, base)
            if node.flow_style or owner is None:
                made = f"{source[: first.index]}{key}: {number}, {source[first.index :]}"
            else:
                # Above the comments of the first key.
                ends = "\r\n" if "\r\n" in source else "\n"
                at = find_line_end(source, source.index(":", owner[0].end_mark.index) + 1)
                made = f"{source[:at]}{ends}{' ' * first.column}{key}: {number}{source[at:]}"
    if made is None or parse_yaml(path, made).data != wanted:
        line = parse_yaml(path, source).locate_path(base).line
        raise OnevoiceError(
            f"{path}:{line}: add `{key}: {number}` here by hand. This file's YAML is too complex to edit."
        )
    return made


def find_record_lines(source: str, id: str) -> tuple[int, int] | None:
    """The first and the last line, from 1, of the record with this id in a YAML text; None if no list has it.

    Raises YAMLError and ValueError if the text is not YAML.
    """
    root = compose_nodes(source)
    lists = (
        [value for _, value in root.value if isinstance(value, SequenceNode)] if isinstance(root, MappingNode) else []
    )
    for item in (item for each in lists for item in each.value if isinstance(item, MappingNode)):
        if any(key.value == "id" and value.value == id for key, value in item.value):
            return item.start_mark.line + 1, source.count("\n", 0, find_line_end(source, find_node_end(item))) + 1
    return None


def _insert_lines(source: str, base: DataPath, key: str, value: Nested) -> str | None:
    node = compose_nodes(source)
    for step in base:
        node = _find_child(node, step) if node is not None else None
    if not isinstance(node, MappingNode) or node.flow_style or not node.value:
        return None
    ends = "\r\n" if "\r\n" in source else "\n"
    indent = " " * node.value[0][0].start_mark.column
    lines = ends.join(_render_lines(key, value, indent))
    for key_node, value_node in node.value:
        if key_node.value == key:
            start = source.rfind("\n", 0, key_node.start_mark.index) + 1
            if source[start : key_node.start_mark.index] != indent:
                return None
            end = find_line_end(source, find_node_end(value_node))
            return None if "#" in source[start:end] else source[:start] + lines + source[end:]
    end = find_line_end(source, find_node_end(node))
    return f"{source[:end]}{ends}{lines}{source[end:] or ends}"


def _find_child(node: Node, step: str | int) -> Node:
    child: Node = (
        node.value[step] if isinstance(step, int) else next(value for key, value in node.value if key.value == step)
    )
    return child


def find_node_end(node: Node) -> int:
    """The offset at which what is written of a node ends."""
    if isinstance(node, CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return find_node_end(last[1] if isinstance(last, tuple) else last)
    end: int = node.end_mark.index
    return end


def find_line_end(source: str, at: int) -> int:
    """The offset of the end of the line on which the words before an offset end, without its line break."""
    # Not with `rstrip`, which would copy all that is before: once for each edit of a long file.
    while at and source[at - 1].isspace():
        at -= 1
    found = source.find("\n", at)
    found = len(source) if found < 0 else found
    return found - source.endswith("\r", 0, found)


def _render_lines(key: str, value: Nested, indent: str) -> Iterator[str]:
    yield f"{indent}{key}:"
    for name, inner in value.items():
        yield f"{indent}  {name}: {{{', '.join(f'{field}: {_quote_scalar(text)}' for field, text in inner.items())}}}"


def _quote_scalar(text: str) -> str:
    return text if PLAIN_SCALAR.fullmatch(text) else "'" + text.replace("'", "''") + "'"


def _rewrite_source(source: str, base: DataPath, key: str, value: Nested) -> str | None:
    def apply(data: Any) -> None:
        made = CommentedMap({name: CommentedMap(inner) for name, inner in value.items()})
        for inner in made.values():
            inner.fa.set_flow_style()
        get_value(data, base)[key] = made

    return _rewrite_with(source, apply)


def _rewrite_with(source: str, apply: Callable[[Any], None]) -> str | None:
    """The text after a change of its data by ruamel's round trip; None if that fails."""
    yaml = YAML()
    yaml.preserve_quotes, yaml.width = True, 1 << 30
    # The layout of most files: `- ` two to the right of the key above it, or below it.
    offset = 2 if re.search(r"^\s+- ", source, re.M) else 0
    yaml.indent(mapping=2, sequence=2 + offset, offset=offset)
    try:
        data: Any = yaml.load(source)
        apply(data)
        stream = io.StringIO()
        yaml.dump(data, stream)
    except (YAMLError, ValueError, TypeError, KeyError, IndexError, AttributeError):
        return None
    return stream.getvalue()
