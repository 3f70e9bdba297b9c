"""OpenDocument (.odt, .odp) -> Prose: what a reader sees, tracked changes accepted, one paragraph per line."""

from __future__ import annotations

import re
import textwrap

from onevoice.process import gc_paused
from onevoice.prose import sheet
from onevoice.prose.block import Prose
from onevoice.prose.formats.odf import FORMAT
from onevoice.prose.package import Package
from onevoice.prose.sheet import Line
from onevoice.prose.xml import TEXT, Node

_SPACES = re.compile(r"[ \t\r\n]+")
_MAX_SPACES, _MAX_PLACE_LENGTH = 20, 40
# Nobody sees these, or they repeat what is elsewhere.
_SKIPPED = {
    *("text:tracked-changes", "text:table-of-content", "text:alphabetical-index", "text:sequence-decls"),
    *("office:forms", "office:annotation", "office:annotation-end", "text:variable-decls", "text:user-field-decls"),
    *("table:covered-table-cell", "text:hidden-text", "text:script", "draw:glue-point", "office:scripts"),
}
_SHAPES = ("draw:frame", "draw:g", "draw:custom-shape", "draw:rect", "draw:ellipse", "draw:line", "draw:connector")
_FRAMES = {f"style:{name}{pages}" for name in ("header", "footer") for pages in ("", "-left", "-first")}


def read(path: str, data: bytes) -> Prose:
    """An OpenDocument file. Raises OnevoiceError, in a line for people, if it is broken, protected or no such file."""
    with gc_paused():
        # People know the program, not the format.
        document = OpenDocument(Package(path, data, FORMAT._replace(name="LibreOffice")))
        return sheet.build_prose(path, document.lines, {"title": document.title} if document.title else {})


class OpenDocument:
    """A text or a presentation as lines."""

    def __init__(self, package: Package) -> None:
        self.lines: list[Line] = []
        self._heading = ""
        self._tables = self._notes = self._slides = 0
        if package.has_part("META-INF/manifest.xml") and b"encryption-data" in package.load_bytes(
            "META-INF/manifest.xml"
        ):
            raise package.make_broken_error("it is password-protected")
        body = package.load_root("content.xml", mixed=True).find_child("office:body")
        if body is None:
            raise package.make_broken_error("it contains no text")
        self._read_blocks(body, "", "paragraph")
        self._heading = ""
        if package.has_part("styles.xml"):
            self._read_frames(package.load_root("styles.xml", mixed=True))
        self.title = _find_title(package)

    def _read_frames(self, styles: Node) -> None:
        """Headers and footers of a text, and what is on each slide."""
        said = set()
        for page in styles.iter_descendants("style:master-page"):
            for node in page.children:
                before = len(self.lines)
                if node.tag in _FRAMES:
                    self._read_blocks(node, node.tag[6:].replace("-", " of "), "paragraph")
                elif node.tag in _SHAPES and node.get("presentation:placeholder") != "true" and self._slides:
                    self._read_blocks(node, "slide master", "paragraph")
                # Each kind of page repeats them.
                self.lines[before:] = [line for line in self.lines[before:] if line.text not in said]
                said |= {line.text for line in self.lines[before:]}

    def _read_blocks(self, node: Node, place: str, kind: str) -> None:
        for kid in node.children:
            tag = kid.tag
            if tag in _SKIPPED or (tag == "text:section" and kid.get("text:display") == "none"):
                continue
            if tag == "text:h":
                self._read_paragraph(kid, place, "heading")
            elif tag == "text:p":
                self._read_paragraph(kid, place, kind)
            elif tag == "text:list":
                self._read_blocks(kid, place, "item" if kind == "paragraph" else kind)
            elif tag == "table:table":
                self._read_table(kid, place)
            elif tag == "draw:page":
                self._slides += 1
                self._read_blocks(kid, f"slide {self._slides}", "paragraph")
            elif tag == "presentation:notes":
                self._read_blocks(kid, f"{place}, notes", "paragraph")
            elif tag in ("svg:title", "svg:desc"):
                self._add_alt_text(kid, place)
            else:
                is_title = kid.get("presentation:class") in ("title", "subtitle")
                self._read_blocks(kid, place, "heading" if is_title else kind)

    def _read_table(self, table: Node, place: str) -> None:
        self._tables += 1
        number = self._tables
        for count, row in enumerate(table.iter_descendants("table:table-row"), 1):
            self._read_blocks(row, f"{place}, table {number}, row {count}".lstrip(", "), "cell")

    def _read_paragraph(self, node: Node, place: str, kind: str) -> None:
        under = f'under "{self._heading}"' if self._heading and kind != "heading" and not self._slides else ""
        line = Line(kind, ", ".join(filter(None, (place, under))))
        self.lines.append(line)
        later: list[tuple[str, Node]] = []
        self._read_words(node, line, later)
        if kind == "heading" and not place and line.text.strip():
            self._heading = textwrap.shorten(line.text, _MAX_PLACE_LENGTH, placeholder=" ...")
        for name, inner in later:
            self._read_blocks(inner, f"{place}, {name}".lstrip(", "), "paragraph")

    def _read_words(self, node: Node, line: Line, later: list[tuple[str, Node]]) -> None:
        """Feed what is in a paragraph. later: its notes and drawings, which are read behind it."""
        for kid in node.children:
            tag = kid.tag
            if tag == TEXT:
                line.add_words(_SPACES.sub(" ", kid.text))
            elif tag in _SKIPPED or tag == "text:ruby-text":
                continue
            elif tag == "text:s":
                line.add_words(" " * _read_count(kid.get("text:c")))
            elif tag == "text:tab":
                line.add_words("\t")
            elif tag == "text:line-break":
                line.add_break()
            elif tag == "text:a":
                start = line.length
                self._read_words(kid, line, later)
                if line.length > start:
                    line.links.append((start, line.length))
            elif tag == "text:note":
                self._notes += 1
                if body := kid.find_child("text:note-body"):
                    later.append((f"{kid.get('text:note-class') or 'footnote'} {self._notes}", body))
            elif tag == "text:page-number":
                line.add_object()
            elif tag in _SHAPES:
                line.add_object()
                holder = Node("", {}, 0, 0)
                holder.children = [kid]
                later.append(("text box", holder))
            else:
                self._read_words(kid, line, later)

    def _add_alt_text(self, node: Node, place: str) -> None:
        line = Line("alt", f"{place}, alternative text".lstrip(", "))
        line.add_words(_SPACES.sub(" ", "".join(kid.text for kid in node.children)).strip())
        self.lines.append(line)


def _read_count(said: str) -> int:
    return min(int(said), _MAX_SPACES) if said.isdecimal() and len(said) < 9 else 1


def _find_title(package: Package) -> str:
    if not package.has_part("meta.xml"):
        return ""
    meta = package.load_root("meta.xml").find_child("office:meta", "dc:title")
    return " ".join(meta.text.split()) if meta else ""
