"""Hostile Office files: archives that lie, XML that grows, links that lead in circles or out."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterator

from hostile.trial import Case
from office import EDGE, NAMES, NOTE, PACKAGE, archive, box, field, related, run, text, types, word

SLIDE = "application/vnd.openxmlformats-officedocument.presentationml"
FINE = "We utilize that."
ENTITIES = (
    "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'>"
    + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


def write_word(name: str, make: Callable[[], bytes], ending: str = ".docx", **more: object) -> Case:
    """A case of one Office file."""
    return Case(name, lambda folder: (folder / f"bad{ending}").write_bytes(make()), **more)


def deck(*slides: str, extra: dict[str, str | bytes] | None = None) -> bytes:
    """A PowerPoint file whose slides hold these shapes."""
    names = [f"slides/slide{number}.xml" for number, _ in enumerate(slides, 1)]
    ids = "".join(f'<p:sldId id="{255 + number}" r:id="r{number}"/>' for number, _ in enumerate(slides, 1))
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": types(
            {"ppt/presentation.xml": f"{SLIDE}.presentation.main+xml"}
            | {f"ppt/{name}": f"{SLIDE}.slide+xml" for name in names}
        ),
        "_rels/.rels": related({"officeDocument": "ppt/presentation.xml"}),
        "ppt/_rels/presentation.xml.rels": related({f"slide#{name}": name for name in names}),
        "ppt/presentation.xml": f"<p:presentation {NAMES}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
    }
    parts |= {
        f"ppt/{name}": f"<p:sld {NAMES}><p:cSld><p:spTree>{body}</p:spTree></p:cSld></p:sld>"
        for name, body in zip(names, slides, strict=True)
    }
    return archive(parts | (extra or {}))


def shape(words: str) -> str:
    """A text box of a slide."""
    return (
        f"<p:sp><p:nvSpPr><p:cNvPr id='2' name='A'/></p:nvSpPr>"
        f"<p:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def list_parts(data: bytes) -> dict[str, bytes]:
    """What is in an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def change(part: str, make: Callable[[bytes], str | bytes | None], more: dict[str, str | bytes] | None = None) -> bytes:
    """A sound Word file, one part of it changed (None: left out), and others added."""
    parts: dict[str, str | bytes] = {**list_parts(word(text(FINE)))}
    made = make(parts.pop(part, b""))  # type: ignore[arg-type]
    return archive(parts | ({} if made is None else {part: made}) | (more or {}))


def patch(data: bytes, signature: bytes, offset: int, value: bytes, *, each: bool = True) -> bytes:
    """Overwrite a field behind each of these signatures of an archive."""
    made, at = bytearray(data), -1
    while (at := data.find(signature, at + 1)) >= 0:
        made[at + offset : at + offset + len(value)] = value
        if not each:
            break
    return bytes(made)


LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


def duplicate(name: str) -> bytes:
    """An archive in which a part is there twice."""
    stream = io.BytesIO(word(text(FINE)))
    with zipfile.ZipFile(stream, "a") as file:
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            file.writestr(name, f"<w:document {NAMES}><w:body>{text('We utilize this.')}</w:body></w:document>")
    return stream.getvalue()


def ole() -> bytes:
    """What Word writes when a file has a password: no archive at all."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHH", 0x3E, 3, 0xFFFE) + bytes(3000)


def document(body: str, head: str = "") -> bytes:
    """A Word file with this in its body, whatever that is."""
    return change("word/document.xml", lambda _: f"{head}<w:document {NAMES}><w:body>{body}</w:body></w:document>")


def iter_archives() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Archives that are none, or lie."""
    sound = word(text(FINE))
    for share in range(0, 100, 9):
        yield f"cut at {share}%", lambda share=share: sound[: len(sound) * share // 100]
    for number in range(12):
        at = len(sound) * number // 12 + number
        yield f"byte {number} flipped", lambda at=at: sound[:at] + bytes([sound[at] ^ 0xFF]) + sound[at + 1 :]
    yield "no archive", lambda: b"utilize"
    yield "a password", ole
    yield "only an end", lambda: END + bytes(18)
    yield "an empty archive", lambda: archive({})
    yield "noise before", lambda: bytes(range(256)) * 9 + sound
    yield "noise after", lambda: sound + bytes(range(256)) * 9
    yield "twice", lambda: sound + sound
    yield "method 99", lambda: patch(patch(sound, CENTRAL, 10, b"\x63\x00"), LOCAL, 8, b"\x63\x00")
    yield "method 0", lambda: patch(patch(sound, CENTRAL, 10, b"\0\0"), LOCAL, 8, b"\0\0")
    yield "method bzip2", lambda: archive(list_parts(sound), zipfile.ZIP_BZIP2)
    yield "method lzma", lambda: archive(list_parts(sound), zipfile.ZIP_LZMA)
    yield "method bzip2 that is none", lambda: patch(patch(sound, CENTRAL, 10, b"\x0c\0"), LOCAL, 8, b"\x0c\0")
    yield "method lzma that is none", lambda: patch(patch(sound, CENTRAL, 10, b"\x0e\0"), LOCAL, 8, b"\x0e\0")
    yield "encrypted", lambda: patch(patch(sound, CENTRAL, 8, b"\x01\0"), LOCAL, 6, b"\x01\0")
    yield "version 99", lambda: patch(sound, CENTRAL, 6, b"\x63\0")
    yield "wrong checksums", lambda: patch(sound, CENTRAL, 16, b"\1\2\3\4")
    yield "sizes of 4 GB", lambda: patch(sound, CENTRAL, 24, b"\xfe\xff\xff\xff")
    yield "sizes of nothing", lambda: patch(sound, CENTRAL, 24, bytes(4))
    yield "packed sizes of 4 GB", lambda: patch(sound, CENTRAL, 20, b"\xfe\xff\xff\xff")
    yield "zip64 without a record", lambda: patch(sound, CENTRAL, 20, b"\xff" * 8)
    yield "offsets outside", lambda: patch(sound, CENTRAL, 42, b"\xfe\xff\xff\x7f")
    yield "all at one place", lambda: patch(sound, CENTRAL, 42, bytes(4))
    yield "names of 65,535", lambda: patch(sound, CENTRAL, 28, b"\xff\xff")
    yield "a directory elsewhere", lambda: patch(sound, END, 16, b"\xff\xff\xff\x7f")
    yield "65,535 entries", lambda: patch(sound, END, 8, b"\xff\xff\xff\xff")
    yield "no entries", lambda: patch(sound, END, 8, bytes(4))
    yield "a long comment", lambda: patch(sound, END, 20, b"\xff\xff")
    yield "the document twice", lambda: duplicate("word/document.xml")
    yield "the types twice", lambda: duplicate("[Content_Types].xml")
    yield (
        "names that lead out",
        lambda: archive({**list_parts(sound), "../../etc/passwd": "a", "/etc/passwd": "b", "C:\\a": "c"}),
    )
    yield "a name with a null", lambda: patch(sound, b"document.xml", 3, b"\0")
    yield "a name that is not UTF-8", lambda: patch(sound, b"document.xml", 3, b"\xff")
    yield "names in capitals", lambda: archive({name.upper(): data for name, data in list_parts(sound).items()})
    yield (
        "names with backslashes",
        lambda: archive({name.replace("/", "\\"): data for name, data in list_parts(sound).items()}),
    )
    yield (
        "20,000 parts",
        lambda: archive({**list_parts(sound), **{f"word/a{number}.xml": "" for number in range(20_000)}}),
    )
    yield "folders for parts", lambda: archive({f"{name}/": "" for name in list_parts(sound)})
    yield "an archive in an archive", lambda: archive({"word/document.xml": sound})
    yield "itself as document", lambda: change("word/document.xml", lambda _: sound)


def iter_documents() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Sound archives with hostile XML."""
    for part in (
        "word/document.xml",
        "[Content_Types].xml",
        "_rels/.rels",
        "word/_rels/document.xml.rels",
        "word/styles.xml",
    ):
        yield f"no {part}", lambda part=part: change(part, lambda _: None)
        yield f"an empty {part}", lambda part=part: change(part, lambda _: b"")
        yield f"noise for {part}", lambda part=part: change(part, lambda _: bytes(range(256)))
        yield f"UTF-16 for {part}", lambda part=part: change(part, lambda data: data.decode().encode("utf-16"))
        yield f"entities in {part}", lambda part=part: change(part, lambda data: ENTITIES.encode() + data)
        yield f"{part} in {part}", lambda part=part: change(part, lambda data: data.replace(b"</", b"<a></a></") * 2)
        yield f"another root in {part}", lambda part=part: change(part, lambda _: b"<html/>")
    yield "entities in the text", lambda: document(text("&i;"), ENTITIES)
    yield "an outside entity", lambda: document(text("&a;"), "<!DOCTYPE a [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>")
    yield "an outside type", lambda: document(text(FINE), "<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/a.dtd'>")
    yield "XML 1.1", lambda: document(text(FINE), "<?xml version='1.1'?>")
    yield "an unknown encoding", lambda: document(text(FINE), "<?xml version='1.0' encoding='none'?>")
    yield "a long encoding", lambda: document(text(FINE), f"<?xml version='1.0' encoding='{'a' * 50_000}'?>")
    yield "deep tables", lambda: document("<w:tbl><w:tr><w:tc>" * 2000 + text(FINE) + "</w:tc></w:tr></w:tbl>" * 2000)
    yield "very deep elements", lambda: document("<w:a>" * 100_000 + "</w:a>" * 100_000)
    yield "open elements", lambda: document("<w:p>" * 100_000)
    yield "boxes in boxes", lambda: document(f"<w:p>{nest_boxes(30)}</w:p>")
    yield "50,000 attributes", lambda: document("<w:p " + " ".join(f"a{number}='b'" for number in range(50_000)) + "/>")
    yield "one attribute twice", lambda: document("<w:p a='b' a='c'/>")
    yield "no such namespace", lambda: document("<q:p/>")
    yield "a namespace of nothing", lambda: document("<w:p xmlns:w=''/>")
    yield (
        "20,000 namespaces",
        lambda: document("<w:p " + " ".join(f"xmlns:n{number}='u{number}'" for number in range(20_000)) + "/>"),
    )
    yield "20,000 paragraphs", lambda: document(text(FINE) * 20_000)
    yield "40,000 runs", lambda: document("<w:p>" + run("utilize ") * 40_000 + "</w:p>")
    yield "a letter a run", lambda: document("<w:p>" + "".join(map(run, "utilize " * 3000)) + "</w:p>")
    yield "text between elements", lambda: document("<w:p>" + "a<w:r/>" * 60_000 + "</w:p>")
    yield "a long text", lambda: document(text("utterly fine words " * 100_000))
    yield (
        "open fields",
        lambda: document("<w:p>" + "<w:r><w:fldChar w:fldCharType='begin'/></w:r>" * 5000 + run(FINE) + "</w:p>"),
    )
    yield (
        "closed fields",
        lambda: document("<w:p>" + "<w:r><w:fldChar w:fldCharType='end'/></w:r>" * 5000 + run(FINE) + "</w:p>"),
    )
    yield "fields in fields", lambda: document(f"<w:p>{nest_fields(150)}</w:p>")
    yield (
        "fields of no type",
        lambda: document("<w:p><w:r><w:fldChar/></w:r><w:r><w:fldChar w:fldCharType=''/></w:r></w:p>" + text(FINE)),
    )
    yield (
        "deleted words",
        lambda: document("<w:p>" + "<w:del><w:r><w:delText>utilize</w:delText></w:r></w:del>" * 9000 + "</w:p>"),
    )
    yield "styles in a circle", lambda: document(text(FINE, "<w:pPr><w:pStyle w:val='Circle'/></w:pPr>"))
    yield "10,000 styles in a row", lambda: change("word/styles.xml", lambda _: chain_styles(10_000))
    yield (
        "a style of itself",
        lambda: change(
            "word/styles.xml",
            lambda _: (
                f"<w:styles {NAMES}><w:style w:type='paragraph' w:styleId='a'>"
                f"<w:basedOn w:val='a'/></w:style></w:styles>"
            ),
        ),
    )
    yield (
        "a list level of 10^9",
        lambda: document(
            text(FINE, "<w:pPr><w:numPr><w:ilvl w:val='1000000000'/><w:numId w:val='-1'/></w:numPr></w:pPr>")
        ),
    )
    yield (
        "a language that is none",
        lambda: document(
            "<w:p><w:r><w:rPr><w:lang w:val='" + "x-" * 5000 + "'/></w:rPr><w:t>utilize</w:t></w:r></w:p>"
        ),
    )
    yield (
        "spans of 10^9",
        lambda: document(
            "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='1000000000'/></w:tcPr>"
            + text(FINE)
            + "</w:tc></w:tr></w:tbl>"
        ),
    )
    yield "controls as characters", lambda: document(text("&#1;&#0;&#x110000;"))
    yield "odd characters", lambda: document(text("\ufffe\uffff\u2028\u0085\u202eutilize\u200b"))
    yield "breaks", lambda: document("<w:p>" + "<w:r><w:br/><w:tab/><w:sym/></w:r>" * 20_000 + "</w:p>")
    yield (
        "footnotes of nothing",
        lambda: word(
            text(FINE) + "<w:p><w:r><w:footnoteReference w:id='x'/></w:r></w:p>",
            {"footnotes": NOTE("footnote", "", "")},
        ),
    )
    yield (
        "20,000 footnotes",
        lambda: word(
            "<w:p><w:r><w:footnoteReference w:id='2'/></w:r></w:p>" * 20_000,
            {"footnotes": NOTE("footnote", "", text(FINE))},
        ),
    )
    yield "headers", lambda: word(text(FINE), {"header": EDGE("hdr", text(FINE) * 900, "hdr")})
    links = {
        "itself": "document.xml",
        "the root": "/",
        "outside": "../../../../etc/passwd",
        "an address": "http://127.0.0.1:9/",
        "nothing": "",
        "a device": "file:///dev/zero",
        "blanks": " ",
        "percent": "%00",
        "long": "a" * 60_000,
    }
    for name, target in links.items():
        made = related({"styles": target, "footnotes": target, "header": target, "comments": target})
        yield f"links to {name}", lambda made=made: change("word/_rels/document.xml.rels", lambda _: made)
        root = related({"officeDocument": target})
        yield f"a root that leads to {name}", lambda root=root: change("_rels/.rels", lambda _: root)
    yield (
        "20,000 links",
        lambda: change(
            "word/_rels/document.xml.rels",
            lambda _: related({f"header#{number}": "document.xml" for number in range(20_000)}),
        ),
    )
    yield (
        "links of no type",
        lambda: change(
            "word/_rels/document.xml.rels",
            lambda _: f"<Relationships xmlns='{PACKAGE}/relationships'><Relationship/></Relationships>",
        ),
    )
    yield "100 MB of nothing in a part", lambda: document("<w:p/>" + " " * 100_000_000)
    yield "100 MB of elements in a part", lambda: document("<w:p/>" * 16_000_000)
    yield "100 MB elsewhere", lambda: archive({**list_parts(word(text(FINE))), "word/media/a.png": bytes(100_000_000)})


def iter_decks() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """PowerPoint files."""
    sound = deck(shape(FINE))
    for share in range(5, 100, 19):
        yield f"cut at {share}%", lambda share=share: sound[: len(sound) * share // 100]
    yield "a password", ole
    yield "no slides", lambda: deck()
    yield "2,000 slides", lambda: deck(*[shape(FINE)] * 2000)
    yield (
        "one slide 5,000 times",
        lambda: deck(
            shape(FINE),
            extra={
                "ppt/presentation.xml": f"<p:presentation {NAMES}><p:sldIdLst>"
                + "<p:sldId id='256' r:id='r1'/>" * 5000
                + "</p:sldIdLst></p:presentation>"
            },
        ),
    )
    yield (
        "slides that are not there",
        lambda: deck(
            shape(FINE),
            extra={
                "ppt/presentation.xml": f"<p:presentation {NAMES}><p:sldIdLst>"
                f"<p:sldId id='256' r:id='none'/></p:sldIdLst></p:presentation>"
            },
        ),
    )
    yield "groups in groups", lambda: deck("<p:grpSp>" * 1000 + shape(FINE) + "</p:grpSp>" * 1000)
    yield "20,000 shapes", lambda: deck(shape(FINE) * 20_000)
    yield (
        "entities",
        lambda: deck(shape(FINE), extra={"ppt/slides/slide1.xml": f"{ENTITIES}<p:sld {NAMES}>{shape('&i;')}</p:sld>"}),
    )
    yield (
        "a slide of itself",
        lambda: deck(
            shape(FINE),
            extra={
                "ppt/slides/_rels/slide1.xml.rels": related(
                    {
                        "slide": "slide1.xml",
                        "notesSlide": "slide1.xml",
                        "slideLayout": "slide1.xml",
                        "chart": "slide1.xml",
                    }
                )
            },
        ),
    )
    yield (
        "notes outside",
        lambda: deck(
            shape(FINE), extra={"ppt/slides/_rels/slide1.xml.rels": related({"notesSlide": "../../../../etc/passwd"})}
        ),
    )
    yield (
        "a frame of nothing",
        lambda: deck(
            "<p:graphicFrame><a:graphic><a:graphicData uri='chart'>"
            "<c:chart r:id='r9'/></a:graphicData></a:graphic></p:graphicFrame>" + shape(FINE)
        ),
    )
    yield (
        "a table of 40,000 cells",
        lambda: deck(
            "<p:graphicFrame><a:graphic><a:graphicData><a:tbl>"
            + ("<a:tr>" + "<a:tc><a:txBody><a:p/></a:txBody></a:tc>" * 200 + "</a:tr>") * 200
            + "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
        ),
    )
    yield (
        "places of 10^30",
        lambda: deck(
            shape(FINE).replace(
                "<p:txBody>",
                f"<p:spPr><a:xfrm><a:off x='{10**30}' y='x'/><a:ext cx='-1' cy=''/></a:xfrm></p:spPr><p:txBody>",
            )
        ),
    )
    yield "a Word file", lambda: word(text(FINE))


def nest_boxes(depth: int) -> str:
    """A text box in a text box in ..."""
    inside = run(FINE)
    for _ in range(depth):
        # Written once: twice, as Word does, would make two to the power of the depth.
        inside = (
            f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
            f"<w:p>{inside}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
    return inside


def nest_fields(depth: int) -> str:
    """A field in the result of a field in ..."""
    inside = run(FINE)
    for _ in range(depth):
        inside = field(" REF a ", inside)
    return inside


def chain_styles(count: int) -> str:
    """Styles, each based on the next."""
    each = "".join(
        f"<w:style w:type='paragraph' w:styleId='a{number}'><w:basedOn w:val='a{number + 1}'/></w:style>"
        for number in range(count)
    )
    return f"<w:styles {NAMES}>{each}</w:styles>"


def iter_cases() -> Iterator[Case]:
    """All of this family."""
    for name, make in iter_archives():
        yield write_word(f"word: {name}", make)
    for name, make in iter_documents():
        yield write_word(f"word: {name}", make, heavy="100 MB" in name)
    for name, make in iter_decks():
        yield write_word(f"powerpoint: {name}", make, ".pptx")
    yield write_word("word: boxes written twice", lambda: document(f"<w:p>{box(text(box(text(FINE))))}</w:p>"))
    for name, data in {"a workbook": archive({"xl/workbook.xml": "<a/>"}), "nothing": b"", "a password": ole()}.items():
        yield write_word(
            f"excel: {name}",
            lambda data=data: data,
            ".xlsx",
            command=("lint", "--no-vale", "{here}/bad.xlsx", "drafts/good.md"),
            shared=False,
        )
    comment = ("lint", "--no-vale", "--comment", "{here}/out.docx", "{here}/bad.docx")
    for name, make in (*iter_archives(), *iter_documents()):
        if any(
            word in name
            for word in (
                "cut at 4",
                "checksums",
                "twice",
                "lead out",
                "capitals",
                "fields",
                "20,000",
                "entities in word",
                "deep tables",
                "odd",
                "root that",
                "boxes",
                "100 MB else",
            )
        ):
            yield write_word(
                f"comments: {name}", make, command=comment, neighbor="", shared=False, heavy="100 MB" in name
            )
