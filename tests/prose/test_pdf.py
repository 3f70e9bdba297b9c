"""What people read of a PDF: lines in reading order, and phrases that go on in the next line, column or page."""

import datetime
import faulthandler
import zlib
from pathlib import Path

import pytest

from onevoice.errors import OnevoiceError
from onevoice.prose.columns import Word, arrange_lines, group_rows
from onevoice.prose.read import read_prose
from onevoice.run.documents import InputFile, check_documents, check_prose
from onevoice.run.lexicon import read_lexicon
from prose.portable import make_pdf, write_objects
from prose.shown import shown

pytest.importorskip("pypdfium2")
TODAY = datetime.date(2026, 11, 29)

# Phrases that lines, columns and pages cut in two; those with a hyphen, within a word.
PHRASES = """
customer / success | sales / enablement | white / paper | buyer / persona | call / card | proof / point | value / gap |
pricing / page | order / form | service / level | annual / report | press / kit | brand / voice | style / guide |
lead / stage | key / figure | open / question | next / step | support / desk | user / group | market / share |
custo- / mer journey | on- / boarding plan | self- / service desk | quarterly / review
""".replace("\n", " ").split("|")
FILLER = "some more words that fill this line"


def cut_lines():
    """Lines of which each but the last ends within a phrase that the next one ends."""
    halves = [tuple(half.strip() for half in phrase.split("/")) for phrase in PHRASES]
    lines, begin = [], "A self-service desk begins here and"
    for first, second in halves:
        lines.append(f"{begin} {first}")
        begin = f"{second} {FILLER[:20]}"
    return [*lines, f"{begin} end."], [
        (first + " " + second).replace("self- ", "self-").replace("- ", "") for first, second in halves
    ]


def read(pages, **options):
    return read_prose("a.pdf", make_pdf(pages, **options))


def join_texts(prose):
    return [" ".join(block.text.split()) for block in prose.blocks]


@pytest.mark.parametrize("order", ["columns", "rows"])
@pytest.mark.parametrize("lowered", [0, 5])
def test_two_columns(order, lowered):
    lines, phrases = cut_lines()
    assert len(phrases) == 25
    parts = lines[:7], lines[7:13], lines[13:20], lines[20:]
    pages = []
    for left, right in (parts[:2], parts[2:]):
        items = [(60, 700 - 14 * number, 10, line) for number, line in enumerate(left)]
        others = [(320, 700 - lowered - 14 * number, 10, line) for number, line in enumerate(right)]
        items = items + others if order == "columns" else sorted(items + others, key=lambda item: -item[1])
        page = len(pages) + 1
        pages.append([(60, 760, 9, "Quarterly figures"), *items, (290, 40, 9, f"Page {page} of 2")])
    prose = read(pages)
    texts = join_texts(prose)
    assert [phrase for phrase in phrases if not any(phrase in text for text in texts)] == []
    assert len(texts) == 2 and texts[1] == "Quarterly figures"
    assert prose.places[0] == "page 1, line 1"
    assert "page 2, line 1" in prose.places and prose.places[-1] == "page 1, header or footer"


def test_words_of_a_finding_are_those_of_the_lines():
    prose = read([[(60, 700, 10, "We like our custo-"), (60, 686, 10, "mer success team.")]])
    block = prose.blocks[0]
    assert block.text == "We like our customer success team."
    at = block.text.index("customer success")
    first, last = block.map_to_source(at, at + len("customer success"))
    assert prose.source[first:last] == "custo-\nmer success"
    assert block.is_replaceable(at, at + 8)


def test_headings_paragraphs_lists_and_tables():
    page = [
        (60, 780, 18, "A plan"),
        (60, 740, 10, "The first paragraph has a line of so many words that it"),
        (60, 727, 10, "ends here."),
        (60, 700, 10, "The second one is short."),
        (60, 680, 10, "\u2022 One thing"), (60, 667, 10, "\u2022 another"),
        *((60 + 120 * column, 600 - 14 * row, 10, f"Cell {row}{column}") for row in range(4) for column in range(4)),
    ]  # fmt: skip
    found = shown(read([page], title="My (plan)"))
    assert found[:5] == [
        "heading: A plan", "paragraph: The first paragraph has a line of so many words that it¶ends here.",
        "paragraph: The second one is short.", "item: One thing", "item: another",
    ]  # fmt: skip
    assert found[5:9] == ["cell: Cell 00", "cell: Cell 01", "cell: Cell 02", "cell: Cell 03"]
    assert read([page], title="My (plan)").meta == {"title": "My (plan)"}


def test_a_headline_over_two_columns():
    lines = [f"line {number} of the column with words" for number in range(6)]
    page = [(60, 740, 20, "One headline over all of the columns")]
    page += [(x, 700 - 12 * number, 10, f"{name} {line}") for number, line in enumerate(lines)
             for x, name in ((60, "left"), (320, "right"))]  # fmt: skip
    source = read([page]).source.splitlines()
    assert (
        source[0].startswith("One headline")
        and [line.split()[0] for line in source[1:]] == ["left"] * 6 + ["right"] * 6
    )


@pytest.mark.parametrize("raised", [3.5, 0])
def test_a_raised_sign_is_in_its_line(raised):
    words = [Word("growth", 10, 40, 100, 12), Word("1", 41, 44, 103 + raised, 7), Word("again", 48, 70, 100, 12)]
    assert [line.text for line in arrange_lines(group_rows(words))] == ["growth 1 again"]


# --- what can't be read -----------------------------------------------------------------------------------------------


def test_a_scan_is_said():
    lexicon = read_lexicon(Path(__file__).parents[2])

    def check(prose):
        return check_prose(InputFile("a.pdf", b""), prose, lexicon, TODAY, excerpts=True)

    result = check(read([[], []], images=(1, 2)))
    assert result.is_unreadable
    assert [one.message for one in result.findings] == ["not read: pages 1, 2 (no text: a scan?). Check that yourself."]
    half = check(read([[(60, 700, 10, "A smarketing plan.")], []], images=(2,)))
    assert not half.is_unreadable
    assert half.findings[0].message.startswith("not read: page 2 (no text: a scan?)")
    assert half.findings[1].message.startswith("page 1, line 1: ")
    assert check(read([[]])).is_unreadable


ENCRYPTED = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (%b) /U (%b) >> /ID [(1) (1)] " % (b"x" * 32, b"y" * 32)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"Hello", "not a PDF"),
        (b"%PDF-1.7\nnothing", "damaged"),
        (make_pdf([[]], extra=ENCRYPTED), "password-protected"),
        (make_pdf([[(60, 700, 10, "Hello")]])[:200], "damaged"),
    ],
)
def test_what_cannot_be_read(data, said):
    with pytest.raises(OnevoiceError, match=said):
        read_prose("a.pdf", data)


def hostile_files():
    deep = {1: b"<< /Type /Catalog /Pages 2 0 R >>"}
    deep |= {n: b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 1) for n in range(2, 2000)}
    deep[2000] = b"<< /Type /Page /Parent 1999 0 R >>"
    circle = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 9 >>",
              3: b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>",
              4: b"<< /Length 5 >>\nstream\n/X Do\nendstream",
              5: b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> "
                 b"/Length 5 >>\nstream\n/X Do\nendstream"}  # fmt: skip
    many = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] /Count 2000000000 >>"}
    arrays = {
        1: b"<< /Type /Catalog /Pages 2 0 R /X " + b"[" * 50_000 + b" >>",
        2: b"<< /Type /Pages /Kids [] /Count 0 >>",
    }
    packed = zlib.compress(b" " * 300_000_000, 1)
    bomb = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
            4: b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(packed), packed)}  # fmt: skip
    return {"deep": write_objects(deep), "circle": write_objects(circle), "many": write_objects(many),
            "arrays": write_objects(arrays), "bomb": write_objects(bomb)}  # fmt: skip


def test_hostile_files_cost_a_finding_each():
    lexicon = read_lexicon(Path(__file__).parents[2])
    files = hostile_files()
    # Its notes on the process that crashes are for us alone.
    faulthandler.disable()
    documents = [InputFile(f"{name}.pdf", data) for name, data in files.items()]
    results = check_documents([*documents, InputFile("a.md", b"A smarketing plan.\n")], lexicon, TODAY, remember=False)
    assert [one.match for one in results[-1].findings] == ["smarketing"]
    for file, result in zip(documents, results, strict=False):
        assert all(one.rule == "file" for one in result.findings), file.path
        assert result.is_unreadable, file.path
