"""The call card of a persona at a stage: one thing to say, with the proof and the asset that belong to it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from onevoice.handbook.handbook import Handbook
from onevoice.phrases.catalog import translate_text
from onevoice.records.asset import Asset
from onevoice.records.message import Message
from onevoice.records.proof import Proof

# What is said, and which type comes first if two are for the same cells: a pitch is for any moment.
LINE_ORDER = {"value": 0, "pitch": 1, "pillar": 2}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class CallCard:
    """What a rep needs for one persona at one stage on a day.

    lines: what to say, the most specific first. The first one is the card's line.
    questions, objections: what to ask, and what they might say; the most specific first.
    proofs: the claims that the card's line rests on and that may be used. more_proofs: those of everything else.
    send: the asset that carries the card's line. more_assets: what else customers may get.
    internal_assets: what only we use, on the call.
    """

    lines: tuple[Message, ...]
    questions: tuple[Message, ...]
    objections: tuple[Message, ...]
    proofs: tuple[Proof, ...]
    more_proofs: tuple[Proof, ...]
    send: Asset | None
    more_assets: tuple[Asset, ...]
    internal_assets: tuple[Asset, ...]


@dataclass(frozen=True)
class Email:
    """A follow-up email as plain text: its paragraphs have an empty line between them."""

    subject: str
    body: str


def compose_email(card: CallCard, url: str) -> Email:
    """What a rep sends after a call: the card's line, its proof, and the asset. url: where the asset is.

    The card has a line and an asset to send. A line that has the figure of its proof gets only the source of it.
    """
    assert card.lines and card.send
    said = [_join_words(card.lines[0].say or "")]
    for proof in card.proofs[:1]:
        words = said.pop() if _has_figure(said[0], proof) else _join_words(proof.say)
        said.append(translate_text("%(say)s (Source: %(source)s)", say=words, source=_join_words(proof.source)))
    title = card.send.title
    parts = [
        translate_text("Hi [name],"),
        translate_text("Thanks for your time today. Here's what we talked about:"),
        *said,
        f"{title if title[-1] in '?!.' else f'{title}:'}\n{url}",
        translate_text("Best,\n[your name]"),
    ]
    return Email(title, "\n\n".join(parts))


def _has_figure(text: str, proof: Proof) -> bool:
    """Whether a text has the number by which a claim is known, the first one of its figure."""
    numbers = _NUMBER.findall(proof.number or "")
    return bool(numbers) and numbers[0] in _NUMBER.findall(text)


def _join_words(text: str) -> str:
    return " ".join(text.split())


def compose_card(handbook: Handbook, persona: str, stage: str, today: datetime.date) -> CallCard:
    """The call card of a persona at a stage, both by their ids. today: the day on which dates are judged."""
    lines = list_lines(handbook, persona, stage, today)
    questions = handbook.find_messages(persona, stage, "question")
    objections = handbook.find_messages(persona, stage, "objection")
    line = lines[0] if lines else None
    carrying = rank_assets(handbook, line, persona, stage, today) if line else []
    send = carrying[0] if carrying else None

    def rank_proof(proof: Proof) -> tuple[bool, bool, bool]:
        return (
            bool(proof.find_doubt(today)),
            handbook.is_overdue(proof, today),
            not (send and proof.id in send.leans_on),
        )

    said = [*lines[1:], *questions, *objections]
    proofs = sorted(_list_usable(handbook, [line] if line else [], today), key=rank_proof)
    others = sorted(_list_usable(handbook, said, today), key=rank_proof)
    used = {message.id for message in (*lines, *questions, *objections)}

    def rank_other(asset: Asset) -> tuple[bool, bool, bool, bool]:
        ours = bool(line and line.id in asset.carries)
        return not ours, not used.intersection(asset.carries), asset.job != "sales", handbook.is_overdue(asset, today)

    rest = sorted(handbook.find_assets(persona, stage), key=rank_other)
    return CallCard(
        lines=tuple(lines),
        questions=tuple(questions),
        objections=tuple(objections),
        proofs=tuple(proofs),
        more_proofs=tuple(proof for proof in others if proof not in proofs),
        send=send,
        more_assets=tuple(asset for asset in rest if asset.is_sendable(today) and asset is not send),
        internal_assets=tuple(asset for asset in rest if asset.is_internal and not asset.is_expired(today)),
    )


def list_lines(handbook: Handbook, persona: str, stage: str, today: datetime.date) -> list[Message]:
    """What to say to a persona at a stage. The first one is the card's line.

    What is for the fewest cells comes first, then a value before a pitch, and what an asset carries before the rest.
    """
    found = handbook.find_messages(persona, stage, *LINE_ORDER)
    specific = {message.id: rank for rank, message in enumerate(found)}
    personas, stages = len(handbook.list_approved("personas")), len(handbook.stages)
    carried = {id for asset in handbook.find_sendable_assets(persona, stage, today) for id in asset.carries}

    def rank_line(message: Message) -> tuple[int, int, bool, int]:
        cells = (len(message.personas) or personas) * (len(message.stages) or stages)
        return cells, LINE_ORDER[message.type], message.id not in carried, specific[message.id]

    return sorted(found, key=rank_line)


def rank_assets(handbook: Handbook, line: Message, persona: str, stage: str, today: datetime.date) -> list[Asset]:
    """The assets that customers may get at a cell and that carry a line, the best first.

    The best one relies on the line's own proof, helps someone decide, needs no review, and is for the fewest cells.
    """
    found = [asset for asset in handbook.find_sendable_assets(persona, stage, today) if line.id in asset.carries]

    def rank_asset(asset: Asset) -> tuple[bool, bool, bool, int]:
        return (
            not set(line.proof).intersection(asset.leans_on),
            handbook.is_overdue(asset, today),
            asset.job != "sales",
            len(asset.personas) * len(asset.stages),
        )

    return sorted(found, key=rank_asset)


def _list_usable(handbook: Handbook, messages: Iterable[Message], today: datetime.date) -> list[Proof]:
    proofs = handbook.resolve_ids("proof", dict.fromkeys(id for message in messages for id in message.proof))
    return [proof for proof in proofs if proof.is_usable(today)]
