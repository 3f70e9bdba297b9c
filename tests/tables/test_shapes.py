"""Every shape of export, with its traps: what it says of a handbook."""

import pytest

from onevoice.exchange.sheet.office import Sheet, write_workbook
from onevoice.tables.map import make_map_shape, parse_map
from tables import exports
from tables.exports import read, show

GA4 = ["assets/deck views 2026-W48 203 marketing", "assets/guide views 2026-W48 12345 marketing"]


def test_a_report_of_google_analytics():
    harvest = read("ga4.csv", exports.GA4_REPORT)
    assert show(harvest) == GA4
    assert harvest.said == [
        "ga4.csv: read as Google Analytics pages, header in row 10 (Page path and screen class = page, Views = views).",
        "ga4.csv: left out 1 page that's the address of no asset.",
    ]


def test_an_exploration_of_google_analytics():
    harvest = read("ga4.csv", exports.GA4_EXPLORATION)
    assert show(harvest) == [
        "assets/guide views 2026-W47 50 marketing", "assets/guide views 2026-W48 25 marketing"
    ]  # fmt: skip
    assert "left out 1 sum of fewer than 5" in harvest.said[-1]


def test_google_analytics_in_another_language():
    assert show(read("ga4.csv", exports.GA4_JAPANESE)) == ["assets/guide views 2026-W48 1234 marketing"]


def test_an_overview_with_several_tables():
    harvest = read("ga4.csv", exports.GA4_OVERVIEW)
    assert show(harvest) == GA4
    assert "ga4.csv: row 17 and those below are another table, behind an empty row. It isn't read." in harvest.said


def test_search_console():
    harvest = read("gsc.zip", exports.pack(**exports.SEARCH_CONSOLE))
    assert show(harvest) == [
        "assets/guide clicks 2026-W48 40 marketing", "assets/guide impressions 2026-W48 900 marketing",
        "queries/lead handoff clicks 2026-W48 12 marketing", "queries/lead handoff impressions 2026-W48 72 marketing",
    ]  # fmt: skip
    said = " ".join(harvest.said)
    assert (
        "Not read, as no week's figures are in them: gsc.zip/Chart.csv, gsc.zip/Devices.csv, gsc.zip/Filters.csv"
        in said
    )
    assert "left out 2 searches that could name a person" in said and "zoe" not in said


def test_search_console_elsewhere():
    assert show(read("gsc.zip", exports.pack(**exports.SEARCH_CONSOLE_GERMAN))) == [
        "queries/lead handoff clicks 2026-W48 1234 marketing",
        "queries/lead handoff impressions 2026-W48 10072 marketing",
    ]


HANDOFF = "handoffs/mql-to-first-call"


def test_contacts_of_hubspot():
    harvest = read("contacts.csv", exports.HUBSPOT)
    # In working hours: 2, 2 (over night), 8, 3.5 and 4.5 (over a weekend); one is open, and its clock ran out.
    assert show(harvest) == [
        f"{HANDOFF} count 2026-W47 6", f"{HANDOFF} in-time 2026-W47 3", f"{HANDOFF} late 2026-W47 3",
        f"{HANDOFF} median-hours 2026-W47 3.5", f"{HANDOFF} open 2026-W47 0",
        f"{HANDOFF} returned:Not now 2026-W47 1", f"{HANDOFF} returned:no agreed reason 2026-W47 1",
    ]  # fmt: skip
    assert "Dropped, as it's about people: First Name, Last Name, Email, Contact owner." in harvest.said[0]


def test_history_of_salesforce():
    assert show(read("history.csv", exports.SALESFORCE)) == [
        f"{HANDOFF} count 2026-W47 5", f"{HANDOFF} in-time 2026-W47 4", f"{HANDOFF} late 2026-W47 1",
        f"{HANDOFF} median-hours 2026-W47 3", f"{HANDOFF} open 2026-W47 0",
    ]  # fmt: skip


@pytest.mark.parametrize("name", exports.FORMS)
def test_answers_to_a_form(name):
    harvest = read("answers.csv", exports.FORMS[name])
    assert show(harvest) == [
        "forms/survey answers 2026-W48 6", "forms/survey chosen:useful:No 2026-W48 2",
        "forms/survey chosen:useful:Yes 2026-W48 3",
    ]  # fmt: skip
    assert exports.SHAPES[name].title in harvest.said[0]


MAP = """
title: Content of the library
kind: assets
name: Item
date: Day
measures: {views: Views, uses: Shares}
side: sales
"""
LIBRARY = [["Item", "User", "Day", "Views", "Shares"], ["The guide", "Zoe", "2026-11-24", "1,200.0", "6"],
           ["/decks/first", "Zoe", "2026-11-25", "8", "0"], ["Unknown", "Zoe", "2026-11-25", "8", "0"]]  # fmt: skip
LIBRARY_SHOWN = [
    "assets/deck uses 2026-W48 0 sales", "assets/deck views 2026-W48 8 sales", "assets/guide uses 2026-W48 6 sales",
    "assets/guide views 2026-W48 1200 sales",
]  # fmt: skip


@pytest.mark.parametrize("name", ["library.csv", "library.xlsx"])
def test_a_map_for_all_others(name):
    shapes = {**exports.SHAPES, "library": make_map_shape("library", parse_map("library.yaml", MAP.encode()))}
    workbook = write_workbook([Sheet("Report", [["Library"] + [""] * 4, *LIBRARY])])
    data = workbook if name.endswith("xlsx") else exports.write(LIBRARY)
    assert show(read(name, data, shapes=shapes)) == LIBRARY_SHOWN


def test_values_of_a_kpi():
    given = parse_map(
        "k.yaml", b"{title: t, kind: kpis, name: KPI, week: Week, measures: {value: Value}, decimal: ','}"
    )
    shapes = {"kpis": make_map_shape("kpis", given)}
    rows = [["KPI", "Week", "Value"], ["Share of wins", "2026-W47", "31,5 %"], ["wins", "2026-W48", "33"]]
    assert show(read("k.csv", exports.write(rows, ";"), shapes=shapes)) == [
        "kpis/wins value 2026-W47 31.5", "kpis/wins value 2026-W48 33"
    ]  # fmt: skip


def test_searches_on_a_site():
    given = parse_map("s.yaml", b"{title: t, kind: queries, name: Search, date: Day, counts: nothing}")
    shapes = {"s": make_map_shape("s", given)}
    searched = ["Pilot report"] * 5 + ["pilot REPORT", "about quaxly"] + ["quaxly"] * 9 + ["rare"] * 4
    rows = [["Search", "Last Name", "Day"], *([text, "Quaxly", "2026-11-24"] for text in searched)]
    assert show(read("s.csv", exports.write(rows), shapes=shapes)) == ["queries/pilot report nothing 2026-W48 6"]
