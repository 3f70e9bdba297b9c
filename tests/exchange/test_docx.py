"""Findings as comments in a Word file: at their words, with everything else as it was, and read by other programs."""

import datetime
import io
import re
import zipfile
from xml.sax.saxutils import escape

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import assume, given
from hypothesis import strategies as st

from office import EDGE, NOTE, archive, box, field, run, text, word
from onevoice.errors import OnevoiceError
from onevoice.exchange.docx import write
from onevoice.finding import Finding, Span
from onevoice.prose.read import read_prose

TODAY = datetime.date(2026, 11, 21)
BOLD = "<w:rPr><w:b/></w:rPr>"
BAD = re.compile(r"off[\s\u2011]brand")


def found(data, path="a.docx"):
    """A finding on each "off brand" in a file."""
    prose = read_prose(path, data)
    out = []
    for block in prose.blocks:
        for match in BAD.finditer(block.text):
            span = prose.locate_span(*block.map_to_source(*match.span()))
            place = prose.places[span.line - 1]
            message = f"{place}: Not this." if place else "Not this."
            out.append(Finding("Brand.x", "error", path, span, match.group(), message, ("on brand",), "/x/", "A & B."))
    return out


def commented(data):
    """The file with comments, and how many there are."""
    return write("a.docx", data, found(data), TODAY)


def anchored(data):
    """The words at which each comment stands, and its paragraphs, as another library reads them."""
    file = docx.Document(io.BytesIO(data))
    said = {str(one.comment_id): [paragraph.text for paragraph in one.paragraphs] for one in file.comments}
    words = {}
    inside = set()
    for node in file.element.body.iter():
        number = node.get(qn("w:id"))
        if node.tag == qn("w:commentRangeStart"):
            inside.add(number)
            words[number] = ""
        elif node.tag == qn("w:commentRangeEnd"):
            inside.remove(number)
        elif node.tag == qn("w:t"):
            words |= {number: words[number] + (node.text or "") for number in inside}
        elif node.tag == qn("w:commentReference"):
            assert number in said
    assert not inside
    assert words.keys() <= said.keys()
    return [(words[number], said[number]) for number in words]


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


SAID = ["Not this.", "Better: on brand", "A & B.", "/x/"]
AT = {
    "one run": (f"<w:p>{run('so off brand it is')}</w:p>", ["off brand"]),
    "a whole run": (f"<w:p>{run('off brand')}</w:p>", ["off brand"]),
    "twice in a run": (f"<w:p>{run('off brand, off brand')}</w:p>", ["off brand", "off brand"]),
    "side by side": (f"<w:p>{run('off brandoff brand')}</w:p>", ["off brand", "off brand"]),
    "over runs": (f"<w:p>{run('too of')}{run('f b', BOLD)}{run('rand')}</w:p>", ["off brand"]),
    "escapes": (f"<w:p>{run('a &lt;b&gt; &amp; off brand &lt;c&gt;')}</w:p>", ["off brand"]),
    "beside a tab": (
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>off brand</w:t><w:tab/><w:t>c</w:t></w:r></w:p>",
        ["off brand"],
    ),
    "over a sign": ("<w:p><w:r><w:t>off</w:t><w:noBreakHyphen/><w:t>brand x</w:t></w:r></w:p>", ["offbrand"]),
    "in a table": (f"<w:tbl><w:tr><w:tc>{text('an off brand cell')}</w:tc></w:tr></w:tbl>{text('x')}", ["off brand"]),
    "in a link": (f'<w:p><w:hyperlink w:anchor="a">{run("the off brand")}</w:hyperlink></w:p>', ["off brand"]),
    "in a field": (f"<w:p>{field('REF a', run('an off brand'))}</w:p>", ["an off brand"]),
    "in a simple field": (
        f"<w:p><w:fldSimple w:instr='REF a'>{run('an off brand')}</w:fldSimple></w:p>",
        ["an off brand"],
    ),
    "inserted": (f'<w:p><w:ins w:id="7" w:author="A">{run("an off brand")}</w:ins></w:p>', ["off brand"]),
    "around a deletion": (
        f"<w:p>{run('off ')}<w:del w:id='7' w:author='A'>{run('no').replace('w:t', 'w:delText')}</w:del>{run('brand')}"
        "</w:p>",
        ["off brand"],
    ),
    "in a control": (f"<w:p><w:sdt><w:sdtContent>{run('an off brand')}</w:sdtContent></w:sdt></w:p>", ["off brand"]),
    "in a bound control": (
        f"<w:p><w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr><w:sdtContent>{run('an off brand')}</w:sdtContent></w:sdt>"
        "</w:p>",
        ["an off brand"],
    ),
    "over a drop cap": (
        text("o", '<w:pPr><w:framePr w:dropCap="drop"/></w:pPr>') + text("ff brand"),
        ["off brand"],
    ),
    "over a deleted end": (
        text("off ", '<w:pPr><w:rPr><w:del w:id="7" w:author="A"/></w:rPr></w:pPr>') + text("brand"),
        ["off brand"],
    ),
}


@pytest.mark.parametrize(("body", "expected"), AT.values(), ids=AT)
def test_comments_stand_at_their_words(body, expected):
    data, count = commented(word(body))
    assert count == len(expected)
    assert anchored(data) == [(words, SAID) for words in expected]


@pytest.mark.parametrize("body", [body for body, _ in AT.values()], ids=AT)
def test_nothing_but_comments_is_added(body):
    before = word(body)
    after, _ = commented(before)
    assert read_prose("a.docx", after).source == read_prose("a.docx", before).source
    kept = parts(after)
    for name, data in parts(before).items():
        if name not in ("[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels"):
            assert kept[name] == data
    # Without the marks, and with runs of one format put together again, the body is the same.
    assert _joined(kept["word/document.xml"]) == _joined(parts(before)["word/document.xml"])


def _joined(xml):
    text = re.sub(r"<w:commentRange(Start|End) [^>]*/>|<w:r><w:commentReference [^>]*/></w:r>", "", xml.decode())
    text = text.replace(' xml:space="preserve"', "")
    for settings in ("", BOLD):
        text = text.replace(f"</w:t></w:r><w:r>{settings}<w:t>", "</w:t><w:t>")
        text = text.replace(f"</w:r><w:r>{settings}", "")
    return text.replace("</w:t><w:t>", "")


def test_each_piece_keeps_the_format_of_its_run():
    data, _ = commented(word(f"<w:p>{run('a off brand b', BOLD)}</w:p>"))
    runs = docx.Document(io.BytesIO(data)).paragraphs[0].runs
    assert [(one.text, one.bold) for one in runs if one.text] == [("a ", True), ("off brand", True), (" b", True)]


def test_what_stands_outside_of_the_body_is_told_where_a_comment_can_stand():
    body = (
        f"<w:p>{run('Body')}</w:p><w:p>{run('Noted')}<w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
        f"<w:p>{run('Boxed')}{box(text('off brand'))}</w:p>"
        '<w:sectPr><w:headerReference w:type="default" r:id="r3"/></w:sectPr>'
    )
    others = {
        "footnotes": NOTE("footnote", text("x"), text("off brand")),
        "header": EDGE("hdr", text("off brand"), "hdr"),
    }
    before = word(body, others)
    data, count = commented(before)
    assert count == 3
    assert {words: said[0] for words, said in anchored(data)} == {
        "Body": "header: Not this.",
        "": "footnote 1: Not this.",
        "off brandoff brand": "text box: Not this.",
    }
    assert [part for part in parts(before) if parts(before)[part] != parts(data)[part]] == [
        "[Content_Types].xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
    ]


@pytest.mark.parametrize("code", ["TITLE", "DOCPROPERTY Company", "REF a", "simple"])
@pytest.mark.parametrize("place", ["header", "footer", "footnote", "endnote", "text box", "box in a header"])
def test_a_field_outside_of_the_body(code, place):
    words = run("an off brand")
    simple = f"<w:fldSimple w:instr='TITLE'>{words}</w:fldSimple>"
    inside = f"<w:p>{simple if code == 'simple' else field(code, words)}</w:p>"
    body, others = f"<w:p>{run('Body')}", {}
    if place == "text box":
        body += box(inside)
    elif place in ("footnote", "endnote"):
        body += f"<w:r><w:{place}Reference w:id='2'/></w:r>"
        others[f"{place}s"] = NOTE(place, text("x"), inside)
    else:
        kind = "footer" if place == "footer" else "header"
        others[kind] = EDGE("hdr", inside if place == kind else f"<w:p>{box(inside)}</w:p>", "hdr")
        body += f'</w:p><w:p><w:pPr><w:sectPr><w:{kind}Reference w:type="default" r:id="r2"/></w:sectPr></w:pPr>'
    data, count = commented(word(f"{body}</w:p>", others))
    assert count == 1
    [(_, said)] = anchored(data)
    assert said[0].endswith(": Not this.") and said[1:] == SAID[1:]


def test_comments_that_are_there_are_kept():
    file = docx.Document()
    first = file.add_paragraph("An off brand word")
    file.add_comment(first.runs, "Is this right?", author="Ann", initials="A")
    stream = io.BytesIO()
    file.save(stream)
    data, count = commented(stream.getvalue())
    assert count == 1
    assert anchored(data) == [("An off brand word", ["Is this right?"]), ("off brand", SAID)]
    again, _ = commented(data)
    assert [words for words, _ in anchored(again)] == ["An off brand word", "off brand", "off brand"]


def test_a_document_of_which_a_header_is_all_that_speaks():
    body = '<w:p/><w:sectPr><w:headerReference w:type="default" r:id="r2"/></w:sectPr>'
    data, count = commented(word(body, {"header": EDGE("hdr", text("off brand"), "hdr")}))
    assert (count, anchored(data)) == (1, [("", ["header: Not this.", *SAID[1:]])])


def test_author_initials_and_date():
    data, _ = commented(word(text("off brand")))
    (comment,) = docx.Document(io.BytesIO(data)).comments
    assert (comment.author, comment.initials, comment.timestamp.date()) == ("onevoice", "ov", TODAY)


def test_nothing_found_is_the_same_file():
    data = word(text("fine"))
    assert commented(data) == (data, 0)


def test_the_same_comes_out_every_time():
    data = word(text("off brand"))
    assert commented(data) == commented(data)


def test_a_finding_on_no_words_is_said_of_the_paragraph():
    data = word(text("One") + text("Two words"))
    prose = read_prose("a.docx", data)
    finding = Finding("Voice.long", "warning", "a.docx", prose.locate_span(4, 4), "", "Too long.")
    data, _ = write("a.docx", data, [finding], TODAY)
    assert anchored(data) == [("Two words", ["Too long."])]


@pytest.mark.parametrize("space", ["", "x"])
def test_any_prefix_of_the_namespace(space):
    before = {name: part.decode() for name, part in parts(word(text("an off brand"))).items()}
    for old, new in (("<w:", f"<{space}:"), ("</w:", f"</{space}:"), ("xmlns:w=", f"xmlns:{space}=")):
        if not space:
            new = new.replace(":", "", 1)
        before["word/document.xml"] = before["word/document.xml"].replace(old, new)
    data, _ = commented(archive(before))
    assert anchored(data) == [("off brand", SAID)]


@pytest.mark.parametrize(("name", "shown"), [("a.png", r"a\.png"), ("a\x85.png", r"a\\x85\.png")])
def test_a_damaged_picture_is_told(name, shown):
    data = bytearray(
        archive({**parts(word(text("off brand"))), f"word/media/{name}": b"picture" * 9}, zipfile.ZIP_STORED)
    )
    data[data.index(b"picturepicture") + 3] ^= 1
    with pytest.raises(OnevoiceError, match=rf"^a\.docx: cannot be read as a Word file: word/media/{shown} is damaged"):
        commented(bytes(data))


@given(st.text("ab <&é", min_size=1, max_size=60), st.data())
def test_any_words_however_they_are_cut_into_runs(words, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(words)), max_size=6)))
    pieces = [words[start:end] for start, end in zip([0, *cuts], [*cuts, len(words)], strict=True)]
    assume(words.strip())
    before = word(f"<w:p>{''.join(run(escape(piece), BOLD) for piece in pieces)}</w:p>")
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    spans = [Span(1, start + 1, 1, end + 1), *(Span(1, at + 1, 1, at + 2) for at in (start, 0, len(words) - 1))]
    found = [Finding("x", "error", "a.docx", span, "x", "Not this.") for span in spans]
    after, count = write("a.docx", before, found, TODAY)
    assert count == len(found)
    assert read_prose("a.docx", after).source == read_prose("a.docx", before).source == f"{words}\n"
    at = {words[start:end], words[start], words[0], words[-1]}
    assert {text for text, _ in anchored(after)} == at


@pytest.mark.parametrize("case", AT)
def test_other_programs_open_it_and_find_the_comments_at_their_words(case, libreoffice, converted):
    expected = AT[case][1]
    assert [words for words, said in anchored(converted[case]) if said[0] == "Not this."] == expected


@pytest.fixture(scope="module")
def converted(libreoffice, tmp_path_factory):
    """Each of the cases with its comments, opened and saved by LibreOffice."""
    folder = tmp_path_factory.mktemp("word")
    files = {}
    for number, (case, (body, _)) in enumerate(AT.items()):
        files[case] = folder / f"{number}.docx"
        files[case].write_bytes(commented(word(body))[0])
    made = libreoffice.convert(libreoffice.find(), list(files.values()), "docx", tmp_path_factory.mktemp("saved"))
    if not made:
        pytest.skip("LibreOffice is here without Writer")
    return {case: path.read_bytes() for case, path in zip(files, made, strict=True)}
