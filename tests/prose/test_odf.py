"""What people read of OpenDocument texts and presentations."""

import io
import zipfile

import pytest

from onevoice.errors import OnevoiceError
from onevoice.prose.read import read_prose
from prose.shown import shown

NAMES = (
    "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "draw", "presentation", "style", "manifest")
    )
    + ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
TEXT = """\
<text:tracked-changes><text:p>Deleted.</text:p></text:tracked-changes>
<text:h text:outline-level="1">Our <text:span>plan</text:span></text:h>
<text:p>Please sign<text:line-break/>up <text:a>here</text:a>,   now<text:s text:c="2"/>or
   never.<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>
   <text:note-body><text:p>A note.</text:p></text:note-body></text:note><office:annotation><text:p>Hm.</text:p>
   </office:annotation></text:p>
<text:list><text:list-item><text:p>One</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>Cell</text:p></table:table-cell></table:table-row></table:table>
<text:p><draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box>
<svg:desc>A picture</svg:desc></draw:frame></text:p>
<text:section text:display="none"><text:p>Hidden.</text:p></text:section>
"""
SLIDES = """\
<draw:page draw:name="a"><draw:frame presentation:class="title"><draw:text-box><text:p>A title</text:p></draw:text-box>
</draw:frame><presentation:notes><draw:frame><draw:text-box><text:p>Say it.</text:p></draw:text-box></draw:frame>
</presentation:notes></draw:page>
<draw:page><draw:custom-shape><text:p>In a shape</text:p></draw:custom-shape></draw:page>
"""
STYLES = """\
<office:master-styles><style:master-page><style:header><text:p>Confidential</text:p></style:header></style:master-page>
<style:master-page><style:header><text:p>Confidential</text:p></style:header></style:master-page></office:master-styles>
"""


def make_file(body, kind="text", **parts):
    parts["content.xml"] = (
        f"<office:document-content{NAMES}><office:body><office:{kind}>{body}"
        f"</office:{kind}></office:body></office:document-content>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return data.getvalue()


def test_a_text():
    styles = f"<office:document-styles{NAMES}>{STYLES}</office:document-styles>"
    meta = (
        f"<office:document-meta{NAMES}><office:meta><dc:title>The  plan</dc:title></office:meta></office:document-meta>"
    )
    prose = read_prose("a.odt", make_file(TEXT, **{"styles.xml": styles, "meta.xml": meta}))
    assert shown(prose) == [
        "heading: Our plan", "paragraph: Please sign¶up [here], now  or never.", "paragraph: A note.", "item: One",
        "cell: Cell", "paragraph: In a box.", "alt: A picture", "paragraph: Confidential",
    ]  # fmt: skip
    assert prose.places == (
        "", 'under "Our plan"', 'footnote 1, under "Our plan"', 'under "Our plan"', 'table 1, row 1, under "Our plan"',
        'text box, under "Our plan"', "text box, alternative text", "header",
    )  # fmt: skip
    assert prose.meta == {"title": "The plan"}


def test_slides():
    prose = read_prose("a.odp", make_file(SLIDES, "presentation"))
    assert shown(prose) == ["heading: A title", "paragraph: Say it.", "paragraph: In a shape"]
    assert prose.places == ("slide 1", "slide 1, notes", "slide 2")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"Hello", "not a LibreOffice file"),
        (make_file(TEXT)[:300], "incomplete or damaged"),
        (make_file("<text:p>"), "broken"),
        (make_file("<text:span>" * 300 + "</text:span>" * 300), "elements within each other"),
        (make_file(TEXT, **{"META-INF/manifest.xml": "<manifest:encryption-data/>"}), "password-protected"),
        (make_file(TEXT).replace(b"content.xml", b"nothing.xml"), "no content.xml"),
    ],
)
def test_what_cannot_be_read(data, said):
    with pytest.raises(OnevoiceError, match=said):
        read_prose("a.odt", data)
