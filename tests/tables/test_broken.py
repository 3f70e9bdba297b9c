"""Exports that are broken: a message with the row and the column, and how to put it right. Nothing half-read."""

import contextlib

import pytest

from onevoice.errors import DataError, OnevoiceError
from onevoice.exchange.sheet.office import Sheet, write_workbook
from onevoice.tables.map import make_map_shape, parse_map
from tables import exports
from tables.exports import pack, read, write

MAP = b"{title: Library, kind: assets, name: Item, date: Day, measures: {views: Views}}"
KPI = b"{title: Figures, kind: kpis, name: KPI, week: Week, measures: {value: Value}}"
SHAPES = {
    **exports.SHAPES,
    "library": make_map_shape("library", parse_map("library.yaml", MAP)),
    "figures": make_map_shape("figures", parse_map("figures.yaml", KPI)),
}
HEAD = "Date,Page path,Views\n"
LIBRARY = "Item,Day,Views\n"
HUBSPOT = "Record ID,Became a MQL Date,Became a SQL Date\n"
HISTORY = "Lead ID,Field,New Value,Edit Date\n"
SHEET = [["Item", "Day", "Views"], ["guide", "2026-11-24", "7"]]


def make_workbook(*cells):
    return write_workbook([Sheet("Sheet 1", [*SHEET, list(cells or SHEET[1])])])


# Name, what is in the file, what the message says.
BROKEN = [
    ("empty.csv", "", "empty.csv: the file is empty"),
    ("blank.csv", "\n\n\n", "blank.csv: we don't know this table"),
    ("photo.png", b"\x89PNG\r\n", "photo.png: we read CSV, XLSX and zip files"),
    ("zeros.csv", b"Date,Page path\x00,Views\n", "zeros.csv: this isn't text"),
    ("utf16.csv", "\ufeffA".encode("utf-16-le") + b"\x00\xd8\x00", "utf16.csv: some of its characters"),
    ("odd.csv", b"\x81\x8d\x8f\n", "odd.csv: some of its characters are in no encoding"),
    ("damaged.zip", pack(**exports.SEARCH_CONSOLE)[:-40], "damaged.zip: it's incomplete or damaged"),
    ("fake.zip", "Date,Views\n", "fake.zip: this isn't a zip archive"),
    ("none.zip", pack(), "none.zip: there's no CSV file in it"),
    ("damaged.xlsx", make_workbook()[:-40], "damaged.xlsx: cannot be read as a Excel file"),
    ("fake.xlsx", "Item,Day,Views\n", "fake.xlsx: this isn't an Excel file"),
    ("unknown.csv", "Foo,Bar\n1,2\n", "unknown.csv: we don't know this table (Foo, Bar). Name its shape with --as"),
    ("no-header.csv", "guide,2026-11-24,7\n", "no-header.csv: we don't know this table"),
    ("ragged.csv", HEAD + "20261124,/guide,7\n20261124,/guide,1,234\n",
     "ragged.csv:3, column D: the row has 4 cells, and the header 3"),
    ("text.csv", HEAD + "20261124,/guide,many\n", "text.csv:2, column C (Views): this text is no count"),
    ("formula.csv", HEAD + "20261124,/guide,=A1+B1\n",
     "formula.csv:2, column C (Views): a formula is no count. Save"),
    ("error.csv", HEAD + "20261124,/guide,#REF!\n",
     "error.csv:2, column C (Views): `#REF!` is no count. It's an error"),
    ("fraction.csv", HEAD + "20261124,/guide,0.5\n", "fraction.csv:2, column C (Views): `0.5` is no count"),
    ("negative.csv", HEAD + "20261124,/guide,-7\n", "negative.csv:2, column C (Views): `-7` is below zero"),
    ("grouped.csv", HEAD + '20261124,/guide,"1,23,456"\n', "grouped.csv:2, column C (Views): `1,23,456` is no count"),
    ("mail.csv", HEAD + "20261124,/guide,zoe@example.com\n",
     "mail.csv:2, column C (Views): this text is no count"),
    ("quote.csv", HEAD + '20261124,"/guide,7\n' + "x,y\n" * 300, "quote.csv:2: a cell that begins here is too long"),
    ("no-day.csv", HEAD + "20261324,/guide,7\n", "no-day.csv:2, column A (Date): `20261324` is no day of the calendar"),
    ("february.csv", LIBRARY + "guide,30.02.2026,7\n", "february.csv:2, column B (Day): `30.02.2026` is no day"),
    ("word.csv", LIBRARY + "guide,yesterday,7\n", "word.csv:2, column B (Day): this text is no date that we know"),
    ("serial.csv", LIBRARY + "guide,46350,7\n", "serial.csv:2, column B (Day): `46350` is no date that we know"),
    ("ambiguous.csv", LIBRARY + "guide,5/10/2026,7\nguide,6/10/2026,7\n",
     "ambiguous.csv:2, column B (Day): `5/10/2026` may be day and month or month and day"),
    ("orders.csv", LIBRARY + "guide,24/11/2026,7\nguide,11/25/2026,7\n",
     "orders.csv:3, column B (Day): `11/25/2026` has another order"),
    ("ancient.csv", LIBRARY + "guide,1026-11-24,7\n", "ancient.csv:2, column B (Day): `1026-11-24` is not in a year"),
    ("hours.csv", LIBRARY + "guide,24/11/2026 25:00,7\n", "hours.csv:2, column B (Day): `24/11/2026 25:00` is no day"),
    ("thousands.csv", LIBRARY + 'guide,2026-11-24,"1,234"\n',
     "thousands.csv:2, column C (Views): `1,234` may be thousands"),
    ("week.csv", "KPI,Week,Value\nwins,48,1\n", "week.csv:2, column B (Week): `48` is no week"),
    ("twice.csv", "KPI,Week,Value\nwins,2026-W48,1\nwins,2026-W48,2\n",
     "twice.csv:3, column A (KPI): kpis/wins has two different values for 2026-W48"),
    ("cells.xlsx", make_workbook("guide", "2026-11-24", "none"), "cells.xlsx, Sheet 1!C3: this text is no number"),
    ("days.xlsx", make_workbook("guide", "5/10/2026", "1"), "days.xlsx, Sheet 1!B3: `5/10/2026` may be"),
    ("long.csv", exports.GA4_REPORT.replace("20261123", "20261101"),
     "long.csv: it has one sum for 2026-11-01 to 2026-11-29"),
    ("no-notes.csv", "Page path,Views\n/guide,7\n", "no-notes.csv: it has no column with dates"),
    ("alone.csv", exports.SEARCH_CONSOLE["Queries"], "alone.csv: nothing says which days it's about"),
    ("months.zip", pack(**{**exports.SEARCH_CONSOLE, "Chart": exports.CHART + "2026-10-01,1,1,,\n"}),
     "months.zip/Queries.csv: it has one sum for 2026-10-01 to 2026-11-29"),
    ("stages.csv", "Record ID,Became a Subscriber Date\n1,2026-11-24\n",
     "stages.csv: none of its stages is one of ours"),
    ("clock.csv", HUBSPOT + "1,2026-11-24 09:00,soon\n",
     "clock.csv:2, column C (Became a SQL Date): this text is no date"),
    ("undated.csv", HISTORY + "1,Status,MQL,\n", "undated.csv:2, column D (Edit Date): the change has no date"),
    ("other.csv", HISTORY + "1,Status,Foo,2026-11-24\n", "other.csv: none of its stages is one of ours"),
    ("form.csv", "Timestamp,Favorite color?\n2026-11-24 09:00:00,red\n", "form.csv: no form in forms.yaml asks"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "told"), BROKEN, ids=[name for name, _, _ in BROKEN])
def test_a_broken_export_is_told_with_its_place(name, data, told):
    with pytest.raises(OnevoiceError) as error:
        read(name, data, shapes=SHAPES)
    assert str(error.value).startswith(told)
    assert "zoe" not in str(error.value)


def test_there_are_forty_of_them():
    assert len(BROKEN) >= 40


def test_a_shape_that_does_not_fit():
    with pytest.raises(OnevoiceError, match=r"x.csv: we found no header of HubSpot contacts"):
        read("x.csv", exports.GA4_REPORT, "hubspot")
    with pytest.raises(OnevoiceError, match=r"--as hubsport: there's no shape with that name. Did you mean `hubspot`?"):
        read("x.csv", exports.GA4_REPORT, "hubsport")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title: t\n", "`kind` is missing"),
        ("{title: t, kind: assets, name: Item, measures: {a: B}}", "needs `date` or `week`"),
        ("{title: t, kind: assets, name: Item, date: Day}", "needs `measures` or `counts`"),
        ("{title: t, kind: assets, name: Email, date: Day, counts: a}", "which is about people"),
        ("{title: t, kind: asets, name: Item, date: Day, counts: a}", "asets"),
        ("a: [", ""),
    ],
)
def test_a_broken_map(text, told):
    with pytest.raises(DataError) as error:
        parse_map("content/metrics/x.yaml", text.encode())
    assert any(told in finding.message for finding in error.value.findings)


def test_a_bomb_in_a_zip(monkeypatch):
    monkeypatch.setattr("onevoice.limits.MAX_EXPORT_BYTES", 1000)
    with pytest.raises(OnevoiceError, match=r"bomb.zip: it's too large once it's unpacked"):
        read("bomb.zip", pack(Queries="x" * 2000))
    monkeypatch.setattr("onevoice.limits.MAX_EXPORT_FILES", 2)
    with pytest.raises(OnevoiceError, match=r"many.zip: it has over 2 tables"):
        read("many.zip", pack(a="x", b="x", c="x"))


@pytest.mark.parametrize("name", [*exports.FORMS, "ga4", "hubspot", "salesforce"])
def test_rows_that_end_early(name):
    texts = {**exports.FORMS, "ga4": exports.GA4_EXPLORATION, "hubspot": exports.HUBSPOT}
    rows = exports.list_rows(texts.get(name) or exports.SALESFORCE.decode("cp1252"))
    for width in range(1, max(map(len, rows))):
        cut = [*rows[:-2], *(row[:width] for row in rows[-2:])]
        with contextlib.suppress(OnevoiceError):
            read("x.csv", write(cut))


def test_the_order_of_days_is_said():
    rows = [["Item", "Day", "Views"], ["guide", "5/11/2026", "3"], ["guide", "24/11/26 09:00", "9"]]
    harvest = read("x.csv", write(rows), shapes=SHAPES)
    assert [(one.week, one.value) for one in harvest.measures] == [("2026-W48", 9)]
    assert "x.csv: Day: the day comes first, as a number above 12 shows." in harvest.said
