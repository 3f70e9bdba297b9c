"""Ten spreadsheets as people have them, imported into a handbook: twice, and the second time changes no byte."""

import io

import openpyxl
import pytest

from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_folder
from onevoice.run.intake import open_intake, plan_import, write_import


def make_merged():
    made = openpyxl.Workbook()
    sheet = made.active
    for row in (
        ["Our words"],
        ["Use", "Don't use", "Why"],
        ["customer", "client", "Law firms have clients."],
        [None, "buyer"],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A3:A4")
    sheet.append(["quote", "offer; estimate"])
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


LONG = "Use,Avoid\n" + "".join(f"word {number},bad {number}; worse {number}\n" for number in range(300))
CUSTOMER = {"customer": ["client", "buyer"], "quote": ["offer", "estimate"]}
TEN = {
    "mark.csv": ("\ufeffUse,Avoid\ncustomer,client; buyer\nquote,offer; estimate\n", CUSTOMER),
    "windows.csv": ("Use,Avoid\r\ncustomer,client; buyer\r\nquote,offer; estimate\r\n", CUSTOMER),
    "semicolons.csv": ("Use;Avoid\ncustomer;client, buyer\nquote;offer, estimate\n", CUSTOMER),
    "tabs.tsv": ("Use\tAvoid\ncustomer\tclient | buyer\nquote\toffer | estimate\n", CUSTOMER),
    "merged.xlsx": (make_merged(), CUSTOMER),
    "quoted.csv": ('Use,Avoid\ncustomer,"""client"", ""buyer"""\nquote,"offer\nestimate"\n', CUSTOMER),
    "trailing.csv": ("Use,Avoid,,,\ncustomer,client; buyer,,,\nquote,offer; estimate,,,\n,,,,\n,,,,\n", CUSTOMER),
    "german.csv": (
        "Begriff;Nicht verwenden;Definition;Bemerkung\nGröße;Ausmaß / Umfang;Wie groß es ist.;-\n".encode("cp1252"),
        {"Größe": ["Ausmaß", "Umfang"]},
    ),
    "brackets.csv": ("Use,Avoid\nkilowatt (kW),KW\nlogin (noun),log-in\n", {"kilowatt": ["KW"], "login": ["log-in"]}),
    "long.csv": (LONG, {f"word {number}": [f"bad {number}", f"worse {number}"] for number in range(300)}),
}


def import_file(folder, path):
    write_import(folder, plan_import(folder, open_intake(str(path), folder)))
    return {file.relative_to(folder): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("name", TEN)
def test_a_spreadsheet_is_imported_once(tmp_path, name):
    data, words = TEN[name]
    folder, path = tmp_path / "handbook", tmp_path / name
    (folder / "terminology").mkdir(parents=True)
    (folder / "terminology" / "own.yaml").write_text(
        "terms:\n  - {id: stage, preferred: stage, definition: A part of the journey.}\n", "utf-8"
    )
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    first = import_file(folder, path)
    terms = Handbook(load_folder(folder)).list_records("terms")
    found = {term.preferred: [avoid.term for avoid in term.avoid] for term in terms}
    assert found == {"stage": [], **words}
    assert import_file(folder, path) == first
