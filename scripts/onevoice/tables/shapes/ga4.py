"""Google Analytics 4: reports and explorations of pages, with notes above the header and totals below the rows."""

from __future__ import annotations

import contextlib
import datetime
import re

from onevoice.errors import OnevoiceError
from onevoice.handbook.figures import name_week
from onevoice.tables.cells import DateColumn, read_count
from onevoice.tables.shape import Found, Shape, is_total, make_finder
from onevoice.tables.tally import Tally

_DAY = re.compile(r"(?<!\d)(20\d{2})(\d{2})(\d{2})(?!\d)")
_FIND = make_finder(
    page="Page path and screen class|Page path + query string|Page path|Page path + query string and screen class|"
    "Page location|Landing page|Landing page + query string|Seitenpfad und Bildschirmklasse|Seitenpfad|"
    "Seitenpfad + Abfragestring|Chemin de la page et classe de l'écran|Chemin de la page|"
    "Ruta de página y clase de pantalla|Ruta de página|"
    "ページパスとスクリーン クラス|ページパス + クエリ文字列|ページパス",
    views="Views|Screen page views|Aufrufe|Vues|Vistas|Visualizaciones|Visualizzazioni|表示回数",
    day="Date|Datum|Fecha|Data|日付|Day",
)


def _read(found: Found, tally: Tally) -> None:
    page, views, day = map(found.get_column, ("page", "views", "day"))
    dates = DateColumn(found, day) if day >= 0 else None
    week = "" if dates else _find_period(found)
    for row, cells in found.iter_rows():
        address = found.get_cell(cells, page).strip()
        if not address or is_total(cells):
            continue
        count = read_count(found, row, views, found.get_cell(cells, views))
        if dates:
            moment = dates.read_time(row, cells)
            if moment is None:
                continue
            week = name_week(moment.date())
        if record := found.find_page(address, tally):
            tally.add_values(record, week, "marketing", {"views": count}, count)


def _find_period(found: Found) -> str:
    """The week that the notes above the header say, in whichever language."""
    days = [match for _, cells in found.notes for cell in cells for match in _DAY.findall(cell)]
    period = []
    for year, month, day in days[:2]:
        with contextlib.suppress(ValueError):
            period.append(datetime.date(int(year), int(month), int(day)))
    if not period:
        raise OnevoiceError(
            f"{found.export.place}: it has no column with dates, and no note with its period. Export it from Google "
            "Analytics again, with the notes above the table."
        )
    fix = "Choose one week, or make an exploration with a column for the date."
    return found.require_week(period[0], period[-1], fix)


SHAPE = Shape("ga4", "Google Analytics pages", _FIND, ("page", "views"), ("views",), _read)
