"""Espanso: approved texts by a short name, and sure corrections as you type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from onevoice.exchange.correction import Correction
from onevoice.exchange.formats import Export, Format
from onevoice.exchange.yaml import format_yaml
from onevoice.output import Artifact
from onevoice.records import Record

PATH = "onevoice.yml"
# What Espanso would fill in, or take for the place of the cursor.
COMMANDS = ("{{", "$|$")


def write(export: Export) -> Sequence[Artifact]:
    """`onevoice.yml`, for Espanso's folder `match`."""
    matches = [*_iter_snippets(export), *_iter_fixes(export)]
    return [Artifact(PATH, format_yaml({"matches": matches}).encode())]


def _can_correct(correction: Correction) -> bool:
    """Whether it may be written while someone types, before the next word is known."""
    return correction.is_sure and correction.is_plain


def _iter_snippets(export: Export) -> Iterator[dict[str, Any]]:
    """What people say again and again, by the record's id between colons, such as `:pitch-sales:`."""
    for message in export.handbook.list_approved("messages"):
        if _is_current(export, message):
            if message.say:
                yield from _describe_snippet(message.id, message.title, message.say)
            for length in message.lengths:
                yield from _describe_snippet(f"{message.id}-{length.words}", message.title, length.text)
    for proof in export.handbook.list_approved("proof"):
        if proof.standing == "usable" and _is_current(export, proof):
            yield from _describe_snippet(proof.id, proof.title, proof.say)


def _is_current(export: Export, record: Record) -> bool:
    expires = getattr(record, "expires", None)
    is_over = expires is not None and expires < export.today
    return not (record.placeholder or is_over or export.handbook.is_overdue(record, export.today))


def _describe_snippet(name: str, title: str, text: str) -> Iterator[dict[str, Any]]:
    if not any(command in text for command in COMMANDS):
        yield {"trigger": f":{name}:", "replace": text.strip(), "label": title}


def _iter_fixes(export: Export) -> Iterator[dict[str, Any]]:
    for one in export.corrections:
        if _can_correct(one) and not any(command in one.right[0] for command in COMMANDS):
            # Names keep their letters; other words are written as the wrong one was.
            yield {"trigger": one.wrong, "replace": one.right[0], "word": True, "propagate_case": not one.is_name}


FORMAT = Format(
    "Espanso",
    (".yml", ".yaml"),
    write=write,
    rank=64,
    can_correct=_can_correct,
)
