"""YAML 1.2 with marks: text -> plain data whose every key and value knows its line and column.

Every scalar stays the text that was written: whether `no`, `24/7` or `1.10` is a word, a number or a date is for the
record's field to say. So no YAML trap can change what an owner typed.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from onevoice.finding import Finding, Span

Path = tuple[str | int, ...]
NULLS = ("", "~", "null", "Null", "NULL")
TRANSLATED = {
    "found character that cannot start any token": (
        "this character cannot begin a value",
        "Put the value in quotation marks. If it is a tab, indent with spaces.",
    ),
    "mapping values are not allowed in this context": (
        "there is a second colon on this line, or the indentation is off",
        "Put the value in quotation marks, or line the key up with its neighbours.",
    ),
    "did not find expected key": (
        "a key was expected here",
        "Line it up with the key above, and close open quotation marks.",
    ),
    "could not find expected ':'": ("a key without a colon", "Write `key: value`, with a space after the colon."),
    "did not find expected '-' indicator": (
        "a list item was expected here",
        "Begin it with `- `, in line with the items above.",
    ),
    "found unexpected end of stream": (
        "a quotation mark is not closed",
        "Close it, or double it where it is meant as a sign.",
    ),
}


@dataclass
class Document:
    """A parsed file.

    data: dicts, lists, texts and None.
    values, keys: for each path into the data, the (line, column) of the value, and of its key.
    findings: what is wrong with the YAML itself. Where the syntax is broken, `data` is None.
    """

    path: str
    data: Any = None
    values: dict[Path, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def span(self, path: Path, *, key: bool = False) -> Span:
        """Where a value (or its key) stands; where it is not written, the nearest thing around it that is."""
        path = tuple(path)
        if key and path in self.keys:
            return at(*self.keys[path])
        while path not in self.values and path:
            path = path[:-1]
        return at(*self.values.get(path, (1, 1)))


def at(line: int, column: int) -> Span:
    """A place without extent."""
    return Span(line, column, line, column)


def parse(path: str, source: str) -> Document:
    """Read one YAML file. Never raises for what is written in it: see `Document.findings`."""
    document = Document(path)
    source = source.removeprefix("\ufeff")
    try:
        node = YAML(typ="safe").compose(io.StringIO(source))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = (error.problem or "cannot be read").strip()
        what, mend = TRANSLATED.get(problem, (problem, "Compare the line with its neighbours."))
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        document.findings.append(_finding(path, at(line, column), f"this is not YAML: {what}. {mend}"))
        return document
    except (YAMLError, ValueError) as error:
        bad = next((n for n, char in enumerate(source) if not char.isprintable() and char not in "\n\r\t"), 0)
        line = source.count("\n", 0, bad) + 1
        column = bad - (source.rfind("\n", 0, bad) + 1) + 1
        what = str(error).splitlines()[0]
        document.findings.append(_finding(path, at(line, column), f"this is not YAML: {what}. Delete the sign."))
        return document
    if node is not None:
        document.data = _plain(node, (), document, ())
    return document


def _finding(path: str, span: Span, message: str) -> Finding:
    return Finding("yaml", "error", path, span, "", message)


def _place(node: Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _plain(node: Node, path: Path, document: Document, above: tuple[int, ...]) -> Any:
    document.values[path] = _place(node)
    if id(node) in above:
        document.findings.append(
            _finding(document.path, at(*_place(node)), "this alias contains itself. Write it out.")
        )
        return None
    above = (*above, id(node))
    if isinstance(node, ScalarNode):
        return None if not node.style and node.value in NULLS else node.value
    if not isinstance(node, MappingNode):
        return [_plain(item, (*path, index), document, above) for index, item in enumerate(node.value)]
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line, column = _place(key_node)
        if not isinstance(key_node, ScalarNode):
            message = "a key must be a word, not a list or a mapping. Put it in quotation marks."
            document.findings.append(_finding(document.path, at(line, column), message))
            continue
        key = key_node.value
        if key in result:
            first = document.keys[(*path, key)][0]
            message = f"the key `{key}` is here twice: first on line {first}. Keep one of the two."
            document.findings.append(_finding(document.path, at(line, column), message))
            continue
        document.keys[(*path, key)] = (line, column)
        result[key] = _plain(value_node, (*path, key), document, above)
    return result
