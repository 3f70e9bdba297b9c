"""The reference: a page with every key of every record, for people who edit YAML."""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator
from pydantic.fields import FieldInfo

from onevoice.load.messages import list_keys
from onevoice.load.walk import CONTENT, TERMINOLOGY
from onevoice.records import KINDS, Record
from onevoice.records.envelope import Part, Ref, ValueFormat, wrap_in_list

SHARED = "every record"
# A record can name these, but they are parts of a record themselves.
PARTS_WITH_IDS = {"stages": ("journey", "stages", "stage")}
# A link to a part of a record names this many of its keys at most.
MAX_KEYS_SHOWN = 4
INTRODUCTION = """\
# Every key of every record

`onevoice build` makes this page from `scripts/onevoice/records/`. Don't edit it by hand.

A file begins with the name of its kind, such as `proof:`, and its records go below, each beginning with `- `. If there
can be only one record, such as the journey, its keys go directly below the name. Keys that most records of a file share
can go once at the top, under `defaults:`; a record's own value wins:

```yaml
# yaml-language-server: $schema=../schemas/teams.json
defaults:
  owner: marketing
  reviewed: {date: 2026-11-01, every: 12 months}
teams:
  - id: marketing
    ...
```

With the first line, editors complete the keys and mark mistakes as you type.

In a handbook that `extends` another one, a record with an id from there gives only the fields that differ. A list
replaces the whole list, unless it says what to `add` and what to `drop`:

```yaml
terms:
  - id: customer
    avoid: {add: [patron], drop: [account]}
```
"""
FORMATS = {
    "text": "One or more words. Put them in quotation marks if they contain `: ` or ` #`, or begin with a character "
    "such as `[`, `{`, `*`, `&`, `@` or `!`.",
    "number": "Digits, such as `20`.",
    "list": "One item per line, each beginning with `- `, or in brackets: `[compare, decide]`.",
    "pairs": "One pair per line, or in braces: `{assets: 6 months}`.",
    "keys": "One key per line, indented below this one, or in braces: `{date: 2026-11-01, every: 6 months}`.",
}


class PartSection(NamedTuple):
    """The section about a part of a record. level: 3 for a part of the record itself, more for a part of a part."""

    part: type[BaseModel]
    heading: str
    level: int

    @property
    def anchor(self) -> str:
        """The name of the section in links, as GitHub makes it from the heading."""
        return re.sub(r"[^\w\- ]", "", self.heading.lower()).replace(" ", "-")


def render_reference() -> str:
    """The page as Markdown."""
    sections = {SHARED: list(_list_sections(Record, SHARED))}
    known = {section.part for section in sections[SHARED]}
    for kind, model in KINDS.items():
        sections[kind] = []
        for section in _list_sections(model, kind):
            if section.part not in known:
                known.add(section.part)
                sections[kind].append(section)
    page = _Page({section.part: section.anchor for found in sections.values() for section in found})
    blocks = [INTRODUCTION, "## Kinds of records", "\n".join(_render_kinds())]
    blocks += ["## How to write values", "\n".join(_render_formats())]
    blocks += [f"## Keys that {SHARED} has", page.render_table(Record, Record.model_fields)]
    blocks += page.render_sections(sections[SHARED])
    for kind, model in KINDS.items():
        own = [name for name in model.model_fields if _is_own(model, name)]
        blocks += [
            f"## {kind}",
            f"{_describe_class(model)} File: {_describe_files(model)}.",
            *_list_paragraphs(model)[1:],
        ]
        blocks += [_render_example(model)] if model.EXAMPLE else []
        blocks += [page.render_table(model, own), f"And the [keys that {SHARED} has](#keys-that-every-record-has)."]
        blocks += page.render_sections(sections[kind])
    return "\n\n".join(block.strip("\n") for block in blocks) + "\n"


class _Page:
    """What the sections of the page share. anchors: the section in which each part of a record is described."""

    def __init__(self, anchors: dict[type[BaseModel], str]) -> None:
        self.anchors = anchors

    def render_sections(self, sections: Iterable[PartSection]) -> Iterator[str]:
        for section in sections:
            yield f"{'#' * section.level} {section.heading}"
            yield from _list_paragraphs(section.part)
            yield self.render_table(section.part, section.part.model_fields)

    def render_table(self, model: type[BaseModel], names: Iterable[str]) -> str:
        rows = ["| Key | Value | Default | What it is |", "|---|---|---|---|"]
        fields = [(name, model.model_fields[name]) for name in names]
        for name, field in sorted(fields, key=lambda item: not item[1].is_required()):
            kind = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
            value, default = self.describe_value(kind), _describe_default(field)
            cells = (f"`{field.alias or name}`", value, default, field.description or "")
            rows.append("|" + "|".join(f" {_escape_cell(cell)} " if cell else " " for cell in cells) + "|")
        return "\n".join(rows)

    def describe_value(self, kind: Any, metadata: tuple[Any, ...] = ()) -> str:
        """What can be written for a value of this type, in plain words."""
        origin, args = get_origin(kind), get_args(kind)
        if origin is Annotated:
            return self.describe_value(args[0], (*args[1:], *metadata))
        if origin in (Union, types.UnionType):
            return self.describe_value(next(arg for arg in args if arg is not type(None)), metadata)
        for mark in metadata:
            if isinstance(mark, ValueFormat):
                return mark.name
            if isinstance(mark, Ref):
                return _describe_reference(mark.kind)
        if origin is Literal:
            return _join_choices([f"`{choice}`" for choice in args])
        if origin is tuple:
            return self._describe_list(args[0], metadata)
        if origin is dict:
            return f"pairs of {self.describe_value(args[0])} and {self.describe_value(args[1])}"
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return f"keys [{_shorten_keys(list_keys(kind))}](#{self.anchors[kind]})"
        return {bool: "`true` or `false`", int: "number", float: "number"}.get(kind, "text")

    def _describe_list(self, item: Any, metadata: tuple[Any, ...]) -> str:
        if part := _find_part(item):
            either = "a text or " if _accepts_text(item) else ""
            return f"list, each {either}with {self.describe_value(part)}"
        words = self.describe_value(item)
        takes_one = any(isinstance(mark, BeforeValidator) and mark.func is wrap_in_list for mark in metadata)
        return f"{words}, or a list of these" if takes_one else f"list of {words}"


def _list_sections(model: type[BaseModel], owner: str, level: int = 3) -> Iterator[PartSection]:
    """The sections about the parts of a model, each part before its own parts."""
    keys: dict[type[BaseModel], list[str]] = {}
    for name, field in model.model_fields.items():
        if part := _find_part(field.annotation):
            keys.setdefault(part, []).append(f"`{field.alias or name}`")
    for part, names in keys.items():
        yield PartSection(part, f"{' and '.join(names)} in {owner}", level)
        yield from _list_sections(part, names[0], level + 1)


def _find_part(kind: Any) -> type[BaseModel] | None:
    """The part of a record that a type is made of, or None."""
    if isinstance(kind, type) and issubclass(kind, Part):
        return kind
    return next((part for arg in get_args(kind) if (part := _find_part(arg))), None)


def _accepts_text(kind: Any) -> bool:
    marks = (mark for mark in getattr(kind, "__metadata__", ()) if isinstance(mark, BeforeValidator))
    return any(str in get_args(mark.json_schema_input_type) for mark in marks)


def _is_own(model: type[Record], name: str) -> bool:
    """Whether a field is of this kind alone, or other than what every record has."""
    return name not in Record.model_fields or name in model.__annotations__


def _describe_class(model: type[BaseModel]) -> str:
    """What a model is, in a sentence or two."""
    return " ".join(_list_paragraphs(model)[0].split())


def _list_paragraphs(model: type[BaseModel]) -> list[str]:
    return (inspect.getdoc(model) or "").split("\n\n")


def _describe_files(model: type[Record]) -> str:
    if model.KIND == "terms":
        return f"any YAML file in `{TERMINOLOGY}/`"
    file = f"`{CONTENT}/{model.KIND}.yaml`"
    return file if model.SINGLE else f"{file}, or any YAML file in `{CONTENT}/{model.KIND}/`"


def _describe_reference(kind: str) -> str:
    if kind in PARTS_WITH_IDS:
        owner, key, word = PARTS_WITH_IDS[kind]
        return f"id of a [{word}](#{key}-in-{owner})"
    word = KINDS[kind].SINGULAR
    return f"id of {'an' if word[0] in 'aeiou' else 'a'} [{word}](#{kind})"


def _describe_default(field: FieldInfo) -> str:
    if field.is_required():
        return "**required**"
    default = field.default
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    values = [default] if isinstance(default, str) else default if isinstance(default, tuple) else []
    return ", ".join(f"`{value}`" for value in values)


def _shorten_keys(keys: list[str]) -> str:
    shown = [f"`{key}`" for key in (keys if len(keys) <= MAX_KEYS_SHOWN else keys[: MAX_KEYS_SHOWN - 1])]
    return ", ".join(shown) if len(shown) == len(keys) else f"{', '.join(shown)} and {len(keys) - len(shown)} more"


def _join_choices(choices: list[str]) -> str:
    return choices[0] if len(choices) == 1 else f"{', '.join(choices[:-1])} or {choices[-1]}"


def _escape_cell(text: str) -> str:
    return text.replace("|", "\\|")


def _render_kinds() -> Iterator[str]:
    yield from ("| Kind | What it is | File |", "|---|---|---|")
    for kind, model in KINDS.items():
        yield f"| [{kind}](#{kind}) | {_escape_cell(_describe_class(model))} | {_describe_files(model)} |"


def _render_formats() -> Iterator[str]:
    yield from ("| Value | How to write it |", "|---|---|")
    marks = (mark for model in (Record, *KINDS.values()) for mark in _iter_formats(model))
    for name, hint in {**FORMATS, **{mark.name: mark.hint for mark in marks}}.items():
        yield f"| {name} | {_escape_cell(hint)} |"


def _iter_formats(kind: Any) -> Iterator[ValueFormat]:
    """Every format that a type, or a field of a model, asks for."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for field in kind.model_fields.values():
            yield from (mark for mark in field.metadata if isinstance(mark, ValueFormat))
            yield from _iter_formats(field.annotation)
        return
    yield from (mark for mark in getattr(kind, "__metadata__", ()) if isinstance(mark, ValueFormat))
    for arg in get_args(kind):
        yield from _iter_formats(arg)


def _render_example(model: type[Record]) -> str:
    lines = [f"  {line}" if line else "" for line in inspect.cleandoc(model.EXAMPLE).splitlines()]
    # Most content of a handbook is one folder below its top, as its terms are.
    header = f"# yaml-language-server: $schema=../schemas/{model.KIND}.json"
    name = f"{TERMINOLOGY}/words.yaml" if model.KIND == "terms" else f"{CONTENT}/{model.KIND}.yaml"
    intro = f"This is a whole `{name}`: paste it into a new file, and replace the texts."
    return "\n".join([intro, "", "```yaml", header, f"{model.KIND}:", *lines, "```"])
