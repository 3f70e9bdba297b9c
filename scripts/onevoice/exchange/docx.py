"""Findings -> comments in a Word file, each at its words. Everything else in the file stays byte for byte as it is."""

from __future__ import annotations

import bisect
import datetime
import io
import itertools
import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from onevoice.finding import Finding
from onevoice.prose import sheet
from onevoice.prose.docx import WordDocument
from onevoice.prose.formats.docx import FORMAT
from onevoice.prose.package import Package, build_rels_path
from onevoice.prose.sheet import Atom, Line
from onevoice.prose.xml import Node, resolve_bounds

AUTHOR, INITIALS = "onevoice", "ov"

_SCHEMAS_URL = "http://schemas.openxmlformats.org"
_WORD_NAMESPACES = (f"{_SCHEMAS_URL}/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main")
_LINK_NAMESPACES = (
    f"{_SCHEMAS_URL}/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_PACKAGE_NAMESPACE = f"{_SCHEMAS_URL}/package/2006"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_CONTENT_TYPES = "[Content_Types].xml"

# Before all of an element, and after all of it.
_FRONT, _BACK = (-1, 0), (1 << 60, 0)
_NAME = re.compile(rb"<([^\s/>]+)")
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")


def write(path: str, data: bytes, findings: Sequence[Finding], today: datetime.date) -> tuple[bytes, int]:
    """The file with a comment for each finding, and how many there are. Existing comments are kept.

    path, data: the Word file that was linted. findings: what was found in it. today: the date of the comments.
    Word has comments in the body only: a finding in a note, a text box, a header or a footer gets its comment at the
    note's mark, the box, or the document's first words, and the comment says where it was found.
    Raises OnevoiceError if the file cannot be read.
    """
    package = Package(path, data, FORMAT)
    document = WordDocument(package)
    raw = package.load_bytes(document.part)
    strict = _WORD_NAMESPACES[1].encode() in raw[: resolve_bounds(raw, package.load_root(document.part)).head]
    marks = _Marks(raw, _WORD_NAMESPACES[strict])
    comments = _Comments(package, document.part, strict, today)
    lines = [_LinePlaces(line) for line in sheet.drop_empty_lines(document.lines)]
    for finding in findings:
        place = _locate_finding(lines, finding)
        if place and _can_hold(place[1]) and _can_hold(place[2]):
            line, first, last, start, end = place
            number = comments.add_comment(finding, line.place if first.node else "")
            marks.add_range(number, first, last, start - first.at, end - last.at)
    if not comments.count:
        return data, 0
    changed = {document.part: marks.render_part()} | comments.render_parts()
    return _pack_archive(package, changed), comments.count


def _can_hold(atom: Atom) -> bool:
    return atom.anchor is not None and atom.anchor.tag != "w:body"


class _LinePlaces:
    """A line, and where its atoms and fields begin: looked up for each finding, worked out once."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self._starts = [atom.at for atom in line.atoms]
        self._fields = sorted(line.fields, key=lambda field: field[:2])
        self._field_ends = [closed for _, closed, _ in self._fields]

    def find_atom(self, at: int) -> Atom:
        """The atom of a character."""
        return self.line.atoms[bisect.bisect_right(self._starts, at) - 1]

    def iter_fields(self, start: int, end: int) -> Iterator[tuple[int, int, tuple[Node, Node]]]:
        """The fields that share something with a range. Fields are in order and apart."""
        for field in itertools.islice(self._fields, bisect.bisect_right(self._field_ends, start), None):
            if field[0] >= end:
                return
            yield field


def _locate_finding(lines: list[_LinePlaces], finding: Finding) -> tuple[Line, Atom, Atom, int, int] | None:
    """The line of a finding, the atoms in which it begins and ends, and where it does so in the line."""
    span = finding.span
    if not 0 < span.line <= len(lines):
        return None
    places = lines[span.line - 1]
    line = places.line
    start, end = 0, line.length
    # A finding without words is about the whole paragraph.
    if finding.match:
        start = min(span.column - 1, line.length - 1)
        end = min(max(span.end_column - 1, start + 1), line.length) if span.end_line == span.line else line.length
    first, last = places.find_atom(start), places.find_atom(end - 1)
    # The text in a field goes away when the field is updated: the comment is put around the field.
    for opened, closed, (begin, close) in places.iter_fields(start, end):
        first = Atom(opened, None, begin) if opened <= start else first
        last = Atom(opened, None, close) if end <= closed else last
    return line, first, last, start, end


class _Marks:
    """Where comments begin and end in the part that holds the body."""

    def __init__(self, raw: bytes, space: str) -> None:
        self._raw, self._space = raw, space
        self._marks_by_anchor: dict[int, tuple[Node, list[tuple[tuple[int, int], int, int]]]] = {}
        # The number of each element in its parent, by the parent: where to look up what is in a run of many.
        self._orders: dict[int, dict[int, int]] = {}

    def add_range(self, number: int, first: Atom, last: Atom, start: int, end: int) -> None:
        """Put a comment around the text between two offsets, each in the text of its atom."""
        for atom, offset, opens, whole in ((first, start, 1, _FRONT), (last, end, 0, _BACK)):
            anchor = atom.anchor
            assert anchor is not None, "ask _can_hold first"
            place = (self._find_number(anchor, atom.node), offset) if atom.node else whole
            self._marks_by_anchor.setdefault(anchor.start, (anchor, []))[1].append((place, opens, number))

    def _find_number(self, parent: Node, child: Node) -> int:
        order = self._orders.get(id(parent))
        if order is None:
            order = self._orders[id(parent)] = {id(node): number for number, node in enumerate(parent.children)}
        return order[id(child)]

    def render_part(self) -> bytes:
        """The part with all marks."""
        parts, at = [], 0
        for start, (anchor, cuts) in sorted(self._marks_by_anchor.items()):
            resolve_bounds(self._raw, anchor)
            parts += [self._raw[at:start], *self._mark_anchor(anchor, sorted(cuts))]
            at = anchor.end
        return b"".join((*parts, self._raw[at:]))

    def _mark_anchor(self, anchor: Node, cuts: list[tuple[tuple[int, int], int, int]]) -> Iterator[bytes]:
        signs = [(place, self._render_mark(anchor, opens, number)) for place, opens, number in cuts]
        if anchor.tag == "w:p":
            yield _append_content(self._raw, anchor, b"".join(sign for _, sign in signs))
            return
        yield from (sign for place, sign in signs if place == _FRONT)
        inner = [(place, sign) for place, sign in signs if place not in (_FRONT, _BACK)]
        yield from self._split_run(anchor, inner) if inner else (self._raw[anchor.start : anchor.end],)
        yield from (sign for place, sign in signs if place == _BACK)

    def _split_run(self, run: Node, signs: list[tuple[tuple[int, int], bytes]]) -> Iterator[bytes]:
        """One run as several of the same formatting, with signs between them."""
        raw = self._raw
        opening, closing, settings = raw[run.start : run.head], raw[run.tail : run.end], b""
        held: list[bytes] = []
        cuts: dict[int, list[tuple[int, bytes]]] = {}
        for (number, offset), sign in signs:
            cuts.setdefault(number, []).append((offset, sign))

        def flush_run() -> Iterator[bytes]:
            if held:
                yield b"".join((opening, settings, *held, closing))
                held.clear()

        for index, kid in enumerate(run.children):
            resolve_bounds(raw, kid)
            if kid.tag == "w:rPr":
                settings = raw[kid.start : kid.end]
                continue
            at = 0
            for offset, sign in cuts.get(index, ()):
                if at < offset:
                    held.append(self._slice_text(kid, at, offset))
                    at = offset
                yield from flush_run()
                yield sign
            if at < len(kid.text) or not kid.text:
                held.append(self._slice_text(kid, at, len(kid.text)))
        yield from flush_run()

    def _slice_text(self, node: Node, start: int, end: int) -> bytes:
        if (start, end) == (0, len(node.text)):
            return self._raw[node.start : node.end]
        name = _read_name(self._raw, node)
        text = escape(node.text[start:end]).encode()
        return b'<%b xml:space="preserve">%b</%b>' % (name, text, name)

    def _render_mark(self, anchor: Node, opens: int, number: int) -> bytes:
        prefix = _read_prefix(self._raw, anchor) if anchor.tag.startswith("w:") else ""
        space = "" if prefix else f' xmlns:w="{self._space}"'
        w = prefix or "w"
        mark = f'{space} {w}:id="{number}"/>'
        if opens:
            return f"<{w}:commentRangeStart{mark}".encode()
        reference = f'<{w}:r{space}><{w}:commentReference {w}:id="{number}"/></{w}:r>'
        return f"<{w}:commentRangeEnd{mark}{reference}".encode()


class _Comments:
    """The part that holds the comments, and what names it."""

    def __init__(self, package: Package, main: str, strict: bool, today: datetime.date) -> None:
        self._package, self._main, self._strict, self._today = package, main, strict, today
        self._part = package.find_related_part(main, "comments")
        self._texts: list[str] = []
        roots = [package.load_root(main), *([package.load_root(self._part)] if self._part else ())]
        tags = ("w:comment", "w:commentRangeStart", "w:commentRangeEnd", "w:commentReference")
        taken = [node.get("w:id") for root in roots for node in root.iter_descendants(*tags)]
        self._next = 1 + max((int(number) for number in taken if number.isdecimal()), default=-1)

    @property
    def count(self) -> int:
        return len(self._texts)

    def add_comment(self, finding: Finding, place: str) -> int:
        """Add a comment and return its number. place: what the message need not say, because the comment is there."""
        said = [finding.message.removeprefix(f"{place}: ")]
        missing = [use for use in finding.replacements if use and use not in finding.message]
        said += [f"Better: {' or '.join(missing)}"] if missing else []
        said += [text for text in (finding.reason, finding.link) if text]
        number = self._next + len(self._texts)
        attributes = f'w:id="{number}" w:author="{AUTHOR}" w:initials="{INITIALS}" w:date="{self._today}T00:00:00Z"'
        words = (escape(_FORBIDDEN.sub(" ", text)) for text in said)
        lines = (f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>' for text in words)
        self._texts.append(
            f'<w:comment xmlns:w="{_WORD_NAMESPACES[self._strict]}" {attributes}>{"".join(lines)}</w:comment>'
        )
        return number

    def render_parts(self) -> dict[str, bytes]:
        """The parts that change, by name."""
        added = "".join(self._texts)
        if self._part:
            raw = self._package.load_bytes(self._part)
            return {self._part: _append_content(raw, self._package.load_root(self._part), added.encode())}
        part = self._choose_part_name()
        body = f'<w:comments xmlns:w="{_WORD_NAMESPACES[self._strict]}">{added}</w:comments>'
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        return {
            part: (head + body).encode(),
            _CONTENT_TYPES: self._add_content_type(part),
            build_rels_path(self._main): self._add_relationship(part),
        }

    def _choose_part_name(self) -> str:
        folder, number = posixpath.dirname(self._main), 0
        while self._package.has_part(name := posixpath.join(folder, f"comments{number or ''}.xml")):
            number += 1
        return name

    def _add_content_type(self, part: str) -> bytes:
        kind = f'PartName={quoteattr("/" + part)} ContentType="{_COMMENTS_TYPE}"'
        return self._append_line(_CONTENT_TYPES, "Types", "content-types", f"<Override {{}}{kind}/>")

    def _add_relationship(self, part: str) -> bytes:
        taken = self._package.load_relationships(self._main)
        number = next(number for number in range(len(taken) + 1) if f"onevoice{number}" not in taken)
        target = quoteattr(posixpath.basename(part))
        link = f'Id="onevoice{number}" Type="{_LINK_NAMESPACES[self._strict]}/comments" Target={target}'
        return self._append_line(
            build_rels_path(self._main), "Relationships", "relationships", f"<Relationship {{}}{link}/>"
        )

    def _append_line(self, part: str, root: str, space: str, line: str) -> bytes:
        """A part of the package with one more line, which has a slot for the declaration of its namespace."""
        declared = f'xmlns="{_PACKAGE_NAMESPACE}/{space}" '
        if not self._package.has_part(part):
            return f"<{root} {declared.strip()}>{line.format('')}</{root}>".encode()
        raw, node = self._package.load_bytes(part), self._package.load_root(part)
        return _append_content(raw, node, line.format(declared if _read_prefix(raw, node) else "").encode())


def _read_name(raw: bytes, node: Node) -> bytes:
    match = _NAME.match(raw, node.start)
    assert match is not None, "an element begins with its name"
    return match[1]


def _read_prefix(raw: bytes, node: Node) -> str:
    return _read_name(raw, node).decode().rpartition(":")[0]


def _append_content(raw: bytes, node: Node, added: bytes) -> bytes:
    """An element with something added before its end tag: for the root of a part, the whole part."""
    resolve_bounds(raw, node)
    start, end = (0, len(raw)) if node.tag != "w:p" else (node.start, node.end)
    if node.tail < node.end:
        return raw[start : node.tail] + added + raw[node.tail : end]
    name = _read_name(raw, node)
    opening = raw[start : node.head].removesuffix(b"/>").rstrip()
    return b"%b>%b</%b>%b" % (opening, added, name, raw[node.head : end])


def _pack_archive(package: Package, changed: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    left = dict(changed)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, parts in package.iter_entries():
            name = next((part for part in left if part.lower() == entry.filename.lower()), None)
            if name is not None:
                archive.writestr(_copy_entry(entry), left.pop(name))
                continue
            with archive.open(_copy_entry(entry), "w") as target:
                for part in parts:
                    target.write(part)
        for name in sorted(left):
            archive.writestr(zipfile.ZipInfo(name), left[name], zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _copy_entry(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(entry.filename, entry.date_time)
    made.compress_type = zipfile.ZIP_STORED if entry.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
    made.external_attr = entry.external_attr
    return made
