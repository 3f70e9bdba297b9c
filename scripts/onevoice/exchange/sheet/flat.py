"""A term's record <-> texts by column: our own layout, which a person can edit and which loses nothing.

A key is a path, such as `avoid.why`. What has parts, such as `avoid`, has a row for each item; a list is a cell with a
line for each item.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from onevoice.exchange.sheet.cells import find_separators, split_literally

# Lists of which each item has parts.
PARTS = ("avoid", "examples", "sources", "dissent")
# Lists of texts, by the last part of their keys.
LISTS = frozenset(
    (
        *("was", "allowed", "one_per_text", "except", "only_near", "never_near", "related"),
        *("use", "unless", "audiences", "channels"),
    )
)
_BOOLEANS = frozenset(("public", "placeholder", "expand_first", "remove"))
_TRUE = frozenset(("true", "yes", "1", "x", "wahr", "ja", "vrai", "oui", "verdadero", "sí"))
# What nobody writes by hand.
LEFT_OUT = ("signed",)
# The only part that an item needs, which is then written without its key.
_MAIN_PART = {"avoid": "term", "sources": "title"}
ORDER = (
    *("id", "preferred", "definition", "part_of_speech", "abbreviation", "expand_first", "area", "owner", "status"),
    *("public", "placeholder", "language", "allowed", "one_per_text", "except", "only_near", "never_near", "case"),
    *("level", "fix", "related", "note", "was", "reviewed.date", "reviewed.every"),
    *("avoid.term", "avoid.use", "avoid.why", "avoid.level", "avoid.fix", "avoid.since", "avoid.error_from"),
    *(
        "avoid.case",
        "avoid.unless",
        "avoid.only_near",
        "avoid.never_near",
        "avoid.audiences",
        "avoid.channels",
        "avoid.forms",
    ),
    *("avoid.remove", "examples.good", "examples.bad", "sources.title", "sources.publisher", "sources.url"),
    *("sources.date", "sources.note", "dissent.side", "dissent.date", "dissent.why"),
)
_NAMING = ("preferred", "definition", "abbreviation", "allowed")


class Flat(NamedTuple):
    """A record as texts. values: by key. items: by the key of their list, the texts of each by key."""

    values: dict[str, str]
    items: dict[str, list[dict[str, str]]]


def is_own_key(header: str) -> bool:
    """Whether a column is one of ours."""
    if header in ORDER:
        return True
    prefix, _, rest = header.partition(".")
    tag, _, key = rest.partition(".")
    if prefix != "names" or not tag:
        return False
    return key in ("", *_NAMING[1:]) or (key in ORDER and key.startswith("avoid."))


def rank_key(key: str) -> tuple[int, str]:
    """Where a column goes: in the order of a record, names in other languages last."""
    return (ORDER.index(key), "") if key in ORDER else (len(ORDER), key)


def flatten_record(fields: Mapping[str, Any]) -> Flat:
    """The texts of a record, as plain data has it."""
    flat = Flat({}, {})
    for key, value in fields.items():
        if key in LEFT_OUT:
            continue
        if key == "names":
            for tag, naming in value.items():
                parts = {"preferred": naming} if isinstance(naming, str) else naming
                for name, part in parts.items():
                    _flatten_value(flat, f"names.{tag}" if name == "preferred" else f"names.{tag}.{name}", part)
        elif key == "reviewed":
            for name, part in value.items():
                _flatten_value(flat, f"reviewed.{name}", part)
        else:
            _flatten_value(flat, key, value)
    return flat


def _flatten_value(flat: Flat, key: str, value: Any) -> None:
    if key.rpartition(".")[2] in PARTS:
        items = flat.items[key] = []
        for item in value:
            parts = {_MAIN_PART[key.rpartition(".")[2]]: item} if isinstance(item, str) else item
            items.append({f"{key}.{name}": _write_text(part) for name, part in parts.items()})
    else:
        flat.values[key] = _write_text(value)


def _write_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "\n".join(f"{key}: {item}" for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return "\n".join(_quote_item(str(item)) for item in value)
    return str(value)


def _quote_item(item: str) -> str:
    """An item of a list; in quotation marks if it could be taken for two."""
    return f'"{item.replace(chr(34), chr(34) * 2)}"' if item.startswith('"') or find_separators(item) else item


def parse_cell(key: str, text: str, separators: str) -> Any:
    """The value of a key, as YAML has it; None if the cell says nothing. separators: between items of a list."""
    name = key.rpartition(".")[2]
    if not text.strip():
        return None
    if name in _BOOLEANS:
        return text.strip().casefold() in _TRUE or None
    if name in LISTS:
        return split_literally(text, separators) or None
    if name == "forms":
        pairs = (line.partition(": ") for line in text.split("\n") if ": " in line)
        return {old.strip(): new.strip() for old, _, new in pairs} or None
    return text.strip()


def set_key(fields: dict[str, Any], key: str, value: Any) -> None:
    """Put a value that isn't part of an item into a record."""
    path = key.split(".")
    if path[0] == "names":
        path = [*path, "preferred"] if len(path) == 2 else path
    for part in path[:-1]:
        fields = fields.setdefault(part, {})
    fields[path[-1]] = value


def find_list(key: str) -> str:
    """The key of the list that a column is part of: `avoid` of `avoid.why`; "" if it's part of none."""
    prefix, _, _ = key.rpartition(".")
    return prefix if prefix.rpartition(".")[2] in PARTS else ""


def tidy_record(fields: Mapping[str, Any]) -> dict[str, Any]:
    """A record as a person would write it: what has one part only, without the key of that part."""
    made = dict(fields)
    for key in PARTS:
        if key in made:
            made[key] = [_tidy_item(key, item) for item in made[key]]
    if "names" in made:
        made["names"] = {tag: _tidy_naming(naming) for tag, naming in made["names"].items() if naming.get("preferred")}
    return made


def _tidy_item(key: str, item: Mapping[str, Any]) -> Any:
    main = _MAIN_PART.get(key, "")
    return item[main] if {*item} == {main} else item


def _tidy_naming(naming: Mapping[str, Any]) -> Any:
    made = tidy_record(naming)
    return made["preferred"] if len(made) == 1 else made


def make_plain(value: Any) -> Any:
    """A value of a record as plain data: dates as texts, tuples as lists."""
    if isinstance(value, str):  # As most are.
        return value
    if isinstance(value, Mapping):
        return {key: make_plain(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [make_plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value
