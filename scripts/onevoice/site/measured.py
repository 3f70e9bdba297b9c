"""What was measured, as pages show it: figures in words, their drawings, and their tables."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from onevoice.handbook.address import make_slug
from onevoice.handbook.figures import Series, is_on_target, parse_number, replace_number
from onevoice.handbook.ways import LeadTransition
from onevoice.phrases.catalog import ENGLISH, format_number, get_spoken_language, translate_text
from onevoice.records.kpi import Kpi
from onevoice.records.measure import name_handoff
from onevoice.site import trend
from onevoice.site.view import View

VALUE = "value"
RETURNED = "returned:"


@dataclasses.dataclass(frozen=True)
class KpiFigures:
    """A KPI with its figures.

    now: the latest one, as its target is written; "" if there's none. week: of that one. state: reached, missed, or ""
    if nobody can say. deeds: what each side did: (side, what, its figures).
    """

    kpi: Kpi
    series: Series
    target: float | None
    now: str
    week: str
    state: str
    deeds: tuple[tuple[str, str, Series], ...] = ()

    @property
    def spark(self) -> Markup:
        """Its course, for a strip."""
        return trend.draw_spark(self.series, self.target)

    @property
    def drawing(self) -> Markup:
        """Its course with its target."""
        return trend.draw_line(f"trend-{self.kpi.id}", self.kpi.name, self.series, self.target)

    @property
    def table(self) -> Markup:
        """Its figures, and what each side did, week by week."""
        return trend.list_table(
            [(self.kpi.name, self.series), *((name, s) for _, name, s in self.deeds)], self.kpi.name
        )


def read_kpi(view: View, kpi: Kpi) -> KpiFigures:
    """A KPI's figures of the last year."""
    figures, record = view.figures, f"{kpi.KIND}/{kpi.id}"
    series = figures.find_series(record, VALUE)
    comma = get_spoken_language() != ENGLISH
    target = parse_number(kpi.target, decimal_comma=comma)
    latest = series.latest
    if latest is None:
        return KpiFigures(kpi, series, target, "", "", "")
    state = "" if target is None else "reached" if is_on_target(kpi, latest, target) else "missed"
    deeds = tuple(
        (side, name_measure(measure), figures.find_series(record, measure, side=side))
        for measure in figures.list_measures(record)
        if measure != VALUE
        for side in figures.list_sides(record, measure)
        if side
    )
    now = replace_number(kpi.target, format_number(latest))
    return KpiFigures(kpi, series, target, now, trend.name_week_start(series.latest_week), state, deeds)


def list_kpis(view: View) -> list[KpiFigures]:
    """All KPIs with their figures; [] if none of them has any."""
    found = [read_kpi(view, kpi) for kpi in view.handbook.list_approved("kpis")]
    return found if any(one.series.points for one in found) else []


def name_measure(measure: str) -> str:
    """What's measured, as people read it."""
    return measure.replace("-", " ")


@dataclasses.dataclass(frozen=True)
class HandoffFigures:
    """A handoff with its figures of some weeks.

    returned: how many came back, and reasons, most frequent first, with how many came back for each.
    """

    id: str
    title: str
    count: Series
    in_time: Series
    late: Series
    hours: Series
    returned: Series
    reasons: tuple[tuple[str, float], ...]

    def __bool__(self) -> bool:
        return bool(self.count.points)

    @property
    def week(self) -> str:
        """The last week with a figure, by its Monday."""
        return trend.name_week_start(self.count.latest_week)

    @property
    def share(self) -> str:
        """How many of all were in time, in percent; "" if there were none."""
        return show_share(self.in_time.total, self.count.total)

    @property
    def drawing(self) -> Markup:
        """How many were in time and late, week by week."""
        parts = [
            ("first", translate_text("in time"), self.in_time),
            ("second", translate_text("late"), self.late),
        ]
        return trend.draw_bars(f"trend-{self.id}", self.title, parts)

    @property
    def table(self) -> Markup:
        """All of it, week by week."""
        columns = [
            (translate_text("handed over"), self.count),
            (translate_text("in time"), self.in_time),
            (translate_text("late"), self.late),
            (translate_text("median hours"), self.hours),
            (translate_text("came back"), self.returned),
        ]
        return trend.list_table([column for column in columns if column[1].points], self.title)


def read_handoff(view: View, way: LeadTransition, weeks: Sequence[str] | None = None) -> HandoffFigures:
    """A handoff's figures of the last thirteen weeks, or of others."""
    figures, record = view.figures, name_handoff(way.start.id, way.end.id)
    chosen = figures.quarter if weeks is None else weeks
    texts = {
        make_slug(text): text
        for text in (way.handoff.comes_back.reasons if way.handoff and way.handoff.comes_back else ())
    }
    names = figures.list_measures(record, RETURNED)
    reasons: dict[str, float] = {}
    for name in names:
        reason = name.removeprefix(RETURNED)
        total = figures.sum_measure(record, name, weeks=chosen)
        if total:
            text = texts.get(make_slug(reason), reason)
            reasons[text] = reasons.get(text, 0) + total
    count, in_time, late, hours = (
        figures.find_series(record, name, weeks=chosen) for name in ("count", "in-time", "late", "median-hours")
    )
    title = translate_text("%(start)s to %(end)s", start=way.start.name, end=way.end.name)
    returned = figures.find_series(record, *names, weeks=chosen)
    ranked = tuple(sorted(reasons.items(), key=lambda item: (-item[1], item[0])))
    return HandoffFigures(record.partition("/")[2], title, count, in_time, late, hours, returned, ranked)


def tell_way(view: View, way: LeadTransition, found: Iterable[LeadTransition]) -> str:
    """How many leads took a way in the last week with figures; "" if nobody counted. found: all ways."""
    handoff = next((one for one in found if one.kind == "handoff" and one.handoff is way.handoff), None)
    if handoff is None:
        return ""
    figures = read_handoff(view, handoff)
    latest = (figures.count if way is handoff else figures.returned).latest
    return "" if latest is None else format_number(latest)


def show_share(part: float, whole: float) -> str:
    """A part of a whole in percent; "" if there's no whole."""
    return f"{format_number(100 * part / whole)}%" if whole else ""
