"""HTML -> Prose: whole pages, and the pieces of HTML in Markdown.

The tokens are found here and not with the standard library's parser: that one gives no end positions, stops with an
AssertionError at some broken declarations, and reads broken pages differently from one Python to the next.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onevoice import limits
from onevoice.expression import defer_pattern
from onevoice.prose.block import Block, Comment, Prose
from onevoice.prose.build import ENTITY, Builder, OpenRanges, feed_source
from onevoice.prose.mask import OBJECT_MARK, iter_masked_runs, mask_macros

BLOCK_TAGS = set(
    re.findall(
        r"\w+",
        """
        address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption
        figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav noframes ol
        optgroup option p section select summary table tbody td tfoot th thead title tr ul
        """,
    )
)
_KINDS = {"li": "item", "dt": "item", "dd": "item", "td": "cell", "th": "cell", "title": "title"}
_KINDS |= {f"h{level}": "heading" for level in range(1, 7)}
# What is in these is not prose; those of the first row are inside a sentence, those of the second are not.
OBJECT_TAGS = {"code", "kbd", "samp", "var", "tt", "svg", "math", "object", "canvas", "audio", "video", "iframe"}
_HIDDEN_TAGS = {"pre", "script", "style", "textarea", "template", "noembed", "xmp", "datalist"}
# Of a drawing: its name, what it shows, and its words.
_DRAWN_TAGS = {"title", "desc", "text", "tspan"}
_INLINE_TAGS = {"a", "abbr", "b", "em", "i", "label", "output", "small", "span", "strong", "u"}
_RAW_TEXT_TAGS = {"script", "style", "textarea", "iframe", "noembed", "xmp"}
_TITLE_META_NAMES = {"description", "og:title", "og:description", "twitter:title", "twitter:description"}
_TITLE_META_NAMES |= {"og:site_name", "og:image:alt", "twitter:image:alt"}

# What browsers show of a tag, or read aloud; and what components show, too.
_SHOWN = defer_pattern(
    r"(?:^|[\s\"'])(?:title|aria-(?:label|description|placeholder|roledescription|valuetext)|label|summary|abbr)\s*=",
    re.I,
)
_SHOWN_NAMES = ("title", "aria-label", "aria-description", "aria-placeholder", "aria-roledescription", "aria-valuetext")
_COMPONENT_NAMES = ("alt", *_SHOWN_NAMES, "label", "placeholder", "caption", "summary", "description")
_SHOWN_OF_TAGS = {**dict.fromkeys(("option", "optgroup", "track"), ("label",)), "table": ("summary",), "th": ("abbr",)}
_VALUES = defer_pattern(r"""\"[^\"]*\"|'[^']*'""")
_HIDDEN = defer_pattern(r"(?:^|\s)hidden(?=[\s/]|$|\s*=\s*(?:\"\"|hidden\b|true\b))", re.I)
# Browsers show it once somebody looks for its words.
_FOUND = defer_pattern(r"\bhidden\s*=\s*[\"']?until-found\b", re.I)
# A number above a word of three letters and more leads to a note: it's no part of the word, as those of `m²` are.
_NOTE_MARK = defer_pattern(
    r"<sup\b[^<>]{0,200}>(?:\s|<[^<>]{1,400}>){0,9}[\[(]?\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,9}[\])]?"
    r"(?:\s|<[^<>]{1,400}>){0,9}?</sup\b",
    re.I,
)

_TOKEN = defer_pattern(
    r"<!--(?!-?>)(?P<comment>.*?)(?:--!?>|\Z)"
    r"|<(?P<close>/?)(?P<name>[A-Za-z][^\s/>]*+)(?P<attributes>(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>"
    r"|<[!?][^>]*>",
    re.DOTALL,
)
_ATTRIBUTE = defer_pattern(
    r"""([^\s"'>/=]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+)))?"""
)


def read(path: str, source: str) -> Prose:
    """A whole page. `source` is the decoded text; nothing in it can make this fail."""
    source = source.lstrip("\ufeff")
    reader = HtmlReader(source, mask_macros(source))
    reader.read_range(0, len(source))
    reader.close_all(len(source))
    blocks = sorted(reader.blocks, key=lambda block: block.start)
    return Prose(path, source, tuple(blocks), reader.meta, tuple(reader.comments))


def parse_attributes(text: str, start: int, end: int) -> dict[str, tuple[int, int, str]]:
    """The attributes in a range of a tag: where each value is, and the quotation mark that ends it."""
    found: dict[str, tuple[int, int, str]] = {}
    for one in _ATTRIBUTE.finditer(text, start, end):
        for name, mark in (("double", '"'), ("single", "'"), ("bare", "")):
            if one[name] is not None:
                found.setdefault(one[1].lower(), (one.start(name), one.end(name), mark))
    return found


def has_hidden(attributes: str) -> bool:
    """Whether browsers don't show what a tag with these attributes encloses."""
    return _HIDDEN.search(_VALUES.sub('""', attributes)) is not None and not _FOUND.search(attributes)


def is_note_mark(text: str, start: int) -> bool:
    """Whether the number of a note begins here, right behind a word: `plan<sup>1</sup>`."""
    return text[max(start - 3, 0) : start].isalpha() and start > 2 and _NOTE_MARK.match(text, start) is not None


def feed_masked(builder: Builder, text: str, start: int, end: int, escapes: re.Pattern[str] = ENTITY) -> None:
    """Feed a range of masked text, which is not further marked up, to a builder."""
    for first, last, what in iter_masked_runs(text, start, end):
        if not what:
            feed_source(builder, first, last, escapes)
        elif what == OBJECT_MARK:
            builder.add_object(first, last)


class HtmlReader:
    """Reads ranges of HTML into blocks; remembers what is open from one range to the next."""

    def __init__(self, source: str, text: str) -> None:
        """source: the document; text: the same, masked."""
        self.source, self.text = source, text
        self.blocks: list[Block] = []
        self.comments: list[Comment] = []
        self.meta: dict[str, str] = {}
        self.quoted = 0
        self.kind = "paragraph"
        self._builder: Builder | None = None
        self._broken = 0
        self._skip = ""
        self._depth = 0
        self._from = 0
        # Where the last end tag of each name is.
        self._last_ends: dict[str, int] = {}
        self._opened = {"a": OpenRanges(), "q": OpenRanges()}

    def read_range(self, start: int, end: int) -> None:
        """Read a range; a block that is open at its end stays open."""
        text, at = self.text, start
        while at < end:
            found = self._find_token(at, end)
            if found is None:
                break
            self._add_words(at, found.start())
            at = found.end()
            if found["comment"] is not None:
                self.comments.append(parse_comment(self.source, found.start(), found.end()))
            elif found["name"]:
                name = found["name"].lower()
                self._handle_tag(name, bool(found["close"]), found)
                if name in _RAW_TEXT_TAGS and not found["close"]:
                    close = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, at, end)
                    at = close.start() if close else end
        else:
            return
        self._add_words(at, end)

    def flush_block(self, end: int) -> None:
        """End the open block."""
        if self._skip in OBJECT_TAGS:
            self._add_skipped_object(end)
        self._skip = ""
        builder, self._builder = self._builder, None
        for name, opened in self._opened.items():
            if opened.starts:
                ranges = opened.split_ranges(builder.length if builder else 0)
                if builder:
                    _get_ranges(builder, name).extend(ranges)
        if builder and (block := builder.build_block()):
            self.blocks.append(block)

    def close_all(self, end: int) -> None:
        """End the open block, and every link and quotation that is still open."""
        self.flush_block(end)
        for opened in self._opened.values():
            if opened.starts:
                opened.clear()

    def read_attributes(self, start: int, end: int) -> None:
        """The attributes of a component's tag that people read."""
        self._add_attribute_blocks(_COMPONENT_NAMES, start, end)

    def read_tag_titles(self, name: str, start: int, end: int) -> None:
        """What a tag of HTML, whose attributes are in this range, shows besides what it encloses. name: of the tag."""
        if not _SHOWN.search(self.text, start, end):
            return
        self._add_attribute_blocks((*_SHOWN_NAMES, *_SHOWN_OF_TAGS.get(name, ())), start, end)

    def _add_attribute_blocks(self, names: Sequence[str], start: int, end: int) -> None:
        values = parse_attributes(self.text, start, end)
        for name in names:
            if name in values:
                self._add_attribute_block(values[name], "alt" if name == "alt" else "title")

    def add_alt_text(self, values: dict[str, tuple[int, int, str]]) -> None:
        """The alternative text of a picture."""
        if "alt" in values:
            self._add_attribute_block(values["alt"], "alt")

    def _find_token(self, at: int, end: int) -> re.Match[str] | None:
        while (at := self.text.find("<", at, end)) >= 0:
            if found := _TOKEN.match(self.text, at, end):
                return found
            if self.text[at + 1 : at + 2] not in (" ", "<"):
                self._broken += 1
            if self._broken > limits.MAX_BROKEN_TAGS or self.text.find(">", at, end) < 0:
                return None
            at += 1
        return None

    def _open_block(self) -> Builder:
        if self._builder is None:
            self._builder = Builder(self.source, self.kind, self.quoted > 0, "html")
        return self._builder

    def _add_words(self, start: int, end: int) -> None:
        if start < end and not self._skip and (self._builder or self.text[start:end].strip()):
            feed_masked(self._open_block(), self.text, start, end)

    def _add_skipped_object(self, end: int) -> None:
        self._open_block().add_object(self._from, end)

    def _add_attribute_block(self, value: tuple[int, int, str], kind: str) -> None:
        start, end, mark = value
        builder = Builder(self.source, kind, self.quoted > 0, "attribute", mark)
        feed_masked(builder, self.text, start, end)
        if block := builder.build_block():
            self.blocks.append(block)

    def _handle_tag(self, name: str, close: bool, found: re.Match[str]) -> None:
        if self._skip:
            self._handle_skipped_tag(name, close, found)
            return
        start, end = found.span()
        if found["attributes"]:
            if name == "html":
                first, last, _ = parse_attributes(self.text, *found.span("attributes")).get("lang", (0, 0, ""))
                self.meta.setdefault("lang", self.source[first:last])
            if self._is_hidden(name, found):
                if name in BLOCK_TAGS:
                    self.flush_block(start)
                self._skip, self._depth, self._from = name, 1, start
                return
            if name not in ("link", "style"):  # Theirs are names of style sheets.
                self.read_tag_titles(name, *found.span("attributes"))
        if name in ("input", "textarea") and not close:
            self._add_field_texts(parse_attributes(self.text, *found.span("attributes")))
        if name in _HIDDEN_TAGS or name in OBJECT_TAGS:
            if close:
                return
            if name in _HIDDEN_TAGS:
                self.flush_block(start)
            if not found["attributes"].endswith("/"):
                self._skip, self._depth, self._from = name, 1, start
        elif name in BLOCK_TAGS:
            self._handle_block_tag(name, close, start)
        elif name == "br" and self._builder:
            self._builder.add_break(start, soft=False)
        elif name in ("sup", "rt", "rp") and not close and self._builder:
            if name != "sup" or is_note_mark(self.text, start):
                self._builder.add_object(start, end)
        elif name in self._opened:
            self._handle_range_tag(name, close, found)
        elif name in ("img", "area", "meta") and not close:
            values = parse_attributes(self.text, *found.span("attributes"))
            if name == "meta":
                self._handle_meta_tag(values)
            else:
                self._open_block().add_object(start, end)
                self.add_alt_text(values)

    def _is_hidden(self, name: str, found: re.Match[str]) -> bool:
        """Whether a tag begins an element that no browser shows. Without an end, nobody knows what belongs to it."""
        if "hidden" not in found["attributes"].lower() or found["attributes"].endswith("/"):
            return False
        if not has_hidden(found["attributes"]):
            return False
        if name not in self._last_ends:
            ends = [0]
            if name in BLOCK_TAGS or name in _INLINE_TAGS:
                ends += [end.start() for end in re.finditer(rf"</{name}(?=[\s/>])", self.text, re.I)]
            self._last_ends[name] = ends[-1]
        return self._last_ends[name] >= found.end()

    def _add_field_texts(self, values: dict[str, tuple[int, int, str]]) -> None:
        """What a form shows of itself: the hint in a field, and the text on a button."""
        if "placeholder" in values:
            self._add_attribute_block(values["placeholder"], "paragraph")
        start, end, _ = values.get("type", (0, 0, ""))
        kind = self.text[start:end].strip().lower()
        if kind == "image":
            self.add_alt_text(values)
        if "value" in values and kind in ("submit", "button", "reset"):
            self._add_attribute_block(values["value"], "paragraph")

    def _handle_skipped_tag(self, name: str, close: bool, found: re.Match[str]) -> None:
        if name in _DRAWN_TAGS and self._skip == "svg" and not close:
            self._add_drawn_words(name, found.end())
        elif name == "track" and not close:
            self.read_tag_titles(name, *found.span("attributes"))
        elif self._skip == "p" and name in BLOCK_TAGS and not close:
            # A paragraph ends where the next block begins.
            self._skip = ""
            self._handle_tag(name, close, found)
        elif name == self._skip:
            self._depth += -1 if close else 1
            if self._depth == 0:
                if name in OBJECT_TAGS:
                    self._add_skipped_object(found.end())
                self._skip = ""
        elif name in BLOCK_TAGS and self._skip in ("code", "kbd", "samp"):
            self._add_skipped_object(found.start())
            self._skip = ""
            self._handle_tag(name, close, found)

    def _add_drawn_words(self, name: str, start: int) -> None:
        """What a drawing says of itself, and what it shows: words without further tags."""
        end = self.text.find("<", start)
        if end > start and self.text[end : end + 2] == "</":
            builder = Builder(self.source, "paragraph" if name == "text" else "alt", self.quoted > 0, "html")
            feed_masked(builder, self.text, start, end)
            if block := builder.build_block():
                self.blocks.append(block)

    def _handle_block_tag(self, name: str, close: bool, start: int) -> None:
        self.flush_block(start)
        if name == "blockquote":
            self.quoted = max(0, self.quoted + (-1 if close else 1))
        elif name in _KINDS or name in ("ul", "ol", "dl", "table"):
            self.kind = "paragraph" if close else _KINDS.get(name, self.kind)

    def _handle_range_tag(self, name: str, close: bool, found: re.Match[str]) -> None:
        opened = self._opened[name]
        if opened.starts and (close or name == "a"):
            builder = self._open_block()
            first, last = opened.pop(), builder.resolve_offset(found.start())
            if last > first:
                _get_ranges(builder, name).append((first, last))
        if not close and (name == "q" or "href" in parse_attributes(self.text, *found.span("attributes"))):
            opened.push(self._open_block().resolve_offset(found.start()))

    def _handle_meta_tag(self, values: dict[str, tuple[int, int, str]]) -> None:
        named = values.get("name") or values.get("property")
        if named and "content" in values:
            name = self.source[named[0] : named[1]].lower()
            self.meta[name] = self.source[values["content"][0] : values["content"][1]]
            if name in _TITLE_META_NAMES:
                self._add_attribute_block(values["content"], "title")


def _get_ranges(builder: Builder, name: str) -> list[tuple[int, int]]:
    return builder.links if name == "a" else builder.quotes


def parse_comment(source: str, start: int, end: int) -> Comment:
    """The comment in a range of the source that begins with `<!--`."""
    inside = source[start + 4 : end]
    return Comment(start, end, inside.removesuffix("-->").strip())
