"""Google Search Console: a zip with a table for each question. What people searched for is kept if it's safe."""

from __future__ import annotations

import datetime

from onevoice.errors import OnevoiceError
from onevoice.tables.cells import DateColumn, read_count
from onevoice.tables.query import find_query
from onevoice.tables.shape import Found, Shape, find_table, make_finder
from onevoice.tables.tally import Tally

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
    column = query if query >= 0 else page
    for row, cells in found.iter_rows():
        text = " ".join(found.get_cell(cells, column).split())
        values = {}
        for role in ("clicks", "impressions"):
            at = found.get_column(role)
            values[role] = read_count(found, row, at, found.get_cell(cells, at))
        if not text:
            continue
        record = find_query(text, tally) if query >= 0 else found.find_page(text, tally)
        if record:
            tally.add_values(record, week, "marketing", values, values["impressions"])


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
        if moment := dates.read_time(row, cells):
            days.append(moment.date())
    if not days:
        raise OnevoiceError(f"{chart.export.place}: it has no days. Export it again.")
    fix = "Choose one week in Search Console (Custom date range), and export again."
    return found.require_week(min(days), max(days), fix)


def _read_nothing(found: Found, tally: Tally) -> None:
    """The days alone say nothing of a record."""


CHART = Shape("search-console-chart", "Search Console days", _DAYS, ("day", "clicks"), (), _read_nothing)
SHAPE = Shape(
    *("search-console", "Search Console", _FIND, ("query|page", "clicks", "impressions"), ("clicks", "impressions")),
    _read,
)
