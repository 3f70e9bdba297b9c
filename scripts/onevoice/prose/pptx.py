"""PowerPoint (.pptx) -> Prose: slides in their order with their notes, then what their layouts say; a line each."""

from __future__ import annotations

from onevoice.process import gc_paused
from onevoice.prose import drawing, sheet
from onevoice.prose.block import Prose
from onevoice.prose.formats.pptx import FORMAT
from onevoice.prose.package import Package
from onevoice.prose.sheet import Line
from onevoice.prose.styles import is_on
from onevoice.prose.xml import Node

_TITLES = ("title", "ctrTitle")
# On a page of notes these repeat what is elsewhere.
_NOTES_FRAME = ("dt", "sldNum", "hdr", "ftr", "sldImg")


def read(path: str, data: bytes) -> Prose:
    """A PowerPoint file. Raises OnevoiceError, in a line for people, if it is broken, protected or no such file."""
    with gc_paused():
        return sheet.build_prose(path, Deck(Package(path, data, FORMAT)).lines)


class Deck:
    """A PowerPoint file as lines."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.lines: list[Line] = []
        main = package.find_main_part()
        root = package.load_root(main)
        if root.tag != "p:presentation":
            other = "Word" if root.tag == "w:document" else "another program"
            raise package.make_broken_error(f"it was made with {other}")
        related = package.load_relationships(main)
        slides = [related.get(node.get("r:id"), ("", ""))[1] for node in root.iter_descendants("p:sldId")]
        below: dict[str, None] = {}
        for number, part in enumerate(slides, 1):
            if not package.claim_part(part):
                continue
            slide = package.load_root(part)
            place = f"slide {number}" if is_on(slide.get("show")) else f"slide {number} (hidden)"
            self._read_shapes(part, slide.find_child("p:cSld", "p:spTree"), place)
            notes = package.find_related_part(part, "notesSlide")
            if notes:
                self._read_shapes(
                    notes, package.load_root(notes).find_child("p:cSld", "p:spTree"), f"{place}, notes", notes=True
                )
            layout = package.find_related_part(part, "slideLayout")
            if layout and is_on(slide.get("showMasterSp")):
                below[layout] = None
                if is_on(package.load_root(layout).get("showMasterSp")):
                    below[package.find_related_part(layout, "slideMaster")] = None
        for part in below:
            if part:
                root = package.load_root(part)
                common = root.find_child("p:cSld")
                name = common.get("name") if common else ""
                place = f'layout "{name}"' if root.tag == "p:sldLayout" else "slide master"
                self._read_shapes(part, root.find_child("p:cSld", "p:spTree"), place, own=True)

    def _read_shapes(self, part: str, tree: Node | None, place: str, *, notes: bool = False, own: bool = False) -> None:
        """Read a tree of shapes. notes: it is a page of notes. own: leave out what slides fill in (placeholders)."""
        left = tree.children[::-1] if tree else []
        while left:
            shape = left.pop()
            if shape.tag == "mc:AlternateContent":
                chosen = drawing.choose_alternative(shape)
                left += chosen.children[::-1] if chosen else []
                continue
            settings = next((kid for kid in shape.children if kid.tag.startswith("p:nv")), None)
            named = settings.find_child("p:cNvPr") if settings else None
            if named and is_on(named.get("hidden", "0")):
                continue
            holder = settings.find_child("p:nvPr", "p:ph") if settings else None
            kind = holder.get("type", "obj") if holder else ""
            if (own and holder) or (notes and kind in _NOTES_FRAME):
                continue
            name = named.get("name") if named else ""
            here = place if notes or not name else f"{place}, {name}"
            if shape.tag == "p:grpSp":
                left += shape.children[::-1]
            elif shape.tag == "p:graphicFrame":
                self._read_frame(part, shape, here)
            text = shape.find_child("p:txBody")
            if text:
                self._read_text(text, _resolve_placeholder_kind(kind, notes), here)
            if named and named.get("descr").strip():
                self._add_line("alt", f"{here}, alternative text", named.get("descr"))

    def _read_frame(self, part: str, frame: Node, place: str) -> None:
        data = frame.find_child("a:graphic", "a:graphicData")
        table = data.find_child("a:tbl") if data else None
        if table:
            for number, row in enumerate((kid for kid in table.children if kid.tag == "a:tr"), 1):
                for cell in row.children:
                    text = cell.find_child("a:txBody")
                    # What a merged cell covers is kept in the file, and seen by nobody.
                    if text and not (is_on(cell.get("hMerge", "0")) or is_on(cell.get("vMerge", "0"))):
                        self._read_text(text, "cell", f"{place}, row {number}")
        elif data:
            for what, words in drawing.iter_graphic_texts(self.package, part, data):
                self._add_line("paragraph", f"{place}, {what}", words)

    def _read_text(self, body: Node, kind: str, place: str) -> None:
        for node in body.children:
            if node.tag == "a:p":
                self._add_line("item" if kind == "paragraph" and _is_list_item(node) else kind, place, node)

    def _add_line(self, kind: str, place: str, text: Node | str) -> None:
        line = Line(kind, place)
        if isinstance(text, str):
            line.add_words(text)
        else:
            drawing.feed_paragraph(text, line)
        self.lines.append(line)


def _resolve_placeholder_kind(holder: str, notes: bool) -> str:
    if holder in _TITLES:
        return "heading"
    if holder == "subTitle":
        return "title"
    # The body of a slide is a list, unless somebody switched that off; that of its notes is text.
    return "item" if holder in ("body", "obj") and not notes else "paragraph"


def _is_list_item(paragraph: Node) -> bool:
    settings = paragraph.find_child("a:pPr")
    return bool(settings and (settings.find_child("a:buChar") or settings.find_child("a:buAutoNum")))
