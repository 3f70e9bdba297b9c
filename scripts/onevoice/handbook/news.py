"""News: what changed in the handbook, as plain data that pages, feeds and mails are made from."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import get_args

from onevoice.records import KINDS, Record
from onevoice.records.envelope import Group

SENTENCE_END = re.compile("[.?!]”?$")
GROUPS: tuple[str, ...] = get_args(Group)


@dataclass(frozen=True)
class Line:
    """One thing that changed, as a sentence without its period.

    before, after: the text that changed; "" on one side if it is new or gone, on both if the sentence says it all.
    """

    text: str
    before: str = ""
    after: str = ""

    @property
    def full_text(self) -> str:
        """The whole as one sentence."""
        match bool(self.before), bool(self.after):
            case True, True:
                return f"{self.text} from “{self.before}” to “{self.after}”"
            case False, False:
                return self.text
            case _:
                return f"{self.text}: “{self.before or self.after}”"

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
    caveat: str = "This handbook was built without its Git history, so earlier versions are unknown."
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


# For this many additions of a kind or more, their names are enough.
MIN_LIST_SIZE = 6


def format_day(day: datetime.date) -> str:
    """A date as Americans write it: October 26, 2026. freshness.js writes the same in the browser."""
    return f"{day:%B} {day.day}, {day.year}"


def count_records(count: int, kind: str) -> str:
    """A number of records in words, such as "7 terms". kind: of KINDS."""
    return f"{count} {KINDS[kind].SINGULAR}{'s' if count != 1 else ''}"


def split_additions(items: Iterable[News]) -> tuple[list[News], list[list[News]]]:
    """News to list one by one, and lists of additions of one kind that are too many for that."""
    items = list(items)
    added: dict[str, list[News]] = {}
    for item in items:
        if [line.text for line in item.lines] == ["Added"]:
            added.setdefault(item.kind, []).append(item)
    lists = [found for found in added.values() if len(found) >= MIN_LIST_SIZE]
    told = {(item.kind, item.id) for found in lists for item in found}
    return [item for item in items if (item.kind, item.id) not in told], lists
