"""Tables in Word files, read as a reader sees them."""

import io

import docx
import pytest

from exchange.wordlists import describe_reading, read_list
from office import archive, run, text, word
from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.exchange.entry import Settings, Source
from onevoice.exchange.formats import recognize_format


def cell(content: str, settings: str = "") -> str:
    return f"<w:tc>{settings}{content}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def row(*words: str) -> str:
    return "".join(cell(text(one)) for one in words)


HEADER = row("Use", "Don't use")


def test_the_tables_of_a_file_are_read_row_by_row():
    body = (
        text("Our words")
        + table(
            HEADER,
            row("customer", "client"),
            cell(text("S"), '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'),
            row("sign in", "log in"),
        )
        + table(row("Plan", "Price"), row("Small", "1"))
    )
    file = word(body)
    assert recognize_format(Source("guide.docx", {"guide.docx": file})) == "docx"
    assert describe_reading(read_list("docx", {"guide.docx": file})).split("\n") == [
        "guide.docx, table 1, row 2 preferred: customer; avoid: ['client']",
        "guide.docx, table 1, row 4 preferred: sign in; avoid: ['log in']",
        "guide.docx LEFT OUT 1 paragraphs (in Word files, only tables are read.)",
        "guide.docx, table 1, row 3 LEFT OUT S (One cell reaches across the row, so it's taken for a heading.)",
        "guide.docx, table 2 LEFT OUT Plan | Price (no column has a name that says it's about words.)",
        "rows: 4",
    ]


def test_changes_are_accepted_and_hidden_text_is_not_read():
    changed = (
        f"<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins>{run('new')}</w:ins>"
        f"{run('er', '<w:rPr><w:vanish/></w:rPr>')}</w:p>"
    )
    gone = f"<w:trPr><w:del/></w:trPr>{row('gone', 'away')}"
    file = word(table(HEADER, cell(changed) + cell(text("stale")), gone))
    assert [dict(entry.fields) for entry in read_list("docx", {"a.docx": file}).entries] == [
        {"preferred": "new", "avoid": ["stale"]}
    ]


def test_what_a_library_writes_is_read():
    document = docx.Document()
    rows = [("Term", "Definition", "Avoid"), ("Lead time", "The days between.", "delivery time")]
    made = document.add_table(rows=2, cols=3)
    for cells, words in zip(made.rows, rows, strict=True):
        for place, said in zip(cells.cells, words, strict=True):
            place.text = said
    stream = io.BytesIO()
    document.save(stream)
    [entry] = read_list("docx", {"a.docx": stream.getvalue()}).entries
    assert dict(entry.fields) == {
        "preferred": "Lead time", "definition": "The days between.", "avoid": ["delivery time"],
    }  # fmt: skip


def test_columns_that_a_person_named_are_read_so():
    file = word(table(row("Ours", "Theirs"), row("customer", "client")))
    settings = Settings(columns={"Ours | Theirs": {"Ours": "preferred", "Theirs": "avoid.term"}})
    [entry] = read_list("docx", {"a.docx": file}, settings).entries
    assert dict(entry.fields) == {"preferred": "customer", "avoid": ["client"]}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 broken", "a.docx: cannot be read as a Word file"),
        (b"plain", "a.docx: this is not a Word file"),
        (word(text("no table")), "there is no table in it"),
        (archive({"word/document.xml": b" " * (limits.MAX_XML_BYTES + 1)}), "a.docx"),
        (word(table("<!ENTITY x>")), "a.docx"),
    ],
    ids=["broken", "another file", "no table", "a bomb", "no XML"],
)
def test_what_has_no_tables_is_refused(data, said):
    with pytest.raises(OnevoiceError, match=said):
        read_list("docx", {"a.docx": data})
