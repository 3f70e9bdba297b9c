"""Word and PowerPoint files: the archive, its XML, the text with its places, and the copy with comments."""

from __future__ import annotations

import functools
import io
import zipfile

import office
from fuzz.shape import TODAY, check_blocks, check_error, check_place, lint_file
from onevoice.errors import OnevoiceError
from onevoice.exchange import docx as commented
from onevoice.finding import Finding, Span
from onevoice.prose.read import read_prose

# Between the parts of an input.
SPLIT = b"\0\xff\0"
SIGNS = [
    SPLIT.decode("latin-1"), "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:tab/>", "<w:br/>", "<w:tbl>",
    "<w:tr>", "<w:tc>", "<w:ins>", "<w:del>", "<w:delText>", "<w:hyperlink r:id='r9'>", "<w:sdt><w:sdtContent>",
    "<w:pPr>", "<w:rPr>", "<w:vanish/>", '<w:pStyle w:val="Zitat"/>', '<w:rStyle w:val="Code"/>', "<w:numPr>",
    '<w:numId w:val="0"/>', '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="separate"/>',
    '<w:fldChar w:fldCharType="end"/>', "<w:instrText> HYPERLINK </w:instrText>", '<w:footnoteReference w:id="2"/>',
    "<m:oMath>", "<mc:AlternateContent>", '<mc:Choice Requires="wps">', "<mc:Fallback>", "<w:txbxContent>",
    '<w:sym w:char="F0E0"/>', "<w:softHyphen/>", "<a:p>", "</a:p>", "<a:r>", "<a:t>", "</a:t>", "<a:fld>", "<a:br/>",
    "<p:sp>", "<p:txBody>", "<p:grpSp>", "<a:tbl>", "<p:nvSpPr><p:cNvPr id='1' name='T'/>", "<p:graphicFrame>",
    "<a:graphicData><c:chart r:id='r2'/>", "<c:v>", "<a:tc>", "<!DOCTYPE x [", "<!ENTITY a 'b'>", "&a;", "&amp;",
    "&#0;", "&#xD800;", "<![CDATA[", "]]>", "<!--", "-->", "<?xml version='1.0' encoding='utf-16'?>",
    ' xmlns:w="urn:x"', "PK\x03\x04", "PK\x01\x02", "PK\x05\x06", "buyer's journey", "utilize", "\ufdd0", "\u2028",
]  # fmt: skip
_WORD_NAMES = ("word/document.xml", "word/styles.xml", "word/footnotes.xml", "word/comments.xml", "word/header1.xml")
_DECK_NAMES = ("ppt/slides/slide1.xml", "ppt/notesSlides/notesSlide1.xml", "ppt/charts/chart1.xml", "ppt/comments.xml")
_SHAPE = (
    '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Title 1"/><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr>'
    "<p:txBody><a:p><a:r><a:t>The buyer's journey</a:t></a:r></a:p></p:txBody></p:sp>"
)
_SLIDE = f"<p:sld {office.NAMES}><p:cSld><p:spTree>{_SHAPE}</p:spTree></p:cSld></p:sld>"
_NOTES = _SLIDE.replace("p:sld>", "p:notes>").replace("<p:sld ", "<p:notes ").replace('"title"', '"body"')
_CHART = (
    f"<c:chartSpace {office.NAMES}><c:chart><c:title><c:tx><c:v>A lead</c:v></c:tx></c:title></c:chart></c:chartSpace>"
)


def list_seeds() -> list[bytes]:
    """Files by their parts (the first byte is 0 for Word, 1 for PowerPoint), and whole archives (2 and 3)."""
    body = (
        office.text("The buyer's journey"),
        f"<w:p>{office.run('custo')}{office.run('mer', '<w:rPr><w:b/></w:rPr>')}<w:r><w:tab/><w:br/></w:r></w:p>",
        f"<w:p>{office.field(' HYPERLINK ', office.run('utilize'))}{office.box(office.text('A lead'))}</w:p>",
        f"<w:tbl><w:tr><w:tc>{office.text('37% more')}</w:tc></w:tr></w:tbl>",
    )
    documents = [f"<w:document {office.NAMES}><w:body>{one}</w:body></w:document>" for one in (*body, "".join(body))]
    styles = f"<w:styles {office.NAMES}>{office.STYLES}</w:styles>"
    notes = office.NOTE("footnote", "", office.text("a note")).replace("NAMES", office.NAMES)
    words = [SPLIT.join(part.encode() for part in (document, styles, notes)) for document in documents]
    deck = SPLIT.join(part.encode() for part in (_SLIDE, _NOTES, _CHART))
    return [*(b"\0" + one for one in words), b"\1" + deck, b"\2" + office.word(body[0]), b"\3" + pack_deck(deck)]


def check(data: bytes) -> None:
    """Raises for a fault."""
    kind, rest = (data[0] if data else 0) % 4, data[1:]
    path = "a.pptx" if kind % 2 else "a.docx"
    whole = rest if kind > 1 else pack_deck(rest) if kind else pack_word(rest)
    try:
        prose = read_prose(path, whole)
    except OnevoiceError as error:
        check_error(path, error)
        return
    assert read_prose(path, whole) == prose, "read twice, it differs"
    check_blocks(prose)
    assert len(prose.places) == prose.source.count("\n"), "a line has no place"
    for finding in lint_file(path, whole).findings:
        check_place(prose.source, finding)
    if not kind % 2 and prose.blocks:
        check_copy(path, whole, prose.source)


def check_copy(path: str, data: bytes, source: str) -> None:
    """The copy with comments says what the file says."""
    lines = source.splitlines()
    findings = [
        Finding("x", "error", path, Span(number, 1, number, len(line) + 1), line[:5], "m")
        for number, line in enumerate(lines[:5], 1)
    ]
    try:
        copy, count = commented.write(path, data, findings, TODAY)
    except OnevoiceError as error:
        check_error(path, error)
        return
    assert 0 <= count <= len(findings)
    assert read_prose(path, copy).source == source, "the copy says something else"


def pack_word(data: bytes) -> bytes:
    """A Word file of the parts that are given."""
    return office.archive(_frame_word() | dict(zip(_WORD_NAMES, data.split(SPLIT), strict=False)), zipfile.ZIP_STORED)


@functools.cache
def _frame_word() -> dict[str, bytes]:
    links = {"styles": "styles.xml", "footnotes": "footnotes.xml", "comments": "comments.xml", "header": "header1.xml"}
    whole = zipfile.ZipFile(io.BytesIO(office.word("")))
    return {name: whole.read(name) for name in whole.namelist()} | {
        "word/_rels/document.xml.rels": office.related(links).encode()
    }


def pack_deck(data: bytes) -> bytes:
    """A PowerPoint file of the parts that are given."""
    return office.archive(_frame_deck() | dict(zip(_DECK_NAMES, data.split(SPLIT), strict=False)), zipfile.ZIP_STORED)


@functools.cache
def _frame_deck() -> dict[str, bytes]:
    deck = f'<p:presentation {office.NAMES}><p:sldIdLst><p:sldId id="256" r:id="r1"/></p:sldIdLst></p:presentation>'
    parts = {
        "[Content_Types].xml": office.types({}),
        "_rels/.rels": office.related({"officeDocument": "ppt/presentation.xml"}),
        "ppt/presentation.xml": deck,
        "ppt/_rels/presentation.xml.rels": office.related({"slide": "slides/slide1.xml"}),
        "ppt/slides/slide1.xml": _SLIDE,
        "ppt/slides/_rels/slide1.xml.rels": office.related(
            {
                "notesSlide": "../notesSlides/notesSlide1.xml",
                "chart": "../charts/chart1.xml",
                "comments": "../comments.xml",
            }
        ),
    }
    return {name: text.encode() for name, text in parts.items()}
