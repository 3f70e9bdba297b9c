"""When leads came to a stage, as a CRM says it -> how each handoff went, week by week."""

from __future__ import annotations

import datetime
import statistics
from collections.abc import Mapping, Sequence
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


Reason = tuple[datetime.datetime, str]


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
    """One handoff in one week. hours: of each that was answered."""

    hours: list[float] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("count", "in-time", "late", "open"), 0))

    def count(self, measure: str) -> None:
        self.counts[measure] = self.counts.get(measure, 0) + 1


@dataclass
class _Handoff:
    """How one handoff went.

    record: what its measures name. is_working: its clock counts working time. limit: in minutes; None without a clock.
    weeks: by the number of the week in which leads were given, counted from the first of the calendar.
    """

    way: LeadTransition
    record: str
    is_working: bool
    limit: float | None
    weeks: dict[int, _Week] = field(default_factory=dict)

    def measure_lead(self, given: datetime.datetime, end: datetime.datetime, clock: WorkClock) -> tuple[_Week, float]:
        """The week of a lead that was given then, and the minutes that its clock counts."""
        # The first day of the calendar, whose number is 1, is a Monday.
        number = (given.toordinal() - 1) // 7
        week = self.weeks.get(number)
        if week is None:
            week = self.weeks[number] = _Week()
        week.counts["count"] += 1
        if self.is_working:
            return week, clock.measure_minutes(given, end)
        return week, (end - given).total_seconds() / 60


@dataclass
class _Start:
    """A stage from which leads are handed over.

    count: how many handoffs begin here. goals: by the stages where one ends, with whether the lead comes back there.
    """

    count: int = 0
    goals: dict[str, tuple[_Handoff, bool]] = field(default_factory=dict)


class HandoffCount:
    """Counts how each handoff went, lead by lead, by the week in which the lead was given.

    A lead is answered when it comes to the next stage, or comes back. latest: up to when the export knows.
    """

    def __init__(self, directory: Directory) -> None:
        self._clock = WorkClock(directory.work)
        self._handoffs: list[_Handoff] = []
        self._starts: dict[str, _Start] = {}
        self._unanswered: list[tuple[_Handoff, datetime.datetime]] = []
        self.latest = datetime.datetime.min
        for way in directory.handoffs:
            self._add_handoff(way)

    def _add_handoff(self, way: LeadTransition) -> None:
        assert way.handoff is not None
        start = self._starts.setdefault(way.start.id, _Start())
        start.count += 1
        is_working, limit = _read_clock(way.handoff.clock or "", self._clock)
        handoff = _Handoff(way, name_handoff(way.start.id, way.end.id), is_working, limit)
        self._handoffs.append(handoff)
        start.goals[way.end.id] = handoff, False
        if way.handoff.comes_back:
            start.goals.setdefault(way.handoff.comes_back.to, (handoff, True))

    def add_lead(self, arrivals: list[Arrival], reasons: Sequence[Reason] = ()) -> None:
        """Count where one lead came when. arrivals: sorted in place. reasons: why it came back."""
        arrivals.sort()
        self.latest = max(self.latest, arrivals[-1].moment)
        for index, (given, stage) in enumerate(arrivals):
            if (start := self._starts.get(stage)) is None:
                continue
            for moment, later in arrivals[index + 1 :]:
                if goal := start.goals.get(later):
                    self._count_answer(*goal, given, moment, reasons)
                    break
            else:
                # With several ways on, it may still go any of them, or stay.
                if start.count == 1:
                    self._unanswered.append((next(iter(start.goals.values()))[0], given))

    def _count_answer(
        self,
        handoff: _Handoff,
        is_back: bool,
        given: datetime.datetime,
        moment: datetime.datetime,
        reasons: Sequence[Reason],
    ) -> None:
        week, minutes = handoff.measure_lead(given, moment, self._clock)
        week.hours.append(minutes / 60)
        if handoff.limit is not None:
            week.counts["late" if minutes > handoff.limit else "in-time"] += 1
        if is_back:
            week.count(f"returned:{_find_reason(reasons, handoff.way, moment)}")

    def add_sums(self, tally: Tally) -> None:
        """Add what was counted. What has no answer at the end of the export is open, or late by then."""
        for handoff, given in self._unanswered:
            week, minutes = handoff.measure_lead(given, self.latest, self._clock)
            week.counts["late" if handoff.limit is not None and minutes > handoff.limit else "open"] += 1
        for handoff in self._handoffs:
            for number, week in handoff.weeks.items():
                values: dict[str, float] = {**week.counts}
                if week.hours:
                    values["median-hours"] = round(statistics.median(week.hours), 2)
                name = name_week(datetime.date.fromordinal(number * 7 + 1))
                tally.add_values(handoff.record, name, "", values, values["count"])


def _read_clock(text: str, clock: WorkClock) -> tuple[bool, float | None]:
    """Whether a handoff's clock counts working time, and how many minutes it gives; None without a clock."""
    amount, _, unit = text.partition(" ")
    is_working, unit = unit.startswith("working "), unit.removeprefix("working ").removesuffix("s")
    units = {**_MINUTES, "day": clock.day_minutes, "week": clock.days * clock.day_minutes} if is_working else _MINUTES
    return is_working, int(amount) * units[unit] if amount else None


def _find_reason(reasons: Sequence[Reason], way: LeadTransition, moment: datetime.datetime) -> str:
    """One of the agreed reasons; nothing that someone typed is passed on."""
    assert way.handoff is not None and way.handoff.comes_back is not None
    agreed: Mapping[str, str] = {fold_name(reason): reason for reason in way.handoff.comes_back.reasons}
    near = sorted(reasons, key=lambda one: abs(one[0] - moment))
    return next((agreed[fold_name(text)] for _, text in near if fold_name(text) in agreed), NO_REASON)


def _read_minute(text: str) -> int:
    hour, _, minute = text.partition(":")
    return int(hour) * 60 + int(minute)
