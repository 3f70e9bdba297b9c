"""Office files for tests: small ones made by hand, so that each test shows the XML that it is about."""

import io
import zipfile

SPACES = {
    "w": "wordprocessingml/2006/main",
    "p": "presentationml/2006/main",
    "a": "drawingml/2006/main",
    "c": "drawingml/2006/chart",
    "dgm": "drawingml/2006/diagram",
    "wp": "drawingml/2006/wordprocessingDrawing",
    "m": "officeDocument/2006/math",
    "r": "officeDocument/2006/relationships",
    "mc": "markup-compatibility/2006",
}
NAMES = " ".join(f'xmlns:{short}="http://schemas.openxmlformats.org/{long}"' for short, long in SPACES.items())
NAMES += ' xmlns:v="urn:schemas-microsoft-com:vml"'
NAMES += ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def archive(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return stream.getvalue()


def related(links: dict[str, str], types: str = TYPES) -> str:
    """A part of relationships: `{"footnotes": "footnotes.xml"}`; the ids are r1, r2, ... in that order."""
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{types}/{kind.split("#")[0]}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links.items(), 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def types(parts: dict[str, str]) -> str:
    """`[Content_Types].xml`."""
    rows = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
STYLES = "".join(
    f'<w:style w:type="{kind}" w:styleId="{identity}"><w:name w:val="{name}"/>{rest}</w:style>'
    for kind, identity, name, rest in (
        ("paragraph", "berschrift1", "heading 1", ""),
        ("paragraph", "Kapitel", "Our chapter", '<w:basedOn w:val="berschrift1"/>'),
        ("paragraph", "Titel", "Title", ""),
        ("paragraph", "Zitat", "Quote", ""),
        ("character", "ZitatZchn", "Quote Char", ""),
        ("paragraph", "Aufzhlung", "List Bullet", ""),
        ("paragraph", "Geheim", "Secret", "<w:rPr><w:vanish/></w:rPr>"),
        ("character", "Code", "HTML Code", ""),
        ("paragraph", "Circle", "Circle", '<w:basedOn w:val="Round"/>'),
        ("paragraph", "Round", "Round", '<w:basedOn w:val="Circle"/>'),
    )
)


def word(body: str, others: dict[str, str] | None = None) -> bytes:
    """A Word file. body: the XML in `w:body`. others: further parts by the kind of their relationship."""
    links = {"styles": "styles.xml"} | {kind: f"{kind.replace('#', '')}.xml" for kind in others or {}}
    parts = {
        "[Content_Types].xml": types(
            {"word/document.xml": f"{WORD}.document.main+xml", "word/styles.xml": f"{WORD}.styles+xml"}
            | {f"word/{links[kind]}": f"{WORD}.{kind.split('#')[0]}+xml" for kind in others or {}}
        ),
        "_rels/.rels": related({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": related(links),
        "word/styles.xml": f"<w:styles {NAMES}>{STYLES}</w:styles>",
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
    }
    return archive(parts | {f"word/{links[kind]}": xml.replace("NAMES", NAMES) for kind, xml in (others or {}).items()})


def text(words: str, settings: str = "") -> str:
    """A Word paragraph of one run."""
    return f"<w:p>{settings}{run(words)}</w:p>"


def run(words: str, settings: str = "") -> str:
    """A run of a Word paragraph."""
    return f'<w:r>{settings}<w:t xml:space="preserve">{words}</w:t></w:r>'


def field(code: str, result: str) -> str:
    """A Word field as it is after its update."""
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    code = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    return f"{sign('begin')}{code}{sign('separate')}{result}{sign('end')}"


def box(content: str) -> str:
    """A run with a text box, written twice as Word does: for itself and for old versions."""
    inside = f"<w:txbxContent>{content}</w:txbxContent>"
    drawing = f"<w:drawing><wp:anchor><wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></wp:anchor></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


# A part of notes: its kind, the text of the line above them, and that of note 2; a part of a header or footer.
NOTE = '<w:{0}s NAMES><w:{0} w:id="0" w:type="separator">{1}</w:{0}><w:{0} w:id="2">{2}</w:{0}></w:{0}s>'.format
EDGE = "<w:{} NAMES>{}</w:{}>".format


def deck(body: str) -> bytes:
    """A PowerPoint file of one slide. body: the XML of its only shape's text."""
    slides = '<p:sldIdLst><p:sldId r:id="r1"/></p:sldIdLst>'
    shape = f"<p:sp><p:nvSpPr><p:cNvPr/><p:nvPr/></p:nvSpPr><p:txBody>{body}</p:txBody></p:sp>"
    return archive(
        {
            "_rels/.rels": related({"officeDocument": "ppt/presentation.xml"}),
            "ppt/presentation.xml": f"<p:presentation {NAMES}>{slides}</p:presentation>",
            "ppt/_rels/presentation.xml.rels": related({"slide": "slides/slide1.xml"}),
            "ppt/slides/slide1.xml": f"<p:sld {NAMES}><p:cSld><p:spTree>{shape}</p:spTree></p:cSld></p:sld>",
        }
    )
