"""What another program's word list says, before any of it is ours: concepts, each with its place in the source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Source:
    """What is imported. name: the file's or folder's, as the user named it. files: the bytes by path in the folder,
    with forward slashes; of one file, the only one, under its name.
    """

    name: str
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Entry:
    """One concept.

    key: what stays the same when the rest of it changes, so that a second import knows it again: the source's own id of
    it, else its first name. place: in the source, such as `words.csv:12` or `words.xlsx, Word list!A12`. fields: the
    keys of a term's record, as YAML has them; `preferred` is always there, `id` only if the source has one of ours.
    base: if the source was exported from here, what each field said then (`exchange.merge.fields.describe_base`).
    """

    key: str
    place: str
    fields: Mapping[str, Any]
    base: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Omission:
    """What is left out. place: in the source. text: what it says there. reason: a sentence, with the fix if any."""

    place: str
    text: str
    reason: str


@dataclass(frozen=True)
class Question:
    """What a person has to say. key: under which the answer is kept in import.yaml, unique in a reading.

    choices: the answers there are, the guess first; () if any text is an answer. guess: what `--yes` takes.
    """

    key: str
    place: str
    text: str
    choices: tuple[str, ...]
    guess: str


@dataclass(frozen=True)
class StyleRule:
    """What can't be a term, as a rule of the handbook's voice (records/voice.py, ValeRule). fields: its keys."""

    place: str
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Reading:
    """All that a source says, and what it does not say clearly enough.

    columns: how a table was read, its headers with the keys they stand for (`Don't use: avoid.term`), by sheet.
    total: how many rows, rules or concepts the source has: each of them is in an entry, an omission or a rule.
    gone: the ids of terms that the source had when it was exported from here, and no longer has.
    """

    entries: tuple[Entry, ...] = ()
    omissions: tuple[Omission, ...] = ()
    rules: tuple[StyleRule, ...] = ()
    questions: tuple[Question, ...] = ()
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    total: int = 0
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class Settings:
    """How to read a source. columns: as in Reading, where they are known already. answers: to questions, by their keys.

    language: the handbook's tag, for sources that don't say theirs.
    """

    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"
