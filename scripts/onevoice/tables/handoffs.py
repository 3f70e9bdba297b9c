"""When leads came to a stage, as a CRM says it -> how each handoff went, week by week."""

from __future__ import annotations

import datetime
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from onevoice.handbook.ways import LeadTransition
from onevoice.privacy import fold_name
from onevoice.records.brand import WorkTime
from onevoice.records.measure import name_handoff
from onevoice.tables.directory import Directory
from onevoice.tables.shape import find_week
from onevoice.tables.tally import Tally

MEASURES = ("count", "in-time", "late", "open", "median-hours", "returned")
# What a return without one of the agreed reasons is counted as.
NO_REASON = "no agreed reason"
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MINUTES = {"minute": 1, "hour": 60, "day": 1440, "week": 10_080}


class Arrival(NamedTuple):
    """A lead comes to a stage, by its id of ours."""

    moment: datetime.datetime
    stage: str


@dataclass
class LeadPath:
    """What is known of one lead: where it came when, and why it came back."""

    arrivals: list[Arrival] = field(default_factory=list)
    reasons: list[tuple[datetime.datetime, str]] = field(default_factory=list)


class WorkClock:
    """Counts working minutes between two moments."""

    def __init__(self, work: WorkTime) -> None:
        self._days = {_DAYS.index(day) for day in work.days}
        self._free = {*work.holidays}
        self._begins, self._ends = _read_minute(work.begins), _read_minute(work.ends)
        self.day_minutes = self._ends - self._begins
        self.days = len(self._days)
        self._known: dict[int, int] = {}
        self._first = self._last = 0

    def measure_minutes(self, start: datetime.datetime, end: datetime.datetime) -> float:
        """The working minutes from one moment to a later one."""
        return self._count_until(end) - self._count_until(start)

    def _count_until(self, moment: datetime.datetime) -> float:
        """The working minutes from some day on to a moment."""
        day = moment.toordinal()
        minute = moment.hour * 60 + moment.minute + moment.second / 60
        today = min(max(minute - self._begins, 0), self.day_minutes) if self._is_workday(day) else 0
        return self._count_days(day) * self.day_minutes + today

    def _count_days(self, day: int) -> int:
        """The working days before a day, from the first one that was asked for."""
        if not self._known:
            self._first = self._last = day
            self._known[day] = 0
        while self._last < day:
            self._known[self._last + 1] = self._known[self._last] + self._is_workday(self._last)
            self._last += 1
        while self._first > day:
            self._known[self._first - 1] = self._known[self._first] - self._is_workday(self._first - 1)
            self._first -= 1
        return self._known[day]

    def _is_workday(self, day: int) -> bool:
        return (day + 6) % 7 in self._days and datetime.date.fromordinal(day) not in self._free


@dataclass
class _Week:
    """One handoff in one week."""

    hours: list[float] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def count(self, measure: str) -> None:
        self.counts[measure] = self.counts.get(measure, 0) + 1


def count_handoffs(paths: Iterable[LeadPath], directory: Directory, now: datetime.datetime, tally: Tally) -> None:
    """Add how each handoff went, by the week in which the lead was given.

    now: up to when the export knows what happened. A lead is answered when it comes to the next stage, or comes back.
    """
    clock = WorkClock(directory.work)
    weeks: dict[tuple[str, str], _Week] = {}
    by_start: dict[str, list[LeadTransition]] = {}
    for way in directory.handoffs:
        by_start.setdefault(way.start.id, []).append(way)
    for path in paths:
        arrivals = sorted(path.arrivals)
        for index, arrival in enumerate(arrivals):
            ways = by_start.get(arrival.stage)
            if ways:
                _count_handoff(path, arrivals[index:], ways, clock, now, weeks)
    for (record, week), found in weeks.items():
        values: dict[str, float] = {name: found.counts.get(name, 0) for name in ("count", "in-time", "late", "open")}
        values |= {name: count for name, count in found.counts.items() if name.startswith("returned:")}
        if found.hours:
            values["median-hours"] = round(statistics.median(found.hours), 2)
        tally.add_values(record, week, "", values, values["count"])


def _count_handoff(
    path: LeadPath,
    arrivals: Sequence[Arrival],
    ways: Sequence[LeadTransition],
    clock: WorkClock,
    now: datetime.datetime,
    weeks: dict[tuple[str, str], _Week],
) -> None:
    """What became of a lead after it came to a stage from which it may be handed over."""
    given = arrivals[0]
    answer = next(((later, way, False) for later in arrivals[1:] for way in ways if later.stage == way.end.id), None)
    backs = {way.handoff.comes_back.to: way for way in ways if way.handoff and way.handoff.comes_back}
    back = next(((later, backs[later.stage], True) for later in arrivals[1:] if later.stage in backs), None)
    first = min((one for one in (answer, back) if one), key=lambda one: one[0], default=None)
    if first is None and len(ways) > 1:
        return  # It may still go either way, or stay.
    way = first[1] if first else ways[0]
    assert way.handoff is not None
    moment = first[0].moment if first else now
    minutes, limit = _measure(way.handoff.clock or "", clock, given.moment, moment)
    week = weeks.setdefault((name_handoff(way.start.id, way.end.id), find_week(given.moment.date())), _Week())
    week.count("count")
    if first:
        week.hours.append(minutes / 60)
        if limit is not None:
            week.count("in-time" if minutes <= limit else "late")
    else:
        week.count("late" if limit is not None and minutes > limit else "open")
    if first and first[2]:
        week.count(f"returned:{_find_reason(path, way, moment)}")


def _measure(
    text: str, clock: WorkClock, start: datetime.datetime, end: datetime.datetime
) -> tuple[float, float | None]:
    """How many minutes an answer took by a handoff's clock, and how many it may take."""
    amount, _, unit = text.partition(" ")
    is_working, unit = unit.startswith("working "), unit.removeprefix("working ").removesuffix("s")
    minutes = clock.measure_minutes(start, end) if is_working else (end - start).total_seconds() / 60
    if not amount:
        return minutes, None
    units = {**_MINUTES, "day": clock.day_minutes, "week": clock.days * clock.day_minutes} if is_working else _MINUTES
    return minutes, int(amount) * units[unit]


def _find_reason(path: LeadPath, way: LeadTransition, moment: datetime.datetime) -> str:
    """One of the agreed reasons; nothing that someone typed is passed on."""
    assert way.handoff is not None and way.handoff.comes_back is not None
    agreed: Mapping[str, str] = {fold_name(reason): reason for reason in way.handoff.comes_back.reasons}
    near = sorted(path.reasons, key=lambda one: abs(one[0] - moment))
    return next((agreed[fold_name(text)] for _, text in near if fold_name(text) in agreed), NO_REASON)


def _read_minute(text: str) -> int:
    hour, _, minute = text.partition(":")
    return int(hour) * 60 + int(minute)
