"""PDF -> Prose: its text in reading order, line by line as it is printed; paragraphs go on across columns and pages."""

from __future__ import annotations

import ctypes
import importlib
import re
import unicodedata
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from statistics import median
from typing import Any, NamedTuple

from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.prose.block import Block, Prose
from onevoice.prose.build import Builder
from onevoice.prose.columns import Row, TextLine, Word, arrange_lines, group_rows

# PDFium writes one of these for a hyphen at the end of a line, and no line break.
_BREAKS = "\x02\ufffe"
_WORD = re.compile(rf"[^\s{_BREAKS}]+[{_BREAKS}]?|[{_BREAKS}]")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_BULLET = re.compile(r"[•●▪■‣◦∙·–—*\uf0b7-][ \t]+")
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:(?:page|pg|p|seite|s|página|pág|pagina|pag)\.? )?(?:\d{1,4}|[ivxlc]{1,6})(?: ?(?:of|von|de|sur|/) ?\d{1,4})?",
    re.IGNORECASE,
)
_HYPHENATED = re.compile(r"(?<!\w)\w++-\w++")
_FIRST_WORD = re.compile(r"\w+")
_SENTENCE_ENDS = tuple(".!?:;…")
# How many rows at the edge of a page may be a header or a footer, and with how many pages before and behind it they
# are compared: left and right pages have their own.
_EDGE_ROWS, _NEAR_PAGES = 2, 2
# By how much the sizes of lines in one paragraph may differ; from which size on it is a heading.
_SAME_SIZE, _HEADING_SIZE = 1.12, 1.2
_MAX_HEADING = 200


class Line(NamedTuple):
    """A line of the document. place: where people find it. is_joined: it goes on with what the one before says."""

    text: str
    place: str
    size: float
    is_joined: bool
    is_table: bool = False


class _Page(NamedTuple):
    number: int
    rows: list[Row]
    edges: frozenset[str]


def read(path: str, data: bytes) -> Prose:
    """A PDF. Raises OnevoiceError, in a line for people, if it is broken, protected or far too large."""
    if b"%PDF-" not in data[:1024]:
        said = (
            "the file is empty"
            if not data
            else "this is not a PDF, despite its name. Correct its name, or leave it out."
        )
        raise OnevoiceError(f"{path}: {said}")
    with _open_document(path, data) as document:
        title = _read_title(document)
        lines: list[Line] = []
        frames: list[Line] = []
        scans: list[int] = []
        seen: set[str] = set()
        before: TextLine | None = None
        for page, near in _iter_pages(path, document, scans):
            rows = []
            for at, row in enumerate(page.rows):
                name = _name_row(row) if at < _EDGE_ROWS or at >= len(page.rows) - _EDGE_ROWS else ""
                is_number = bool(name) and _PAGE_NUMBER.fullmatch(row.text.strip("-–—| ")) is not None
                if not is_number and name not in near:
                    rows.append(row)
                elif not is_number and name not in seen:
                    seen.add(name)
                    place = f"page {page.number}, header or footer"
                    frames.append(Line(row.text, place, row.words[0].size, False))
            for number, line in enumerate(arrange_lines(rows), 1):
                joined = before is not None and _is_continued(before, line)
                place = f"page {page.number}, line {number}"
                lines.append(Line(line.text, place, line.size, joined, line.column.is_table))
                before = line
    unread = (_describe_scans(scans),) if scans else ()
    return _build_prose(path, lines + frames, {"title": title} if title else {}, unread)


def _load_library() -> Any:
    """The package, which has no types."""
    return importlib.import_module("pypdfium2")


@contextmanager
def _open_document(path: str, data: bytes) -> Iterator[Any]:
    pypdfium2 = _load_library()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            said = "the file is password-protected. Save a copy without a password, or leave it out."
        else:
            said = "cannot be read as a PDF: it is incomplete or damaged. Save it again from the program that made it."
        raise OnevoiceError(f"{path}: {said}") from None
    try:
        yield document
    finally:
        document.close()


def _read_title(document: Any) -> str:
    try:
        return " ".join(str(document.get_metadata_value("Title")).split())
    except Exception:
        return ""


def _iter_pages(path: str, document: Any, scans: list[int]) -> Iterator[tuple[_Page, frozenset[str]]]:
    """Each page that has words, and how rows at the edges of those near it read. scans: pages without words."""
    count = len(document)
    if count > limits.MAX_PDF_PAGES:
        said = f"cannot be read ({count:,} pages; at most {limits.MAX_PDF_PAGES:,} are). Split it, or leave it out."
        raise OnevoiceError(f"{path}: {said}")
    window: deque[_Page] = deque(maxlen=2 * _NEAR_PAGES + 1)
    size, done = 0, 0
    for number in range(1, count + 1 + _NEAR_PAGES):
        if number <= count:
            words = _read_words(document, number, scans)
            size += sum(len(word.text) + 1 for word in words)
            if size > limits.MAX_TEXT_BYTES:
                most = limits.MAX_TEXT_BYTES >> 20
                raise OnevoiceError(f"{path}: cannot be read (over {most} MB of text). Split it, or leave it out.")
            rows = group_rows(words)
            edges = frozenset(_name_row(row) for row in (*rows[:_EDGE_ROWS], *rows[-_EDGE_ROWS:]))
            window.append(_Page(number, rows, edges))
        if number > _NEAR_PAGES:
            done += 1
            page = next((one for one in window if one.number == done), None)
            if page:
                near = (one.edges for one in window if one.number != done and abs(one.number - done) <= _NEAR_PAGES)
                yield page, frozenset().union(*near)


def _name_row(row: Row) -> str:
    """How a header or a footer reads on every page."""
    return _DIGITS.sub("#", row.text)


def _read_words(document: Any, number: int, scans: list[int]) -> list[Word]:
    pypdfium2 = _load_library()
    try:
        page = document[number - 1]
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError:
        scans.append(number)
        return []
    try:
        words = list(_iter_words(pypdfium2.raw, textpage))
        if not words and _has_objects(pypdfium2.raw, page):
            scans.append(number)
        return words
    finally:
        textpage.close()
        page.close()


def _has_objects(raw: Any, page: Any) -> bool:
    return bool(raw.FPDFPage_CountObjects(page) > 0)


def _iter_words(raw: Any, textpage: Any) -> Iterator[Word]:
    """The words of a page. To ask for the place of each character would take five times as long."""
    page = textpage.raw
    text = _load_text(raw, page)
    box = raw.FS_RECTF()
    place, find_box = ctypes.byref(box), raw.FPDFText_GetLooseCharBox
    matches, lefts = [], []
    for match in _WORD.finditer(text):
        if find_box(page, match.start(), place):
            matches.append(match)
            lefts.append((box.left, box.bottom, box.top - box.bottom))
    lefts.append((0.0, -1.0, 0.0))
    for number, match in enumerate(matches):
        words, (left, base, size), following = match[0], lefts[number], lefts[number + 1]
        has_break = words[-1] in _BREAKS and len(words) > 1
        shown = _UNSEEN.sub("", words[:-1] + "-" if words[-1] in _BREAKS else words)
        room = following[0] - left
        # Where the next word is as near as words of one line are, it's enough to know that.
        if following[1] == base and 0 < room < (0.4 * len(words) + 0.5) * size:
            right = following[0] - 0.2 * size
        else:
            find_box(page, match.end() - 1 - has_break, place)
            right = box.right
        if shown:
            yield Word(shown, left, right if right > left else left, base, size if size > 1 else 1.0)


def _load_text(raw: Any, page: Any) -> str:
    """The text of a page, of which each character has the number that it has for the library."""
    count = raw.FPDFText_CountChars(page)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    raw.FPDFText_GetText(page, 0, count, buffer)
    text = bytes(buffer)[: 2 * count].decode("utf-16-le", "surrogatepass")
    if len(text) == count and "\0" not in text:
        return text
    # What isn't in the first 65,536 characters of Unicode, or has none, makes another number.
    return "".join(chr(raw.FPDFText_GetUnicode(page, number)) for number in range(count))


def _is_continued(before: TextLine, line: TextLine) -> bool:
    """Whether a line goes on with the sentence, or at least with the paragraph, of the one before."""
    if _BULLET.match(line.text) or line.column.is_table or before.column.is_table:
        return False
    if not 1 / _SAME_SIZE <= line.size / before.size <= _SAME_SIZE:
        return False
    has_ended = before.text.rstrip("'\"’”»)]").endswith(_SENTENCE_ENDS)
    column = before.column
    room = column.right - before.right
    is_full = room < 0.15 * (column.right - column.left)
    if line.column is not column or line.base >= before.base:
        return not has_ended and (is_full or line.text[:1].islower())
    if before.base - line.base > min(1.25 * column.pitch, 2.2 * line.size):
        return False
    is_indented = line.left > column.left + 0.7 * line.size and before.left < line.left - 0.5 * line.size
    return not (has_ended and (is_indented or room > 0.25 * (column.right - column.left)))


def _describe_scans(scans: Sequence[int]) -> str:
    shown = ", ".join(map(str, scans[:10])) + (f" and {len(scans) - 10} more" if len(scans) > 10 else "")
    return f"page{'s' * (len(scans) > 1)} {shown} (no text: a scan?)"


def _build_prose(path: str, lines: Sequence[Line], meta: dict[str, Any], unread: tuple[str, ...]) -> Prose:
    source = "".join(f"{line.text}\n" for line in lines)
    known = set(_HYPHENATED.findall(source))
    body = median(line.size for line in lines) if lines else 0.0
    blocks: list[Block] = []
    builder: Builder | None = None
    at = 0
    for number, line in enumerate(lines):
        start, end = at, at + len(line.text)
        at = end + 1
        if not (builder and line.is_joined):
            _add_block(blocks, builder)
            bullet = _BULLET.match(line.text)
            is_heading = line.size >= _HEADING_SIZE * body and len(line.text) < _MAX_HEADING
            kind = "item" if bullet else "cell" if line.is_table else "heading" if is_heading else "paragraph"
            builder = Builder(source, kind, syntax="plain")
            start += bullet.end() if bullet else 0
        following = lines[number + 1] if number + 1 < len(lines) else None
        _feed_line(builder, start, end, following, known)
    _add_block(blocks, builder)
    return Prose(path, source, tuple(blocks), meta, places=tuple(line.place for line in lines), unread=unread)


def _feed_line(builder: Builder, start: int, end: int, following: Line | None, known: set[str]) -> None:
    """Feed a line. known: words with a hyphen that are in some line of the document."""
    source = builder.source
    hyphen = source[start:end].endswith(("-", "\u2010", "\xad")) and end - start > 1 and source[end - 2].isalpha()
    if following is None or not following.is_joined or not (hyphen and following.text[:1].isalnum()):
        _feed_words(builder, start, end)
        builder.add_break(end)
        return
    first, second = source[start:end].rpartition(" ")[2].lstrip("'\"‘“«(["), _FIRST_WORD.match(following.text)
    is_compound = second is not None and f"{first}{second[0]}" in known
    is_kept = source[end - 1] != "\xad" and (is_compound or not following.text[0].islower())
    _feed_words(builder, start, end - (not is_kept))
    builder.add_unit(end - (not is_kept), end + 1, "")


def _feed_words(builder: Builder, start: int, end: int) -> None:
    at = start
    for found in _LIGATURE.finditer(builder.source, start, end):
        if found.start() > at:
            builder.add_words(at, found.start())
        builder.add_unit(found.start(), found.end(), unicodedata.normalize("NFKC", found[0]))
        at = found.end()
    if end > at:
        builder.add_words(at, end)


def _add_block(blocks: list[Block], builder: Builder | None) -> None:
    if builder and (block := builder.build_block()):
        blocks.append(block)
