"""What the weekly figures say: a measure's course over the weeks, where it's now, and how far it is from a target."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from onevoice.records.kpi import Kpi
from onevoice.records.measure import Measure

# The first number of a text: digits, perhaps in groups, perhaps with decimals.
NUMBER = re.compile(r"[0-9]{1,15}(?:[.,][0-9]{1,15}){0,5}")
YEAR_WEEKS = 53
QUARTER_WEEKS = 13


class Series(NamedTuple):
    """A measure week by week; a week without a figure is None.

    weeks: such as `2026-W48`, one after the other, without a gap.
    """

    weeks: tuple[str, ...]
    values: tuple[float | None, ...]

    @property
    def points(self) -> list[tuple[str, float]]:
        """The weeks with a figure."""
        return [(week, value) for week, value in zip(self.weeks, self.values, strict=True) if value is not None]

    @property
    def total(self) -> float:
        """All figures summed up."""
        return round(sum(value for value in self.values if value is not None), 6)

    @property
    def latest(self) -> float | None:
        """The last figure; None if there's none at all."""
        return next((value for value in reversed(self.values) if value is not None), None)

    @property
    def latest_week(self) -> str:
        """The week of the last figure; "" if there's none at all."""
        return self.points[-1][0] if self.points else ""

    def cut_before(self, week: str) -> Series:
        """The same from a week on."""
        rest = [(one, value) for one, value in zip(self.weeks, self.values, strict=True) if one >= week]
        return Series(tuple(one for one, _ in rest), tuple(value for _, value in rest))


class Figures:
    """All measures of a handbook, found by what they're about."""

    def __init__(self, measures: Iterable[Measure]) -> None:
        self._sums: dict[str, dict[str, dict[str, dict[str, float]]]] = {}
        first, last = "", ""
        for record, measure, week, value, side in measures:
            sides = self._sums.setdefault(record, {}).setdefault(measure, {})
            weeks = sides.setdefault(side, {})
            weeks[week] = weeks.get(week, 0) + value
            first, last = min(first or week, week), max(last, week)
        self.weeks = list_weeks(first, last)[-YEAR_WEEKS:] if first else ()

    def __bool__(self) -> bool:
        return bool(self._sums)

    @property
    def quarter(self) -> tuple[str, ...]:
        """The last thirteen weeks."""
        return self.weeks[-QUARTER_WEEKS:]

    def has_record(self, record: str) -> bool:
        """Whether there's any figure about it."""
        return record in self._sums

    def list_records(self, kind: str) -> list[str]:
        """What there are figures about, of a kind such as `queries`, sorted."""
        return sorted(record for record in self._sums if record.startswith(f"{kind}/"))

    def list_measures(self, record: str, start: str = "") -> list[str]:
        """The names of what is measured of a record, sorted. start: what they begin with."""
        return sorted(name for name in self._sums.get(record, ()) if name.startswith(start))

    def list_sides(self, record: str, measure: str) -> list[str]:
        """Whose figures there are."""
        return sorted(self._sums.get(record, {}).get(measure, ()))

    def find_series(
        self, record: str, *measures: str, side: str | None = None, weeks: Sequence[str] | None = None
    ) -> Series:
        """The course of a measure, or of several summed up. side: only that side's. weeks: default is all of them."""
        chosen = tuple(self.weeks if weeks is None else weeks)
        sums: dict[str, float] = {}
        for measure in measures:
            for whose, values in self._sums.get(record, {}).get(measure, {}).items():
                if side is None or side == whose:
                    for week, value in values.items():
                        sums[week] = sums.get(week, 0) + value
        return Series(chosen, tuple(sums.get(week) for week in chosen))

    def sum_measure(
        self, record: str, *measures: str, side: str | None = None, weeks: Sequence[str] | None = None
    ) -> float:
        """A measure, or several, summed up over weeks."""
        return self.find_series(record, *measures, side=side, weeks=weeks).total


def list_weeks(first: str, last: str) -> tuple[str, ...]:
    """All weeks from one to another."""
    return tuple(_iter_weeks(find_week_start(first), find_week_start(last)))


def _iter_weeks(day: datetime.date, last: datetime.date) -> Iterator[str]:
    while day <= last:
        yield name_week(day)
        day += datetime.timedelta(weeks=1)


@functools.lru_cache(maxsize=1024)
def find_week_start(week: str) -> datetime.date:
    """The Monday of a week such as `2026-W48`."""
    return datetime.date.fromisocalendar(int(week[:4]), int(week[6:]), 1)


@functools.lru_cache(maxsize=4096)
def name_week(day: datetime.date) -> str:
    """The week of a day by ISO 8601, as measures name it."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def parse_number(text: str, *, decimal_comma: bool = False) -> float | None:
    """The first number in a text, such as 4 in `4 working hours`; None if there's none."""
    match = NUMBER.search(text)
    if not match:
        return None
    plain = match[0].replace(".", "").replace(",", ".") if decimal_comma else match[0].replace(",", "")
    try:
        return float(plain)
    except ValueError:
        return None


def replace_number(text: str, number: str) -> str:
    """A text with another first number: `78%` for `85%`; the number alone if the text has none."""
    return NUMBER.sub(lambda match: number, text, count=1) if NUMBER.search(text) else number


def is_on_target(kpi: Kpi, value: float, target: float) -> bool:
    """Whether a KPI is where it should be."""
    return value <= target if kpi.better == "lower" else value >= target
