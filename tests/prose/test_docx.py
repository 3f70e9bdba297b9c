"""What a reader of a Word file sees, and where people are told that it stands."""

import io

import docx
import pytest

from office import EDGE, NOTE, archive, box, field, related, run, text, types, word
from onevoice.errors import OnevoiceError
from onevoice.prose.read import read_prose
from prose.shown import shown

DEL = '<w:del w:id="9" w:author="A"><w:r><w:delText>gone</w:delText></w:r></w:del>'
SHOWN = '<w:rPr><w:vanish w:val="0"/></w:rPr>'
ITEM = "<w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr>"
CAP = '<w:pPr><w:keepNext/><w:framePr w:dropCap="drop" w:lines="3" w:wrap="around" w:hAnchor="text"/></w:pPr>'


def style(name):
    return f'<w:pPr><w:pStyle w:val="{name}"/></w:pPr>'


def look(name):
    return f'<w:rPr><w:rStyle w:val="{name}"/></w:rPr>'


def table(*rows):
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


SEEN = {
    "paragraphs": (text("One") + "<w:p/>" + text("Two"), ["paragraph: One", "paragraph: Two"]),
    "split runs": (f"<w:p>{run('custo')}{run('mer', '<w:rPr><w:b/></w:rPr>')}</w:p>", ["paragraph: customer"]),
    "heading": (text("A", style("berschrift1")), ["heading: A"]),
    "heading by its base": (text("A", style("Kapitel")), ["heading: A"]),
    "heading by its level": (text("A", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>'), ["heading: A"]),
    "body by its level": (text("A", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>'), ["paragraph: A"]),
    "title": (text("A", style("Titel")), ["title: A"]),
    "quotation": (text("A", style("Zitat")), ["> paragraph: A"]),
    "quotation in a line": (
        f"<w:p>{run('a ')}{run('b', look('ZitatZchn'))}</w:p>",
        ["paragraph: a «b»"],
    ),
    "item by style": (text("A", style("Aufzhlung")), ["item: A"]),
    "item by number": (text("A", ITEM), ["item: A"]),
    "number switched off": (
        text("A", '<w:pPr><w:pStyle w:val="Aufzhlung"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'),
        ["paragraph: A"],
    ),
    "unknown style": (text("A", style("Nowhere")), ["paragraph: A"]),
    "circle of styles": (text("A", style("Circle")), ["paragraph: A"]),
    "code": (
        f"<w:p>{run('call ')}{run('f()', look('Code'))}</w:p>",
        ["paragraph: call ·"],
    ),
    "table": (table((text("A"), text("B")), (text("C"), text("D"))), ["cell: A", "cell: B", "cell: C", "cell: D"]),
    "nested table": (table((table((text("A"),)) + text("B"),)), ["cell: A", "cell: B"]),
    "link": (f"<w:p>{run('a ')}<w:hyperlink r:id='r9'>{run('b')}</w:hyperlink></w:p>", ["paragraph: a [b]"]),
    "link by a field": (f"<w:p>{run('a ')}{field(' HYPERLINK &quot;u&quot; ', run('b'))}</w:p>", ["paragraph: a [b]"]),
    "field": (f"<w:p>{field(' PAGE ', run('7'))}{run(' of 9')}</w:p>", ["paragraph: 7 of 9"]),
    "field in a field": (f"<w:p>{field(field(' REF a ', run('b')), run('c'))}</w:p>", ["paragraph: c"]),
    "field over paragraphs": (
        f"<w:p>{field(' TOC ', run('A') + '</w:p><w:p>' + run('B'))}</w:p>",
        ["paragraph: A", "paragraph: B"],
    ),
    "simple field": (f'<w:p><w:fldSimple w:instr="TITLE">{run("A")}</w:fldSimple></w:p>', ["paragraph: A"]),
    "insertion": (f'<w:p>{run("a ")}<w:ins w:id="1" w:author="A">{run("b")}</w:ins></w:p>', ["paragraph: a b"]),
    "deletion": (f"<w:p>{run('a')}{DEL}</w:p>", ["paragraph: a"]),
    "move": (
        f"<w:p><w:moveFrom w:id='1'>{run('a')}</w:moveFrom>{run('b')}<w:moveTo w:id='2'>{run('a')}</w:moveTo></w:p>",
        ["paragraph: ba"],
    ),
    "deleted end of a paragraph": (
        text("a ", "<w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>") + text("b") + text("c"),
        ["paragraph: a b", "paragraph: c"],
    ),
    "drop cap": (
        text("W", CAP) + text("elcome, customer") + text("B"),
        ["paragraph: Welcome, customer", "paragraph: B"],
    ),
    "drop cap in the margin": (
        text("Our", CAP.replace('="drop"', '="margin"')) + text(" customers"),
        ["paragraph: Our customers"],
    ),
    "frame without a drop cap": (
        text("A", CAP.replace('="drop"', '="none"')) + text("B"),
        ["paragraph: A", "paragraph: B"],
    ),
    "deleted row": (
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{text('A')}</w:tc></w:tr></w:tbl>{text('b')}",
        ["paragraph: b"],
    ),
    "hidden": (f"<w:p>{run('a')}{run('b', '<w:rPr><w:vanish/></w:rPr>')}</w:p>", ["paragraph: a"]),
    "hidden by style": (text("secret", style("Geheim")) + text("a"), ["paragraph: a"]),
    "shown in a hidden style": (
        f"<w:p>{style('Geheim')}{run('a', SHOWN)}{run('b')}</w:p>",
        ["paragraph: a"],
    ),
    "content control": (
        f"<w:sdt><w:sdtContent>{text('a')}</w:sdtContent></w:sdt>"
        f"<w:p><w:sdt><w:sdtPr/><w:sdtContent>{run('b')}</w:sdtContent></w:sdt></w:p>",
        ["paragraph: a", "paragraph: b"],
    ),
    "text box once": (f"<w:p>{run('a')}{box(text('b'))}</w:p>", ["paragraph: a", "paragraph: b"]),
    "box in a box": (
        f"<w:p>{box('<w:p>' + box(text('b')) + run('a') + '</w:p>')}</w:p>",
        [
            "paragraph: a",
            "paragraph: b",
        ],
    ),
    "alternative text": (
        "<w:p><w:r><w:drawing><wp:inline><wp:docPr id='1' descr='A ferry'/></wp:inline></w:drawing></w:r></w:p>",
        ["alt: A ferry"],
    ),
    "equation": (f"<w:p>{run('so ')}<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></w:p>", ["paragraph: so ·"]),
    "signs": (
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:softHyphen/>"
        "<w:t>d</w:t></w:r></w:p>",
        ["paragraph: a\tb\u2011c\u00add"],
    ),
    "symbols": (
        "<w:p><w:r><w:sym w:font='Wingdings' w:char='F0FC'/><w:t> done </w:t><w:sym w:font='Arial' w:char='00E9'/>"
        "<w:sym w:char='no'/></w:r></w:p>",
        ["paragraph: · done é·"],
    ),
    "break": ("<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r></w:p>", ["paragraph: a¶b"]),
    "furigana": (
        f"<w:p><w:r><w:ruby><w:rt>{run('kyo')}</w:rt><w:rubyBase>{run('京')}</w:rubyBase></w:ruby></w:r></w:p>",
        ["paragraph: 京"],
    ),
    "line end in a text": (text("a\u2028b\nc"), ["paragraph: a b c"]),
}


@pytest.mark.parametrize(("body", "expected"), SEEN.values(), ids=SEEN)
def test_what_a_reader_sees(body, expected):
    assert shown(read_prose("a.docx", word(body + text("end")))) == [*expected, "paragraph: end"]


def test_strict_files_are_read_alike():
    data = word(text("One", style("berschrift1")) + f"<w:p>{box(text('Two'))}</w:p>")
    strict = archive({name: _strict(part) for name, part in _parts(data).items()})
    assert strict != data
    assert shown(read_prose("a.docx", strict)) == ["heading: One", "paragraph: Two"]


def _parts(data):
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def _strict(part):
    for name in ("wordprocessingml", "drawingml"):
        part = part.replace(f"http://schemas.openxmlformats.org/{name}/2006", f"http://purl.oclc.org/ooxml/{name}")
    return part.replace(
        "http://schemas.openxmlformats.org/officeDocument/2006", "http://purl.oclc.org/ooxml/officeDocument"
    )


def test_places_are_named_for_people():
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="r4"/><w:headerReference w:type="first" r:id="r5"/>'
        '<w:footerReference w:type="default" r:id="r6"/></w:sectPr>'
    )
    body = (
        text("Before")
        + text("Prices", style("berschrift1"))
        + f"<w:p>{run('Under')}<w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:endnoteReference w:id='2'/></w:r>"
        + f"{box(text('Boxed'))}</w:p>"
        + table((text("A"),), (text("B") + table((text("C"),)),))
        + section
    )
    others = {
        "footnotes": NOTE("footnote", text("line"), text("Noted")),
        "endnotes": NOTE("endnote", text("line"), text("Ended")),
        "header": EDGE("hdr", text("Top"), "hdr"),
        "header#first": EDGE("hdr", text("Never shown"), "hdr"),
        "footer": EDGE("ftr", text("Bottom"), "ftr"),
    }
    prose = read_prose("a.docx", word(body, others))
    assert list(zip((block.text for block in prose.blocks), prose.places, strict=True)) == [
        ("Before", ""),
        ("Prices", ""),
        ("Under", 'under "Prices"'),
        ("Boxed", 'text box, under "Prices"'),
        ("A", 'table 1, row 1, under "Prices"'),
        ("B", 'table 1, row 2, under "Prices"'),
        ("C", 'table 1, row 2, table 2, row 1, under "Prices"'),
        ("Noted", "footnote 1"),
        ("Ended", "endnote 1"),
        ("Top", "header"),
        ("Bottom", "footer"),
    ]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [("", ["header"]), ("<w:titlePg/>", ["header", "header of first page"]), ('<w:titlePg w:val="0"/>', ["header"])],
)
def test_only_headers_that_a_page_shows_are_read(settings, expected):
    references = '<w:headerReference w:type="default" r:id="r2"/><w:headerReference w:type="first" r:id="r3"/>'
    # The second section has no headers of its own.
    first, second = (f"<w:sectPr>{inside}</w:sectPr>" for inside in (references, settings))
    body = text("a", f"<w:pPr>{first}</w:pPr>") + text("b") + second
    others = {"header": EDGE("hdr", text("A"), "hdr"), "header#first": EDGE("hdr", text("B"), "hdr")}
    assert list(read_prose("a.docx", word(body, others)).places) == ["", "", *expected]


def test_each_paragraph_is_a_line_and_each_character_a_column():
    prose = read_prose(
        "a.docx", word(text("One") + "<w:p/>" + f"<w:p>{run('a')}<w:r><w:br/></w:r>{run('b &amp; c')}</w:p>")
    )
    assert prose.source == "One\na b & c\n"
    block = prose.blocks[1]
    assert block.text == "a\nb & c"
    start, end = block.map_to_source(block.text.index("&"), len(block.text))
    span = prose.locate_span(start, end)
    assert (span.line, span.column, span.end_line, span.end_column) == (2, 5, 2, 8)


def test_reads_what_another_library_writes():
    file = docx.Document()
    file.add_heading("The journey", 1)
    file.add_paragraph("A step", style="List Bullet")
    file.add_paragraph("What they say", style="Intense Quote")
    file.add_table(1, 2).cell(0, 1).text = "Cell"
    file.sections[0].header.paragraphs[0].text = "Draft"
    file.add_comment(file.paragraphs[0].runs, "Not this", author="A")
    stream = io.BytesIO()
    file.save(stream)
    assert shown(read_prose("a.docx", stream.getvalue())) == [
        "heading: The journey",
        "item: A step",
        "> paragraph: What they say",
        "cell: Cell",
        "paragraph: Draft",
    ]


@pytest.mark.parametrize("ending", ["docx", "docm", "dotx", "dotm", "DOCX"])
def test_every_kind_of_word_file(ending):
    assert shown(read_prose(f"a.{ending}", word(text("a")))) == ["paragraph: a"]


MAIN = "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>{}</w:document>"
RELATED = related({"officeDocument": "word/document.xml"})
BOMB = '<!DOCTYPE d [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def broken(main, rels=RELATED):
    return archive({"_rels/.rels": rels, "word/document.xml": main})


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BAD = {
    "empty": (b"", "a.docx: the file is empty"),
    "text": (b"Dear reader", "a.docx: this is not a Word file, despite its name"),
    "protected": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "is password-protected",
    ),
    "old": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1WordDocument",
        "in an old binary format. In Word, save it as .docx.",
    ),
    "truncated": (word(text("a" * 999))[:-99], "it is incomplete or damaged"),
    "another archive": (archive({"a.txt": "a"}), "it contains no document"),
    "nothing there": (archive({"_rels/.rels": RELATED}), "it has no word/document.xml"),
    "broken XML": (broken("<w:document>"), "in word/document.xml, it is broken (line 1: "),
    "no body": (broken(MAIN.format("")), "it contains no text"),
    "PowerPoint": (
        broken('<p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"/>'),
        "it was made with PowerPoint",
    ),
    "entities": (broken(BOMB + MAIN.format("&b;")), "it declares entities"),
    "entities from outside": (broken(OUTSIDE + MAIN.format("&a;")), "it declares entities"),
    "wrong encoding": (
        broken(b'<?xml version="1.0" encoding="klingon"?><a/>'),
        "its text is not klingon, although it says so",
    ),
    "zip bomb": (broken(MAIN.format(" " * 70_000_000)), "it is far larger than any real document"),
    "many elements": (broken(MAIN.format("<w:p/>" * 900_000)), "it is far larger than any real document"),
    "deep": (broken(MAIN.format("<w:p>" * 5000 + "</w:p>" * 5000)), "it is far larger than any real document"),
}


@pytest.mark.parametrize(("data", "said"), BAD.values(), ids=BAD)
def test_says_in_one_line_what_is_wrong_with_a_file(data, said):
    with pytest.raises(OnevoiceError) as error:
        read_prose("a.docx", data)
    assert said in str(error.value)
    assert str(error.value).startswith("a.docx: ")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-1"])
def test_parts_in_any_encoding_are_read(encoding):
    xml = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>' + MAIN.format(
        f"<w:body>{text('é')}</w:body>"
    )
    assert shown(read_prose("a.docx", broken(xml.encode(encoding)))) == ["paragraph: é"]


def test_nested_as_deep_as_allowed_is_read():
    deep = 60
    body = f"<w:p>{'<w:ins>' * deep}{run('a')}{'</w:ins>' * deep}</w:p>"
    assert shown(read_prose("a.docx", word(body))) == ["paragraph: a"]


def test_parts_outside_of_the_file_are_never_asked_for():
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'TargetMode="External" Target="http://127.0.0.1:9/a.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"/></Relationships>'
    )
    parts = _parts(word(text("a"))) | {"word/_rels/document.xml.rels": rels}
    assert shown(read_prose("a.docx", archive(parts))) == ["paragraph: a"]


def test_a_document_without_words_is_read():
    assert read_prose("a.docx", word("<w:p/>")).blocks == ()


def test_content_types_are_no_matter_to_a_reader():
    assert shown(read_prose("a.docx", archive(_parts(word(text("a"))) | {"[Content_Types].xml": types({})}))) == [
        "paragraph: a"
    ]
