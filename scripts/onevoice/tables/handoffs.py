"""When leads came to a stage, as a CRM says it -> how each handoff went, week by week."""

from __future__ import annotations

import datetime
import statistics
from collections.abc import Iterable, Mapping
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
    starts = _list_starts(directory.handoffs)
    for path in paths:
        arrivals = sorted(path.arrivals)
        for index, arrival in enumerate(arrivals):
            if start := starts.get(arrival.stage):
                answer = next((later for later in arrivals[index + 1 :] if later.stage in start.ends), None)
                start.count_lead(path, arrival.moment, answer, clock, now, weeks)
    for (record, week), found in weeks.items():
        values: dict[str, float] = {name: found.counts.get(name, 0) for name in ("count", "in-time", "late", "open")}
        values |= {name: count for name, count in found.counts.items() if name.startswith("returned:")}
        if found.hours:
            values["median-hours"] = round(statistics.median(found.hours), 2)
        tally.add_values(record, week, "", values, values["count"])


@dataclass
class _Start:
    """A stage from which leads are handed over.

    ends: the stages where a handoff ends, each with it, and whether the lead comes back there.
    """

    ways: list[LeadTransition]
    ends: dict[str, tuple[LeadTransition, bool]]

    def count_lead(
        self,
        path: LeadPath,
        given: datetime.datetime,
        answer: Arrival | None,
        clock: WorkClock,
        now: datetime.datetime,
        weeks: dict[tuple[str, str], _Week],
    ) -> None:
        """Count what became of a lead that was given then."""
        if answer is None and len(self.ways) > 1:
            return  # It may still go either way, or stay.
        way, is_back = self.ends[answer.stage] if answer else (self.ways[0], False)
        assert way.handoff is not None
        moment = answer.moment if answer else now
        minutes, limit = _measure(way.handoff.clock or "", clock, given, moment)
        week = weeks.setdefault((name_handoff(way.start.id, way.end.id), find_week(given.date())), _Week())
        week.count("count")
        if answer is None:
            week.count("late" if limit is not None and minutes > limit else "open")
            return
        week.hours.append(minutes / 60)
        if limit is not None:
            week.count("in-time" if minutes <= limit else "late")
        if is_back:
            week.count(f"returned:{_find_reason(path, way, moment)}")


def _list_starts(handoffs: Iterable[LeadTransition]) -> dict[str, _Start]:
    starts: dict[str, _Start] = {}
    for way in handoffs:
        start = starts.setdefault(way.start.id, _Start([], {}))
        start.ways.append(way)
        start.ends[way.end.id] = way, False
        if way.handoff and way.handoff.comes_back:
            start.ends.setdefault(way.handoff.comes_back.to, (way, True))
    return starts


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
