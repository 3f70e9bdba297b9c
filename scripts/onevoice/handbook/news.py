"""News: what changed in the handbook, as plain data that pages, feeds and mails are made from."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import get_args

from onevoice.records import Record
from onevoice.records.envelope import Group

SENTENCE_END = re.compile("[.?!]”?$")
GROUPS: tuple[str, ...] = get_args(Group)


@dataclass(frozen=True)
class Line:
    """One thing that changed, as a sentence without its full stop.

    before, after: the text that changed; "" on one side where it is new or gone, on both where the sentence says all.
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
        """The same with its full stop, where the quotation does not end in one."""
        return self.full_text if SENTENCE_END.search(self.full_text) else f"{self.full_text}."


@dataclass(frozen=True)
class News:
    """What changed in one record within a time.

    day: the last day on which it changed. moment: the same as an ISO time with its offset. group: of GROUPS.
    kind, id: the record. one: what people call such a record. label: its name.
    path: its page on the site, or "" where it has none any more.
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

    day: when. team: the name of the team that asked, on `asked`.
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
    """What git tells of a handbook.

    news: for each week what changed within it, newest week first. heard: requests of sales that were answered.
    begun: the day on which the handbook began, and how many records of each kind it had, where that is in the time.
    since: the first day of that time. unknown: what git could not tell, in a sentence; "" where it told all.
    signed: the text as it was signed, by kind, id and side, of the records that have changed since.
    """

    news: tuple[News, ...] = ()
    answered_requests: tuple[AnsweredRequest, ...] = ()
    beginning: tuple[datetime.date, tuple[tuple[str, int], ...]] | None = None
    since: datetime.date | None = None
    caveat: str = "This handbook was built without its git history, so nothing is known of earlier versions."
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


# From so many additions of a kind in one time on, their names are enough.
MIN_LIST_SIZE = 6


def split_additions(items: Iterable[News]) -> tuple[list[News], list[list[News]]]:
    """News to tell one by one, and lists of additions of one kind that are too many for that."""
    items = list(items)
    added: dict[str, list[News]] = {}
    for item in items:
        if [line.text for line in item.lines] == ["Added"]:
            added.setdefault(item.kind, []).append(item)
    lists = [found for found in added.values() if len(found) >= MIN_LIST_SIZE]
    told = {(item.kind, item.id) for found in lists for item in found}
    return [item for item in items if (item.kind, item.id) not in told], lists
