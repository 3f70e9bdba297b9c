"""Groups of quotes -> what answers each: messages that name a quote, and those whose own words have the group's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onevoice.handbook.handbook import Handbook
from onevoice.pains.group import Group, Lexicon, group_quotes
from onevoice.records.message import Message

# What is said about ourselves answers nobody.
_NO_ANSWER = ("boilerplate",)
# How many words a message needs to share with what one customer alone said, and an objection with another one.
MIN_SHARED_WORDS, MIN_SAID_WORDS = 3, 2


@dataclass(frozen=True)
class Answer:
    """A message that answers a group. words: those that it shares with its quotes; () if the message names one."""

    message: Message
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pain:
    """A group with the approved messages that answer it, best first, and those that are proposed."""

    group: Group
    answers: tuple[Answer, ...]
    proposed: tuple[Message, ...]


def list_pains(handbook: Handbook) -> list[Pain]:
    """What customers said, grouped: what nothing answers comes first, and of that what most of them said."""
    quotes = handbook.quotes
    if not quotes:
        return []
    lexicon = Lexicon(quotes, handbook.brand.language)
    messages = [one for one in handbook.list_records("messages") if one.type not in _NO_ANSWER]
    texts = {one.id: lexicon.extract_stems(_join_texts(one)) for one in messages if one.status == "approved"}
    pains = []
    for group in group_quotes(quotes, lexicon):
        ids = {quote.id for quote in group.quotes}
        named = [one for one in messages if not ids.isdisjoint(one.answers)]
        answers = [Answer(one) for one in named if one.status == "approved"]
        answers += _find_sharing(
            lexicon, group, (one for one in messages if one.id in texts and one not in named), texts
        )
        pains.append(Pain(group, tuple(answers), tuple(one for one in named if one.status == "proposed")))
    return sorted(pains, key=lambda pain: (bool(pain.answers), -len(pain.group.quotes), pain.group.id))


def _join_texts(message: Message) -> str:
    return " ".join(filter(None, (message.title, message.they_say, message.say)))


def _find_sharing(
    lexicon: Lexicon, group: Group, messages: Iterable[Message], texts: dict[str, frozenset[str]]
) -> list[Answer]:
    """The messages for these people that share words with the group, most shared words first."""
    said = frozenset().union(*(lexicon.by_quote[quote.id] for quote in group.quotes))
    personas = {quote.persona for quote in group.quotes if quote.persona}
    found = []
    for message in messages:
        if message.personas and personas and personas.isdisjoint(message.personas):
            continue
        shared = (said & texts[message.id]) - lexicon.common
        heard = _find_heard_words(lexicon, group, message)
        if heard or _has_words(group, texts[message.id], shared):
            shared |= heard
            words = sorted(lexicon.name_word(stem, group.quotes) for stem in shared)
            found.append(Answer(message, tuple(words)))
    return sorted(found, key=lambda answer: (-len(answer.words), answer.message.id))


def _has_words(group: Group, stems: frozenset[str], shared: frozenset[str]) -> bool:
    """Whether a message has the words that make the group."""
    return bool(group.stems) and group.stems <= stems and (len(group.quotes) > 1 or len(shared) >= MIN_SHARED_WORDS)


def _find_heard_words(lexicon: Lexicon, group: Group, message: Message) -> frozenset[str]:
    """The words of a known objection in what was said, if it's the same one: all of them, or most of several."""
    heard = lexicon.extract_stems(message.they_say or "")
    if not heard or any(quote.about != "objection" for quote in group.quotes):
        return frozenset()
    shared = [heard & lexicon.by_quote[quote.id] for quote in group.quotes]
    alike = [one for one in shared if one == heard or (len(one) >= MIN_SAID_WORDS and 2 * len(one) > len(heard))]
    return frozenset().union(*alike) if 2 * len(alike) >= len(shared) and alike else frozenset()
