"""Markdown, as Material for MkDocs reads it -> Prose."""

from __future__ import annotations

import re

import pyromark
from pyromark import Options

from onevoice.prose import front
from onevoice.prose.block import Block, Comment, Prose
from onevoice.prose.build import ESCAPE, Builder
from onevoice.prose.html import BLOCKS, THINGS, Reader, attributes, comment, put
from onevoice.prose.mask import HIDDEN, REMARK, SHOWN, mask, runs
from onevoice.prose.offset import offsets

_PARSER = pyromark.Markdown(
    options=Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_GFM
    | Options.ENABLE_DEFINITION_LIST
)
_SILENT = THINGS | {"pre", "script", "style", "textarea", "template"}
# Among the places where links begin: a bare address, whose text is no prose, and an anchor that leads nowhere.
_BARE, _NONE = -1, -2
_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)")


def read(path: str, source: str) -> Prose:
    """A Markdown document. `source` is the decoded text; nothing in it can make this fail."""
    source = source.lstrip("\ufeff")
    meta, titles, body = front.read(source)
    mdx = path.endswith(".mdx")
    reader = _Reader(source, body, mdx)
    blocks = titles + reader.read()
    blocks.sort(key=lambda block: block.start)
    comments = reader.html.comments
    if mdx:
        comments += [Comment(*one.span(), one[1].strip()) for one in REMARK.finditer(source, body)]
        comments.sort(key=lambda comment: comment.start)
    return Prose(path, source, tuple(blocks), meta, tuple(comments))


class _Reader:
    def __init__(self, source: str, body: int, mdx: bool) -> None:
        masked = mask(source[body:], mdx)
        self.source, self.body = source, body
        self.part = masked.text
        self.text = source[:body] + masked.text
        self.titles = {at + body for at in masked.titles}
        self.boxes = {at + body for at in masked.boxes}
        self.marked = masked.marked
        self.at = offsets(self.part, body)
        self.html = Reader(source, self.text)
        self.blocks: list[Block] = []
        self.builder: Builder | None = None
        self.outer: list[Builder | None] = []
        self.kinds = ["paragraph"]
        self.quotes: list[bool] = []
        self.quoted = False
        self.links: list[int] = []
        self.marks: list[int] = []  # where each open <q> begins in the text
        self.silent = ""  # the inline HTML element whose content is no prose
        self.since = 0
        self.deaf = 0  # depth of code blocks and bare links, whose text is no prose

    def read(self) -> list[Block]:
        at = self.at
        start, end = self._start, self._end
        for event, place in _PARSER.events_with_range(self.part):
            if type(event) is str:
                if self.builder is not None and not self.silent:
                    self.builder.line(at(place["start"]), event == "SoftBreak")
                continue
            ((name, value),) = event.items()
            if name == "Text":
                if not self.deaf and not self.silent:
                    self._words(at(place["start"]), place, value)
            elif name == "Start":
                start(value, place)
            elif name == "End":
                end(value, place)
            elif name == "Code":
                if not self.silent:
                    self._open().thing(at(place["start"]), at(place["end"]))
            elif name == "InlineHtml":
                self._tag(value, at(place["start"]), at(place["end"]))
        self._flush(None)
        self._definitions()
        return self.blocks + self.html.blocks

    def _open(self) -> Builder:
        if self.builder is None:
            kind = self.kinds[-1]
            self.builder = Builder(self.source, kind, self.quoted, "cell" if kind == "cell" else "markdown")
        return self.builder

    def _flush(self, end: int | None) -> None:
        """Close the open block before this byte of the part; None: at its end."""
        builder = self.builder
        if builder is None:
            return
        if self.silent:
            builder.thing(self.since, len(self.source) if end is None else self.at(end))
            self.silent = ""
        self.builder = None
        self.links.clear()
        self.marks.clear()
        if block := builder.block():
            self.blocks.append(block)

    def _part(self, start: int) -> None:
        """End the open block where a browser does: at the tag of a block that stands in the midst of a line."""
        links, marks, builder = self.links[:], self.marks[:], self.builder
        here = builder.here(start)
        builder.links += [(first, here) for first in links if 0 <= first < here]
        builder.quotes += [(first, here) for first in marks if 0 <= first < here]
        self._flush(None)
        # What is open goes on in the next block.
        self.links += [min(first, 0) for first in links]
        self.marks += [min(first, 0) for first in marks]

    def _words(self, start: int, place: dict, value: str) -> None:
        builder = self.builder or self._open()
        end = start + len(value)
        if not self.text.startswith(value, start) or place["end"] - place["start"] != len(value.encode()):
            builder.unit(start, self.at(place["end"]), value)
            return
        if start and self.text[start - 1] == "\\" and builder.end < start:
            builder.unit(start - 1, start + 1, value[0])
            start += 1
        if not self.marked or (HIDDEN not in value and SHOWN not in value):
            if start < end:
                builder.words(start, end)
            return
        for first, last, what in runs(self.text, start, end):
            if not what:
                builder.words(first, last)
            elif what == SHOWN:
                builder.thing(first, last)

    def _start(self, tag: str | dict, place: dict) -> None:
        if type(tag) is dict:
            ((name, value),) = tag.items()
            if name == "Link":
                self._link(value, self.at(place["start"]), self.at(place["end"]))
                return
            if name == "Image":
                self._image(value, self.at(place["start"]), self.at(place["end"]))
                return
            if self.builder is not None:
                self._flush(place["start"])
            if name == "Heading":
                titled = self.titles and self.at(place["start"]) in self.titles
                self.kinds.append("title" if titled else "heading")
            elif name == "CodeBlock":
                self.deaf += 1
            elif name == "BlockQuote":
                # An alert (`> [!NOTE]`) is written as a quotation and is none.
                self._quote(value is None)
            elif name == "FootnoteDefinition":
                self.kinds.append("paragraph")
        elif tag in _INLINE:
            return
        else:
            if self.builder is not None:
                self._flush(place["start"])
            if tag == "Item":
                boxed = self.boxes and self._boxed(self.at(place["start"]))
                self.kinds.append(self.kinds[-1] if boxed else "item")
            elif tag == "TableCell":
                self.kinds.append("cell")
            elif tag in _DEFINITIONS:
                self.kinds.append("item")
            elif tag == "HtmlBlock":
                self.deaf += 1
                self.html.kind = self.kinds[-1]
                before = self.html.quoted
                self.html.quoted += self.quoted
                start, end = self.at(place["start"]), self.at(place["end"])
                self.html.read(start, end)
                self.html.leave(end)
                self.html.quoted = max(0, self.html.quoted - self.quoted)
                if self.html.quoted != before:
                    self._requote()

    def _end(self, tag: str | dict, place: dict) -> None:
        if type(tag) is dict:
            name = next(iter(tag))
        elif tag == "Link":
            self._unlink(self.at(place["end"]))
            return
        elif tag == "Image":
            self._unimage()
            return
        elif tag in _INLINE:
            return
        else:
            name = tag
        if self.builder is not None:
            self._flush(place["end"])
        if name in _NESTED:
            self.kinds.pop()
        elif name in ("CodeBlock", "HtmlBlock"):
            self.deaf -= 1
        elif name == "BlockQuote":
            self.quotes.pop()
            self._requote()

    def _boxed(self, start: int) -> bool:
        while self.text[start : start + 1] in (" ", "\t"):
            start += 1
        return start in self.boxes

    def _quote(self, quoted: bool) -> None:
        self.quotes.append(quoted)
        self._requote()

    def _requote(self) -> None:
        self.quoted = any(self.quotes) or self.html.quoted > 0

    def _link(self, link: dict, start: int, end: int) -> None:
        if self.silent:
            return
        if link["link_type"] in ("Autolink", "Email"):
            self._open().thing(start, end)
            self.deaf += 1
            self.links.append(_BARE)
            return
        self.links.append(self._open().here(start))
        if link["title"] and link["link_type"] == "Inline":
            self._title(start, end - 1)

    def _unlink(self, end: int) -> None:
        if self.silent or not self.links:
            return
        first = self.links.pop()
        if first == _BARE:
            self.deaf -= 1
        elif first >= 0 and self.builder and (last := self.builder.here(end)) > first:
            self.builder.links.append((first, last))

    def _image(self, image: dict, start: int, end: int) -> None:
        if not self.silent:
            self._open().thing(start, end)
        self.outer.append(self.builder)
        self.builder = Builder(self.source, "alt", self.quoted, "markdown", "]")
        if image["title"] and image["link_type"] == "Inline":
            self._title(start, end - 1)

    def _unimage(self) -> None:
        builder, self.builder = self.builder, self.outer.pop()
        if builder and not self.silent and (block := builder.block()):
            self.blocks.append(block)

    def _title(self, start: int, end: int) -> None:
        """The title that ends a link's destination; the parser does not say where it stands."""
        text = self.text
        while end > start and text[end - 1].isspace():
            end -= 1
        mark = text[end - 1]
        opening = "(" if mark == ")" else mark
        if opening not in "\"'(":
            return
        at = text.rfind(opening, start, end - 1)
        while at > start and text[at - 1] == "\\":
            at = text.rfind(opening, start, at)
        if at < start:
            return
        builder = Builder(self.source, "title", self.quoted, "linktitle", mark)
        put(builder, text, at + 1, end - 1, ESCAPE)
        if block := builder.block():
            self.blocks.append(block)

    def _definitions(self) -> None:
        """The titles of reference definitions."""
        if "[" not in self.part or "]:" not in self.part:
            return
        for found in _PARSER.reference_definitions(self.part).values():
            if found["title"]:
                span = found["span"]
                self._title(self.at(span["start"]), self.at(span["end"]))

    def _tag(self, value: str, start: int, end: int) -> None:
        if value.startswith("<!--"):
            self.html.comments.append(comment(self.source, start, end))
            return
        found = _TAG.match(value)
        if not found or self.outer:  # an alternative text is the text alone
            return
        close, name = bool(found[1]), found[2].lower()
        if self.silent:
            if close and name == self.silent:
                self._open().thing(self.since, end)
                self.silent = ""
        elif name in _SILENT:
            if not close and not value.endswith("/>"):
                self._open()
                self.silent, self.since = name, start
        elif name == "br" and self.builder:
            self.builder.line(start, soft=False)
        elif name in BLOCKS and self.builder:
            self._part(start)
        elif name == "img":
            self._open().thing(start, end)
            self.html.quoted += self.quoted
            self.html.image(attributes(self.text, start + 4, end))
            self.html.quoted -= self.quoted
        elif name in ("a", "q"):
            builder = self._open()
            opened = self.links if name == "a" else self.marks
            if not close:
                opened.append(builder.here(start) if name == "q" or "href" in value else _NONE)
            elif opened and 0 <= (first := opened.pop()) < (last := builder.here(start)):
                (builder.links if name == "a" else builder.quotes).append((first, last))


_INLINE = {"Emphasis", "Strong", "Strikethrough", "Superscript", "Subscript"}
_DEFINITIONS = {"DefinitionListTitle", "DefinitionListDefinition"}
_NESTED = {"Item", "TableCell", "Heading", "FootnoteDefinition"} | _DEFINITIONS
