"""`import.yaml`: how each source was read, and which of its rows is which term, so that a second import adds no double.

A row's line has the id of its term, `new` if the import has made that term, and for each field a hash of what was
written: `kilowatt new preferred=1f2a3b4c`. What a person has changed since has another hash.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from onevoice.load.amend import amend_source
from onevoice.load.render import render_item
from onevoice.load.yaml import parse_yaml

FILE = "import.yaml"
HEADER = (
    "# How words came into this handbook with `onevoice import`, and which row of a source is which term.\n"
    "# `columns` and `answers` are yours to change. Keep `rows`: they tell what's been edited here since.\n"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a source. is_new: the import has made the term. base: hashes of what it has written, by field."""

    id: str
    is_new: bool = False
    base: Mapping[str, str] = field(default_factory=dict)

    def format_line(self) -> str:
        """The row as import.yaml has it."""
        return " ".join([self.id, *(["new"] if self.is_new else []), *(f"{k}={v}" for k, v in self.base.items() if v)])


@dataclass(frozen=True)
class Ledger:
    """What is known of one source. name: its file's or folder's. format, to: what it is in, and where new terms go."""

    name: str
    format: str = ""
    to: str = ""
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, Row] = field(default_factory=dict)


def parse_row(line: str) -> Row:
    """A row of import.yaml."""
    id, *words = line.split()
    pairs = dict(word.split("=", 1) for word in words if "=" in word)
    return Row(id, "new" in words, pairs)


# A run asks for the same text several times.
@functools.lru_cache(maxsize=1)
def find_ledger(text: str, name: str) -> Ledger:
    """What import.yaml knows of a source; an empty ledger if it has never been imported."""
    for entry in _iter_entries(_parse_ledger(text)):
        if entry.get("from") == name:
            return _read_entry(entry)
    return Ledger(name)


@functools.lru_cache(maxsize=1)
def _parse_ledger(text: str) -> Any:
    """What the text of an import.yaml says; not to be changed."""
    return parse_yaml(FILE, text).data


def read_map(path: str, text: str, name: str) -> Ledger:
    """Columns and answers from a file that a person has written: like an entry of import.yaml, or all of one."""
    data = parse_yaml(path, text).data
    entries = list(_iter_entries(data))
    if not entries and isinstance(data, dict):
        entries = [data]
    known = [entry for entry in entries if entry.get("from") == name] or entries[:1]
    return replace(_read_entry(known[0]), name=name, rows={}) if known else Ledger(name)


def _iter_entries(data: Any) -> Iterator[dict[str, Any]]:
    entries = data.get("imports") if isinstance(data, dict) else None
    yield from (entry for entry in entries if isinstance(entry, dict)) if isinstance(entries, list) else ()


def _read_texts(value: Any) -> dict[str, str]:
    items = value.items() if isinstance(value, dict) else ()
    return {key: text or "" for key, text in items if text is None or isinstance(text, str)}


def _read_entry(entry: dict[str, Any]) -> Ledger:
    columns = entry.get("columns")
    columns = columns if isinstance(columns, dict) else {}
    if columns and all(isinstance(value, str) for value in columns.values()):
        columns = {str(entry.get("sheet") or ""): columns}
    rows = {key: parse_row(line) for key, line in _read_texts(entry.get("rows")).items() if line.strip()}
    return Ledger(
        str(entry.get("from") or ""),
        str(entry.get("format") or ""),
        str(entry.get("to") or ""),
        {sheet: _read_texts(value) for sheet, value in columns.items()},
        _read_texts(entry.get("answers")),
        rows,
    )


def write_ledger(text: str, ledger: Ledger) -> str:
    """import.yaml with what is known of a source now; what others and people have written there stays."""
    entry = _describe_entry(ledger)
    if not text.strip():
        return HEADER + "imports:\n" + "\n".join(render_item(entry, 2)) + "\n"
    known = _parse_ledger(text)
    data = known if isinstance(known, dict) else {}
    entries = list(data.get("imports") or [])
    index = next((n for n, one in enumerate(entries) if isinstance(one, dict) and one.get("from") == ledger.name), None)
    if index is None:
        entries.append(entry)
    else:
        own = {key: value for key, value in entries[index].items() if key not in entry and key not in KEYS}
        entries[index] = {**entry, **own}
    wanted = {**data, "imports": entries}
    return text if wanted == known else amend_source(FILE, text, wanted)


KEYS = ("from", "format", "to", "columns", "answers", "rows")


def _describe_entry(ledger: Ledger) -> dict[str, Any]:
    entry = {
        "from": ledger.name,
        "format": ledger.format,
        "to": ledger.to,
        "columns": {sheet: dict(columns) for sheet, columns in ledger.columns.items()},
        "answers": dict(ledger.answers),
        "rows": {key: row.format_line() for key, row in ledger.rows.items()},
    }
    return {key: value for key, value in entry.items() if value}
