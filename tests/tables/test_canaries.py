"""Persons stay out: a canary in every column of every export, and none gets through."""

import csv
import io
import re
import zipfile

import pytest

from onevoice.errors import OnevoiceError
from onevoice.load.measures import write_measures
from onevoice.load.quotes import write_quotes
from onevoice.privacy import find_personal_data, is_personal_column
from onevoice.tables.map import make_map_shape, parse_map
from tables import exports
from tables.exports import DIRECTORY, WORDS, read

# In what people typed, a canary alone and one inside a sentence are told by different signs.
SENTENCES = ("it was {} who said it's slow", "{}: it is slow", "Too slow. {} told me.")
CANARIES = ("zoe.quaxly@example.com", "+49 170 5550123", "203.0.113.77", "00Q5g00000ABCdeEAD", "Zoe Quaxly")
LIBRARY = "Search,First Name,Last Name,Day\n" + "lead handoff,Zoe,Quaxly,2026-11-24\n" * 7
SEARCHES = b"{title: t, kind: queries, name: Search, date: Day, counts: nothing}"
SHAPES = {**exports.SHAPES, "searches": make_map_shape("searches", parse_map("s.yaml", SEARCHES))}
EXPORTS = {
    "ga4.csv": exports.GA4_REPORT,
    "exploration.csv": exports.GA4_EXPLORATION,
    "hubspot.csv": exports.HUBSPOT,
    "salesforce.csv": exports.SALESFORCE.decode("cp1252"),
    "searches.csv": LIBRARY,
    **{f"{name}.csv": text for name, text in exports.FORMS.items()},
    **{
        f"{name}-words.csv": text.replace("Great", "They never call").replace("Why?\n(in your words)", "Why?")
        for name, text in exports.FORMS.items()
    },
}


def iter_planted(text):
    """The export with a canary in one column of all its rows, for each column and canary."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    header = next(at for at, row in enumerate(rows) if len(row) > 1 and not row[0].startswith("#"))
    for column in range(len(rows[header])):
        for canary in CANARIES:
            planted = [list(row) for row in rows]
            for row in planted[header + 1 :]:
                if column < len(row):
                    row[column] = canary
            yield exports.write(planted)


@pytest.mark.parametrize("name", EXPORTS)
def test_no_canary_gets_through(name):
    kept = 0
    for text in iter_planted(EXPORTS[name]):
        try:
            harvest = read(name, text, shapes=SHAPES, directory=WORDS if "-words" in name else DIRECTORY)
        except OnevoiceError as error:
            told = str(error)
        else:
            told = "\n".join(harvest.said) + write_measures(harvest.measures).decode()
            told += write_quotes(harvest.quotes).decode()
            kept += bool(harvest.quotes if "-words" in name else harvest.measures)
        assert not re.search("zoe.quaxly|5550123|203.0.113|00Q5g|quaxly", told.casefold().replace(" ", "")), told
    # The others are read all the same.
    assert kept


def test_no_canary_inside_a_sentence_gets_through():
    """Not as it was typed, and not if a column of the same row has the name."""
    kept = 0
    for sentence in SENTENCES:
        for canary in (*CANARIES, "Quaxly", "quaxly"):
            words = sentence.format(canary)
            rows = [["Timestamp", "Last Name", "Was it useful?", "Why?"]]
            rows += [["2026-11-24 09:00", "Quaxly", "Yes", text] for text in (words, "They never call us back")]
            harvest = read("x.csv", exports.write(rows), directory=WORDS)
            kept += len(harvest.quotes)
            told = f"{harvest.said}{write_quotes(harvest.quotes).decode()}"
            assert not re.search("zoe.quaxly|5550123|203.0.113|00Q5g|quaxly", told.casefold().replace(" ", "")), told
    assert kept == len(SENTENCES) * (len(CANARIES) + 2)


def test_no_canary_gets_through_search_console():
    for canary in CANARIES[:4]:
        tables = {
            **exports.SEARCH_CONSOLE,
            "Queries": exports.SEARCH_CONSOLE["Queries"].replace("lead handoff", canary),
        }
        harvest = read("gsc.zip", exports.pack(**tables))
        assert canary.casefold() not in str(harvest)


def test_a_seeded_leak_is_caught():
    """If the door were open, the check of what is committed would still say so."""
    for canary in CANARIES[:4]:
        assert find_personal_data(f"how do I reach {canary} today"), canary


@pytest.mark.parametrize(
    "text",
    ["lead handoff", "24/7 support", "what is mql in 2026", "2026-11-28", "iso 27001 vs soc 2", "10,000 leads",
     "internationalization", "1.2.3 release", "5 vs 6", "09:30"],
)  # fmt: skip
def test_what_is_no_personal_data(text):
    assert find_personal_data(text) == ""


@pytest.mark.parametrize(
    "name",
    ["Email", "E-Mail-Adresse", "First Name", "Contact owner", "IP Address", "Custom Data 3", "Edited By",
     "Respondent ID", "Phone Number", "メールアドレス", "Work e-mail"],
)  # fmt: skip
def test_columns_about_people(name):
    assert is_personal_column(name)


def test_sums_of_few_are_left_out():
    rows = exports.HUBSPOT.splitlines(keepends=True)
    assert read("x.csv", "".join(rows[:6])).measures
    harvest = read("x.csv", "".join(rows[:5]))
    assert harvest.measures == []
    assert "x.csv: left out 1 sum of fewer than 5: `least_rows` in brand.yaml." in harvest.said


def test_a_zip_is_read_without_its_other_files():
    buffer = io.BytesIO(exports.pack(**exports.SEARCH_CONSOLE))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("people.json", '["zoe.quaxly@example.com"]')
    assert "zoe" not in str(read("gsc.zip", buffer.getvalue()))
