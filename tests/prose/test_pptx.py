"""What the audience and the speaker of a PowerPoint file see, and where people are told that it stands."""

import io
import sys
from pathlib import Path

import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from office import NAMES, TYPES, archive, related
from onevoice.errors import OnevoiceError
from onevoice.prose.read import read_prose
from prose.shown import shown

ROOM = (Inches(1), Inches(1), Inches(4), Inches(2))


@pytest.fixture
def deck():
    """A deck of one slide with a title, an empty body, and the name of each."""
    file = pptx.Presentation()
    slide = file.slides.add_slide(file.slide_layouts[1])
    slide.shapes.title.text = "Our journey"
    return file


def lines(file, path="deck.pptx"):
    """Each line with its place."""
    stream = io.BytesIO()
    file.save(stream)
    prose = read_prose(path, stream.getvalue())
    return [f"{place} | {text}" for place, text in zip(prose.places, shown(prose), strict=True)]


def test_title_body_and_notes(deck):
    slide = deck.slides[0]
    slide.placeholders[1].text = "First\nSecond"
    slide.notes_slide.notes_text_frame.text = "Say this"
    assert lines(deck) == [
        "slide 1, Title 1 | heading: Our journey",
        "slide 1, Content Placeholder 2 | item: First",
        "slide 1, Content Placeholder 2 | item: Second",
        "slide 1, notes | paragraph: Say this",
    ]


def test_the_title_of_a_deck_has_a_subtitle():
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    slide.shapes.title.text, slide.placeholders[1].text = "Deck", "For customers"
    assert lines(deck) == ["slide 1, Title 1 | heading: Deck", "slide 1, Subtitle 2 | title: For customers"]


def test_shapes_in_groups_tables_and_links(deck):
    shapes = deck.slides[0].shapes
    group = shapes.add_group_shape().shapes.add_group_shape()
    group.shapes.add_textbox(*ROOM).text_frame.text = "Deep"
    table = shapes.add_table(2, 2, *ROOM).table
    table.cell(0, 0).text = "Head"
    table.cell(1, 0).merge(table.cell(1, 1))
    table.cell(1, 0).text, table.cell(1, 1).text = "Wide", "covered"
    words = shapes.add_textbox(*ROOM).text_frame.paragraphs[0]
    words.add_run().text = "See "
    words.add_run().text = "there"
    words.runs[1].hyperlink.address = "https://example.com"
    words.add_line_break()
    words.add_run().text = "now"
    assert lines(deck)[1:] == [
        "slide 1, TextBox 5 | paragraph: Deep",
        "slide 1, Table 6, row 1 | cell: Head",
        "slide 1, Table 6, row 2 | cell: Wide",
        "slide 1, TextBox 7 | paragraph: See [there]¶now",
    ]


def test_charts_say_their_titles_series_and_categories(deck):
    data = CategoryChartData()
    data.categories = ["Spring", "Autumn"]
    data.add_series("Leads", (1, 2))
    data.add_series("Deals", (3, 4))
    chart = deck.slides[0].shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *ROOM, data).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = "Growth"
    said = [f"slide 1, Chart 3, chart | paragraph: {text}" for text in ("Growth", "Leads", "Spring", "Autumn", "Deals")]
    assert lines(deck)[1:] == said


def test_pictures_say_what_they_show(deck, tmp_path):
    from PIL import Image

    Image.new("RGB", (4, 4)).save(tmp_path / "a.png")
    picture = deck.slides[0].shapes.add_picture(str(tmp_path / "a.png"), 0, 0)
    picture._element.nvPicPr.cNvPr.set("descr", "A ferry at night")
    assert lines(deck)[1:] == ["slide 1, Picture 3, alternative text | alt: A ferry at night"]


def test_hidden_slides_are_read_and_hidden_shapes_are_not(deck):
    slide = deck.slides[0]
    slide.shapes.add_textbox(*ROOM).text_frame.text = "secret"
    slide.shapes[-1]._element.nvSpPr.cNvPr.set("hidden", "1")
    slide._element.set("show", "0")
    assert lines(deck) == ["slide 1 (hidden), Title 1 | heading: Our journey"]


def test_what_a_layout_or_master_says_stands_once_at_the_end(deck):
    deck.slides.add_slide(deck.slide_layouts[1]).shapes.title.text = "Two"
    for place in (deck.slide_layouts[1], deck.slide_master, deck.slide_layouts[2]):
        tree = place.shapes._spTree
        other = deck.slides[0].shapes.add_textbox(*ROOM)
        other.text_frame.text = "Ferrywell"
        tree.append(other._element)
    assert lines(deck) == [
        "slide 1, Title 1 | heading: Our journey",
        "slide 2, Title 1 | heading: Two",
        'layout "Title and Content", TextBox 3 | paragraph: Ferrywell',
        "slide master, TextBox 3 | paragraph: Ferrywell",
    ]


def test_slides_stand_in_the_order_of_the_show(deck):
    deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = "Two"
    order = deck.slides._sldIdLst
    order.append(order[0])
    assert lines(deck) == ["slide 1, Title 1 | heading: Two", "slide 2, Title 1 | heading: Our journey"]


SLIDE = f"<p:sld {NAMES}><p:cSld><p:spTree>{{}}</p:spTree></p:cSld></p:sld>"


def by_hand(slide, related_to=None, others=None, strict=False):
    """A deck of one slide."""
    tree = SLIDE.format(slide)
    main = f'<p:presentation {NAMES}><p:sldIdLst><p:sldId id="256" r:id="r1"/></p:sldIdLst></p:presentation>'
    parts = {
        "_rels/.rels": related({"officeDocument": "/ppt/presentation.xml"}),
        "ppt/presentation.xml": main,
        "ppt/_rels/presentation.xml.rels": related({"slide": "slides/slide1.xml"}),
        "ppt/slides/slide1.xml": tree,
        "ppt/slides/_rels/slide1.xml.rels": related(related_to or {}),
        **(others or {}),
    }
    if strict:
        for old, new in (
            ("http://schemas.openxmlformats.org/presentationml/2006", "http://purl.oclc.org/ooxml/presentationml"),
            ("http://schemas.openxmlformats.org/drawingml/2006", "http://purl.oclc.org/ooxml/drawingml"),
            (TYPES, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
        ):
            parts = {name: part.replace(old, new) for name, part in parts.items()}
    return archive(parts)


def shape(words, name="Box 1", settings=""):
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="{name}"/><p:nvPr>{settings}</p:nvPr></p:nvSpPr>'
        f"<p:txBody><a:p>{words}</a:p></p:txBody></p:sp>"
    )


def run(words):
    return f"<a:r><a:t>{words}</a:t></a:r>"


@pytest.mark.parametrize("strict", [False, True])
def test_reads_both_kinds_of_the_standard(strict):
    prose = read_prose("a.pptx", by_hand(shape(run("A")), strict=strict))
    assert (prose.places, shown(prose)) == (("slide 1, Box 1",), ["paragraph: A"])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (run("one ") + run("word"), ["paragraph: one word"]),
        ('<a:pPr><a:buChar char="-"/></a:pPr>' + run("A"), ["item: A"]),
        (run("a ") + '<a:fld type="slidenum"><a:t>7</a:t></a:fld>', ["paragraph: a ·"]),
        ('<a:fld type="datetime1"><a:t>May 1</a:t></a:fld>', ["paragraph: May 1"]),
        (run("a") + "<mc:AlternateContent><mc:Choice/></mc:AlternateContent>", ["paragraph: a·"]),
        (run("a") + "</a:p><a:p/><a:p>" + run("b"), ["paragraph: a", "paragraph: b"]),
    ],
)
def test_what_a_paragraph_says(words, expected):
    assert shown(read_prose("a.pptx", by_hand(shape(words)))) == expected


def test_diagrams_are_read_and_their_prompts_are_not():
    frame = (
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="2" name="Diagram 1"/></p:nvGraphicFramePr><a:graphic>'
        '<a:graphicData><dgm:relIds r:dm="r1"/></a:graphicData></a:graphic></p:graphicFrame>'
    )
    point = "<dgm:pt {}><dgm:prSet {}/><dgm:t><a:p>{}</a:p></dgm:t></dgm:pt>".format
    points = point("", "", run("Plan")) + point('type="sibTrans"', "", run("x")) + point("", 'phldr="1"', run("[Text]"))
    data = f"<dgm:dataModel {NAMES}><dgm:ptLst>{points}</dgm:ptLst></dgm:dataModel>"
    prose = read_prose(
        "a.pptx", by_hand(frame, {"diagramData": "../diagrams/data1.xml"}, {"ppt/diagrams/data1.xml": data})
    )
    assert (prose.places, shown(prose)) == (("slide 1, Diagram 1, diagram",), ["paragraph: Plan"])


def test_content_for_old_versions_is_not_read_twice():
    both = f"<mc:Choice>{shape(run('A'))}</mc:Choice><mc:Fallback>{shape(run('A'))}</mc:Fallback>"
    assert shown(read_prose("a.pptx", by_hand(f"<mc:AlternateContent>{both}</mc:AlternateContent>"))) == [
        "paragraph: A"
    ]


@pytest.mark.parametrize("ending", ["pptx", "pptm", "potx", "potm", "ppsx", "ppsm"])
def test_every_kind_of_powerpoint_file(deck, ending):
    assert lines(deck, f"a.{ending}") == ["slide 1, Title 1 | heading: Our journey"]


def test_a_word_file_by_another_name_is_told():
    main = f"<w:document {NAMES}><w:body/></w:document>"
    data = archive({"_rels/.rels": related({"officeDocument": "word/document.xml"}), "word/document.xml": main})
    with pytest.raises(OnevoiceError, match=r"^a\.pptx: cannot be read as a PowerPoint file: it was made with Word\."):
        read_prose("a.pptx", data)


def test_a_deck_without_words_is_read():
    assert read_prose("a.pptx", by_hand(shape(""))).blocks == ()


def test_a_deck_of_many_parts_takes_no_more_room_than_its_text():
    """Each part is parsed; what parses it must go as soon as it has."""
    resource = pytest.importorskip("resource")
    if not sys.platform.startswith("linux"):
        pytest.skip("the size of a process is told on Linux only")
    parts = {f"ppt/slides/slide{number}.xml": SLIDE.format(shape(run("A"))) for number in range(2, 302)}
    links = related({f"slide#{number}": name.removeprefix("ppt/") for number, name in enumerate(parts)})
    ids = "".join(f'<p:sldId r:id="r{number + 1}"/>' for number in range(len(parts)))
    main = f"<p:presentation {NAMES}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>"
    rels = {"ppt/presentation.xml": main, "ppt/_rels/presentation.xml.rels": links}
    data = by_hand("", others=rels | parts)
    bounds = resource.getrlimit(resource.RLIMIT_AS)
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + 100 * 2**20, bounds[1]))
    try:
        assert len(read_prose("a.pptx", data).blocks) == 300
    finally:
        resource.setrlimit(resource.RLIMIT_AS, bounds)
