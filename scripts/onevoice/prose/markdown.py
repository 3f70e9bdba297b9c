"""Markdown, as Material for MkDocs reads it -> Prose."""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

import pyromark
from pyromark import Options

from onevoice.prose import front
from onevoice.prose.block import OBJECT, Block, Comment, Prose
from onevoice.prose.build import ESCAPE, Builder, OpenRanges
from onevoice.prose.html import (
    BLOCK_TAGS,
    OBJECT_TAGS,
    HtmlReader,
    feed_masked,
    has_hidden,
    is_note_mark,
    parse_attributes,
    parse_comment,
)
from onevoice.prose.mask import HIDDEN_MARK, OBJECT_MARK, iter_masked_runs, iter_remarks, mask_markdown, rewrite_boxes
from onevoice.prose.offset import build_offset_converter, build_range_converter
from onevoice.prose.slices import find_slices

if TYPE_CHECKING:
    from pyromark.event import Range

_PARSER = pyromark.Markdown(
    options=Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_GFM
    | Options.ENABLE_DEFINITION_LIST
)
_SILENT_TAGS = OBJECT_TAGS | {"pre", "script", "style", "textarea", "template"}
# Among the places where links begin: a bare address, whose text is no prose, and an anchor that leads nowhere.
_BARE_LINK, _DEAD_ANCHOR = -1, -2
_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)")
_TAG_ANCHOR = re.compile(r"\b(?:href|to)\s*=\s*([\"'])#([^\"'\s<>]{1,200})\1")
_NOTE_ANCHOR = re.compile(r"\[\[#([^\[\]|\r\n]{1,200})")
_SAME_NAME = re.compile(r"[-_]\d{1,3}$")
_OWN_ANCHOR = re.compile(r"\{:?[^{}]*#[\w-]")


def _list_anchors(heading: str) -> set[str]:
    """What Python-Markdown and GitHub make of the words of a heading, for its address."""
    words = re.sub(r"[^\w\s-]", "", heading.replace(OBJECT, "")).strip().lower()
    return {re.sub(r"[-\s]+", "-", words), re.sub(r"\s", "-", words)}


def find_code(text: str) -> list[tuple[int, int]]:
    """The code of a Markdown text, in fences, indented and in spans, in order and apart."""
    to_offset = build_offset_converter(text, 0)
    events: Iterable[tuple[Any, Range]] = _PARSER.events_with_range(text)
    return [
        (to_offset(place["start"]), to_offset(place["end"]))
        for event, place in events
        if type(event) is dict and ("Code" in event or "CodeBlock" in (event.get("Start") or ()))
    ]


def _find_samples(text: str) -> list[list[int]]:
    """Of each indented code sample of a text, where its lines begin, behind their indentation; empty ones left out."""
    to_offset = build_offset_converter(text, 0)
    found: list[list[int]] = []
    is_sample = False
    events: Iterable[tuple[Any, Range]] = _PARSER.events_with_range(text)
    for event, place in events:
        if type(event) is not dict:
            continue
        ((name, value),) = event.items()
        if name == "Text" and is_sample and value.strip():
            found[-1].append(to_offset(place["start"]))
        elif name == "Start" and type(value) is dict and value.get("CodeBlock") == "Indented":
            is_sample = True
            found.append([])
        elif name == "End" and value == "CodeBlock":
            is_sample = False
    return [lines for lines in found if lines]


def read(path: str, source: str, places: Sequence[tuple[int, int]] | None = None) -> Prose:
    """A Markdown document. `source` is the decoded text; nothing in it can make this fail.

    places: ranges of the source, in order and apart; a block that shares nothing with them may be left out, and so may
    the front matter.
    """
    source = source.lstrip("\ufeff")
    mdx = path.lower().endswith(".mdx")
    if places is not None and not mdx and (prose := _read_slices(path, source, places)):
        return prose
    reader, blocks, front_end = None, list[Block](), -1
    if places is not None and not mdx and _is_plain_front(source, front_end := front.find_front_end(source), places):
        reader = _make_reader(path, source, front_end, places)
        blocks = reader.read_blocks()
        if not blocks:
            # To read the front matter may take longer than all the rest, and nobody asks for it.
            return Prose(path, source, (), {}, tuple(_list_comments(path, source, front_end, reader)))
    meta, titles, body = front.parse_front_matter(source)
    if reader is None or body != front_end:
        reader = _make_reader(path, source, body, places)
        blocks = reader.read_blocks()
    blocks = sorted(titles + blocks, key=lambda block: block.start)
    return Prose(path, source, tuple(blocks), meta, tuple(_list_comments(path, source, body, reader)))


def _list_comments(path: str, source: str, body: int, reader: _MarkdownReader) -> list[Comment]:
    """The comments of a document that was read, in order."""
    comments = reader.html.comments
    if path.lower().endswith(".mdx"):
        more = [Comment(start, end, words.strip()) for start, end, words in iter_remarks(source, body)]
    elif "vale " in source and ("%" in source or "{" in source or "]: " in source):
        from onevoice.prose.remark import find_remarks

        found = find_remarks(
            source[body:],
            is_myst=front.is_myst(path, source),
            find_code=lambda text: find_code(rewrite_boxes(text)),
        )
        more = [Comment(one.start + body, one.end + body, one.text) for one in found]
    else:
        return comments
    return sorted(comments + more, key=lambda comment: comment.start) if more else comments


def _read_slices(path: str, source: str, places: Sequence[tuple[int, int]]) -> Prose | None:
    """The same for a text of which each part with one of the places can be read alone; None for others."""
    body = front.find_front_end(source)
    inside = [(max(first, body), last) for first, last in places if last > body]
    slices = find_slices(source, body, inside)
    if slices is None or front.is_myst(path, source):
        return None
    meta, blocks = dict[str, Any](), list[Block]()
    if not _is_plain_front(source, body, places):
        meta, blocks, end = front.parse_front_matter(source)
        if end != body:
            return None
    # Where each part is in a text of nothing else, and how far that is from where it was.
    starts = [0, *accumulate(last - first for first, last in slices)]
    shifts = [first - start for (first, _), start in zip(slices, starts, strict=False)]
    ends = [last for _, last in slices]
    near = [(first - shift, last - shift) for first, last in inside for shift in (shifts[bisect_right(ends, first)],)]
    part = "".join(source[first:last] for first, last in slices)
    reader = _MarkdownReader(part, part, (), 0, False, near)
    reader.whole = source
    for block in reader.read_blocks():
        shift = shifts[bisect_right(starts, block.start) - 1]
        blocks.append(dataclasses.replace(block, pieces=tuple(piece.shift(shift) for piece in block.pieces)))
    return Prose(path, source, tuple(sorted(blocks, key=lambda block: block.start)), meta)


def _is_plain_front(source: str, end: int, places: Sequence[tuple[int, int]]) -> bool:
    """Whether what looks like front matter has none of the places, and nothing that may go on behind it."""
    return (not places or places[0][0] >= end) and not any(sign in source[:end] for sign in ("```", "~~~", "<"))


def _make_reader(path: str, source: str, body: int, places: Sequence[tuple[int, int]] | None) -> _MarkdownReader:
    text, headings = source, list[int]()
    if front.is_myst(path, source):
        from onevoice.prose.myst import rewrite_directives

        rewritten, headings = rewrite_directives(source[body:])
        text = source[:body] + rewritten
    return _MarkdownReader(source, text, headings, body, path.lower().endswith(".mdx"), places)


def _convert_places(part: str, places: Sequence[tuple[int, int]], body: int) -> tuple[list[int], list[int]]:
    """Where places of a document begin and end in a part of it that begins at `body`, in bytes of UTF-8."""
    found = [at - body for place in places for at in place]
    if not part.isascii():
        sizes = accumulate(len(part[max(start, 0) : max(end, 0)].encode()) for start, end in pairwise([0, *found]))
        found = list(sizes)
    return found[::2], found[1::2]


class _MarkdownReader:
    def __init__(
        self,
        source: str,
        text: str,
        titles: Iterable[int],
        body: int,
        mdx: bool,
        places: Sequence[tuple[int, int]] | None = None,
    ) -> None:
        """text: the source in a dialect that this reads, of the same length. titles: where the body has some."""
        masked = mask_markdown(text[body:], mdx, find_code)
        masked.titles.update(titles)
        self.source, self.body = source, body
        self.text = source[:body] + masked.text
        if masked.kept is None:
            self.part = masked.text
            self.to_offset = build_offset_converter(self.part, body)
        else:
            from onevoice.prose.mdx import drop_indentation

            kept = drop_indentation(masked.text, masked.kept, _find_samples)
            self.part = "".join(masked.text[start:end] for start, end in kept)
            self.to_offset = build_range_converter(self.part, kept, body)
        self.titles = {at + body for at in masked.titles}
        self.boxes = {at + body for at in masked.boxes}
        self.tags = [(start + body, end + body) for start, end in masked.tags]
        self.callouts = {at + body for at in masked.callouts}
        # Words that are also an address: a label, a page's name.
        self.fixed = [(start + body, end + body) for start, end in masked.fixed]
        self.fixed_starts = [start for start, _ in self.fixed]
        self.is_label = False
        # The places on this page that it links to.
        self.anchors: set[str] = set()
        # What may have such links: of a text that is read in parts, all of it.
        self.whole = source
        self.has_marks = masked.has_marks
        self.html = HtmlReader(source, self.text)
        self.blocks: list[Block] = []
        self.builder: Builder | None = None
        self.outer_builders: list[Builder | None] = []
        self.kinds = ["paragraph"]
        self.quotes: list[bool] = []
        self.quote_count = 0  # how many of them are quotations
        self.quoted = False
        self.open_links = OpenRanges()
        self.open_quotes = OpenRanges()  # <q>
        self.silent_tag = ""  # the inline HTML element whose content is no prose
        self.silent_start = 0
        self.skip_depth = 0  # depth of code blocks and bare links, whose text is no prose
        # Where the places that are wanted begin and end in the part, in bytes; None: all of it is.
        self.places = None if places is None or mdx else _convert_places(self.part, places, body)
        self.is_wanted = True  # whether the words of the open block are

    def read_blocks(self) -> list[Block]:
        for tag in self.tags:
            self.html.read_attributes(*tag)
        at = self.to_offset
        start, end = self._handle_start, self._handle_end
        # Each event is a name, or one name and what belongs to it: the name says what that is.
        events: Iterable[tuple[Any, Range]] = _PARSER.events_with_range(self.part)
        for event, place in events:
            if type(event) is str:
                if self.builder is not None and not self.silent_tag:
                    self.builder.add_break(at(place["start"]), event == "SoftBreak")
                continue
            ((name, value),) = event.items()
            if name == "Text":
                if self.is_wanted and not self.skip_depth and not self.silent_tag:
                    self._add_words(at(place["start"]), place, value)
            elif name == "Start":
                # Paragraphs come most often, and have nothing of their own.
                if value == "Paragraph":
                    self._begin_block(place)
                else:
                    start(value, place)
            elif name == "End":
                end(value, place)
            elif name == "Code":
                if not self.silent_tag:
                    self._open_block().add_object(at(place["start"]), at(place["end"]))
            elif name == "InlineHtml":
                self._handle_tag(value, at(place["start"]), at(place["end"]))
        self._flush_block(None)
        self._add_definition_titles()
        self._add_other_anchors()
        if self.anchors:
            self.blocks = [self._fix_linked_heading(block) for block in self.blocks]
        return self.blocks + self.html.blocks

    def _add_other_anchors(self) -> None:
        """The places on this page that tags and links of notes lead to; and what those are called without a number,
        as the second heading of a name has one."""
        whole = self.whole
        if '="#' in whole or "='#" in whole:
            self.anchors.update(found[2].lower() for found in _TAG_ANCHOR.finditer(whole))
        if "[[#" in whole:
            for found in _NOTE_ANCHOR.finditer(whole):
                self.anchors |= _list_anchors(found[1])
        if any("%" in one for one in self.anchors):
            from urllib.parse import unquote

            self.anchors |= {unquote(one).lower() for one in self.anchors}
        self.anchors |= {_SAME_NAME.sub("", one) for one in self.anchors}

    def _fix_linked_heading(self, block: Block) -> Block:
        """A heading whose address is made of its words, and linked from here, as one that nobody may change."""
        if block.kind != "heading" or self.anchors.isdisjoint(_list_anchors(block.text)):
            return block
        last = block.pieces[-1].end
        line = self.source[last : self.source.find("\n", last) % (len(self.source) + 1)]
        # It has an address of its own: `{#plans}`.
        if _OWN_ANCHOR.search(line):
            return block
        return dataclasses.replace(block, pieces=tuple(piece._replace(plain=False) for piece in block.pieces))

    def _open_block(self) -> Builder:
        if self.builder is None:
            kind = self.kinds[-1]
            self.builder = Builder(self.source, kind, self.quoted, "cell" if kind == "cell" else "markdown")
        return self.builder

    def _flush_block(self, end: int | None) -> None:
        """Close the open block before this byte of the part; None: at its end."""
        if self.open_links.starts or self.open_quotes.starts:
            self.open_links.clear()
            self.open_quotes.clear()
        builder = self.builder
        if builder is None:
            return
        if self.silent_tag:
            builder.add_object(self.silent_start, len(self.source) if end is None else self.to_offset(end))
            self.silent_tag = ""
        self.builder = None
        if block := builder.build_block():
            self.blocks.append(block)

    def _split_block(self, start: int) -> None:
        """End the open block where a browser does: at the tag of a block in the middle of a line."""
        links, quotes, builder = self.open_links, self.open_quotes, self._open_block()
        here = builder.resolve_offset(start)
        builder.links += links.split_ranges(here)
        builder.quotes += quotes.split_ranges(here)
        self.open_links, self.open_quotes = OpenRanges(), OpenRanges()
        self._flush_block(None)
        # What is open goes on in the next block.
        self.open_links, self.open_quotes = links, quotes

    def _add_words(self, start: int, place: Range, value: str) -> None:
        builder = self.builder or self._open_block()
        end = start + len(value)
        if not self.text.startswith(value, start) or place["end"] - place["start"] != len(value.encode()):
            builder.add_unit(start, self.to_offset(place["end"]), value)
            return
        if start and self.text[start - 1] == "\\" and builder.end < start:
            builder.add_unit(start - 1, start + 1, value[0])
            start += 1
        if not self.has_marks or (HIDDEN_MARK not in value and OBJECT_MARK not in value):
            if start < end:
                self._add_run(builder, start, end)
            return
        for first, last, what in iter_masked_runs(self.text, start, end):
            if not what:
                self._add_run(builder, first, last)
            elif what == OBJECT_MARK:
                builder.add_object(first, last)

    def _add_run(self, builder: Builder, start: int, end: int) -> None:
        if self.is_label:
            builder.add_fixed_words(start, end)
        elif not self.fixed:
            builder.add_words(start, end)
        else:
            at = bisect_right(self.fixed_starts, start) - 1
            is_fixed = at >= 0 and start < self.fixed[at][1]
            (builder.add_fixed_words if is_fixed else builder.add_words)(start, end)

    def _handle_start(self, tag: str | dict[str, Any], place: Range) -> None:
        if type(tag) is dict:
            ((name, value),) = tag.items()
            if name == "Link":
                self._open_link(value, self.to_offset(place["start"]), self.to_offset(place["end"]))
                return
            if name == "Image":
                self._open_image(value, self.to_offset(place["start"]), self.to_offset(place["end"]))
                return
            self._begin_block(place)
            if name == "Heading":
                titled = self.titles and self.to_offset(place["start"]) in self.titles
                self.kinds.append("title" if titled else "heading")
            elif name == "CodeBlock":
                self.skip_depth += 1
            elif name == "BlockQuote":
                # An alert (`> [!NOTE]`) is written as a quotation and is none.
                self._change_quotes(1, value is None and not self._is_callout(self.to_offset(place["start"])))
            elif name == "FootnoteDefinition":
                self.kinds.append("paragraph")
        elif tag in _INLINE:
            return
        else:
            self._begin_block(place)
            if tag == "Item":
                boxed = self.boxes and self._is_box(self.to_offset(place["start"]))
                self.kinds.append(self.kinds[-1] if boxed else "item")
            elif tag == "TableCell":
                self.kinds.append("cell")
            elif tag in _DEFINITIONS:
                self.kinds.append("item")
            elif tag == "HtmlBlock":
                self.skip_depth += 1
                self.html.kind = self.kinds[-1]
                before = self.html.quoted
                self.html.quoted += self.quoted
                start, end = self.to_offset(place["start"]), self.to_offset(place["end"])
                self.html.read_range(start, end)
                self.html.close_all(end)
                self.html.quoted = max(0, self.html.quoted - self.quoted)
                if self.html.quoted != before:
                    self._update_quoted()

    def _handle_end(self, tag: str | dict[str, Any], place: Range) -> None:
        if isinstance(tag, dict):
            name = next(iter(tag))
        elif tag == "Link":
            self._close_link(self.to_offset(place["end"]))
            return
        elif tag == "Image":
            self._close_image()
            return
        elif tag in _INLINE:
            return
        else:
            name = tag
        if self.builder is not None or self.open_links.starts or self.open_quotes.starts:
            self._flush_block(place["end"])
        self.is_wanted = True
        if name in _KIND_EVENTS:
            self.kinds.pop()
        elif name in ("CodeBlock", "HtmlBlock"):
            self.skip_depth -= 1
        elif name == "BlockQuote":
            self._change_quotes(-1, self.quotes.pop())

    def _begin_block(self, place: Range) -> None:
        """Close the open block before another one, whose words are read if it shares something with the places."""
        if self.builder is not None or self.open_links.starts or self.open_quotes.starts:
            self._flush_block(place["start"])
        if self.places is not None:
            starts, ends = self.places
            at = bisect_right(ends, place["start"])
            self.is_wanted = at < len(starts) and starts[at] < place["end"]

    def _is_box(self, start: int) -> bool:
        while self.text[start : start + 1] in (" ", "\t"):
            start += 1
        return start in self.boxes

    def _is_callout(self, start: int) -> bool:
        """Whether a quotation is a box with a sign: `> [!tip]`."""
        if not self.callouts:
            return False
        at = self.text.find(">", start) + 1
        return at in self.callouts or (self.text[at] in " \t" and at + 1 in self.callouts)

    def _change_quotes(self, step: int, quoted: bool) -> None:
        if step > 0:
            self.quotes.append(quoted)
        self.quote_count += step * quoted
        self._update_quoted()

    def _update_quoted(self) -> None:
        self.quoted = self.quote_count > 0 or self.html.quoted > 0

    def _open_link(self, link: dict[str, Any], start: int, end: int) -> None:
        if self.silent_tag:
            return
        if link["link_type"] in ("Autolink", "Email"):
            self._open_block().add_object(start, end)
            self.skip_depth += 1
            self.open_links.push(_BARE_LINK)
            return
        if link["dest_url"].startswith("#"):
            self.anchors.add(link["dest_url"][1:].lower())
        # Such a link is found by its words: `[plans][]`.
        self.is_label = link["link_type"] in _LABEL_LINKS
        self.open_links.push(self._open_block().resolve_offset(start))
        if link["title"] and link["link_type"] == "Inline":
            self._add_title(start, end - 1)

    def _close_link(self, end: int) -> None:
        if self.silent_tag or not self.open_links.starts:
            return
        first = self.open_links.pop()
        if first == _BARE_LINK:
            self.skip_depth -= 1
            return
        self.is_label = False
        if first >= 0 and self.builder and (last := self.builder.resolve_offset(end)) > first:
            self.builder.links.append((first, last))

    def _open_image(self, image: dict[str, Any], start: int, end: int) -> None:
        if not self.silent_tag:
            self._open_block().add_object(start, end)
        self.outer_builders.append(self.builder)
        self.builder = Builder(self.source, "alt", self.quoted, "markdown", "]")
        if image["title"] and image["link_type"] == "Inline":
            self._add_title(start, end - 1)

    def _close_image(self) -> None:
        builder, self.builder = self.builder, self.outer_builders.pop()
        if builder and not self.silent_tag and (block := builder.build_block()):
            self.blocks.append(block)

    def _add_title(self, start: int, end: int) -> None:
        """The title that ends a link's destination; the parser does not say where it is."""
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
        feed_masked(builder, text, at + 1, end - 1, ESCAPE)
        if block := builder.build_block():
            self.blocks.append(block)

    def _add_definition_titles(self) -> None:
        """The titles of reference definitions."""
        if "[" not in self.part or "]:" not in self.part:
            return
        for found in _PARSER.reference_definitions(self.part).values():
            # What leads nowhere is how people write comments: `[//]: # (a comment)`.
            if found["title"] and found["dest"] not in ("#", ""):
                span = found["span"]
                self._add_title(self.to_offset(span["start"]), self.to_offset(span["end"]))

    def _is_hidden(self, name: str, value: str, end: int) -> bool:
        """Whether no browser shows what this tag encloses; without an end, nobody knows what that is."""
        return has_hidden(value[len(name) + 1 : -1]) and self.text.find(f"</{name}", end) >= 0

    def _handle_tag(self, value: str, start: int, end: int) -> None:
        if value.startswith("<!--"):
            self.html.comments.append(parse_comment(self.source, start, end))
            return
        found = _TAG.match(value)
        if not found or self.outer_builders:  # an alternative text is the text alone
            return
        close, name = bool(found[1]), found[2].lower()
        if not close and not self.silent_tag and "=" in value:
            self.html.quoted += self.quoted
            self.html.read_tag_titles(name, start + len(found[0]), end - 1)
            self.html.quoted -= self.quoted
        if self.silent_tag:
            if close and name == self.silent_tag:
                self._open_block().add_object(self.silent_start, end)
                self.silent_tag = ""
        elif name in _SILENT_TAGS or (not close and "hidden" in value and self._is_hidden(name, value, end)):
            if not close and not value.endswith("/>"):
                self._open_block()
                self.silent_tag, self.silent_start = name, start
        elif name == "br" and self.builder:
            self.builder.add_break(start, soft=False)
        elif name == "sup" and not close and self.builder and is_note_mark(self.text, start):
            self.builder.add_object(start, end)
        elif name in BLOCK_TAGS and self.builder:
            self._split_block(start)
        elif name == "img":
            self._open_block().add_object(start, end)
            self.html.quoted += self.quoted
            self.html.add_alt_text(parse_attributes(self.text, start + 4, end))
            self.html.quoted -= self.quoted
        elif name in ("a", "q"):
            builder = self._open_block()
            opened = self.open_links if name == "a" else self.open_quotes
            if not close:
                opened.push(builder.resolve_offset(start) if name == "q" or "href" in value else _DEAD_ANCHOR)
            elif opened.starts and 0 <= (first := opened.pop()) < (last := builder.resolve_offset(start)):
                (builder.links if name == "a" else builder.quotes).append((first, last))


_LABEL_LINKS = {"Collapsed", "Shortcut"}
_INLINE = {"Emphasis", "Strong", "Strikethrough", "Superscript", "Subscript"}
_DEFINITIONS = {"DefinitionListTitle", "DefinitionListDefinition"}
_KIND_EVENTS = {"Item", "TableCell", "Heading", "FootnoteDefinition"} | _DEFINITIONS
