"""PowerPoint (.pptx) -> Prose: slides in their order with their notes, then what their layouts say; a line each."""

from __future__ import annotations

from onevoice.process import gc_paused
from onevoice.prose import drawing, sheet
from onevoice.prose.block import Prose
from onevoice.prose.package import Package
from onevoice.prose.sheet import Line
from onevoice.prose.styles import on
from onevoice.prose.xml import Node

PROGRAM = "PowerPoint"

_TITLES = ("title", "ctrTitle")
# On a page of notes these repeat what stands elsewhere.
_FRAME = ("dt", "sldNum", "hdr", "ftr", "sldImg")


def read(path: str, data: bytes) -> Prose:
    """A PowerPoint file. Raises OnevoiceError, in a line for people, where it is broken, protected or no such file."""
    with gc_paused():
        return sheet.prose(path, Deck(Package(path, data, PROGRAM)).lines)


class Deck:
    """A PowerPoint file as lines."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.lines: list[Line] = []
        main = package.main()
        root = package.root(main)
        if root.tag != "p:presentation":
            other = "Word" if root.tag == "w:document" else "another program"
            raise package.broken(f"it is from {other}")
        related = package.related(main)
        slides = [related.get(node.get("r:id"), ("", ""))[1] for node in root.all("p:sldId")]
        below: dict[str, None] = {}
        for number, part in enumerate(slides, 1):
            if not package.once(part):
                continue
            slide = package.root(part)
            place = f"slide {number}" if on(slide.get("show")) else f"slide {number} (hidden)"
            self._shapes(part, slide.first("p:cSld", "p:spTree"), place)
            notes = package.linked(part, "notesSlide")
            if notes:
                self._shapes(notes, package.root(notes).first("p:cSld", "p:spTree"), f"{place}, notes", notes=True)
            layout = package.linked(part, "slideLayout")
            if layout and on(slide.get("showMasterSp")):
                below[layout] = None
                if on(package.root(layout).get("showMasterSp")):
                    below[package.linked(layout, "slideMaster")] = None
        for part in below:
            if part:
                root = package.root(part)
                common = root.first("p:cSld")
                name = common.get("name") if common else ""
                place = f'layout "{name}"' if root.tag == "p:sldLayout" else "slide master"
                self._shapes(part, root.first("p:cSld", "p:spTree"), place, own=True)

    def _shapes(self, part: str, tree: Node | None, place: str, *, notes: bool = False, own: bool = False) -> None:
        """Read a tree of shapes. notes: it is a page of notes. own: leave out what slides fill in (placeholders)."""
        left = tree.kids[::-1] if tree else []
        while left:
            shape = left.pop()
            if shape.tag == "mc:AlternateContent":
                chosen = drawing.choice(shape)
                left += chosen.kids[::-1] if chosen else []
                continue
            settings = next((kid for kid in shape.kids if kid.tag.startswith("p:nv")), None)
            named = settings.first("p:cNvPr") if settings else None
            if named and on(named.get("hidden", "0")):
                continue
            holder = settings.first("p:nvPr", "p:ph") if settings else None
            kind = holder.get("type", "obj") if holder else ""
            if (own and holder) or (notes and kind in _FRAME):
                continue
            name = named.get("name") if named else ""
            here = place if notes or not name else f"{place}, {name}"
            if shape.tag == "p:grpSp":
                left += shape.kids[::-1]
            elif shape.tag == "p:graphicFrame":
                self._frame(part, shape, here)
            text = shape.first("p:txBody")
            if text:
                self._text(text, _kind(kind, notes), here)
            if named and named.get("descr").strip():
                self._add("alt", f"{here}, alternative text", named.get("descr"))

    def _frame(self, part: str, frame: Node, place: str) -> None:
        data = frame.first("a:graphic", "a:graphicData")
        table = data.first("a:tbl") if data else None
        if table:
            for number, row in enumerate((kid for kid in table.kids if kid.tag == "a:tr"), 1):
                for cell in row.kids:
                    text = cell.first("a:txBody")
                    # What a merged cell covers is kept in the file, and seen by nobody.
                    if text and not (on(cell.get("hMerge", "0")) or on(cell.get("vMerge", "0"))):
                        self._text(text, "cell", f"{place}, row {number}")
        elif data:
            for what, text in drawing.graphic(self.package, part, data):
                self._add("paragraph", f"{place}, {what}", text)

    def _text(self, body: Node, kind: str, place: str) -> None:
        for node in body.kids:
            if node.tag == "a:p":
                self._add("item" if kind == "paragraph" and _listed(node) else kind, place, node)

    def _add(self, kind: str, place: str, text: Node | str) -> None:
        line = Line(kind, place)
        if isinstance(text, str):
            line.words(text)
        else:
            drawing.paragraph(text, line)
        self.lines.append(line)


def _kind(holder: str, notes: bool) -> str:
    if holder in _TITLES:
        return "heading"
    if holder == "subTitle":
        return "title"
    # The body of a slide is a list, unless somebody switched that off; that of its notes is text.
    return "item" if holder in ("body", "obj") and not notes else "paragraph"


def _listed(paragraph: Node) -> bool:
    settings = paragraph.first("a:pPr")
    return bool(settings and (settings.first("a:buChar") or settings.first("a:buAutoNum")))
