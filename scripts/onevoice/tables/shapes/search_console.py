"""Google Search Console: a zip with a table for each question. What people searched for is kept if it's safe."""

from __future__ import annotations

import datetime

from onevoice.errors import OnevoiceError
from onevoice.handbook.figures import name_week
from onevoice.privacy import find_personal_data
from onevoice.tables.cells import DateColumn, read_count
from onevoice.tables.shape import Found, Shape, find_table, make_finder
from onevoice.tables.tally import Tally

_MAX_QUERY = 80
_CLICKS = "Clicks|Klicks|Clics|Clic|クリック数"
_IMPRESSIONS = "Impressions|Impressionen|Impresiones|Impressioni|表示回数"
_FIND = make_finder(
    query="Top queries|Query|Queries|Häufigste Suchanfragen|Suchanfragen|Requêtes les plus fréquentes|"
    "Principales consultas|Consultas principales|上位のクエリ",
    page="Top pages|Page|Pages|Häufigste Seiten|Seiten|Pages les plus populaires|Páginas principales|上位のページ",
    clicks=_CLICKS,
    impressions=_IMPRESSIONS,
)
_DAYS = make_finder(day="Date|Datum|Fecha|Data|日付", clicks=_CLICKS, impressions=_IMPRESSIONS)


def _read(found: Found, tally: Tally) -> None:
    week = _find_period(found)
    query, page = found.get_column("query"), found.get_column("page")
    column, counted = (query, ("clicks", "impressions")) if query >= 0 else (page, ("clicks", "impressions"))
    for row, cells in found.iter_rows():
        text = " ".join(found.get_cell(cells, column).split())
        values = {}
        for role in counted:
            at = found.get_column(role)
            values[role] = read_count(found, row, at, found.get_cell(cells, at))
        if not text:
            continue
        if query < 0:
            record = found.directory.find_page(text)
            if record:
                tally.add_values(record, week, "marketing", values, values["impressions"])
            else:
                tally.count_unknown("pages that are the address of no asset")
        elif len(text) > _MAX_QUERY or find_personal_data(text):
            tally.count_unknown("searches that could name a person, or are too long")
        else:
            tally.add_values(f"queries/{text.casefold()}", week, "marketing", values, values["impressions"])


def _find_period(found: Found) -> str:
    """The week of the days in the chart's table."""
    chart = None
    for export in found.siblings:
        chart = chart or find_table(export, CHART, found.directory)
    if chart is None:
        raise OnevoiceError(
            f"{found.export.place}: nothing says which days it's about. Add the zip as Search Console gives it, with "
            "Chart.csv in it."
        )
    dates = DateColumn(chart, chart.get_column("day"))
    days: list[datetime.date] = []
    for row, cells in chart.iter_rows():
        if moment := dates.read_time(row, chart.get_cell(cells, dates.column)):
            days.append(moment.date())
    if not days:
        raise OnevoiceError(f"{chart.export.place}: it has no days. Export it again.")
    if name_week(min(days)) != name_week(max(days)):
        raise OnevoiceError(
            f"{found.export.place}: it has one sum for {min(days)} to {max(days)}, which is more than one week (Monday "
            "to Sunday). Choose one week in Search Console (Custom date range), and export again."
        )
    return name_week(min(days))


def _read_nothing(found: Found, tally: Tally) -> None:
    """The days alone say nothing of a record."""


CHART = Shape("search-console-chart", "Search Console days", _DAYS, ("day", "clicks"), (), _read_nothing)
SHAPE = Shape(
    *("search-console", "Search Console", _FIND, ("query|page", "clicks", "impressions"), ("clicks", "impressions")),
    _read,
)
