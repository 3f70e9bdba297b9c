"""Front matter as Vale reads it: one that it cannot read ends its whole run, and says nothing of any other file.

Vale takes all between two lines of a kind for front matter, also prose between two rules, and parses it twice: the
lines for its values, then everything before the body for their places. Both parsers are libyaml's, ported to Go, so
libyaml tells beforehand what they refuse.
"""

from __future__ import annotations

import json
import re
import tomllib
from enum import Enum, auto
from typing import Any, NamedTuple

from onevoice import limits
from onevoice.prose.front import parse_front_matter

# Vale takes lines for delimiters whatever blanks are around them: opening line -> language and closing line.
_DELIMITERS = {
    "---": ("YAML", "---"), "---yaml": ("YAML", "---"), "+++": ("TOML", "+++"), "---toml": ("TOML", "---"),
    ";;;": ("JSON", ";;;"), "---json": ("JSON", "---"), "{": ("JSON", "}"),
}  # fmt: skip
_OPENING = re.compile(r"\s*(?:---|\+\+\+|;;;|\{)")
# The TOML that Vale surely reads: its parser is older than dotted keys and arrays of several kinds.
_TOML_STRING = r"""(?:"[^"\\\n]*+"|'[^'\n]*+')"""
_TOML_VALUE = rf"(?:{_TOML_STRING}|[+-]?\d++|true|false|\[[ \t]*+(?:{_TOML_STRING}[ \t]*+,?[ \t]*+)*+\])"
_PLAIN_TOML = re.compile(
    rf"(?:[ \t]*+(?:[\w-]++[ \t]*+=[ \t]*+{_TOML_VALUE}|\[\[?[\w-]++\]\]?)?[ \t]*+(?:#[^\n]*+)?(?:\n|\Z))*+"
)
# Such as `[https://example.com]`, which Go's libyaml reads.
_MILDER_PROBLEM = "found unexpected ':'"
# Scalars whose explicit type Vale checks.
_CHECKED_TAG = re.compile(r"tag:yaml\.org,2002:(?!str$|map$|seq$)")


class Verdict(Enum):
    """Whether Vale reads a front matter."""

    READ = auto()
    REFUSED = auto()
    UNCERTAIN = auto()


class FrontMatter(NamedTuple):
    """What Vale takes for the front matter of a document.

    verdict: whether it reads that. language: YAML, TOML or JSON. shown: the document as it can be shown instead, with
    every line and every word of the body where it was. why, line: why it is refused, and where, from 1. is_prose:
    nothing is left out in `shown`, since what Vale takes for front matter is prose.
    """

    verdict: Verdict
    language: str
    shown: str
    why: str = ""
    line: int = 1
    is_prose: bool = False


class _Refused(Exception):
    """What Vale refuses. line: in the text, from 0."""

    def __init__(self, why: str, line: int = 0) -> None:
        self.why, self.line = why, line
        super().__init__(why)


class _Extent(NamedTuple):
    """Where front matter is in the lines of a text, from 0. start, end: its delimiters. body: the first line behind."""

    language: str
    start: int
    end: int
    body: int


def judge_front_matter(text: str) -> FrontMatter | None:
    """What Vale makes of the front matter of a Markdown text; None if it sees none."""
    if not _OPENING.match(text):
        return None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    extent = _find_extent(lines)
    if extent is None:
        return None
    why, line, verdict = "", extent.start + 1, Verdict.READ
    try:
        if not _is_surely_read(lines, extent):
            verdict = Verdict.UNCERTAIN
    except _Refused as refused:
        verdict, why, line = Verdict.REFUSED, refused.why, refused.line + 1
    shown, is_prose = _hide_front_matter(text, lines, extent)
    return FrontMatter(verdict, extent.language, shown, why, line, is_prose)


def _find_extent(lines: list[str]) -> _Extent | None:
    start = next((number for number, line in enumerate(lines) if line.strip()), None)
    if start is None or (kind := _DELIMITERS.get(lines[start].strip())) is None:
        return None
    language, closing = kind
    for number in range(start + 1, len(lines)):
        if lines[number].strip() == closing:
            # Behind a brace there must be an empty line.
            if closing != "}":
                return _Extent(language, start, number, number + 1)
            if number + 1 < len(lines) and not lines[number + 1].strip():
                return _Extent(language, start, number, number + 2)
    return None


def _is_surely_read(lines: list[str], extent: _Extent) -> bool:
    """Whether Vale reads it beyond doubt. Raises _Refused if it surely does not."""
    source = "\n".join(lines[extent.start + 1 : extent.end])
    if len(source) > limits.MAX_JUDGED_FRONT_CHARS:
        return False
    if extent.language == "TOML":
        return _check_toml(source, extent.start + 1)
    if extent.language == "JSON":
        return _check_json(f"{{{source}}}" if lines[extent.start].strip() == "{" else source, extent.start)
    is_sure = _check_yaml(source, extent.start + 1, is_data=True)
    # Vale looks for the body's text, and may find it in the front matter.
    whole, body = "\n".join(lines), "\n".join(lines[extent.body :])
    first = whole.find(body)
    before = [("" if line.strip() == "---" else line) for line in whole[:first].split("\n")]
    if len(whole) - len(body) != first or lines[extent.start].strip() != "---":
        is_sure = _check_yaml("\n".join(before), 0, is_data=False) and is_sure
    return is_sure


def _check_toml(source: str, offset: int) -> bool:
    try:
        tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        place = re.search(r"line (\d+)", str(error))
        raise _Refused(str(error), offset + int(place[1]) - 1 if place else offset) from None
    return bool(_PLAIN_TOML.fullmatch(source))


def _check_json(source: str, offset: int) -> bool:
    try:
        data = json.loads(source)
    except ValueError as error:
        raise _Refused(str(error), offset + getattr(error, "lineno", 1) - 1) from None
    except RecursionError:
        return False
    if not isinstance(data, dict):
        raise _Refused("it is not a list of keys and values", offset)
    return False


def _check_yaml(source: str, offset: int, *, is_data: bool) -> bool:
    """Whether Vale reads the source beyond doubt. is_data: it makes values of it, rather than look at its words only.

    Raises _Refused if it surely does not.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.events import DocumentEndEvent

    walk = _Walk(offset)
    try:
        for event in YAML(typ="safe").parse(source):
            walk.take_event(event, is_data=is_data)
            if isinstance(event, DocumentEndEvent):
                break
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if error.problem == _MILDER_PROBLEM:
            return False
        raise _Refused(str(error.problem or error.context), offset + (mark.line if mark else 0)) from None
    except (YAMLError, ValueError, OverflowError) as error:
        raise _Refused(" ".join(str(error).split())[:100], offset) from None
    return walk.is_sure


class _Walk:
    """The events of a YAML document, one after the other, as Vale decodes them to keys and values."""

    def __init__(self, offset: int) -> None:
        self.is_sure = True
        self._offset = offset
        # Of each open collection: whether it is a mapping, how many nodes it has, whether its last key is `<<`, and
        # whether it is a list of what is merged.
        self._open: list[list[Any]] = []
        self._anchors: dict[str, str] = {}
        self._open_anchors: list[str | None] = []
        self._aliases = 0

    def take_event(self, event: Any, *, is_data: bool) -> None:
        kind = type(event).__name__.removesuffix("Event")
        if kind in ("MappingEnd", "SequenceEnd"):
            self._open.pop()
            self._open_anchors.pop()
        elif kind in ("MappingStart", "SequenceStart", "Scalar", "Alias"):
            self._take_node(event, kind, is_data=is_data)

    def _take_node(self, event: Any, kind: str, *, is_data: bool) -> None:
        line = self._offset + event.start_mark.line
        node = kind
        if kind == "Alias":
            self._aliases += 1
            if event.anchor not in self._anchors:
                raise _Refused(f"the alias *{event.anchor} has no anchor", line)
            if is_data and event.anchor in self._open_anchors:
                raise _Refused(f"the anchor &{event.anchor} contains itself", line)
            node = self._anchors[event.anchor]
            # Vale counts how often aliases are used.
            self.is_sure &= self._aliases < limits.MAX_JUDGED_FRONT_ALIASES
        elif event.anchor:
            self._anchors[event.anchor] = kind
        if is_data:
            self._check_node(event, kind, node, line)
        if kind in ("MappingStart", "SequenceStart"):
            parent = self._open[-1] if self._open else None
            is_merged = kind == "SequenceStart" and parent is not None and parent[0] and parent[2]
            self._open.append([kind == "MappingStart", 0, False, is_merged])
            self._open_anchors.append(event.anchor)

    def _check_node(self, event: Any, kind: str, node: str, line: int) -> None:
        if kind != "Alias" and event.tag and _CHECKED_TAG.match(str(event.tag)):
            self.is_sure = False
        if not self._open:
            is_null = kind == "Scalar" and not event.style and event.value in ("", "~", "null", "Null", "NULL")
            if node != "MappingStart" and not is_null:
                raise _Refused("it is not a list of keys and values", line)
            return
        parent = self._open[-1]
        is_map, count, is_merge, is_merged = parent
        parent[1] += 1
        wants_map = is_merged
        if is_map and count % 2 == 0:
            parent[2] = kind == "Scalar" and event.value == "<<" and not event.style
            if node != "Scalar":
                raise _Refused("a list or a mapping cannot be a key", line)
        elif is_map and is_merge:
            wants_map = kind != "SequenceStart"
        if wants_map and node != "MappingStart":
            raise _Refused("`<<` needs a mapping", line)


def _hide_front_matter(text: str, lines: list[str], extent: _Extent) -> tuple[str, bool]:
    """The text without what Vale takes for front matter, and whether nothing is missing."""
    ends = _list_line_ends(text)
    is_prose = extent.language == "YAML" and parse_front_matter(text)[2] == 0
    if is_prose:
        # Stars are a rule as dashes are, and to Vale nothing else.
        first = lines[extent.start].replace("-", "*").rstrip()
        parts = [*lines[: extent.start], first, *lines[extent.start + 1 :]]
    else:
        end = max(extent.body, text.count("\n", 0, parse_front_matter(text)[2]))
        parts = [*[""] * end, *lines[end:]]
        if _find_extent(parts):
            parts[0] = "<!-- -->"
    return "".join(f"{part}{end}" for part, end in zip(parts, ends, strict=True)), is_prose


def _list_line_ends(text: str) -> list[str]:
    return [*re.findall(r"\r\n|\r|\n", text), ""]
