"""What was measured, as pages show it: figures in words, their drawings, and their tables."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from markupsafe import Markup

from onevoice.handbook.address import make_slug
from onevoice.handbook.figures import Series, is_on_target, parse_number, replace_number
from onevoice.handbook.usage import list_uses
from onevoice.handbook.ways import LeadTransition
from onevoice.phrases.catalog import ENGLISH, format_number, get_spoken_language, translate_text
from onevoice.records.asset import Asset
from onevoice.records.kpi import Kpi
from onevoice.records.measure import name_handoff
from onevoice.records.term import Term
from onevoice.site import trend
from onevoice.site.view import View

VALUE = "value"
RETURNED = "returned:"
FINDINGS = "findings"
# For so many weeks a word must be found before we ask whether to allow it.
STUBBORN_WEEKS = 8


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


@dataclasses.dataclass(frozen=True)
class Goal:
    """A KPI on its way from its first figure to its target. begin: the first one, as people read it."""

    figures: KpiFigures
    begin: str
    share: float

    @property
    def drawing(self) -> Markup:
        """How far it has come."""
        return trend.draw_way_covered(self.share)

    @property
    def percent(self) -> str:
        """The same in percent."""
        return show_share(max(min(self.share, 1), 0), 1)


def list_goals(view: View) -> list[tuple[str, list[Goal]]]:
    """The KPIs with figures, by the quarter in which each should be on target, the next one first."""
    quarters: dict[tuple[int, int], list[Goal]] = {}
    for one in list_kpis(view):
        if one.target is None or not one.series.points or not one.kpi.by:
            continue
        begin, now = one.series.points[0][1], one.series.points[-1][1]
        way = one.target - begin
        share = 1.0 if one.state == "reached" else (now - begin) / way if way else 0.0
        goal = Goal(one, replace_number(one.kpi.target, format_number(begin)), share)
        quarters.setdefault((one.kpi.by.year, (one.kpi.by.month + 2) // 3), []).append(goal)
    return [
        (translate_text("Quarter %(number)s of %(year)s", number=number, year=year), goals)
        for (year, number), goals in sorted(quarters.items())
    ]


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


def tell_way(way: LeadTransition, figures: HandoffFigures | None) -> str:
    """How many leads took a way in the last week with figures; "" if nobody counted. figures: of its handoff."""
    if figures is None:
        return ""
    latest = (figures.count if way.kind == "handoff" else figures.returned).latest
    return "" if latest is None else format_number(latest)


def show_share(part: float, whole: float) -> str:
    """A part of a whole in percent; "" if there's no whole."""
    return f"{format_number(100 * part / whole)}%" if whole else ""


@dataclasses.dataclass(frozen=True)
class AssetFigures:
    """An asset with its figures of the last thirteen weeks.

    rows: (what, its figures), what was measured. queries: (words, how often clicked), which searches have its words.
    """

    asset: Asset
    rows: tuple[tuple[str, Series], ...]
    queries: tuple[tuple[str, float], ...]

    @property
    def drawing(self) -> Markup:
        """Most of it, week by week."""
        name, series = self._most
        return trend.draw_bars(f"trend-{self.asset.id}", name, [("first", name, series)])

    @property
    def drawn(self) -> str:
        """What the drawing shows."""
        return self._most[0]

    @property
    def _most(self) -> tuple[str, Series]:
        return max(self.rows, key=lambda row: row[1].total)

    @property
    def table(self) -> Markup:
        """All of it, week by week."""
        return trend.list_table(self.rows, self.asset.title)


def read_asset(view: View, asset: Asset) -> AssetFigures | None:
    """An asset's figures; None if there are none."""
    figures = view.figures
    queries = tuple(view.queries.list_of_asset(asset))
    rows = tuple(
        (name_use(name), figures.find_series(f"assets/{asset.id}", name, weeks=figures.quarter))
        for name in list_uses(figures, asset)
    )
    rows = tuple(row for row in rows if row[1].points)
    return AssetFigures(asset, rows, queries) if rows or queries else None


def name_use(measure: str) -> str:
    """What's counted of an asset, as people read it."""
    known = {
        "views": translate_text("looked at"),
        "uses": translate_text("sent or used by sales"),
        "clicks": translate_text("clicked in search results"),
    }
    return known.get(measure, name_measure(measure))


@dataclasses.dataclass(frozen=True)
class TermFigures:
    """How often a term's wrong words were found in the last thirteen weeks.

    teams: (team, its figures), most first. is_stubborn: they were found each week, and don't get fewer.
    """

    term: Term
    series: Series
    teams: tuple[tuple[str, Series], ...]
    is_stubborn: bool

    @property
    def drawing(self) -> Markup:
        """How often, week by week."""
        name = translate_text("found")
        return trend.draw_bars(f"trend-{self.term.id}", self.term.preferred, [("second", name, self.series)])

    @property
    def table(self) -> Markup:
        """The same by team."""
        return trend.list_table([(translate_text("found"), self.series), *self.teams], self.term.preferred)


def read_term(view: View, term: Term) -> TermFigures | None:
    """What was counted of a term; None if nothing was."""
    figures, record = view.figures, f"terms/{term.id}"
    names = figures.list_measures(record, FINDINGS)
    series = figures.find_series(record, *names, weeks=figures.quarter)
    if not series.points:
        return None
    teams = []
    for name in names:
        team = view.handbook.find_record("teams", name.partition(":")[2])
        if team:
            teams.append((team.name, figures.find_series(record, name, weeks=figures.quarter)))
    teams.sort(key=lambda row: -row[1].total)
    return TermFigures(term, series, tuple(teams), is_stubborn(series))


def is_stubborn(series: Series) -> bool:
    """Whether a word was found in each of eight weeks or more, and the last four have three quarters of the first."""
    values = [value or 0 for value in series.values]
    return len(values) >= STUBBORN_WEEKS and min(values) > 0 and sum(values[-4:]) >= 0.75 * sum(values[:4])
