"""The call cards of two stages show the same line to say to a persona.

Someone who is still looking around needs to hear something else than someone who is about to sign. Write a message for
one of the stages.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.card import list_lines
from onevoice.handbook.handbook import Handbook
from onevoice.records.message import Message


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """A warning for each message that says the same to one persona at more than one stage."""
    if handbook.load_result.invalid_ids.get("messages"):
        return
    cards: dict[str, tuple[Message, list[str]]] = {}
    for persona in handbook.list_approved("personas"):
        stages: dict[str, list[str]] = {}
        lines: dict[str, Message] = {}
        for stage in handbook.stages:
            for line in list_lines(handbook, persona.id, stage.id, today)[:1]:
                text = " ".join((line.say or "").casefold().split())
                stages.setdefault(text, []).append(stage.name)
                # Of two messages with one text, the later one is to be rewritten.
                lines[text] = line
        for text, names in stages.items():
            if len(names) > 1:
                line = lines[text]
                cards.setdefault(line.id, (line, []))[1].append(f"{persona.name} at {' and at '.join(names)}")
    for line, places in cards.values():
        message = (
            f"`{line.id}` is the line to say to {', and to '.join(places)}. Write one for each stage, so that the talk "
            "moves on."
        )
        loc = ("stages",) if line.stages else ("id",)
        yield handbook.make_record_finding("same-line", "warning", line, loc, message, match=line.id)
