"""Out as a spreadsheet, edited by another program, and back: what nobody has edited doesn't change."""

import datetime
import io
import json
import random
import subprocess

import openpyxl
import pytest

from handbooks import ROOT
from onevoice.exchange.entry import Settings, Source
from onevoice.exchange.formats import Export, load_word_formats
from onevoice.exchange.sheet.flat import LEFT_OUT, ORDER, is_own_key
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_files, load_folder
from onevoice.records.term import Avoid, Term
from onevoice.run.intake import open_intake, plan_import, write_import

TODAY = datetime.date(2026, 11, 21)
FORMATS = ("csv", "xlsx")
WORDS = """\
# Ours.
terms:
  - id: customer
    preferred: customer  # not client
    definition: |
      Who buys.
      Twice, if we're good.
    part_of_speech: noun
    allowed: ["buyer, private", client/server, '"so-called" buyer', "24/7", 'no', n/a, =1+1]
    avoid:
      - client
      - {term: +buyer, use: [customer, user], why: "Narrow.", level: error, since: 2026-01-01, unless: [quote, link]}
      - {term: kunde, forms: {kunden: customers}, audiences: [all, us], remove: false}
    names: {de: Kunde, fr: {preferred: client, allowed: [abonné], avoid: [acheteur, {term: usager, why: Non.}]}}
    examples: [{good: "-Hello, customer.", bad: Hi client}, {bad: "@client"}]
    sources: [A book, {title: A study, url: "https://example.org/", date: 2025-01-02}]
    reviewed: {date: 2026-10-12, every: 12 months}
    public: true
  - {id: quote, preferred: quote, definition: "'=A price", case: exact, status: retired, was: [offer]}
  - {id: sign-in, preferred: sign in, definition: To begin., part_of_speech: verb}
"""


def load_words():
    return Handbook(load_files([("terms", "terminology/words.yaml", WORDS.encode())]))


def export(handbook, name):
    [file] = load_word_formats()[name].write(Export(handbook, "", TODAY))
    return file.data


def read(data, name):
    return load_word_formats()[name].read(Source(f"onevoice.{name}", {f"onevoice.{name}": data}), Settings())


@pytest.mark.parametrize("name", FORMATS)
def test_all_that_a_term_says_comes_back(name):
    handbook = load_words()
    reading = read(export(handbook, name), name)
    assert (reading.questions, reading.omissions, reading.gone, reading.columns) == ((), (), (), {})
    records = [{**entry.fields, "id": entry.key} for entry in reading.entries]
    again = Handbook(load_files([("terms", "terminology/words.yaml", json.dumps({"terms": records}).encode())]))
    assert again.list_records("terms") == handbook.list_records("terms")


@pytest.mark.parametrize("name", FORMATS)
def test_the_example_comes_back(name):
    handbook = Handbook(load_folder(ROOT))
    reading = read(export(handbook, name), name)
    assert (reading.questions, reading.omissions) == ((), ())
    assert [entry.key for entry in reading.entries] == handbook.list_ids("terms")


@pytest.mark.parametrize("name", FORMATS)
def test_the_bytes_are_always_the_same(name):
    assert export(load_words(), name) == export(load_words(), name)


def test_each_key_of_a_term_has_a_column():
    keys = {field.alias or name for name, field in Term.model_fields.items()} - {*LEFT_OUT, "names"}
    avoid = {f"avoid.{name}" for name in Avoid.model_fields}
    assert keys <= {key.partition(".")[0] for key in ORDER}
    assert avoid <= {*ORDER}
    assert is_own_key("names.de") and is_own_key("names.de.avoid.why") and not is_own_key("names.de.area")


def test_no_cell_is_a_formula():
    made = openpyxl.load_workbook(io.BytesIO(export(load_words(), "xlsx")))
    cells = [cell for sheet in made for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    assert made["onevoice"].sheet_state == "hidden"
    lines = export(load_words(), "csv").decode("utf-8-sig")
    assert "'=1+1" not in lines and ",'+buyer," in lines and ",'-Hello" not in lines


def run_import(folder, path):
    """Import a file, as `onevoice import --yes` does; the outcomes by the name of the row."""
    plan = plan_import(folder, open_intake(str(path), folder))
    write_import(folder, plan)
    return {outcome.key: outcome.status for outcome in plan.outcomes}


@pytest.fixture
def folder(tmp_path):
    home = tmp_path / "handbook"
    (home / "terminology").mkdir(parents=True)
    (home / "terminology" / "words.yaml").write_text(WORDS, "utf-8")
    return home


@pytest.mark.parametrize("name", FORMATS)
def test_an_unedited_file_changes_nothing(folder, tmp_path, name):
    path = tmp_path / f"onevoice.{name}"
    path.write_bytes(export(load_words(), name))
    assert {*run_import(folder, path).values()} == {"same"}
    assert (folder / "terminology" / "words.yaml").read_text("utf-8") == WORDS


def test_only_edited_cells_change(folder, tmp_path):
    made = openpyxl.load_workbook(io.BytesIO(export(load_words(), "xlsx")))
    words, avoid = made["Words"], made["Words to avoid"]
    header = [cell.value for cell in words[1]]
    words.cell(3, header.index("definition") + 1).value = "What it costs."
    words.append([None, "workspace", "Where a team works."])
    avoid.append(["quote", "estimate"])
    path = tmp_path / "edited.xlsx"
    made.save(path)
    (folder / "terminology" / "words.yaml").write_text(WORDS.replace("To begin.", "To start."), "utf-8")
    assert run_import(folder, path) == {"customer": "same", "quote": "changed", "sign-in": "same", "workspace": "new"}
    text = (folder / "terminology" / "words.yaml").read_text("utf-8")
    assert "What it costs." in text and "estimate" in text and "To start." in text
    assert text.splitlines()[:18] == WORDS.splitlines()[:18]
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    assert {*run_import(folder, path).values()} == {"same"}
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before


def test_a_deleted_row_is_told():
    made = openpyxl.load_workbook(io.BytesIO(export(load_words(), "xlsx")))
    made["Words"].delete_rows(3)
    made["Words"].move_range("A2:Z3", rows=3)
    stream = io.BytesIO()
    made.save(stream)
    reading = read(stream.getvalue(), "xlsx")
    assert [entry.key for entry in reading.entries] == ["customer", "sign-in"]
    assert reading.gone == ("quote",)


def test_rows_in_another_order_say_the_same():
    made = openpyxl.load_workbook(io.BytesIO(export(load_words(), "xlsx")))
    for sheet in made:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        if sheet.title in ("Words", "onevoice"):
            random.Random(1).shuffle(rows)
        for number, row in enumerate(rows, 2):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column).value = value
    stream = io.BytesIO()
    made.save(stream)
    expected = {entry.key: entry.fields for entry in read(export(load_words(), "xlsx"), "xlsx").entries}
    assert {entry.key: entry.fields for entry in read(stream.getvalue(), "xlsx").entries} == expected


# Types over the second row's definition, and saves: in LibreOffice's own language, as someone has recorded it.
MACRO = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Edit" script:language="StarBasic">
Sub EditWords(source As String, target As String, form As String)
  Dim none()
  Dim how(0) As New com.sun.star.beans.PropertyValue
  book = StarDesktop.loadComponentFromURL(source, "_blank", 0, none())
  words = book.Sheets.getByName("Words")
  column = 0
  While words.getCellByPosition(column, 0).String &lt;&gt; "definition"
    column = column + 1
  Wend
  words.getCellByPosition(column, 2).String = "What it costs."
  how(0).Name = "FilterName"
  how(0).Value = form
  book.storeToURL(target, how())
  book.close(True)
  StarDesktop.terminate()
End Sub
</script:module>
"""
LIBRARY = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Edit"/></library:library>
"""


def edit_in_libreoffice(program, profile, path, target, form):
    """Let LibreOffice open a file, type over a cell, and save it."""
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    # The first run fills the profile, and would write over our macro.
    subprocess.run([*command, "--terminate_after_init"], check=True, capture_output=True, timeout=120)
    basic = profile / "user" / "basic" / "Standard"
    (basic / "Edit.xba").write_text(MACRO, "utf-8")
    (basic / "script.xlb").write_text(LIBRARY, "utf-8")
    macro = f'macro:///Standard.Edit.EditWords("{path.as_uri()}","{target.as_uri()}","{form}")'
    subprocess.run([*command, macro], check=True, capture_output=True, timeout=120)


def test_libreoffice_changes_the_cell_that_someone_edits(libreoffice, folder, tmp_path):
    path, edited = tmp_path / "onevoice.xlsx", tmp_path / "edited.xlsx"
    path.write_bytes(export(load_words(), "xlsx"))
    edit_in_libreoffice(libreoffice.find(), tmp_path / "profile", path, edited, "Calc MS Excel 2007 XML")
    if not edited.exists():
        pytest.skip("LibreOffice is here without Calc")
    assert run_import(folder, edited) == {"customer": "same", "quote": "changed", "sign-in": "same"}
    expected = WORDS.replace('definition: "\'=A price"', "definition: What it costs.")
    assert expected != WORDS
    assert (folder / "terminology" / "words.yaml").read_text("utf-8") == expected
