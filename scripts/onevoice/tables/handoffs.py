"""When leads came to a stage, as a CRM says it -> how each handoff went, week by week."""

from __future__ import annotations

import datetime
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from onevoice.handbook.figures import name_week
from onevoice.handbook.ways import LeadTransition
from onevoice.privacy import fold_name
from onevoice.records.brand import WorkTime
from onevoice.records.measure import name_handoff
from onevoice.tables.directory import Directory
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
        # Of each day: the working minutes before it, from the first day on that was asked for, and whether it's one.
        self._known: dict[int, tuple[int, bool]] = {}
        self._first = self._last = 0

    def measure_minutes(self, start: datetime.datetime, end: datetime.datetime) -> float:
        """The working minutes from one moment to a later one."""
        return self._count_until(end) - self._count_until(start)

    def _count_until(self, moment: datetime.datetime) -> float:
        """The working minutes from some day on to a moment."""
        day = moment.toordinal()
        before, is_workday = self._known.get(day) or self._learn_days(day)
        if not is_workday:
            return before
        minute = moment.hour * 60 + moment.minute + moment.second / 60 - self._begins
        return before + min(minute, self.day_minutes) if minute > 0 else before

    def _learn_days(self, day: int) -> tuple[int, bool]:
        """Count from the days that are known to another one."""
        if not self._known:
            self._first = self._last = day
            self._known[day] = 0, self._is_workday(day)
        while self._last < day:
            before, is_workday = self._known[self._last]
            self._last += 1
            self._known[self._last] = before + is_workday * self.day_minutes, self._is_workday(self._last)
        while self._first > day:
            before, _ = self._known[self._first]
            self._first -= 1
            is_workday = self._is_workday(self._first)
            self._known[self._first] = before - is_workday * self.day_minutes, is_workday
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
    starts = _list_starts(directory.handoffs, clock)
    for path in paths:
        arrivals = path.arrivals
        arrivals.sort()
        for index, arrival in enumerate(arrivals):
            if start := starts.get(arrival.stage):
                answer = None
                for later in arrivals[index + 1 :]:
                    if later.stage in start.goals:
                        answer = later
                        break
                start.count_lead(path, arrival.moment, answer, clock, now, weeks)
    for (record, week), found in weeks.items():
        values: dict[str, float] = {name: found.counts.get(name, 0) for name in ("count", "in-time", "late", "open")}
        values |= {name: count for name, count in found.counts.items() if name.startswith("returned:")}
        if found.hours:
            values["median-hours"] = round(statistics.median(found.hours), 2)
        tally.add_values(record, week, "", values, values["count"])


@dataclass
class _Goal:
    """A handoff, by where it ends.

    record: what its measures name. is_working: its clock counts working time. limit: in minutes; None without a clock.
    is_back: the lead comes back there.
    """

    way: LeadTransition
    record: str
    is_working: bool
    limit: float | None
    is_back: bool


@dataclass
class _Start:
    """A stage from which leads are handed over. goals: by the stages where a handoff ends."""

    count: int = 0
    goals: dict[str, _Goal] = field(default_factory=dict)

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
        if answer is None and self.count > 1:
            return  # It may still go either way, or stay.
        goal = self.goals[answer.stage] if answer else next(iter(self.goals.values()))
        moment = answer.moment if answer else now
        working = goal.is_working
        minutes = clock.measure_minutes(given, moment) if working else (moment - given).total_seconds() / 60
        is_late = goal.limit is not None and minutes > goal.limit
        key = goal.record, name_week(given.date())
        week = weeks.get(key)
        if week is None:
            week = weeks[key] = _Week()
        week.count("count")
        if answer is None:
            week.count("late" if is_late else "open")
            return
        week.hours.append(minutes / 60)
        if goal.limit is not None:
            week.count("late" if is_late else "in-time")
        if goal.is_back:
            week.count(f"returned:{_find_reason(path, goal.way, moment)}")


def _list_starts(handoffs: Iterable[LeadTransition], clock: WorkClock) -> dict[str, _Start]:
    starts: dict[str, _Start] = {}
    for way in handoffs:
        assert way.handoff is not None
        start = starts.setdefault(way.start.id, _Start())
        start.count += 1
        record = name_handoff(way.start.id, way.end.id)
        is_working, limit = _read_clock(way.handoff.clock or "", clock)
        start.goals[way.end.id] = _Goal(way, record, is_working, limit, is_back=False)
        if way.handoff.comes_back:
            back = _Goal(way, record, is_working, limit, is_back=True)
            start.goals.setdefault(way.handoff.comes_back.to, back)
    return starts


def _read_clock(text: str, clock: WorkClock) -> tuple[bool, float | None]:
    """Whether a handoff's clock counts working time, and how many minutes it gives; None without a clock."""
    amount, _, unit = text.partition(" ")
    is_working, unit = unit.startswith("working "), unit.removeprefix("working ").removesuffix("s")
    units = {**_MINUTES, "day": clock.day_minutes, "week": clock.days * clock.day_minutes} if is_working else _MINUTES
    return is_working, int(amount) * units[unit] if amount else None


def _find_reason(path: LeadPath, way: LeadTransition, moment: datetime.datetime) -> str:
    """One of the agreed reasons; nothing that someone typed is passed on."""
    assert way.handoff is not None and way.handoff.comes_back is not None
    agreed: Mapping[str, str] = {fold_name(reason): reason for reason in way.handoff.comes_back.reasons}
    near = sorted(path.reasons, key=lambda one: abs(one[0] - moment))
    return next((agreed[fold_name(text)] for _, text in near if fold_name(text) in agreed), NO_REASON)


def _read_minute(text: str) -> int:
    hour, _, minute = text.partition(":")
    return int(hour) * 60 + int(minute)
