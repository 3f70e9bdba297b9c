"""Sums per record and week, and how many rows each is made of: what has too few never leaves. And quotes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from onevoice.records.measure import Measure
from onevoice.records.quote import Quote

# Whose figures they are: a record in a week, on a side.
Group = tuple[str, str, str]


def name_count(count: int, one: str, many: str = "") -> str:
    """A number with what it counts: `1 figure`, `2,000 figures`."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


@dataclass
class Tally:
    """What has been counted so far.

    unknown: how many rows are about nothing of ours, by what to call one and many of them. quotes: what customers said,
    by id. left_out: which texts aren't kept, as sentences.
    """

    _values: dict[Group, dict[str, float]] = field(default_factory=dict)
    _rows: dict[Group, float] = field(default_factory=dict)
    _exempt: set[Group] = field(default_factory=set)
    unknown: dict[tuple[str, str], int] = field(default_factory=dict)
    quotes: dict[str, Quote] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def add_values(self, record: str, week: str, side: str, values: Mapping[str, float], rows: float) -> None:
        """Add to the sums of a week. rows: how many rows of people's doings these stand for."""
        group = record, week, side
        sums = self._values.setdefault(group, {})
        for measure, value in values.items():
            sums[measure] = sums.get(measure, 0) + value
        self._rows[group] = self._rows.get(group, 0) + rows

    def set_value(self, record: str, week: str, side: str, measure: str, value: float) -> bool:
        """Take a figure that is about nobody, such as a KPI's; whether there was none yet."""
        group = record, week, side
        sums = self._values.setdefault(group, {})
        self._exempt.add(group)
        return sums.setdefault(measure, value) == value

    def count_unknown(self, one: str, many: str) -> None:
        """Note a row that's about nothing in the handbook. one, many: what to call one such row, and several."""
        self.unknown[one, many] = self.unknown.get((one, many), 0) + 1

    def leave_out(self, place: str, why: str) -> None:
        """Note a text that isn't kept. place: of its cell; what it says is repeated nowhere."""
        self.left_out.append(f"{place}: left out, as {why}.")

    def list_measures(self, least: int) -> tuple[list[Measure], int]:
        """The measures of all weeks with enough rows, sorted; and how many weeks of records have too few."""
        kept, withheld = [], 0
        for group, values in self._values.items():
            if group not in self._exempt and self._rows[group] < least:
                withheld += 1
                continue
            record, week, side = group
            kept += [Measure(record, name, week, round(value, 6), side) for name, value in values.items()]
        return sorted(kept), withheld
