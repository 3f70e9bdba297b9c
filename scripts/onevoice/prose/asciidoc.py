"""AsciiDoc -> Prose: titles, paragraphs, lists, tables and notes; code, attributes and macros are left out."""

from __future__ import annotations

import dataclasses
import re

from onevoice.prose.block import Block, Comment, Prose
from onevoice.prose.lines import LineReader

_TITLE = re.compile(r"(?:={1,6}|#{1,6})[ \t]+(?=\S)")
_DELIMITER = re.compile(r"(-{4,}|\.{4,}|\+{4,}|/{4,}|={4,}|\*{4,}|_{4,}|`{3,}\w*|--|[|,:!]={3,})[ \t]*$")
# What is between these is no prose; between the others it is.
_HIDDEN_SIGNS = ("-", ".", "+", "`")
_ATTRIBUTE = re.compile(r":!?[\w-]{1,60}!?:(?:[ \t]|$)")
_BLOCK_ATTRIBUTES = re.compile(r"\[[^\r\n]*\][ \t]*$")
_CODE_STYLES = re.compile(
    r"\[(?:source|listing|literal|stem|latexmath|asciimath|plantuml|mermaid|pass|ditaa|graphviz)\b|\[,"
)
_CAPTION = re.compile(r"\.(?=[^\s.])")
_MACRO = re.compile(r"(?:image|video|audio|include|ifdef|ifndef|ifeval|endif|toc|kroki)::[^\s\[]*\[")
_BULLET = re.compile(r"(?:\*{1,5}|-|\.{1,5}|\d{1,3}\.|<(?:\d{1,2}|\.)>)[ \t]+(?:\[[ x*]\][ \t]+)?")
_NOTE = re.compile(r"(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+")
_DEFINED = re.compile(r"(?P<term>[^\r\n:]{1,200}):{2,4}(?:[ \t]+|$)")
_CELL = re.compile(r"(?:\d{0,2}(?:\.\d{1,2})?[+*]?[<^>]{0,2}[a-z]?)?\|")
_REFERENCE = re.compile(r"(?:<<|xref:)#?([^,<>\[\]\r\n]{1,200})")
_INLINE = re.compile(
    r"(?P<object>``[^`\r\n]*+``|`[^`\s](?:[^`\r\n]*+)`|\+\+\+?[^+\r\n]++\+\+\+?|(?<!\w)\+[^+\s][^+\r\n]*+\+"
    r"|\{[\w-]{1,60}\}"
    r"|\b(?:pass|stem|latexmath|asciimath|kbd|btn|menu|icon|image|indexterm|anchor):[^\s\[\]]*+\[[^\]\r\n]*+\]"
    r"|\(\((?:\([^)\r\n]*+\))?\)?)"
    r"|\b(?P<link>(?:https?|ftp|link|xref|mailto):[^\s\[\]]++)(?:\[(?P<label>[^\]\r\n]*+)\])?"
    r"|<<[^,>\r\n]{1,120}(?:,(?P<words>[^>\r\n]{1,300}))?>>"
    r"|(?P<note>\bfootnote:[\w-]{0,40}\[|\bfootnoteref:\[[\w-]{1,60},?|\bindexterm2:\[)"
    r"|(?P<mark>\[[.#][\w.#-]{1,60}\](?=#)|\[#[\w-]{1,60}\]"
    r"|[*_#]{1,2}(?=[^\s*_#])|(?<=[^\s*_#])[*_#]{1,2}|\[\[[^\]\r\n]{1,80}\]\]| \+$)"
)


def read(path: str, source: str) -> Prose:
    """A document. `source` is the decoded text; nothing in it can make this fail."""
    reader = _AsciiDocReader(source.lstrip("\ufeff"))
    reader.read_lines()
    if "<<" in reader.source or "xref:" in reader.source:
        anchors = {found.lower() for found in _REFERENCE.findall(reader.source)}
        reader.blocks = [_fix_linked_heading(block, anchors) for block in reader.blocks]
    return reader.build_prose(path)


def _fix_linked_heading(block: Block, anchors: set[str]) -> Block:
    """A heading that is linked by its words, or by what AsciiDoc makes of them, as one that nobody may change."""
    words = block.text.strip().lower()
    made = "_" + re.sub(r"[\s.-]+", "_", re.sub(r"[^\w\s.-]", "", words))
    if block.kind != "heading" or anchors.isdisjoint((words, made)):
        return block
    return dataclasses.replace(block, pieces=tuple(piece._replace(plain=False) for piece in block.pieces))


class _AsciiDocReader(LineReader):
    """Reads line by line; remembers what is open."""

    def __init__(self, source: str) -> None:
        super().__init__(source, _feed_inline)
        # The line that ends what is left out, or "".
        self._end = ""
        self._opened = 0
        self._tables: list[str] = []
        self._quotes: list[str] = []
        # The next block is code, or a quotation; until its end, if it has no delimiters.
        self._is_code_next = self._is_quote_next = self._is_skipping = False

    def read_lines(self) -> None:
        """The whole document."""
        for start, end in self.lines:
            words = self.source[start:end].rstrip()
            end = start + len(words)
            if self._end:
                if words == self._end:
                    if words[0] == "/":
                        self._add_comment_block(end)
                    self._end = ""
            elif not words:
                self._end_paragraph()
            elif not self._is_skipping:
                self._read_line(start, end, words)
        self.end_block()

    def _end_paragraph(self) -> None:
        self.end_block()
        if self._is_skipping:
            self._is_skipping = self._is_code_next = False
        self.quoted = bool(self._quotes)

    def _read_line(self, start: int, end: int, words: str) -> None:
        if words.startswith("//") and not words.startswith("///"):
            self.add_comment(start, end, start + 2)
        elif _DELIMITER.match(words):
            self._read_delimiter(start, words)
        elif self._is_code_next and not _BLOCK_ATTRIBUTES.match(words) and not _CAPTION.match(words):
            self._is_skipping = True
        elif not self.is_open and (_ATTRIBUTE.match(words) or _BLOCK_ATTRIBUTES.match(words)):
            self._is_code_next = self._is_code_next or bool(_CODE_STYLES.match(words))
            self._is_quote_next = words.startswith(("[quote", "[verse"))
            self.quoted = self.quoted or self._is_quote_next
        elif _MACRO.match(words):
            self._read_macro(start, end)
        elif words in ("+", "<<<", "'''", "---", "***"):
            self.end_block()
        elif self._tables and "|" in words:
            self._read_cells(start, end)
        elif title := _TITLE.match(words):
            self.add_block(start + title.end(), end, "heading")
        elif not self.is_open and (caption := _CAPTION.match(words)):
            self.add_block(start + caption.end(), end, "title")
        elif words[0] in " \t" and not self.is_open and not _BULLET.match(words.lstrip()):
            self._is_skipping = True  # What is indented is shown as it is.
        else:
            self._read_text(start + len(words) - len(words.lstrip()), end)

    def _add_comment_block(self, end: int) -> None:
        first = self._opened + len(self._end)
        last = end - len(self._end)
        self.comments.append(Comment(self._opened, end, self.source[first:last].strip()))

    def _read_delimiter(self, start: int, words: str) -> None:
        self.end_block()
        sign = words[0]
        if words.endswith("===") and sign in "|,:!":
            self._tables = self._tables[:-1] if words in self._tables else [*self._tables, words]
        elif sign == "/" or (sign in _HIDDEN_SIGNS and words != "--") or self._is_code_next:
            self._end = "```" if sign == "`" else words
            self._opened = start
        elif sign == "_" or self._is_quote_next or words in self._quotes:
            self._quotes = self._quotes[:-1] if words in self._quotes else [*self._quotes, words]
            self.quoted = bool(self._quotes)
        self._is_code_next = self._is_quote_next = False

    def _read_macro(self, start: int, end: int) -> None:
        words = self.source[start:end]
        self.end_block()
        if words.startswith(("ifdef::", "ifndef::")) and words.endswith("]"):
            # It's all on this line.
            self.feed(start + words.index("[") + 1, end - 1)
        elif words.startswith("image::") and words.endswith("]"):
            first = words.index("[") + 1
            alt = words[first:-1].split(",")[0]
            if alt.strip() and "=" not in alt:
                self.add_block(start + first, start + first + len(alt), "alt")

    def _read_cells(self, start: int, end: int) -> None:
        at = start
        for found in _CELL.finditer(self.source, start, end):
            if self.source[at : found.start()].strip():
                self.feed(at, found.start())
            self.end_block()
            self.kind = "cell"
            at = found.end()
        self.feed(at, end)

    def _read_text(self, start: int, end: int) -> None:
        source = self.source
        if bullet := _BULLET.match(source, start, end):
            self.end_block()
            self.kind = "item"
            start = bullet.end()
        elif (defined := _DEFINED.match(source, start, end)) and (not self.is_open or self.kind == "item"):
            self.add_block(*defined.span("term"), "item")
            self.kind = "item"
            start = defined.end()
        elif note := _NOTE.match(source, start, end):
            start = note.end()
        if start < end:
            self.feed(start, end)


def _feed_inline(reader: LineReader, start: int, end: int) -> None:
    builder, at = reader.builder, start
    for found in _INLINE.finditer(reader.source, start, end):
        reader.feed_plain(at, found.start())
        at = found.end()
        label = "label" if found["label"] else "words" if found["words"] else ""
        if found["object"] or (found["link"] and not label):
            builder.add_object(*found.span())
        elif label:
            first, last = found.span(label)
            last = first + len(found[label].removesuffix("^"))
            begin = builder.resolve_offset(first)
            reader.feed_plain(first, last)
            builder.links.append((begin, builder.length))
    reader.feed_plain(at, end)
