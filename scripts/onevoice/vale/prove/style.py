"""A style of Vale's as its files: each rule that lists words, with the line of every entry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.load import yaml
from onevoice.nesting import find_deep_nesting
from onevoice.prose import files

# From how many characters on only the fast parser is used.
SLOW_CHARS = 300_000
# The extensions whose rules list words.
WORD_LISTS = ("substitution", "existence")
_SURROGATE = re.compile("[\ud800-\udfff]")
# The folders beside styles, and the kinds and levels of rules that Vale knows.
_SETTINGS = frozenset(("config", "Vocab"))
_KINDS = (
    *("capitalization", "conditional", "consistency", "existence", "occurrence", "repetition", "substitution"),
    *("readability", "spelling", "sequence", "metric", "script"),
)
_LEVELS = ("suggestion", "warning", "error")
_STOPS = "so Vale stops at every file that uses this style"
_NO_RULE = f"it has no `extends`, {_STOPS}. Add it, or move the file elsewhere."
_TOO_LARGE = f"the file has more than {limits.MAX_STYLE_BYTES >> 20} MB. Split it."


@dataclass(frozen=True)
class StyleEntry:
    """A swap or a token. key: the expression. value: what is said instead, or None. line, column: from 1."""

    key: str
    value: str | None
    line: int
    column: int


@dataclass(frozen=True)
class StyleRule:
    """A rule; only one that lists words has entries.

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
    """The rules in a folder of a style, or of styles, sorted by path.

    Raises OnevoiceError if the folder is none, has no rule at all, or more files or entries than can be tried.
    """
    if not folder.is_dir():
        raise OnevoiceError(f"{folder}: there is no such folder. Name the folder of a Vale style.")
    paths = sorted(path for path in folder.rglob("*.yml") if path.is_file())
    if len(paths) > limits.MAX_STYLE_FILES:
        raise OnevoiceError(f"{folder}: more than {limits.MAX_STYLE_FILES} files. Name the folder of one style.")
    read = [(path, _parse_rule(path)) for path in paths]
    found = [rule for _, rule in read if rule is not None]
    if not any(rule.parse_error or rule.fields["extends"] in WORD_LISTS for rule in found):
        raise OnevoiceError(f"{folder}: no rule here lists any words. Name the folder of a Vale style (*.yml).")
    # To Vale, each YAML file of a style is a rule; those of its own settings are not in one.
    found = [
        rule or StyleRule(path.as_posix(), parse_error=(1, 1, _NO_RULE))
        for path, rule in read
        if rule or _SETTINGS.isdisjoint(path.relative_to(folder).parts)
    ]
    count = sum(len(rule.entries) for rule in found)
    if count > limits.MAX_PROVE_ENTRIES:
        raise OnevoiceError(
            f"{folder}: {count} entries, and at most {limits.MAX_PROVE_ENTRIES} can be tested at once. "
            "Split the style, and test one part after the other."
        )
    return found


class _UnreadableRule(Exception):
    """A rule that cannot be read. line, column: where, from 1. why: a sentence."""

    def __init__(self, line: int, column: int, why: str) -> None:
        self.line, self.column, self.why = line, column, why
        super().__init__(why)


def _parse_rule(path: Path) -> StyleRule | None:
    name = path.as_posix()
    if path.stat().st_size > limits.MAX_STYLE_BYTES:
        return StyleRule(name, parse_error=(1, 1, _TOO_LARGE))
    return parse_style_rule(name, files.read_file_bytes(path))


def parse_style_rule(name: str, data: bytes) -> StyleRule | None:
    """A file of a style as a rule, or None if it is YAML of another kind. name: its path, as messages give it."""
    try:
        root = _compose_rule(name, data)
        if not isinstance(root, MappingNode):
            return None
        return _convert_rule(name, root)
    except _UnreadableRule as error:
        return StyleRule(name, parse_error=(error.line, error.column, error.why))


def _compose_rule(name: str, data: bytes) -> Node | None:
    if len(data) > limits.MAX_STYLE_BYTES:
        raise _UnreadableRule(1, 1, _TOO_LARGE)
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _UnreadableRule(1, 1, "the file is not UTF-8 text. Save it as UTF-8.") from None
    if (offset := find_deep_nesting(source)) is not None:
        line = source.count("\n", 0, offset) + 1
        why = f"its brackets or indentation are deeper than {limits.MAX_YAML_DEPTH} levels. Write it plainer."
        raise _UnreadableRule(line, 1, why)
    try:
        # The slower parser, which reads a little more, would take minutes for a large file.
        return yaml.compose_nodes(source, typed=True) if len(source) < SLOW_CHARS else YAML(typ="safe").compose(source)
    except YAMLError:
        if len(source) >= SLOW_CHARS:
            raise _UnreadableRule(1, 1, "this is not YAML. Compare it with the examples of Vale.") from None
        first = yaml.parse_yaml(name, source).findings[:1]
        line, column, why = next(
            ((one.span.line, one.span.column, one.message) for one in first), (1, 1, "this is not YAML.")
        )
        raise _UnreadableRule(line, column, why) from None
    except (RecursionError, ValueError) as error:
        raise _UnreadableRule(1, 1, f"this is not YAML ({type(error).__name__}).") from None


def _convert_rule(name: str, root: MappingNode) -> StyleRule | None:
    fields: dict[str, Any] = {}
    entries: list[StyleEntry] = []
    # An alias stands for all that it names, and each may hold others.
    budget = iter(range(limits.MAX_YAML_VALUES))
    titles: set[str] = set()
    for key, value in root.value:
        title = _read_key(key)
        if title in titles:
            raise _make_refusal(key, f"`{title}` is given twice, {_STOPS}. Delete one of them.")
        titles.add(title)
        # To Vale, `Tokens` is `tokens`.
        if title.lower() == "swap":
            entries += _parse_swaps(value)
        elif title.lower() == "tokens" and _lists_words(value):
            listed = value.value if isinstance(value, SequenceNode) else [value]
            entries += [_make_entry(one, None) for one in listed if isinstance(one, ScalarNode)]
        else:
            fields[title] = _convert_node(value, budget, 0)
    if not isinstance(fields.get("extends"), str):
        return None
    _check_fields(fields)
    if fields["extends"] in WORD_LISTS:
        return StyleRule(name, fields, tuple(entries))
    # The words of other kinds are fields like all others: what they mean depends on the rest of the rule.
    if entries:
        is_swap = any(entry.value is not None for entry in entries)
        fields |= (
            {"swap": {one.key: one.value for one in entries}} if is_swap else {"tokens": [one.key for one in entries]}
        )
    return StyleRule(name, fields)


def _check_fields(fields: Mapping[str, Any]) -> None:
    """Raise _UnreadableRule for what Vale refuses, whatever the words of the rule are."""
    extends, level = fields["extends"], fields.get("level", "error")
    # What a rule does not say for itself, it has from the one that it extends.
    is_heir = "." in extends
    if not is_heir and extends not in _KINDS:
        raise _UnreadableRule(
            1, 1, f"there is no kind `{extends}` of rule, {_STOPS}. Write one of {', '.join(_KINDS)}."
        )
    if not is_heir and "message" not in fields:
        raise _UnreadableRule(1, 1, f"it has no `message`, {_STOPS}. Add it.")
    if level not in _LEVELS:
        raise _UnreadableRule(1, 1, f"there is no level `{level or ''}`, {_STOPS}. Write one of {', '.join(_LEVELS)}.")


def _make_refusal(node: Node, why: str) -> _UnreadableRule:
    return _UnreadableRule(node.start_mark.line + 1, node.start_mark.column + 1, why)


def _lists_words(node: Node) -> bool:
    """Whether the tokens are expressions, or are a single one; those of a sequence say more than that of each."""
    if isinstance(node, SequenceNode):
        return not any(isinstance(one, MappingNode) for one in node.value)
    return isinstance(node, ScalarNode) and not (node.tag or "").endswith(":null")


def _read_key(node: Node) -> str:
    if not isinstance(node, ScalarNode):
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        raise _UnreadableRule(line, column, "a key must be text, not a list or a mapping. Write its name.")
    return _read_text(node)


def _read_text(node: Node) -> str:
    text = str(node.value)
    if _SURROGATE.search(text):
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        raise _UnreadableRule(line, column, "an escape in this text stands for half a character. Write the character.")
    return text


def _parse_swaps(node: Node) -> Iterator[StyleEntry]:
    # A list of single pairs is a way of writing it, too.
    for one in node.value if isinstance(node, SequenceNode) else [node]:
        if isinstance(node, SequenceNode) and not isinstance(one, MappingNode):
            raise _make_refusal(one, f"a swap is a word and what to write instead, {_STOPS}. Write `word: instead`.")
        if isinstance(one, MappingNode):
            yield from (_make_entry(key, value) for key, value in one.value if isinstance(key, ScalarNode))


def _make_entry(node: ScalarNode, value: Node | None) -> StyleEntry:
    said = None if value is None else ""
    if isinstance(value, ScalarNode) and not (value.tag or "").endswith(":null"):
        said = _read_text(value)
    return StyleEntry(_read_text(node), said, node.start_mark.line + 1, node.start_mark.column + 1)


def _convert_node(node: Node, budget: Iterator[int], depth: int) -> Any:
    if next(budget, None) is None or depth > limits.MAX_YAML_DEPTH:
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        why = f"its aliases stand for more than {limits.MAX_YAML_VALUES} values. Write out what they name."
        raise _UnreadableRule(line, column, why)
    if isinstance(node, MappingNode):
        return {_read_key(key): _convert_node(value, budget, depth + 1) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [_convert_node(one, budget, depth + 1) for one in node.value]
    text, tag = _read_text(node), node.tag or ""
    if tag.endswith(":bool"):
        return text.lower() in ("true", "yes", "on")
    # A number that is too long to be one stays text.
    if tag.endswith(":int") and re.fullmatch(r"-?[0-9]{1,18}", text):
        return int(text)
    return None if tag.endswith(":null") else text
