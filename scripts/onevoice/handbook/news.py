"""News: what changed in the handbook, as plain data that pages, feeds and mails are made from."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from onevoice.phrases.catalog import format_date, mark_text, translate_count, translate_text, translate_word
from onevoice.records import KINDS, Record
from onevoice.records.envelope import Group

Topic = Literal["", "stop", "withdrawn", "disagrees", "send", "use", "say", "word", "signed"]
SENTENCE_END = re.compile("[.?!]”?$")
GROUPS: tuple[str, ...] = get_args(Group)


@dataclass(frozen=True)
class Line:
    """One thing that changed, as a sentence without its period.

    before, after: the text that changed; "" on one side if it is new or gone, on both if the sentence says it all.
    topic: what people have to know first, if it is one of those things. subject: the word or the side that it's about.
    """

    text: str
    before: str = ""
    after: str = ""
    topic: Topic = ""
    subject: str = ""

    @property
    def full_text(self) -> str:
        """The whole as one sentence."""
        match bool(self.before), bool(self.after):
            case True, True:
                return translate_text(
                    "%(what)s from “%(before)s” to “%(after)s”", what=self.text, before=self.before, after=self.after
                )
            case False, False:
                return self.text
            case _:
                return translate_text("%(what)s: “%(text)s”", what=self.text, text=self.before or self.after)

    @property
    def sentence(self) -> str:
        """The same with its period, unless the quotation ends in one."""
        return self.full_text if SENTENCE_END.search(self.full_text) else f"{self.full_text}."


@dataclass(frozen=True)
class News:
    """What changed in one record in a period.

    day: the last day on which it changed. moment: the same as an ISO time with its offset. group: of GROUPS.
    kind, id: the record. singular: what people call such a record. label: its name.
    path: its page on the site, or "" if it no longer has one.
    """

    day: datetime.date
    moment: str
    group: str
    kind: str
    id: str
    singular: str
    label: str
    lines: tuple[Line, ...]
    path: str = ""


@dataclass(frozen=True)
class AnsweredRequest:
    """A request that an asset has answered.

    day: when. team: the name of the team that asked, on `request_date`.
    """

    day: datetime.date
    request: str
    why: str
    team: str
    request_date: datetime.date
    asset: str
    path: str


@dataclass(frozen=True)
class History:
    """What Git knows about a handbook.

    news: for each week what changed in it, newest week first. answered_requests: requests from sales that were
    answered. beginning: the day on which the handbook started, and how many records of each kind it had, if that is
    within the period. since: the first day of the period. caveat: what Git could not tell, in a sentence; "" if
    nothing is missing. signed_versions: the text as it was signed, by kind, id and side, of the records that have
    changed since.
    """

    news: tuple[News, ...] = ()
    answered_requests: tuple[AnsweredRequest, ...] = ()
    beginning: tuple[datetime.date, tuple[tuple[str, int], ...]] | None = None
    since: datetime.date | None = None
    caveat: str = mark_text("This handbook was built without its Git history, so earlier versions are unknown.")
    signed_versions: Mapping[tuple[str, str, str], Record] = field(default_factory=dict)


def find_monday(day: datetime.date) -> datetime.date:
    """The Monday of a day's week."""
    return day - datetime.timedelta(days=day.weekday())


def group_news(news: Iterable[News]) -> list[tuple[str, list[News]]]:
    """News by group, in the order of GROUPS; empty groups are left out."""
    found: dict[str, list[News]] = {group: [] for group in GROUPS}
    for item in news:
        found[item.group].append(item)
    return [(group, items) for group, items in found.items() if items]


def group_news_by_week(news: Iterable[News]) -> list[tuple[datetime.date, list[tuple[str, list[News]]]]]:
    """News by the Monday of their week, newest first, and by group."""
    found: dict[datetime.date, list[News]] = {}
    for item in news:
        found.setdefault(find_monday(item.day), []).append(item)
    return [(monday, group_news(found[monday])) for monday in sorted(found, reverse=True)]


def find_latest_week(news: Iterable[News]) -> tuple[datetime.date | None, list[News]]:
    """The Monday of the last week that has news, and what changed in it; None and [] if nothing did."""
    items = list(news)
    monday = max((find_monday(item.day) for item in items), default=None)
    return monday, [item for item in items if find_monday(item.day) == monday]


# For this many additions of a kind or more, their names are enough.
MIN_LIST_SIZE = 6


def format_day(day: datetime.date) -> str:
    """A date as Americans write it: October 26, 2026. freshness.js writes the same in the browser."""
    return format_date(day)


def count_records(count: int, kind: str) -> str:
    """A number of records in words, such as "7 terms". kind: of KINDS."""
    return count_singular(count, KINDS[kind].SINGULAR)


def count_singular(count: int, name: str) -> str:
    """The same by the singular of its name, such as "term"."""
    return translate_count(f"%(num)s {name}", f"%(num)s {name}s", count)


def split_additions(items: Iterable[News]) -> tuple[list[News], list[list[News]]]:
    """News to list one by one, and lists of additions of one kind that are too many for that."""
    items = list(items)
    added: dict[str, list[News]] = {}
    for item in items:
        if [line.text for line in item.lines] == [translate_text("Added")]:
            added.setdefault(item.kind, []).append(item)
    lists = [found for found in added.values() if len(found) >= MIN_LIST_SIZE]
    told = {(item.kind, item.id) for found in lists for item in found}
    return [item for item in items if (item.kind, item.id) not in told], lists


@dataclass(frozen=True)
class Sentence:
    """A sentence of news. parts: its text in pieces, each with the page that it leads to, or ""."""

    parts: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.parts)


# As many sentences as a week has in the open, and as many names as a sentence has.
MOST_SENTENCES = MOST_NAMES = 3
MORE, MORE_KINDS = mark_text(" and %(count)s more"), mark_text(" and %(count)s more kinds of records")


def summarize_news(news: Iterable[News]) -> list[Sentence]:
    """What people have to know of some news, in MOST_SENTENCES sentences or fewer, the most important first.

    Words to stop, claims that are withdrawn and disagreements come before what is new, and that before who signed.
    """
    items = list(news)
    topics: dict[str, list[tuple[News, Line]]] = {}
    for item in items:
        for line in item.lines:
            if line.topic:
                topics.setdefault(line.topic, []).append((item, line))
    found = [tell(topics[topic]) for topic, tell in _TELLERS.items() if topic in topics]
    told = {(item.kind, item.id) for rows in topics.values() for item, _ in rows}
    if others := [item for item in items if (item.kind, item.id) not in told]:
        found.append(_tell_others(others, is_first=not found))
    return found[:MOST_SENTENCES]


def _join_parts(texts: Sequence[Sequence[tuple[str, str]]], more: str) -> list[tuple[str, str]]:
    """The first few of several texts as people list them. more: how to count the rest."""
    shown = list(texts) if len(texts) <= MOST_NAMES + 1 else list(texts[:MOST_NAMES])
    rest = len(texts) - len(shown)
    parts: list[tuple[str, str]] = []
    for index, text in enumerate(shown):
        is_last = index == len(shown) - 1 and not rest
        parts += [("", "") if not index else (translate_text(" and "), "") if is_last else (", ", ""), *text]
    return [part for part in [*parts, (translate_text(more, count=rest) if rest else "", "")] if part[0]]


def _quote_label(item: News) -> list[tuple[str, str]]:
    opening, closing = get_quotes()
    return [(opening, ""), (item.label, item.path), (closing, "")]


def get_quotes() -> tuple[str, str]:
    """The quotation marks of the language that is spoken."""
    opening, _, closing = translate_text("“{}”").partition("{}")
    return opening, closing


def _tell_stops(rows: Sequence[tuple[News, Line]]) -> Sentence:
    def tell_word(item: News, line: Line) -> list[tuple[str, str]]:
        advice = line.text.partition(line.subject)[2].partition("; ")[2]
        end = f"; {advice}" if len(rows) == 1 else f" ({advice})"
        opening, closing = get_quotes()
        return [(opening, ""), (line.subject, item.path), (f"{closing}{end}", "")]

    more = mark_text(" and %(count)s more words")
    start, _, end = translate_text("Stop saying {}.").partition("{}")
    return Sentence(((start, ""), *_join_parts([tell_word(*row) for row in rows], more), (end, "")))


def _tell_names(one: str, several: str, **values: str) -> Callable[[Sequence[tuple[News, Line]]], Sentence]:
    """A function that names what several changes are about.

    one, several: the sentence, with {} for the names. values: what else it says.
    """

    def tell(rows: Sequence[tuple[News, Line]]) -> Sentence:
        items = list({(item.kind, item.id): item for item, _ in rows}.values())
        start, _, end = translate_text(one if len(items) == 1 else several, **values).partition("{}")
        return Sentence(((start, ""), *_join_parts([_quote_label(item) for item in items], MORE), (end, "")))

    return tell


def _tell_dissent(rows: Sequence[tuple[News, Line]]) -> Sentence:
    named = dict.fromkeys(line.subject for _, line in rows)
    sides = _join_sides(named)
    one, several = mark_text("%(sides)s disagrees with {}."), mark_text("%(sides)s disagree with {}.")
    message = one if len(named) == 1 else several
    return _tell_names(message, message, sides=sides)(rows)


def _join_sides(names: Iterable[str]) -> str:
    sides = translate_text(" and ").join(map(translate_word, names))
    return sides[:1].upper() + sides[1:]


def _tell_signatures(rows: Sequence[tuple[News, Line]]) -> Sentence:
    named = {line.subject for _, line in rows}
    sides = _join_sides(side for side in ("sales", "marketing") if side in named)
    items = list({(item.kind, item.id): item for item, _ in rows}.values())
    if len(items) <= MOST_NAMES:
        message = mark_text("%(sides)s signed {}.")
        return _tell_names(message, message, sides=sides)(rows)
    return Sentence(((translate_text("%(sides)s signed %(count)s records.", sides=sides, count=len(items)), ""),))


def _tell_others(items: Sequence[News], *, is_first: bool) -> Sentence:
    start = f"{translate_text('Updated:') if is_first else translate_text('Also updated:')} "
    if len(items) <= MOST_NAMES:
        return Sentence(((start, ""), *_join_parts([_quote_label(item) for item in items], MORE), (".", "")))
    counts = Counter(item.kind for item in items).most_common()
    texts = [[(count_records(count, kind), "")] for kind, count in counts]
    return Sentence(((start, ""), *_join_parts(texts, MORE_KINDS), (".", "")))


_TELLERS: dict[str, Callable[[Sequence[tuple[News, Line]]], Sentence]] = {
    "stop": _tell_stops,
    "withdrawn": _tell_names(
        mark_text("Don’t use the claim {} anymore."), mark_text("Don’t use these claims anymore: {}.")
    ),
    "disagrees": _tell_dissent,
    "send": _tell_names(mark_text("New to send: {}."), mark_text("New to send: {}.")),
    "use": _tell_names(mark_text("New for the call: {}."), mark_text("New for the call: {}.")),
    "say": _tell_names(mark_text("New to say: {}."), mark_text("New to say: {}.")),
    "word": _tell_names(mark_text("New in the glossary: {}."), mark_text("New in the glossary: {}.")),
    "signed": _tell_signatures,
}


def tell_opening(beginning: tuple[datetime.date, Sequence[tuple[str, int]]]) -> str:
    """How a handbook began, in one sentence. beginning: as a History has it."""
    day, counts = beginning
    texts = [[(count_records(count, kind), "")] for kind, count in counts]
    names = "".join(text for text, _ in _join_parts(texts, MORE_KINDS))
    return translate_text("The handbook opened on %(day)s with %(records)s.", day=format_day(day), records=names)
