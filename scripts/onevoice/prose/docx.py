"""Word (.docx) -> Prose: what a reader of the document sees, tracked changes accepted, one paragraph per line."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from onevoice.process import gc_paused
from onevoice.prose import drawing, sheet
from onevoice.prose.block import Prose
from onevoice.prose.package import Package
from onevoice.prose.sheet import Line
from onevoice.prose.styles import Styles, flag, on
from onevoice.prose.xml import Node

PROGRAM = "Word"

# What holds paragraphs, what holds runs, and what a reader of the accepted document does not see.
_BLOCKS = ("w:customXml", "w:ins", "w:moveTo")
_RUNS = (*_BLOCKS, "w:smartTag", "w:dir", "w:bdo", "w:rubyBase")
_GONE = ("w:del", "w:moveFrom")
_SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:noBreakHyphen": "\u2011", "w:softHyphen": "\u00ad"}
# Where a picture says what it shows; the pictures in a group each for itself.
_DESCRIBED = ("wp:docPr", "cNvPr", "v:shape")
_LONGEST = 40


@dataclasses.dataclass
class Field:
    """A field in the making: its code comes first, and is not text; its result, if any, is."""

    begin: Node
    code: str = ""
    shown: bool = False
    line: Line | None = None
    start: int = 0


@dataclasses.dataclass(frozen=True)
class Where:
    """Where a paragraph stands. place: for people. anchor: what a comment is put around; None: around the words."""

    place: str = ""
    body: bool = True
    cell: bool = False
    anchor: Node | None = None


def read(path: str, data: bytes) -> Prose:
    """A Word file. Raises OnevoiceError, in a line for people, where it is broken, protected or no such file."""
    with gc_paused():
        return sheet.prose(path, Document(Package(path, data, PROGRAM)).lines)


class Document:
    """A Word file as lines, each with the elements it came from.

    part: the name of the part that holds the body. lines: the body, its notes, then headers and footers.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = package.main()
        self.lines: list[Line] = []
        self._here = self.part
        self._heading = ""
        self._tables = 0
        self._fields: list[Field] = []
        # How many of the open fields are still in their code.
        self._dark = 0
        self._notes: dict[str, dict[str, Node]] = {"footnote": {}, "endnote": {}}
        self._boxes: list[tuple[str, Node | str, Node]] = []
        root = package.root(self.part)
        self.body = root.first("w:body")
        if self.body is None:
            other = "PowerPoint" if root.tag == "p:presentation" else "another program"
            raise package.broken("there is no text in it" if root.tag == "w:document" else f"it is from {other}")
        styles = package.linked(self.part, "styles")
        self._styles = Styles(package.root(styles) if styles else None)
        self._story(self.part, self.body, Where())
        self._end_notes()
        self._edges()

    def _story(self, part: str, node: Node, where: Where) -> None:
        before, self._here, self._fields, self._dark = self._here, part, [], 0
        self._blocks(node, where)
        self._here = before

    def _end_notes(self) -> None:
        for kind, wanted in self._notes.items():
            part = self.package.linked(self.part, f"{kind}s")
            root = self.package.root(part) if part and wanted else None
            notes = {note.get("w:id"): note for note in root.all(f"w:{kind}")} if root else {}
            for number, (name, anchor) in enumerate(list(wanted.items()), 1):
                if name in notes:
                    self._story(part, notes[name], Where(f"{kind} {number}", False, False, anchor))

    def _edges(self) -> None:
        related = self.package.related(self.part)
        settings = self.package.linked(self.part, "settings")
        even = bool(settings and flag(self.package.root(settings), "w:evenAndOddHeaders"))
        known: dict[tuple[str, str], str] = {}
        # No comment can stand in a header: it goes to the first words of the document.
        front = next((atom.anchor for line in self.lines for atom in line.atoms), None)
        front = front or next(self.body.all("w:p"), self.body)
        for section in self.body.all("w:sectPr"):
            for node in section.kids:
                if node.tag in ("w:headerReference", "w:footerReference"):
                    known[node.tag[2:8], node.get("w:type", "default")] = node.get("r:id")
            # A section without its own takes those of the one before.
            shown = {"default": True, "first": bool(flag(section, "w:titlePg")), "even": even}
            for (kind, pages), link in known.items():
                _, part = related.get(link, ("", ""))
                if shown.get(pages) and self.package.once(part):
                    of = "" if pages == "default" else f" of {pages} page{'s' * (pages == 'even')}"
                    self._story(part, self.package.root(part), Where(f"{kind}{of}", False, False, front))

    def _blocks(self, node: Node, where: Where, before: Line | None = None) -> Line | None:
        """Read what holds paragraphs. before: a line that goes on here. Returns one that goes on behind it."""
        for kid in node.kids:
            if kid.tag == "w:p":
                before = self._paragraph(kid, where, before)
            elif kid.tag in _BLOCKS or kid.tag in ("w:sdt", "w:sdtContent"):
                before = self._blocks(kid, where, before)
            elif kid.tag == "mc:AlternateContent":
                before = self._blocks(drawing.choice(kid) or kid, where, before)
            elif kid.tag == "w:tbl":
                self._table(kid, where)
        return before

    def _table(self, table: Node, where: Where) -> None:
        self._tables += 1
        number, row = self._tables, 0
        for kid in _inside(table, "w:tr"):
            settings = kid.first("w:trPr")
            if settings and settings.first("w:del"):
                continue
            row += 1
            place = f"table {number}, row {row}"
            inside = dataclasses.replace(where, place=f"{where.place}, {place}".lstrip(", "), cell=True)
            for cell in _inside(kid, "w:tc"):
                self._blocks(cell, inside)

    def _paragraph(self, node: Node, where: Where, before: Line | None) -> Line | None:
        settings = node.first("w:pPr")
        look = self._styles.paragraph(settings)
        kind = look.kind if look.kind in ("heading", "title") else "cell" if where.cell else look.kind or "paragraph"
        line = before
        if line is None:
            line = Line(kind, self._place(where, kind), look.quoted)
            self.lines.append(line)
        hidden, code = look.hidden, look.code
        boxes, self._boxes = self._boxes, []
        self._runs(node, line, where.anchor, hidden, code)
        if kind == "heading" and before is None and where.body and not where.cell and line.text.strip():
            self._heading = _short(line.text)
        mark = settings.first("w:rPr") if settings else None
        for name, box, anchor in self._boxes:
            inside = dataclasses.replace(where, place=f"{where.place}, {name}".lstrip(", "), anchor=anchor, cell=False)
            self._box(box, inside, name)
        self._boxes = boxes
        # With its mark, a deleted paragraph gives up its end: the next one is its rest.
        return line if mark and any(mark.first(tag) for tag in _GONE) else None

    def _place(self, where: Where, kind: str) -> str:
        under = f'under "{self._heading}"' if where.body and self._heading and kind != "heading" else ""
        return ", ".join(part for part in (where.place, under) if part)

    def _box(self, box: Node | str, where: Where, name: str) -> None:
        if not isinstance(box, str) and box.tag == "w:txbxContent":
            before, self._fields, self._dark = (self._fields, self._dark), [], 0
            self._blocks(box, where)
            self._fields, self._dark = before
            return
        line = Line("alt" if name == "alternative text" else "paragraph", self._place(where, ""))
        self.lines.append(line)
        if isinstance(box, str):
            line.words(box, None, where.anchor)
        else:
            drawing.paragraph(box, line, where.anchor)

    def _runs(self, node: Node, line: Line, anchor: Node | None, hidden: bool, code: bool) -> None:
        for kid in node.kids:
            tag = kid.tag
            if tag == "w:r":
                self._run(kid, line, anchor, hidden, code)
            elif tag in ("w:hyperlink", "w:fldSimple"):
                start = line.length
                linked = tag == "w:hyperlink" or _links(kid.get("w:instr"))
                self._runs(kid, line, anchor or (None if linked else kid), hidden, code)
                if linked and line.length > start:
                    line.links.append((start, line.length))
            elif tag == "w:sdt":
                # Word writes the text of a bound control anew from its data, and a comment in it would go.
                bound = (kid.first("w:sdtPr", "w:dataBinding") or kid.first("w:sdtPr", "dataBinding")) and kid
                self._runs(kid.first("w:sdtContent") or kid, line, anchor or bound or None, hidden, code)
            elif tag in _RUNS:
                self._runs(kid, line, anchor, hidden, code)
            elif tag == "mc:AlternateContent":
                self._runs(drawing.choice(kid) or kid, line, anchor, hidden, code)
            elif tag in ("m:oMath", "m:oMathPara") and self._visible(hidden):
                line.thing(anchor or kid)

    def _run(self, run: Node, line: Line, outer: Node | None, hidden: bool, code: bool) -> None:
        settings = run.first("w:rPr")
        look = self._styles.run(settings)
        # Direct formatting and a style of the run can show what the paragraph's style hides.
        said = flag(settings, "w:vanish") if settings else None
        hidden = look.hidden or (hidden and said is None)
        code = code or look.code
        anchor, start = outer or run, line.length
        for kid in run.kids:
            tag = kid.tag
            if tag == "w:fldChar":
                self._field(kid.get("w:fldCharType"), run, line)
            elif tag == "w:instrText":
                if self._fields:
                    self._fields[-1].code += kid.text
            elif not self._visible(hidden):
                continue
            elif tag == "w:t":
                if code:
                    line.thing(anchor)
                else:
                    line.words(kid.text, None if outer else kid, anchor)
            elif tag in _SIGNS:
                line.words(_SIGNS[tag], None, anchor)
            elif tag in ("w:br", "w:cr"):
                line.line(anchor)
            elif tag == "w:sym":
                _symbol(kid.get("w:char"), line, anchor)
            elif tag in ("w:footnoteReference", "w:endnoteReference"):
                self._notes[tag[2:-9]].setdefault(kid.get("w:id"), anchor)
            elif tag == "w:ruby":
                base = kid.first("w:rubyBase")
                if base:
                    self._runs(base, line, anchor, hidden, code)
            elif tag in ("w:drawing", "w:pict", "w:object", "mc:AlternateContent"):
                self._picture(kid, line, anchor)
        if look.quoted and line.length > start:
            line.quotes.append((start, line.length))

    def _visible(self, hidden: bool) -> bool:
        return not hidden and not self._dark

    def _field(self, what: str, run: Node, line: Line) -> None:
        if what == "begin":
            self._fields.append(Field(run))
            self._dark += 1
        elif not self._fields:
            return
        elif what == "separate":
            field = self._fields[-1]
            self._dark -= not field.shown
            field.shown, field.line, field.start = True, line, line.length
        elif what == "end":
            field = self._fields.pop()
            self._dark -= not field.shown
            if field.line is not line or line.length == field.start:
                return
            if _links(field.code):
                line.links.append((field.start, line.length))
            elif not self._fields and _bare(field.begin) and _bare(run):
                line.fields.append((field.start, line.length, (field.begin, run)))

    def _picture(self, node: Node, line: Line, anchor: Node) -> None:
        """Keep the texts in a drawing for when the paragraph is read: they stand beside it."""
        left, said = [node], set()
        while left:
            kid = left.pop()
            if kid.tag == "w:txbxContent":
                self._boxes.append(("text box", kid, anchor))
                continue
            if kid.tag == "mc:AlternateContent":
                chosen = drawing.choice(kid)
                left += chosen.kids[::-1] if chosen else []
                continue
            if kid.tag == "a:p":
                self._boxes.append(("shape", kid, anchor))
                continue
            if kid.tag == "wp:docPr" and on(kid.get("hidden", "0")):
                return
            if kid.tag in ("wp:inline", "w:object"):
                line.thing(anchor)
            if kid.tag == "a:graphicData":
                self._boxes += ((*found, anchor) for found in drawing.graphic(self.package, self._here, kid))
            described = kid.get("alt" if kid.tag == "v:shape" else "descr") if kid.tag in _DESCRIBED else ""
            if described.strip() and described not in said:
                said.add(described)
                self._boxes.append(("alternative text", described, anchor))
            if kid.tag == "v:textpath" and kid.get("string").strip():
                self._boxes.append(("shape", kid.get("string"), anchor))
            left += kid.kids[::-1]


def _inside(node: Node, tag: str) -> Iterator[Node]:
    """The rows of a table or the cells of a row, in content controls and changes too."""
    for kid in node.kids:
        if kid.tag == tag:
            yield kid
        elif kid.tag in _BLOCKS or kid.tag in ("w:sdt", "w:sdtContent"):
            yield from _inside(kid, tag)


def _bare(run: Node) -> bool:
    return all(kid.tag in ("w:rPr", "w:fldChar") for kid in run.kids)


def _links(code: str) -> bool:
    return code.strip().upper().startswith("HYPERLINK")


def _symbol(code: str, line: Line, anchor: Node) -> None:
    try:
        sign = chr(int(code, 16))
    except (ValueError, OverflowError):
        sign = ""
    # In the private area a number means what its font draws there: a bullet, a tick, an arrow.
    if sign.isprintable() and sign:
        line.words(sign, None, anchor)
    else:
        line.thing(anchor)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]} ..."
