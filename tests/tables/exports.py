"""Exports as other tools write them, made here: each with the traps that such files have."""

import csv
import io
import zipfile

from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_files
from onevoice.tables.directory import make_directory
from onevoice.tables.read import read_export
from onevoice.tables.shapes import load_shapes

CONTENT = {
    "brand": """
brand:
  name: Acme
  least_rows: 5
  work: {holidays: [2026-11-25]}
""",
    "leads": """
leads:
  - id: mql
    name: Marketing qualified lead
    crm: [MQL, marketingqualifiedlead]
    summary: s
    held_by: marketing
    starts: true
    handoffs:
      - to: first-call
        when: w
        giver: marketing
        taker: sales
        taken_by: A rep
        hands_over: [h]
        clock: 4 working hours
        comes_back: {to: returned, reasons: [Not now, Not a fit]}
  - {id: first-call, name: Sales Qualified Lead, crm: [SQL], summary: s, held_by: sales, ends: true}
  - {id: returned, name: Returned, crm: [Recycled], summary: s, held_by: marketing, ends: true}
""",
    "assets": """
assets:
  - {id: guide, title: The guide, summary: s, type: guide, job: sales, personas: [a], stages: [b],
     url: "https://acme.example/guide/", use_when: u}
  - {id: deck, title: The deck, summary: s, type: deck, job: sales, personas: [a], stages: [b],
     url: "https://acme.example/decks/first?x=1", use_when: u}
""",
    "kpis": """
kpis:
  - {id: wins, name: Share of wins, means: m, formula: f, target: t, horizon: quarter,
     marketing_moves: m, sales_moves: m}
""",
    "forms": """
forms:
  - id: survey
    title: t
    summary: s
    backend: url
    to: https://acme.example/survey
    questions:
      - {id: useful, label: "Was it useful?", type: choice, options: ["Yes", "No", "Partly"]}
      - {id: why, label: "Why?", type: area}
""",
}


def make_handbook(content: dict[str, str] = CONTENT) -> Handbook:
    """A small handbook that these exports are about."""
    return Handbook(load_files([(kind, f"content/{kind}.yaml", text.encode()) for kind, text in content.items()]))


DIRECTORY = make_directory(make_handbook())
# The same with a form that asks what customers said.
WORDS = make_directory(
    make_handbook({**CONTENT, "forms": CONTENT["forms"].replace("type: area", "type: area, quotes: pain")})
)
SHAPES = load_shapes()


def read(name, data, wanted="", shapes=SHAPES, directory=DIRECTORY):
    """What a file says of that handbook."""
    data = data if isinstance(data, bytes) else data.encode()
    return read_export(name, data, directory, shapes, wanted)


def show(harvest):
    """Its measures, a line each."""
    return [f"{one.record} {one.measure} {one.week} {one.value:g} {one.side}".strip() for one in harvest.measures]


def write(rows, delimiter=",", quoting=csv.QUOTE_MINIMAL, end="\n"):
    """A text file with these rows."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(rows)
    return stream.getvalue()


def pack(**files):
    """A zip with these tables."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text)
    return buffer.getvalue()


GA4_REPORT = """\
# ----------------------------------------
# Pages and screens: Page path and screen class
# Account: Acme, Inc.
# Property: acme.example
# ----------------------------------------

# All Users
# Start date: 20261123
# End date: 20261129
Page path and screen class,Views,Active users,Views per active user,Event count,Total revenue
,"12,545",900,13.9,20000,0
/guide/,"12,345",800,15.4,19000,0
/decks/first,200,100,2,1000,0
/decks/first?utm_source=x,3,1,3,0,0
/other,7,5,1.4,0,0
"""

GA4_EXPLORATION = """\
# ----------------------------------------
# Content by day
# Free form-Free form 1
# 20261116-20261129
# ----------------------------------------

Date,Page path and screen class,Views,Active users
,,78,,Grand total
20261116,/guide,20,3
20261122,/guide,30,3
20261123,/guide,25,3
20261124,/decks/first,3,3
"""

GA4_JAPANESE = """\
# ----------------------------------------
# ページとスクリーン
# 開始日: 20261123
# 終了日: 20261129
ページパス + クエリ文字列,表示回数
/guide,1234
"""

GA4_OVERVIEW = GA4_REPORT + "\nSession source,Views\ngoogle,99999\n"

CHART = "Date,Clicks,Impressions,CTR,Position\n" + "".join(f"2026-11-{day},1,10,10%,3\n" for day in range(23, 30))
SEARCH_CONSOLE = {
    "Queries": "Top queries,Clicks,Impressions,CTR,Position\nlead handoff,12,72,16.67%,3.2\nrare words,0,3,,9\n"
    "zoe@example.com,3,30,10%,1\n+49 170 1234567,3,30,10%,1\n",
    "Pages": "Top pages,Clicks,Impressions,CTR,Position\nhttps://acme.example/guide,40,900,4.44%,5\n"
    "https://acme.example/none,40,900,4.44%,5\n",
    "Chart": CHART,
    "Devices": "Device,Clicks,Impressions,CTR,Position\nMobile,40,900,4.44%,5\n",
    "Filters": "Filter,Value\nSearch type,Web\n",
}
SEARCH_CONSOLE_GERMAN = {
    "Suchanfragen": "Häufigste Suchanfragen;Klicks;Impressionen;CTR;Position\nlead handoff;1.234;10.072;1,00 %;-1,0\n",
    "Diagramm": "Datum;Klicks;Impressionen;CTR;Position\n2026-11-23;1;2;1,00 %;1,0\n",
}

HUBSPOT = write(
    [
        ["Record ID", "First Name", "Last Name", "Email", "Contact owner", "Became a Marketing Qualified Lead Date",
         'Date entered "Sales Qualified Lead (Lifecycle Stage Pipeline)"', "Became a Recycled Date", "Return Reason"],
        *(
            [str(number), "Zoe", "Quaxly", f"zoe{number}@example.com", "Ann Other", given, taken, back, reason]
            for number, (given, taken, back, reason) in enumerate(
                [
                    ("2026-11-16 09:00", "2026-11-16 11:00", "", ""),
                    ("2026-11-16 16:00", "2026-11-17 10:00", "", ""),
                    ("2026-11-17 09:00", "2026-11-18 09:00", "", ""),
                    ("2026-11-20 16:00", "", "2026-11-23 11:30", "not now"),
                    ("2026-11-20 16:00", "", "2026-11-23 12:30", "Zoe said she hates us"),
                    ("2026-11-20 10:00", "", "", ""),
                    ("", "", "", ""),
                ]
            )
        ),
    ]
)  # fmt: skip

SALESFORCE = write(
    [
        ["Lead ID", "Field / Event", "Old Value", "New Value", "Edited By", "Edit Date", "Subject"],
        *(
            row
            for number in range(5)
            for row in (
                [f"00Q{number:015}", "Lead Status", "Open", "MQL", "Ünal Ö", "16.11.2026 09:00", "Line one\nline two"],
                [f"00Q{number:015}", "Lead Status", "MQL", "SQL", "Ünal Ö", f"16.11.2026 {10 + number}:00", ""],
                [f"00Q{number:015}", "Email", "a", "b@example.com", "Ünal Ö", "16.11.2026 09:00", ""],
            )
        ),
    ],
    quoting=csv.QUOTE_ALL,
    end="\r\n",
).encode("cp1252")

ANSWERS = [
    ("Yes", "Great"),
    ("Yes", "a@example.com"),
    ("No", "Call 030 1234567"),
    ("Yes", ""),
    ("Maybe", "x"),
    ("No", ""),
]
FORMS = {
    "google-forms": write(
        [["Horodateur", "Email Address", "Was it useful?", "Why?", "Why?"],
         *(["2026/11/24 3:00:00 PM GMT+3", "a@example.com", *answer, ""] for answer in ANSWERS)]
    ),
    "microsoft-forms": write(
        [["ID", "Start time", "Completion time", "Email", "Name", "Was it useful?", "Why?\n(in your words)"],
         *([str(at), "11/24/26 18:00", "11/24/26 18:01", "anonymous", "", f"{yes};", why]
           for at, (yes, why) in enumerate(ANSWERS))]
    ),
    "typeform": write(
        [["#", "Was it useful?", "Why?", "Start Date (UTC)", "Submit Date (UTC)", "Network ID"],
         *([f"id{at}", *answer, "2026-11-24 09:00:00", "2026-11-24 09:01:00", "ab12"]
           for at, answer in enumerate(ANSWERS))]
    ),
    "tally": write(
        [["Submission ID", "Respondent ID", "Submitted at", "Was it useful?", "Why?"],
         *([f"s{at}", f"r{at}", "2026-11-24 09:00:00", *answer] for at, answer in enumerate(ANSWERS))]
    ),
    "surveymonkey": write(
        [["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name",
          "Last Name", "Custom Data 1", "Was it useful?", "Why?"],
         ["", "", "", "", "", "", "", "", "", "Response", "Open-Ended Response"],
         *([f"1{at}", "1", "11/24/2026 09:00:00 AM", "11/24/2026 09:05:00 AM", "10.0.0.1", "a@example.com", "Zoe",
            "Quaxly", "", *answer] for at, answer in enumerate(ANSWERS))]
    ),
}  # fmt: skip


def list_rows(text):
    """The rows of a text file."""
    return list(csv.reader(io.StringIO(text, newline="")))
