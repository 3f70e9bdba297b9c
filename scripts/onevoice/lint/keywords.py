"""What a text is about: its content words in their plain form, so that two wordings of one thing can be compared."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache

from onevoice.matcher.fold import make_match_key

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’»)]*\s+")

# Words that are in every English text and say nothing about it.
_STOP_TEXT = """
    a about above across after again all also am an and any anybody are as at away back be because been before
    being below between both but by can cannot could did do does doing done down each either else even ever every
    everybody everything few for from further get gets give given go goes going gone got had has have having he her
    here hers him his how however i if in into is it its itself just keep know less let like made make makes many may
    me mean might mine more most much must my need needs neither never no nobody none nor not nothing now of off on
    once one only or other our ours out over own per put quite rather really s same say says see seen shall she should
    since so some somebody something still such take takes tell than that the their theirs them then there these they
    thing things this those though through thus till to today together too two under until up upon us use used very
    want was way we well were what when where whether which while who whom whose why will with within without would
    yes yet you your yours half third thirds quarter quarters fifth tenth percent times twice double triple three four
    five six seven eight nine ten
"""
_STOP_WORDS = frozenset(_STOP_TEXT.split())


def extract_keywords(text: str) -> list[str]:
    """The content words of a text in order, each in its plain form; numbers are left out."""
    found = (match[0] for match in _WORD.finditer(make_match_key(text)))
    return [stem_word(word) for word in found if word not in _STOP_WORDS and word.partition("'")[0] not in _STOP_WORDS]


@cache
def stem_word(word: str) -> str:
    """An English word without its commonest endings: `leads` and `leading` become `lead`. Others stay near."""
    word = word.partition("'")[0]
    for ending, left in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return word[: -len(ending)] + left
    return word


def find_sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of the sentences of a text."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield start, match.start()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def measure_coverage(wanted: Collection[str], given: Collection[str]) -> float:
    """How many of the wanted words are given, from 0 to 1. Each counts once; if none is wanted it is 0."""
    wanted = set(wanted)
    return len(wanted.intersection(given)) / len(wanted) if wanted else 0.0
