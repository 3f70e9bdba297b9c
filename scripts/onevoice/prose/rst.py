"""reStructuredText -> Prose: headings, paragraphs, lists, tables, notes; code and machines' directives are left out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onevoice.prose.block import Prose
from onevoice.prose.lines import LineReader

_DIRECTIVE = re.compile(r"\.\.[ \t]+(?:\|[^|\r\n]{1,80}\|[ \t]+)?([A-Za-z][\w:.-]{0,60})::(?:[ \t]+|$)")
_TARGET = re.compile(r"\.\.[ \t]+_|__[ \t]")
_FOOTNOTE = re.compile(r"\.\.[ \t]+\[[^\]\r\n]{1,60}\][ \t]+")
_COMMENT = re.compile(r"\.\.(?:[ \t]+|$)")
_UNDERLINE = re.compile(r"([!-/:-@\[-`{-~])\1*[ \t]*$")
_BULLET = re.compile(r"(?:[-*+•‣]|(?:\(?(?:\d{1,3}|[A-Za-z]|[ivxlc]{1,5}|#)[.)]))[ \t]+")
# `-c FILE  What it is for.`, `--client=FILE, -c`: the option itself.
_OPTION = re.compile(
    r"(?:-[A-Za-z](?: ?[A-Za-z<][\w<>-]*)?|--?[A-Za-z][\w-]*(?:[ =]<?[\w-]+>?)?|/[A-Z])"
    r"(?:, -[^\s,]{1,80}){0,5}(?=[ ]{2,}\S|$)"
)
_FIELD = re.compile(r":[\w .*-]{1,60}:(?:[ \t]+|$)")
# What is in these are names of a program's.
_TYPE_FIELD = re.compile(r":(?:type|vartype|rtype|meta)\b")
_GRID_BORDER = re.compile(r"[+|][-=+| ]*$")
_CELL, _COLUMN = re.compile(r"[^|]+"), re.compile(r"[^ ]+(?: [^ ]+)*")
_SIMPLE_BORDER = re.compile(r"=+(?:[ ]+=+)+[ \t]*$")
# What is in these is prose, and so is what comes behind their name.
_PROSE_DIRECTIVES = set(
    re.findall(
        r"\S+",
        """
        note warning tip hint important caution attention danger error admonition seealso topic sidebar container
        compound versionadded versionchanged versionremoved deprecated epigraph pull-quote highlights rubric centered
        only list-table csv-table table tab tab-item tab-set tabs dropdown card grid grid-item grid-item-card glossary
        todo replace hlist acks collapse
        """,
    )
)
# What they name is code, and what is in them says what it does.
_OBJECTS = re.compile(
    r"(?:(?:py|c|cpp|js|std):)?(?:module|function|class|method|classmethod|staticmethod|property|attribute|data"
    r"|exception|decorator|decoratormethod|member|macro|struct|union|enum|enumerator|type|var|option|program|envvar"
    r"|cmdoption|describe|object|confval|setting)$"
)
_VERSIONS = {"versionadded", "versionchanged", "deprecated", "versionremoved"}
_VERSION = re.compile(r"\S+[ \t]*")
_QUOTES = {"epigraph", "pull-quote"}
_FIGURES = {"figure", "image"}
# What is behind their name is a title; or no more than a name or a number.
_TITLED = {
    "admonition",
    "topic",
    "sidebar",
    "rubric",
    "centered",
    "table",
    "list-table",
    "csv-table",
    "tab",
    "tab-item",
    "dropdown",
}
_TITLED |= {"card", "grid-item-card", "collapse"}
_NAMED = {"only", "container", "tab-set", "grid"}
_NAMED |= {"grid-item", "glossary", "tabs"}
_CODE_ROLES = re.compile(
    r":(?:[a-z]{1,12}:)?(?:code|math|func|class|meth|mod|attr|data|exc|obj|const|file|kbd|command|option|envvar|samp"
    r"|program|raw|regexp|token|makevar|type|var|macro|literal|setting|confval):$"
)
# What is in these is shown as it stands, what is in others is at most an address of what is shown.
_TEXT_ROLES = re.compile(
    r":(?:guilabel|menuselection|abbr|abbreviation|sub|sup|subscript|superscript|emphasis|strong|dfn|t|title"
    r"|title-reference|bdg(?:-\w{1,20})?):$"
)
_ADDRESS_ROLES = re.compile(r":(?:[a-z]{1,12}:)?(?:ref|doc|numref|eq|any|download|keyword|cite(?::\w{1,20})?):$")
_INLINE = re.compile(
    r"(?P<object>``[^`\r\n]*+``|\|[^|\s][^|\r\n]{0,80}\||\[(?:#?\w[\w.-]{0,60}|#|\*)\]_)"
    r"|(?P<role>:[\w:+.-]{1,40}:)?`(?P<words>[^`<\r\n]*+)(?P<target><[^>`]*+>)?`(?P<role_after>:[\w:+.-]{1,40}:)?"
    r"(?P<reference>_{0,2})"
    r"|(?P<mark>\*{1,2}(?=[^\s*])|(?<=[^\s*])\*{1,2})|\\(?P<escaped>[^\w\s])"
)


def read(path: str, source: str) -> Prose:
    """A document. `source` is the decoded text; nothing in it can make this fail."""
    reader = _RstReader(source.lstrip("\ufeff"))
    reader.read_lines()
    return reader.build_prose(path)


class _RstReader(LineReader):
    """Reads line by line. What is left out goes on as long as lines are indented more."""

    def __init__(self, source: str) -> None:
        super().__init__(source, _feed_inline)
        self._skipped_from = -1
        self._is_comment, self._code_sign = False, ""
        self._options_from = -1
        self._quoted_from = -1
        # The lines of an object's name go on; within a table the columns must keep their width.
        self._is_signature = self._in_table = False
        self._is_literal_next = False
        self._in_doctest = False
        self._literal_indent, self._term_indent = 0, -1

    def read_lines(self) -> None:
        """The whole document."""
        for number, (start, end) in enumerate(self.lines):
            line = self.source[start:end]
            words = line.strip()
            indent = len(line) - len(line.lstrip())
            if not words:
                self.end_block()
                self._code_sign = ""
                self._options_from, self._in_doctest, self._is_signature = -1, False, False
                continue
            if self._skipped_from >= 0 and (
                indent > self._skipped_from or (self._code_sign and words.startswith(self._code_sign))
            ):
                if self._is_comment:
                    self.extend_comment(end)
                continue
            self._skipped_from, self._is_comment, self._code_sign = -1, False, ""
            if self._quoted_from >= 0 and indent <= self._quoted_from:
                self.quoted, self._quoted_from = False, -1
            if self._is_literal_next and (indent > self._literal_indent or self._quotes_code(words, indent)):
                self._skipped_from = self._literal_indent
                self._is_literal_next = False
                continue
            self._is_literal_next = False
            self._read_line(number, start + indent, start + len(line.rstrip()), indent)
        self.end_block()

    def _quotes_code(self, words: str, indent: int) -> bool:
        """Whether a line begins a sample that isn't indented; all its lines begin with the same sign."""
        self._code_sign = words[0] if indent == self._literal_indent and words[0] in "!#$%&>|:~" else ""
        return bool(self._code_sign)

    def _read_line(self, number: int, start: int, end: int, indent: int) -> None:
        source = self.source
        words = source[start:end]
        if words.startswith(".."):
            if self._read_explicit(start, end, indent):
                return
        elif self._options_from >= 0 and indent > self._options_from and (option := _FIELD.match(words)):
            if option[0].startswith((":alt:", ":caption:", ":header:")):
                self.add_block(start + option.end(), end, "alt" if option[0].startswith(":alt:") else "title")
            return
        elif self._is_signature:
            return
        self._options_from = -1
        if words.startswith(">>>") or self._in_doctest:
            self.end_block()
            self._in_doctest = True
        elif _is_border(words):
            self.end_block()
            if _SIMPLE_BORDER.match(words):
                self._in_table = not (self._in_table and self._is_blank(number + 1))
        elif self._in_table:
            self._read_row(start, end)
        elif self._is_title(number, end - start + indent):
            self.end_block()
            self.add_block(start, end, "heading", fixed=True)
        elif words.startswith("|") and words.endswith("|") and len(words) > 1:
            self._read_cells(start, end)
        else:
            self._read_text(start, end, indent)

    def _read_explicit(self, start: int, end: int, indent: int) -> bool:
        """Read what begins with two dots. Returns whether it is that."""
        source, self._term_indent = self.source, -1
        self.end_block()
        if found := _DIRECTIVE.match(source, start, end):
            name = found[1].lower()
            if _OBJECTS.match(name):
                self._options_from, self._is_signature = indent, True
            elif name in _PROSE_DIRECTIVES:
                self._options_from = indent
                if name in _QUOTES:
                    self.quoted, self._quoted_from = True, indent
                if name in _TITLED:
                    self.add_block(found.end(), end, "title")
                elif name in _VERSIONS:
                    version = _VERSION.match(source, found.end(), end)
                    self.feed(version.end() if version else end, end)
                elif name not in _NAMED:
                    self.feed(found.end(), end)
            elif name in _FIGURES:
                self._options_from = indent
            else:
                self._skipped_from = indent
        elif footnote := _FOOTNOTE.match(source, start, end):
            self.feed(footnote.end(), end)
        elif _TARGET.match(source, start, end):
            self._skipped_from = indent
        elif comment := _COMMENT.match(source, start, end):
            self.add_comment(start, end, comment.end())
            self._skipped_from, self._is_comment = indent, True
        else:
            return False
        return True

    def _is_title(self, number: int, length: int) -> bool:
        if number + 1 >= len(self.lines):
            return False
        start, end = self.lines[number + 1]
        below = self.source[start:end].rstrip()
        before = self.source[slice(*self.lines[number - 1])].strip() if number else ""
        if before and not _UNDERLINE.match(before):
            return False
        # Docutils wants it as long as the title; with accents and wide signs people count otherwise.
        return bool(_UNDERLINE.match(below)) and len(below) >= min(4, length) and len(below) >= length * 0.6

    def _is_blank(self, number: int) -> bool:
        return number >= len(self.lines) or not self.source[slice(*self.lines[number])].strip()

    def _read_cells(self, start: int, end: int) -> None:
        self._add_cells(_CELL.finditer(self.source, start + 1, end))

    def _read_row(self, start: int, end: int) -> None:
        self._add_cells(_COLUMN.finditer(self.source, start, end))

    def _add_cells(self, cells: Iterable[re.Match[str]]) -> None:
        """Cells that nobody may change: a word that is longer breaks the table."""
        self.end_block()
        self.is_fixed = True
        for cell in cells:
            if cell[0].strip():
                self.add_block(*cell.span(), "cell")
        self.is_fixed = False

    def _read_text(self, start: int, end: int, indent: int) -> None:
        source = self.source
        if self.is_open and 0 <= self._term_indent < indent:
            self.end_block()  # A term, and what it means.
        is_first, self._term_indent = not self.is_open, -1
        field, base = None, indent
        if bullet := _BULLET.match(source, start, end):
            if self.is_open and bullet[0][0].isalnum() and not bullet[0][0].isdigit():
                bullet = None  # "I. e." and the like in a sentence.
            elif bullet.end() < end:
                self.end_block()
                self.kind = "item"
                base += bullet.end() - start
                start = bullet.end()
        elif option := _OPTION.match(source, start, end):
            self.end_block()
            start = option.end()
        elif field := _FIELD.match(source, start, end):
            self.end_block()
            if _TYPE_FIELD.match(field[0]):
                self._skipped_from = indent
                return
            start = field.end()
            if start >= end:
                return
        elif source.startswith("| ", start):
            start += 2
        if source[start:end].endswith("::"):
            end -= 2 if source[start:end] == "::" or source[end - 3].isspace() else 1
            # In an item, what belongs to it is indented as its words are.
            self._is_literal_next, self._literal_indent = True, base
        if is_first and self.kind == "paragraph" and not field:
            self._term_indent = indent
        self.feed(start, end)


def _is_border(words: str) -> bool:
    """Whether a line is one of a table, the one above or below a title, or the one between two parts."""
    if _GRID_BORDER.match(words) and len(words) > 2 and words[0] == "+":
        return True
    return bool(_SIMPLE_BORDER.match(words)) or (bool(_UNDERLINE.match(words)) and len(words) > 2)


def _feed_inline(reader: LineReader, start: int, end: int) -> None:
    builder, at = reader.builder, start
    for found in _INLINE.finditer(reader.source, start, end):
        reader.feed_plain(at, found.start())
        at = found.end()
        role = found["role"] or found["role_after"] or ""
        if found["object"] or _CODE_ROLES.match(role) or (_ADDRESS_ROLES.match(role) and not found["target"]):
            builder.add_object(*found.span())
        elif found["words"] is not None:
            first, last = found.span("words")
            words = found["words"]
            last -= len(words) - len(words.rstrip())
            begin = builder.resolve_offset(first) if builder.length else 0
            # The words may be a name that is looked up elsewhere: of a reference, of a term.
            is_name = not found["target"] and (not _TEXT_ROLES.match(role) if role else found["reference"] == "_")
            if is_name and first < last:
                builder.add_fixed_words(first, last)
            else:
                reader.feed_plain(first, last)
            if found["reference"]:
                builder.links.append((begin, builder.length))
        elif found["escaped"]:
            builder.add_unit(*found.span(), found["escaped"])
    reader.feed_plain(at, end)
