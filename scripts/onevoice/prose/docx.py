"""Word (.docx) -> Prose: what a reader of the document sees, tracked changes accepted, one paragraph per line."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from onevoice.process import gc_paused
from onevoice.prose import drawing, sheet
from onevoice.prose.block import Prose
from onevoice.prose.formats.docx import FORMAT
from onevoice.prose.package import Package
from onevoice.prose.sheet import Line
from onevoice.prose.styles import Styles, is_on, read_flag
from onevoice.prose.xml import Node

# What holds paragraphs, what holds runs, and what a reader of the accepted document does not see.
_BLOCK_WRAPPERS = ("w:customXml", "w:ins", "w:moveTo")
_RUN_WRAPPERS = (*_BLOCK_WRAPPERS, "w:smartTag", "w:dir", "w:bdo", "w:rubyBase")
_DELETION_TAGS = ("w:del", "w:moveFrom")
_CHARACTERS = {"w:tab": "\t", "w:ptab": "\t", "w:noBreakHyphen": "\u2011", "w:softHyphen": "\u00ad"}
# What describes a picture; the pictures in a group each for itself.
_ALT_TEXT_TAGS = ("wp:docPr", "cNvPr", "v:shape")
_MAX_PLACE_LENGTH = 40


@dataclasses.dataclass
class Field:
    """A field in the making: its code comes first, and is not text; its result, if any, is."""

    begin: Node
    codes: list[str] = dataclasses.field(default_factory=list)
    has_result: bool = False
    line: Line | None = None
    start: int = 0


@dataclasses.dataclass(frozen=True)
class Location:
    """Where a paragraph is. place: for people. anchor: what a comment is put around; None: around the words."""

    place: str = ""
    in_body: bool = True
    in_cell: bool = False
    anchor: Node | None = None


def read(path: str, data: bytes) -> Prose:
    """A Word file. Raises OnevoiceError, in a line for people, if it is broken, protected or no such file."""
    with gc_paused():
        return sheet.build_prose(path, WordDocument(Package(path, data, FORMAT)).lines)


class WordDocument:
    """A Word file as lines, each with the elements it came from.

    part: the name of the part that holds the body. lines: the body, its notes, then headers and footers.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = package.find_main_part()
        self.lines: list[Line] = []
        self._here = self.part
        self._heading = ""
        self._tables = 0
        self._fields: list[Field] = []
        # How many of the open fields are still in their code.
        self._dark = 0
        self._notes: dict[str, dict[str, Node]] = {"footnote": {}, "endnote": {}}
        self._boxes: list[tuple[str, Node | str, Node]] = []
        root = package.load_root(self.part)
        body = root.find_child("w:body")
        if body is None:
            other = "PowerPoint" if root.tag == "p:presentation" else "another program"
            raise package.make_broken_error(
                "it contains no text" if root.tag == "w:document" else f"it was made with {other}"
            )
        self.body = body
        styles = package.find_related_part(self.part, "styles")
        self._styles = Styles(package.load_root(styles) if styles else None)
        self._read_story(self.part, self.body, Location())
        self._read_notes()
        self._read_headers_footers()

    def _read_story(self, part: str, node: Node, where: Location) -> None:
        before, self._here, self._fields, self._dark = self._here, part, [], 0
        self._read_blocks(node, where)
        self._here = before

    def _read_notes(self) -> None:
        for kind, wanted in self._notes.items():
            part = self.package.find_related_part(self.part, f"{kind}s")
            root = self.package.load_root(part) if part and wanted else None
            notes = {note.get("w:id"): note for note in root.iter_descendants(f"w:{kind}")} if root else {}
            for number, (name, anchor) in enumerate(list(wanted.items()), 1):
                if name in notes:
                    self._read_story(part, notes[name], Location(f"{kind} {number}", False, False, anchor))

    def _read_headers_footers(self) -> None:
        related = self.package.load_relationships(self.part)
        settings = self.package.find_related_part(self.part, "settings")
        even = bool(settings and read_flag(self.package.load_root(settings), "w:evenAndOddHeaders"))
        known: dict[tuple[str, str], str] = {}
        # No comment can be in a header: it goes to the first words of the document.
        front = next((atom.anchor for line in self.lines for atom in line.atoms), None)
        front = front or next(self.body.iter_descendants("w:p"), self.body)
        for section in self.body.iter_descendants("w:sectPr"):
            for node in section.children:
                if node.tag in ("w:headerReference", "w:footerReference"):
                    known[node.tag[2:8], node.get("w:type", "default")] = node.get("r:id")
            # A section without its own takes those of the one before.
            shown = {"default": True, "first": bool(read_flag(section, "w:titlePg")), "even": even}
            for (kind, pages), link in known.items():
                _, part = related.get(link, ("", ""))
                if shown.get(pages) and self.package.claim_part(part):
                    of = "" if pages == "default" else f" of {pages} page{'s' * (pages == 'even')}"
                    self._read_story(part, self.package.load_root(part), Location(f"{kind}{of}", False, False, front))

    def _read_blocks(self, node: Node, where: Location, before: Line | None = None) -> Line | None:
        """Read what holds paragraphs. before: a line that goes on here. Returns one that goes on after it."""
        for kid in node.children:
            if kid.tag == "w:p":
                before = self._read_paragraph(kid, where, before)
            elif kid.tag in _BLOCK_WRAPPERS or kid.tag in ("w:sdt", "w:sdtContent"):
                before = self._read_blocks(kid, where, before)
            elif kid.tag == "mc:AlternateContent":
                before = self._read_blocks(drawing.choose_alternative(kid) or kid, where, before)
            elif kid.tag == "w:tbl":
                self._read_table(kid, where)
        return before

    def _read_table(self, table: Node, where: Location) -> None:
        self._tables += 1
        number, row = self._tables, 0
        for kid in _iter_rows_or_cells(table, "w:tr"):
            settings = kid.find_child("w:trPr")
            if settings and settings.find_child("w:del"):
                continue
            row += 1
            place = f"table {number}, row {row}"
            inside = dataclasses.replace(where, place=f"{where.place}, {place}".lstrip(", "), in_cell=True)
            for cell in _iter_rows_or_cells(kid, "w:tc"):
                self._read_blocks(cell, inside)

    def _read_paragraph(self, node: Node, where: Location, before: Line | None) -> Line | None:
        settings = node.find_child("w:pPr")
        look = self._styles.resolve_paragraph(settings)
        kind = look.kind if look.kind in ("heading", "title") else "cell" if where.in_cell else look.kind or "paragraph"
        line = before
        if line is None:
            line = Line(kind, self._describe_place(where, kind), look.quoted)
            self.lines.append(line)
        hidden, code = look.hidden, look.code
        boxes, self._boxes = self._boxes, []
        self._read_runs(node, line, where.anchor, hidden, code)
        if kind == "heading" and before is None and where.in_body and not where.in_cell and line.text.strip():
            self._heading = _shorten_text(line.text)
        mark = settings.find_child("w:rPr") if settings else None
        for name, box, anchor in self._boxes:
            inside = dataclasses.replace(
                where, place=f"{where.place}, {name}".lstrip(", "), anchor=anchor, in_cell=False
            )
            self._read_box(box, inside, name)
        self._boxes = boxes
        # With its mark, a deleted paragraph gives up its end: the next one is its rest.
        is_joined = mark is not None and any(mark.find_child(tag) for tag in _DELETION_TAGS)
        return line if is_joined or _is_drop_cap(settings) else None

    def _describe_place(self, where: Location, kind: str) -> str:
        under = f'under "{self._heading}"' if where.in_body and self._heading and kind != "heading" else ""
        return ", ".join(part for part in (where.place, under) if part)

    def _read_box(self, box: Node | str, where: Location, name: str) -> None:
        if not isinstance(box, str) and box.tag == "w:txbxContent":
            before, self._fields, self._dark = (self._fields, self._dark), [], 0
            self._read_blocks(box, where)
            self._fields, self._dark = before
            return
        line = Line("alt" if name == "alternative text" else "paragraph", self._describe_place(where, ""))
        self.lines.append(line)
        if isinstance(box, str):
            line.add_words(box, None, where.anchor)
        else:
            drawing.feed_paragraph(box, line, where.anchor)

    def _read_runs(self, node: Node, line: Line, anchor: Node | None, hidden: bool, code: bool) -> None:
        for kid in node.children:
            tag = kid.tag
            if tag == "w:r":
                self._read_run(kid, line, anchor, hidden, code)
            elif tag in ("w:hyperlink", "w:fldSimple"):
                start = line.length
                linked = tag == "w:hyperlink" or _is_hyperlink(kid.get("w:instr"))
                self._read_runs(kid, line, anchor or (None if linked else kid), hidden, code)
                if linked and line.length > start:
                    line.links.append((start, line.length))
            elif tag == "w:sdt":
                # Word rewrites the text of a bound control from its data, and a comment in it would go.
                bound = (kid.find_child("w:sdtPr", "w:dataBinding") or kid.find_child("w:sdtPr", "dataBinding")) and kid
                self._read_runs(kid.find_child("w:sdtContent") or kid, line, anchor or bound or None, hidden, code)
            elif tag in _RUN_WRAPPERS:
                self._read_runs(kid, line, anchor, hidden, code)
            elif tag == "mc:AlternateContent":
                self._read_runs(drawing.choose_alternative(kid) or kid, line, anchor, hidden, code)
            elif tag in ("m:oMath", "m:oMathPara") and self._is_visible(hidden):
                line.add_object(anchor or kid)

    def _read_run(self, run: Node, line: Line, outer: Node | None, hidden: bool, code: bool) -> None:
        settings = run.find_child("w:rPr")
        look = self._styles.resolve_run(settings)
        # Direct formatting and a style of the run can show what the paragraph's style hides.
        said = read_flag(settings, "w:vanish") if settings else None
        hidden = look.hidden or (hidden and said is None)
        code = code or look.code
        anchor, start = outer or run, line.length
        for kid in run.children:
            tag = kid.tag
            if tag == "w:fldChar":
                self._read_field_char(kid.get("w:fldCharType"), run, line, outer)
            elif tag == "w:instrText":
                if self._fields:
                    self._fields[-1].codes.append(kid.text)
            elif not self._is_visible(hidden):
                continue
            elif tag == "w:t":
                if code:
                    line.add_object(anchor)
                else:
                    line.add_words(kid.text, None if outer else kid, anchor)
            elif tag in _CHARACTERS:
                line.add_words(_CHARACTERS[tag], None, anchor)
            elif tag in ("w:br", "w:cr"):
                line.add_break(anchor)
            elif tag == "w:sym":
                _add_symbol(kid.get("w:char"), line, anchor)
            elif tag in ("w:footnoteReference", "w:endnoteReference"):
                self._notes[tag[2:-9]].setdefault(kid.get("w:id"), anchor)
            elif tag == "w:ruby":
                base = kid.find_child("w:rubyBase")
                if base:
                    self._read_runs(base, line, anchor, hidden, code)
            elif tag in ("w:drawing", "w:pict", "w:object", "mc:AlternateContent"):
                self._collect_drawing_texts(kid, line, anchor)
        if look.quoted and line.length > start:
            line.quotes.append((start, line.length))

    def _is_visible(self, hidden: bool) -> bool:
        return not hidden and not self._dark

    def _read_field_char(self, what: str, run: Node, line: Line, outer: Node | None) -> None:
        if what == "begin":
            self._fields.append(Field(run))
            self._dark += 1
        elif not self._fields:
            return
        elif what == "separate":
            field = self._fields[-1]
            self._dark -= not field.has_result
            field.has_result, field.line, field.start = True, line, line.length
        elif what == "end":
            field = self._fields.pop()
            self._dark -= not field.has_result
            if field.line is not line or line.length == field.start:
                return
            if _is_hyperlink("".join(field.codes)):
                line.links.append((field.start, line.length))
            # In a header, a note or a box, a comment is somewhere else anyway.
            elif not (self._fields or outer) and _is_field_run(field.begin) and _is_field_run(run):
                line.fields.append((field.start, line.length, (field.begin, run)))

    def _collect_drawing_texts(self, node: Node, line: Line, anchor: Node) -> None:
        """Keep the texts in a drawing for when the paragraph is read: they are next to it."""
        left, said = [node], set()
        while left:
            kid = left.pop()
            if kid.tag == "w:txbxContent":
                self._boxes.append(("text box", kid, anchor))
                continue
            if kid.tag == "mc:AlternateContent":
                chosen = drawing.choose_alternative(kid)
                left += chosen.children[::-1] if chosen else []
                continue
            if kid.tag == "a:p":
                self._boxes.append(("shape", kid, anchor))
                continue
            if kid.tag == "wp:docPr" and is_on(kid.get("hidden", "0")):
                return
            if kid.tag in ("wp:inline", "w:object"):
                line.add_object(anchor)
            if kid.tag == "a:graphicData":
                self._boxes += ((*found, anchor) for found in drawing.iter_graphic_texts(self.package, self._here, kid))
            described = kid.get("alt" if kid.tag == "v:shape" else "descr") if kid.tag in _ALT_TEXT_TAGS else ""
            if described.strip() and described not in said:
                said.add(described)
                self._boxes.append(("alternative text", described, anchor))
            if kid.tag == "v:textpath" and kid.get("string").strip():
                self._boxes.append(("shape", kid.get("string"), anchor))
            left += kid.children[::-1]


def _iter_rows_or_cells(node: Node, tag: str) -> Iterator[Node]:
    """The rows of a table or the cells of a row, in content controls and changes too."""
    for kid in node.children:
        if kid.tag == tag:
            yield kid
        elif kid.tag in _BLOCK_WRAPPERS or kid.tag in ("w:sdt", "w:sdtContent"):
            yield from _iter_rows_or_cells(kid, tag)


def _is_drop_cap(settings: Node | None) -> bool:
    """Whether a paragraph is the large first letter of the next one."""
    frame = settings.find_child("w:framePr") if settings else None
    return frame is not None and frame.get("w:dropCap") in ("drop", "margin")


def _is_field_run(run: Node) -> bool:
    return all(kid.tag in ("w:rPr", "w:fldChar") for kid in run.children)


def _is_hyperlink(code: str) -> bool:
    return code.strip().upper().startswith("HYPERLINK")


def _add_symbol(code: str, line: Line, anchor: Node) -> None:
    try:
        sign = chr(int(code, 16))
    except (ValueError, OverflowError):
        sign = ""
    # In the private area a number means what its font draws there: a bullet, a tick, an arrow.
    if sign.isprintable() and sign:
        line.add_words(sign, None, anchor)
    else:
        line.add_object(anchor)


def _shorten_text(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _MAX_PLACE_LENGTH else f"{words[:_MAX_PLACE_LENGTH].rsplit(' ', 1)[0]} ..."
