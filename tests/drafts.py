"""Drafts for tests: made from terms by a fixed rule, so that every run sees the same."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterable, Iterator

from onevoice.records.term import Term

FRAMES = (
    "We {0}. They {1}!", "A {0} is not an {1}; the {2}, too.", "{0} {1} {2}", "“{0}” and \"{1}\", 5\" {2} or '{0}'",
    "See https://example.com/{0}, x@{1}.com, @{2}, #{0}, a/{1}, {2}_{0} and my.{1}.",
    "{0}’s, {1}s, {2}-based, re-{0}", "{0} ({1}) {2} [{0}]", "> they say {0}\n> and {1}\n\nwe say {2}",
    "e.g. {0}. I.e. {1}… {2}? {0}: {1}", "Plan A {0}. An {1}, a very {2}.", "我们的{0}在{1}。{2}！",
    "L’{0} d'{1} qu’{2}", "{0}\n{1}  {2}\t{0}", "🙂🙂 {0} 𝔘{1} 🙂{2}🙂", "- {0}\n- {1}\n\n1. {2}",
    "«{0}», »{1}«, „{2}“ ‘{0}’", "C:\\{0} \\{1} {2}\\", "({0}, {1}) *{2}* _{0}_ `{1}`",
    "Заказчик {0}, клиент {1}; ลูกค้า{2}", "{0}/{1} and {2}/{0}/{1}", "{0} or {1}\r\n{2}\r\n\r\n{0}",
    "Title Of {0} In {1}", "It’s {0}. THE {1}! “{2}", "{0}{1} {2}.{0} {1}…{2}", "\ufeff{0}\x1c{1}\x85{2}\u2028{0}",
    "{0} \n{1}\u00a0\n{2} \x0c\n{0}",
    "Then," + " " * 70 + "{0}. A plan" + " " * 18 + "{1} {2}", "{0}! " + "([*„“" * 15 + "{1} {2}",
)  # fmt: skip


def _same(word: str) -> str:
    return word


def _split(word: str) -> str:
    return word[:1] + "\u00ad" + word[1:]


def _typeset(word: str) -> str:
    return word.replace("'", "’").replace("-", "\u2011").replace(" ", "\u00a0")


def _broken(word: str) -> str:
    return word.replace(" ", "\n")


def _accented(word: str) -> str:
    return word[:2] + "\u0301" + word[2:]


def _decomposed(word: str) -> str:
    return unicodedata.normalize("NFD", word)


DRESS = (
    _same, _same, _same, str.upper, str.capitalize, str.title, str.swapcase, _split, _typeset, _broken, _accented,
    _decomposed, lambda word: word + "s", lambda word: word + "'s", lambda word: word.replace(" ", "  "),
    lambda word: word[:-1],
)  # fmt: skip


def words(terms: Iterable[Term]) -> list[str]:
    """Every name of the terms, right and wrong, and some words of no term."""
    found = ["lead", "the", "hour", "one", "MQL", "東京", "straße", "İstanbul", "ﬁrst", "very", "iPhone", "e.g", "no"]
    for term in terms:
        found += [term.preferred, term.abbreviation or "", *term.allowed, *term.except_]
        if term.abbreviation:
            found += [f"{term.preferred} ({term.abbreviation})", f"{term.abbreviation} ({term.preferred})"]
        for avoid in term.avoid:
            found += [avoid.term, *avoid.use, *avoid.forms]
    return [word for word in dict.fromkeys(found) if word]


def make(terms: Iterable[Term], count: int, seed: int = 1) -> Iterator[str]:
    """So many drafts of a few paragraphs each."""
    choose = random.Random(seed)
    known = words(terms)
    for _ in range(count):
        frames = choose.choices(FRAMES, k=choose.randint(1, 6))
        dressed = ([choose.choice(DRESS)(choose.choice(known)) for _ in range(3)] for _ in frames)
        parts = [frame.format(*three) for frame, three in zip(frames, dressed, strict=True)]
        yield choose.choice(("\n\n", "\n", " ")).join(parts)
