"""Setting a key of a record in people's YAML, so that their comments, layout and order stay.

The new lines are put between the old ones, and every other byte stays. If the way a record is written rules this out
(between braces, or with comments where the new lines go), ruamel's round-trip mode rewrites the file, which keeps
comments and order. Either way the result is read again, and is only returned if it says what it should.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, SequenceNode

from onevoice.errors import OnevoiceError
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
            return item.start_mark.line + 1, source.count("\n", 0, _find_line_end(source, _find_node_end(item))) + 1
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
            end = _find_line_end(source, _find_node_end(value_node))
            return None if "#" in source[start:end] else source[:start] + lines + source[end:]
    end = _find_line_end(source, _find_node_end(node))
    return f"{source[:end]}{ends}{lines}{source[end:] or ends}"


def _find_child(node: Node, step: str | int) -> Node:
    child: Node = (
        node.value[step] if isinstance(step, int) else next(value for key, value in node.value if key.value == step)
    )
    return child


def _find_node_end(node: Node) -> int:
    """The offset at which what is written of a node ends."""
    if isinstance(node, CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _find_node_end(last[1] if isinstance(last, tuple) else last)
    end: int = node.end_mark.index
    return end


def _find_line_end(source: str, at: int) -> int:
    """The offset of the end of the line on which the words before an offset end, without its line break."""
    at = len(source[:at].rstrip())
    found = source.find("\n", at)
    found = len(source) if found < 0 else found
    return found - (source[:found].endswith("\r"))


def _render_lines(key: str, value: Nested, indent: str) -> Iterator[str]:
    yield f"{indent}{key}:"
    for name, inner in value.items():
        yield f"{indent}  {name}: {{{', '.join(f'{field}: {_quote_scalar(text)}' for field, text in inner.items())}}}"


def _quote_scalar(text: str) -> str:
    return text if PLAIN_SCALAR.fullmatch(text) else "'" + text.replace("'", "''") + "'"


def _rewrite_source(source: str, base: DataPath, key: str, value: Nested) -> str | None:
    yaml = YAML()
    yaml.preserve_quotes, yaml.width = True, 1 << 30
    # The layout of most files: `- ` two to the right of the key above it, or below it.
    offset = 2 if re.search(r"^\s+- ", source, re.M) else 0
    yaml.indent(mapping=2, sequence=2 + offset, offset=offset)
    try:
        data: Any = yaml.load(source)
        record = data
        for step in base:
            record = record[step]
        made = CommentedMap({name: CommentedMap(inner) for name, inner in value.items()})
        for inner in made.values():
            inner.fa.set_flow_style()
        record[key] = made
        stream = io.StringIO()
        yaml.dump(data, stream)
    except (YAMLError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return stream.getvalue()
