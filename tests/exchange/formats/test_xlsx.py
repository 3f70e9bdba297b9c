"""Word lists in Excel's format, written by openpyxl, which is another program than the one that reads them."""

import datetime
import io
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment

import office
from onevoice.errors import OnevoiceError
from onevoice.exchange.entry import Settings, Source
from onevoice.exchange.formats import load_word_formats, recognize_format


def book(*sheets, change=lambda book: None):
    """The bytes of a workbook: of each sheet its name and its rows."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    change(made)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def read(data, name="words.xlsx", **settings):
    source = Source(name, {name: data})
    assert recognize_format(source) == "xlsx"
    return load_word_formats()["xlsx"].read(source, Settings(**settings))


def fields(reading):
    return {entry.place.partition("!")[2]: entry.fields for entry in reading.entries}


def omitted(reading):
    return {one.place.partition(", ")[2]: one.reason for one in reading.omissions}


def test_cells_are_what_a_person_sees():
    def change(made):
        sheet = made["Words"]
        for cell, form in (("A6", "0000"), ("A7", "0%"), ("A8", "#,##0.00")):
            sheet[cell].number_format = form
        sheet["A10"].value, sheet["A10"].data_type = "=HYPERLINK(1,2)", "s"

    rows = [["Use", "Avoid"], ["007", "no"], ["24/7", "on"], ["no", "yes"], [True, False]]
    rows += [[7, 1], [0.5, 2.5], [1234.5, 3], [7.25, 4], ["x", "-"], [datetime.date(2026, 7, 24), "July"]]
    reading = read(book(("Words", rows), change=change))
    assert {row["preferred"]: row.get("avoid") for row in fields(reading).values()} == {
        "007": ["no"],
        "24/7": ["on"],
        "no": ["yes"],
        "TRUE": ["FALSE"],
        "0007": ["1"],
        "50%": ["2.5"],
        "1,234.50": ["3"],
        "7.25": ["4"],
        "=HYPERLINK(1,2)": None,
    }
    assert reading.questions == ()
    assert "24/7" in omitted(reading)["Words!A11"]


def test_a_formula_is_never_evaluated():
    reading = read(book(("Words", [["Use", "Avoid"], ["=1+1", "two"], ["three", "drei"]])))
    assert fields(reading)["A2"]["preferred"] == "=1+1"
    assert [question.choices for question in reading.questions] == [("the formula", "left out")]
    answers = {reading.questions[0].key: "left out"}
    reading = read(book(("Words", [["Use", "Avoid"], ["=1+1", "two"], ["three", "drei"]])), answers=answers)
    assert [*fields(reading)] == ["A3"]


def test_merged_cells_notes_titles_and_headings():
    def change(made):
        sheet = made["Words"]
        for cells in ("A1:C1", "A4:A5", "A6:C6"):
            sheet.merge_cells(cells)
        sheet["A3"].comment = Comment("Also for partners.", "Ada")

    rows = [["Our words"], ["Use", "Avoid", "Why"], ["customer", "client"], ["quote", "offer", "Lawyers."]]
    rows += [[None, "estimate"], ["Products"], ["Northlight", "NorthLight", None], ["#REF!", "x"]]
    reading = read(book(("Words", rows), change=change))
    assert fields(reading) == {
        "A3": {"preferred": "customer", "avoid": ["client"], "note": "Also for partners."},
        "A4": {"preferred": "quote", "avoid": [{"term": "offer", "why": "Lawyers."}, "estimate"]},
        "A7": {"preferred": "Northlight", "avoid": ["NorthLight"]},
    }
    assert set(omitted(reading)) == {"Words!A1", "Words!A6", "Words!A8"}


def test_several_sheets_each_with_its_own_columns():
    def change(made):
        made["Old"].sheet_state = "hidden"
        made["Words"].column_dimensions["C"].hidden = True

    reading = read(
        book(
            ("Words", [["Use", "Avoid", "Why"], ["customer", "client", "secret"]]),
            ("Deutsch", [["Verboten", "Bevorzugt"], ["Auftraggeber", "Kunde"]]),
            ("Budget", [["Month", "Euros"], ["May", 7]]),
            ("Old", [["Use", "Avoid"], ["a", "b"]]),
            ("Empty", []),
            change=change,
        )
    )
    assert [entry.fields for entry in reading.entries] == [
        {"preferred": "customer", "avoid": ["client"]},
        {"preferred": "Kunde", "avoid": ["Auftraggeber"]},
    ]
    assert reading.columns["Deutsch"] == {"Verboten": "avoid.term", "Bevorzugt": "preferred"}
    assert {*omitted(reading)} == {"Budget", "Old", "Empty", "Words!C1"}
    assert reading.total == 5


def test_languages_and_classes():
    rows = [["Term", "de", "French", "Wortart", "Status", "Owner"]]
    rows += [["customer", "Kunde", "client", "n.", "approved", "Sales"], ["sign in", None, None, "verb", "draft", None]]
    assert [*fields(read(book(("Words", rows)))).values()] == [
        {
            "preferred": "customer",
            "part_of_speech": "noun",
            "owner": "Sales",
            "names": {"de": "Kunde", "fr": "client"},
        },
        {"preferred": "sign in", "part_of_speech": "verb", "status": "proposed"},
    ]


def test_remarks_in_brackets_are_asked_about():
    rows = [
        ["Use", "Avoid"],
        ["kilowatt (kW)", "KW; kw"],
        ["login (noun)", "log-in(s)"],
        ["MQL (marketing qualified lead)"],
    ]
    rows += [["account (of a user)", "profile"]]
    data = book(("Words", rows))
    reading = read(data)
    assert [*fields(reading).values()] == [
        {"preferred": "kilowatt", "abbreviation": "kW", "avoid": ["KW", "kw"]},
        {"preferred": "login", "part_of_speech": "noun", "avoid": ["log-in"]},
        {"preferred": "marketing qualified lead", "abbreviation": "MQL"},
        {"preferred": "account", "avoid": ["profile"], "note": "of a user"},
    ]
    assert {one.guess for one in reading.questions} == {"abbreviation", "full name", "note"}
    reading = read(data, answers={one.key: "part of the name" for one in reading.questions})
    assert fields(reading)["A2"]["preferred"] == "kilowatt (kW)"


def test_columns_that_nobody_knows_are_asked_about():
    data = book(("Words", [["Qqq", "Zzz"], ["customer", "client"], ["quote", "offer"]]))
    reading = read(data)
    assert [one.guess for one in reading.questions] == ["preferred", "avoid.term"]
    known = {"Words": {"Qqq": "avoid.term", "Zzz": "preferred"}}
    reading = read(data, columns=known)
    assert reading.questions == () and fields(reading)["A2"] == {"preferred": "client", "avoid": ["customer"]}


MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def package(sheet, **parts):
    """A file of one sheet whose XML a test writes."""
    spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return office.archive(
        {
            "[Content_Types].xml": office.types({"xl/workbook.xml": f"{spreadsheet}.sheet.main+xml"}),
            "_rels/.rels": office.related({"officeDocument": "xl/workbook.xml"}),
            "xl/workbook.xml": f"<workbook {MAIN} {office.NAMES}>"
            '<sheets><sheet name="Words" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": office.related({"worksheet": "worksheets/sheet1.xml"}),
            "xl/worksheets/sheet1.xml": sheet,
            **parts,
        }
    )


def cells(rows):
    return f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"


ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (package(f"<!DOCTYPE x [{ENTITIES}]>{cells('<row><c><v>&l9;</v></c></row>')}"), "entities"),
        (package(cells("<row/>" * 510_000)), "rows or cells"),
        (package(cells(f"<row>{'<c/>' * 810_000}</row>")), "rows or cells"),
        (package(cells(f'<row><c t="inlineStr"><is><t>{"x" * 65_000_000}</t></is></c></row>')), "far larger"),
        (package(cells("<row>")), "broken"),
        (package(cells("<x>" * 300)), "within each other"),
        (b"PK\x03\x04" + b"x" * 100, "damaged"),
        (b"Use,Avoid\n", "despite its name"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 500, "old binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (office.archive({"content.xml": "<x/>", "mimetype": "x"}), "save it as XLSX"),
        (office.archive({"a.txt": "x"}), "no document"),
        (b"", "empty"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_no_program_writes_is_refused(data, words):
    with pytest.raises(OnevoiceError, match=r"^words\.xlsx") as error:
        read(data)
    assert words in str(error.value)


def test_a_sheet_may_lie_about_its_size():
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>Use</t></is></c><c r="B1" t="str"><v>Avoid</v></c></row>'
    rows += '<row r="1048576"><c r="A1048576" t="str"><v>customer</v></c><c t="str"><v>client_x000D_</v></c></row>'
    sheet = f'<worksheet {MAIN}><dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData>'
    merged = '<mergeCells><mergeCell ref="C1:XFD1048576"/><mergeCell ref="bad"/></mergeCells></worksheet>'
    assert fields(read(package(sheet + merged))) == {"A1048576": {"preferred": "customer", "avoid": ["client"]}}


def test_an_archive_that_unpacks_to_far_more_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as part:
        for _ in range(70):
            part.write(b" " * 1_000_000)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("_rels/.rels", office.related({"officeDocument": "xl/workbook.xml"}))
    with pytest.raises(OnevoiceError, match="far larger"):
        read(stream.getvalue())
