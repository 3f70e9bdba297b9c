"""YAML 1.2 with marks: text -> plain data whose every key and value knows its line and column.

Every scalar stays the text that was written: whether `no`, `24/7` or `1.10` is a word, a number or a date is for the
record's field to say. So no YAML trap can change what an owner typed.
"""

from __future__ import annotations

import bisect
import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.tag import Tag

from onevoice import limits
from onevoice.finding import Finding, Span
from onevoice.load import regular
from onevoice.load.regular import NULLS, Places, find_record_places, read_regular
from onevoice.load.repair.find import find_conflicts, find_mistake
from onevoice.load.repair.mistake import Mistake, Problem
from onevoice.nesting import find_deep_nesting

DataPath = regular.DataPath
QUOTE_ADVICE = "Put the whole value in quotation marks."
# What the two parsers of ruamel.yaml say (the one in C, and the one in Python if that is missing), for our readers.
ERROR_MESSAGES = (
    (r"\btab\b", "the line is indented with a tab", "Indent with spaces."),
    (
        "character .*that cannot start any token|mapping keys are not allowed",
        "a value cannot start with this character",
        QUOTE_ADVICE,
    ),
    (
        "mapping values are not allowed",
        "there is a second colon on this line, or the indentation is off",
        "Put the value in quotation marks, or align the key with its neighbors.",
    ),
    (
        "expected key|expected <block end>",
        "a key was expected here",
        "Align it with the key above. If a value starts with a quotation mark or a bracket, put the whole value in "
        "quotation marks.",
    ),
    ("unexpected ':'", "a text between braces or brackets contains a colon", "Put the text in quotation marks."),
    (r"\bexpected ':'", "this key has no colon", "Write `key: value`, with a space after the colon."),
    (
        "expected '-' indicator",
        "a list item was expected here",
        "Start it with `- `, in line with the items above.",
    ),
    (
        "unexpected end of stream",
        "this quotation mark is not closed",
        "Close it, or double it if it is part of the text.",
    ),
    (
        r"expected ',' or",
        "this bracket is not closed, or the text in it contains a special character",
        "Close it, or use quotation marks.",
    ),
    (
        "undefined alias|alphabetic or numeric|tag handle|expected '>'|expected the '>'|expected URI",
        "a value cannot start with `*`, `&` or `!`",
        QUOTE_ADVICE,
    ),
    ("expected (the )?node content", "a value was expected here", "Add it, and close any open brackets."),
    ("another document", "a line of three hyphens starts a second document", "Delete this line."),
    (
        "directive|incompatible|document start",
        "a line cannot start with `%`",
        "Put it in quotation marks, or delete it.",
    ),
    (
        "escape|hexdecimal",
        "a backslash between double quotation marks has a special meaning",
        "Write two backslashes instead, or use single quotation marks.",
    ),
    (
        "comment or line break|indentation indicators",
        "the text after `|` or `>` must start on the next line",
        "Indent it there, or put the whole value in quotation marks.",
    ),
)
# Problems whose place says less than the place where they begin.
REPORTED_AT_START = re.compile("unexpected end of stream|expected ',' or")
# How many records around a place are looked at in a long file.
WINDOW_RECORDS = 3
# Control characters other than a tab and a line feed, halves of characters, and what is no character.
LINE_SEPARATORS = re.compile("\r\n?|[\x85\u2028\u2029]")
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
# An accidental comment: ` #1` after a text without quotation marks.
ACCIDENTAL_COMMENT = re.compile(r"[ \t]+(#[^\s#].*)")


# Typographic quotation marks around a whole value: to YAML they are a part of it.
CURLY_QUOTATION = re.compile("[“„«][^“”„«»]*[”“»]|[‘‚][^‘’‚]*[’‘]")
# What is in a source of which a part is dropped, or that has such quotation marks.
DROPPED_SIGNS = "#!“„«‘‚"
MAY_DROP_TEXT = re.compile(r"[ \t]#[^\s#]|(?:^|[^\w!])!|[“„«‘‚]", re.M)


@dataclass
class Document:
    """A parsed file.

    data: dicts, lists, texts and None. regular: the text, if it's one whose places are found as soon as someone asks;
    starts: for each of its lists, the lines on which the records begin.
    findings: what is wrong with the YAML itself. If nothing of it can be read, `data` is None.
    line_starts: the offset at which each line begins. cut_values: the paths of values of which
    YAML leaves nothing. mistaken_lines: those, from 1, with a mistake without which the
    file was read. lost_lines: those of which nobody knows what they say. line_lengths: of the file as it is, if it has
    such lines.
    """

    path: str
    data: Any = field(default_factory=lambda: None)
    regular: str = ""
    starts: dict[str, list[int]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    line_starts: list[int] = field(default_factory=lambda: [0])
    cut_values: set[DataPath] = field(default_factory=set)
    mistaken_lines: set[int] = field(default_factory=set)
    lost_lines: list[int] = field(default_factory=list)
    line_lengths: list[int] = field(default_factory=list)

    def release_data(self) -> None:
        """Let go of what the text says, if it can be read again when someone asks: of a large file, that is much."""
        if self.regular:
            del self.data

    def __getattr__(self, name: str) -> Any:
        if name != "data":
            raise AttributeError(name)
        text = read_regular(self.regular)
        self.data = text.data if text else None
        return self.data

    @cached_property
    def _places(self) -> tuple[Places, Places]:
        text = read_regular(self.regular, wants_places=True) if self.regular else None
        return ({}, {}) if text is None or text.values is None or text.keys is None else (text.values, text.keys)

    @property
    def values(self) -> Places:
        """For each path into the data, the (line, column) of the value."""
        return self._places[0]

    @property
    def keys(self) -> Places:
        """The same of each value's key."""
        return self._places[1]

    @cached_property
    def _lines(self) -> list[str]:
        return self.regular.split("\n")

    @cached_property
    def _record_places(self) -> dict[DataPath, tuple[Places, Places]]:
        """Places of single records: most often, one of a file is asked for."""
        return {}

    def _find_places(self, path: DataPath) -> tuple[Places, Places]:
        """Where the value at a path, its key and what is around them are: all places, or those of one record."""
        key, index = path[:2] if len(path) > 1 else ("", 0)
        starts = self.starts.get(str(key), ())
        if "_places" in vars(self) or not isinstance(index, int) or not 0 <= index < len(starts):
            return self._places
        found = self._record_places.get(path[:2])
        if found is None:
            found = self._record_places[path[:2]] = find_record_places(self._lines, str(key), index, starts)
        return found

    def locate_offset(self, offset: int) -> tuple[int, int]:
        """The line and column of an offset in the text. Lines end in line feeds, as editors and Git count them."""
        line = bisect.bisect(self.line_starts, offset)
        column = offset - self.line_starts[line - 1]
        return line, (min(column, self.line_lengths[line - 1]) if self.line_lengths else column) + 1

    def rename_path(self, old: DataPath, new: DataPath) -> None:
        """Let what is at a path be found at another one, too."""
        for places in (self.values, self.keys):
            found = {(*new, *path[len(old) :]): at for path, at in places.items() if path[: len(old)] == old}
            places.update(found)

    def locate_path(self, path: DataPath, *, key: bool = False) -> Span:
        """Where a value (or its key) is; if it is not written, the nearest thing around it that is."""
        path = tuple(path)
        values, keys = self._find_places(path)
        if key and path in keys:
            return make_point(*keys[path])
        while path not in values and path:
            path = path[:-1]
        return make_point(*values.get(path, (1, 1)))

    def locate_record(self, path: DataPath) -> int:
        """The line on which a record begins, by its path: it's asked for far more often than any place in it."""
        key, index = path if len(path) == 2 else ("", None)
        starts = self.starts.get(str(key), ())
        if isinstance(index, int) and 0 <= index < len(starts):
            return starts[index]
        return self.locate_path(path).line

    def has_value(self, path: DataPath) -> bool:
        """Whether there is a value at a path."""
        return path in self._find_places(path)[0]


def make_point(line: int, column: int) -> Span:
    """A place without extent."""
    return Span(line, column, line, column)


def decode_yaml(path: str, data: bytes) -> str | Finding:
    """The text of a YAML file; a finding if it is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = data[: error.start].decode("utf-8-sig")
        place = make_point(good.count("\n") + 1, len(good) - (good.rfind("\n") + 1) + 1)
        return Finding("yaml", "error", path, place, "", "this file is not UTF-8 text from here on. Save it as UTF-8.")


def parse_yaml(path: str, source: str, keys: Collection[str] = ()) -> Document:
    """Read one YAML file. Never raises for what is written in it: see `Document.findings`.

    keys: those that are known, to tell a key without a colon from a text. After a mistake, the rest is read as if it
    had not been made, so that a file's mistakes come all at once.
    """
    source = source.removeprefix("\ufeff")
    if text := read_regular(source):
        return Document(path, text.data, source, text.starts)
    document = Document(path, line_starts=[0, *(match.end() for match in re.finditer("\n", source))])
    if too_deep := find_deep_nesting(source):
        message = f"this is nested deeper than {limits.MAX_YAML_DEPTH} levels, and that is the limit. Simplify it."
        document.findings.append(_make_finding(document, too_deep, message))
        return document
    try:
        node = compose_nodes(source)
    except (YAMLError, ValueError) as error:
        node, source = _recover_nodes(document, source, error, keys)
        # What is found from here on is in the lines of the text without the mistakes.
        document.line_starts = [0, *(match.end() for match in re.finditer("\n", source))]
    if node is not None:
        document.data = _build_data(node, (), document, (), max(len(source), limits.MAX_YAML_VALUES))
        document.findings += _find_dropped_text(node, document, source)
        if len(document.values) > limits.MAX_YAML_VALUES and len(document.values) > len(source):
            document.data = None
    return document


def _recover_nodes(
    document: Document, source: str, error: YAMLError | ValueError, keys: Collection[str]
) -> tuple[Node | None, str]:
    """The nodes of a text without the mistakes that it has, which are findings; and that text. None if all is lost."""
    document.line_lengths = [len(line) for line in source.split("\n")]
    for conflict in find_conflicts(source):
        _report_mistake(document, conflict)
        source = conflict.source
    read = 0
    seen: set[str] = set()
    while True:
        seen.add(source)
        if find_deep_nesting(source):
            return None, source
        try:
            return compose_nodes(source), source
        except (YAMLError, ValueError) as again:
            error = again
        read += len(source)
        place, message = _explain_error(error, source)
        if len(document.findings) >= limits.MAX_YAML_MISTAKES or read > limits.MAX_YAML_REREAD:
            _report_mistake(document, Mistake(*_count_lines(source, place), message, source))
            return None, source
        mistake = _find_mistake(source, error, place, keys)
        if mistake is None or mistake.source in seen:
            # Nobody knows what was meant, or one guess undoes another. Without the line, the rest of the file can be
            # read, perhaps.
            line, column = _count_lines(source, place)
            lines = source.split("\n")
            if not lines[line].strip() or len(document.lost_lines) == limits.MAX_YAML_LOST_LINES:
                _report_mistake(document, Mistake(line, column, message, source))
                return None, source
            lines[line] = ""
            mistake = Mistake(line, column, message, "\n".join(lines))
            document.lost_lines.append(line + 1)
        _report_mistake(document, mistake)
        source = mistake.source


def _find_mistake(source: str, error: YAMLError | ValueError, place: int, keys: Collection[str]) -> Mistake | None:
    if not isinstance(error, MarkedYAMLError):
        line, column = _count_lines(source, place)
        message = _explain_error(error, source)[1]
        return Mistake(line, column, message, f"{source[:place]} {source[place + 1 :]}")
    mark = error.problem_mark or error.context_mark
    at = mark.index if mark else place
    line, column = _count_lines(source, min(at, len(source.rstrip("\n"))))
    start = _count_lines(source, error.context_mark.index)[0] if error.context_mark else line
    if REPORTED_AT_START.search(str(error.problem)):
        start = min(start, _count_lines(source, place)[0])

    near = _blank_far_lines(source, line)

    def find_stop(text: str) -> Problem | None:
        if find_deep_nesting(text):
            return Problem(0, 0, 0)
        try:
            compose_nodes(text)
        except MarkedYAMLError as again:
            where = again.problem_mark or again.context_mark
            return Problem(*_count_lines(text, where.index if where else 0), 0, str(again.problem))
        except (YAMLError, ValueError) as again:
            return Problem(*_count_lines(text, _explain_error(again, text)[0]), 0, str(again))
        return None

    problem = Problem(line, column, min(start, line), str(error.problem))
    mistake = find_mistake(near[0] if near else source, problem, keys, find_stop)
    if mistake is None or near is None:
        return mistake
    # All that was left out stays as it is.
    _, first, last = near
    made = mistake.source.split("\n")
    lines = [made[n] if first <= n < last else text for n, text in enumerate(source.split("\n"))]
    return mistake._replace(source="\n".join(lines))


def _report_mistake(document: Document, mistake: Mistake) -> None:
    place = make_point(mistake.line + 1, min(mistake.column, document.line_lengths[mistake.line]) + 1)
    document.findings.append(Finding("yaml", "error", document.path, place, "", mistake.message))
    document.mistaken_lines.add(mistake.line + 1)


def _count_lines(source: str, offset: int) -> tuple[int, int]:
    """The line and column of an offset, both from 0."""
    return source.count("\n", 0, offset), offset - (source.rfind("\n", 0, offset) + 1)


def _explain_error(error: YAMLError | ValueError, source: str) -> tuple[int, str]:
    """Where a parser stopped, as an offset, and what to do there."""
    if not isinstance(error, MarkedYAMLError):
        bad = next((n for n, char in enumerate(source) if not char.isprintable() and char not in "\n\r\t"), 0)
        what = str(error).splitlines()[0]
        return bad, f"this is not YAML: {what}. Delete the character."
    problem = (error.problem or "cannot be read").strip()
    begun = error.context_mark if REPORTED_AT_START.search(problem) else None
    mark = begun or error.problem_mark or error.context_mark
    if mark and source[mark.index : mark.index + 1] == "\t":
        problem = "tab"
    known = ((what, fix) for pattern, what, fix in ERROR_MESSAGES if re.search(pattern, problem))
    what, fix = next(known, (problem, "Compare this line with the lines around it."))
    # A file that ends too early is wrong in its last line, not in the empty one below it.
    place = min(mark.index, len(source.rstrip("\n"))) if mark else 0
    return place, f"this is not YAML: {what}. {fix}"


def compose_nodes(source: str, *, typed: bool = False) -> Node | None:
    """The nodes of a YAML text with their marks. Raises ruamel's YAMLError, and ValueError for characters it bars.

    typed: scalars have the tags of what YAML takes them for (`int`, `bool`), which takes a quarter longer.
    """
    resolver = VersionedResolver if typed else _TextResolver
    try:
        return _compose_with(resolver, YAML(typ="safe"), source)
    except MarkedYAMLError as error:
        # The fast parser is one of YAML 1.1, which refuses `{to: https://...}` and `[Sure?]`; the other one reads them.
        try:
            if error.problem_mark and (near := _blank_far_lines(source, error.problem_mark.line)):
                _compose_with(resolver, YAML(typ="safe", pure=True), near[0])
            return _compose_with(resolver, YAML(typ="safe", pure=True), source)
        except (YAMLError, ValueError, OverflowError):  # "\UFFFFFFFF" is no int of C's
            raise error from None


def _blank_far_lines(source: str, line: int) -> tuple[str, int, int] | None:
    """A long text with only its beginning, the records around a line, and empty lines instead of the others.

    Also the first and the last line that it has, both from 0. None if the text is short, or its parts may name each
    other. line: from 0.
    """
    if len(source) < limits.MIN_WINDOWED_YAML or re.search(r"[&*]\w", source):
        return None
    lines = source.split("\n")
    starts = [number for number, text in enumerate(lines) if text.lstrip().startswith("- ")]
    if not starts:
        return None
    column = min(len(lines[number]) - len(lines[number].lstrip()) for number in starts)
    starts = [number for number in starts if len(lines[number]) - len(lines[number].lstrip()) == column]
    at = bisect.bisect(starts, line)
    first = starts[max(at - WINDOW_RECORDS, 0)]
    last = starts[at + WINDOW_RECORDS] if at + WINDOW_RECORDS < len(starts) else len(lines)
    kept = [text if n < starts[0] or first <= n < last else "" for n, text in enumerate(lines)]
    return "\n".join(kept), first, last


def _compose_with(resolver: type[VersionedResolver], yaml: YAML, source: str) -> Node | None:
    yaml.Resolver = resolver
    node: Node | None = yaml.compose(io.StringIO(source))
    return node


class _TextResolver(VersionedResolver):
    """Takes every scalar without a tag for a text: what else YAML would make of it, a record never asks."""

    def resolve(self, kind: type[Node], value: object, implicit: object) -> Tag:
        if kind is ScalarNode:
            return self.DEFAULT_SCALAR_TAG
        return self.DEFAULT_MAPPING_TAG if kind is MappingNode else self.DEFAULT_SEQUENCE_TAG


def _find_dropped_text(node: Node, document: Document, source: str) -> Iterator[Finding]:
    """The texts of which YAML drops a part without a word: `We are #1` ends before the `#`, `!important` is a tag."""
    if not any(sign in source for sign in DROPPED_SIGNS) or not MAY_DROP_TEXT.search(source):
        return
    seen: set[int] = set()
    nodes = [node]
    while nodes:
        node = nodes.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if not isinstance(node, ScalarNode):
            nodes += [one for item in node.value for one in (item if isinstance(item, tuple) else (item,))]
            continue
        if not str(node.tag).startswith("tag:yaml.org,2002:"):
            yield _make_finding(
                document, node.start_mark.index, f"`{node.tag}` is not read as text here. {QUOTE_ADVICE}"
            )
        elif not node.style and CURLY_QUOTATION.fullmatch(node.value):
            yield _make_finding(document, node.start_mark.index, _explain_curly(node.value), "warning")
        elif not node.style and (dropped := ACCIDENTAL_COMMENT.match(source, node.end_mark.index)):
            text = dropped[1].rstrip()
            advice = QUOTE_ADVICE if node.value else f"Put it in quotation marks: {_quote_text(text)}."
            message = (
                f"`{text}` is read as a comment and left out. {advice} If it is a comment, write a space after the `#`."
            )
            if not node.value:
                place = document.locate_offset(node.start_mark.index)
                document.cut_values |= {path for path, start in document.values.items() if start == place}
            yield _make_finding(document, dropped.start(1), message, "warning" if node.value else "error")


def _explain_curly(text: str) -> str:
    shown = text if len(text) <= 40 else f"{text[:30]}…{text[-1]}"
    return (
        f"{shown} has curly quotation marks around it, and readers see them. Delete them. If they belong to the text, "
        f"put straight ones around it, too."
    )


def _quote_text(text: str) -> str:
    return f"""`"{text}"`""" if '"' not in text else f"`'{text}'`"


def _make_finding(document: Document, offset: int, message: str, level: str = "error") -> Finding:
    return Finding("yaml", level, document.path, make_point(*document.locate_offset(offset)), "", message)


def _clean_text(node: ScalarNode, document: Document) -> str:
    """The text of a scalar without what no page, file name or header can hold, which is a finding."""
    text: str = node.value
    if text.isascii() and text.isprintable():
        return text
    # Programs of other trades end lines so; to YAML 1.1, such an end is a space.
    text = LINE_SEPARATORS.sub(" ", text)
    if bad := UNPRINTABLE.search(text):
        name = f"U+{ord(bad[0]):04X}"
        message = f"there is a character in this text that nobody sees, {name}. Delete it, or type the text again."
        document.findings.append(_make_finding(document, node.start_mark.index, message))
        return UNPRINTABLE.sub("\ufffd", text)
    return text


def _build_data(node: Node, path: DataPath, document: Document, above: tuple[int, ...], most: int) -> Any:
    if len(document.values) > most:
        return None
    document.values[path] = document.locate_offset(node.start_mark.index)
    if len(document.values) > most:
        message = "aliases (`*name`) expand to too many values here. Write the values out."
        document.findings.append(_make_finding(document, node.start_mark.index, message))
        return None
    if id(node) in above:
        document.findings.append(
            _make_finding(document, node.start_mark.index, "this alias contains itself. Write it out.")
        )
        return None
    above = (*above, id(node))
    if isinstance(node, ScalarNode):
        return None if not node.style and node.value in NULLS else _clean_text(node, document)
    if not isinstance(node, MappingNode):
        return [_build_data(item, (*path, index), document, above, most) for index, item in enumerate(node.value)]
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, ScalarNode):
            message = "a key must be a word, not a list or a mapping. Put it in quotation marks."
            document.findings.append(_make_finding(document, key_node.start_mark.index, message))
            continue
        key = _clean_text(key_node, document)
        if key in result:
            first = document.keys[(*path, key)][0]
            message = f"the key `{key}` appears twice; it is first on line {first}. Keep one of the two."
            document.findings.append(_make_finding(document, key_node.start_mark.index, message))
            continue
        document.keys[(*path, key)] = document.locate_offset(key_node.start_mark.index)
        result[key] = _build_data(value_node, (*path, key), document, above, most)
    return result
