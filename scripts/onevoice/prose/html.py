"""HTML -> Prose: whole pages, and the pieces of HTML that stand in Markdown.

The tokens are found here and not with the standard library's parser: that one gives no end positions, stops with an
AssertionError at some broken declarations, and reads broken pages differently from one Python to the next.
"""

from __future__ import annotations

import re

from onevoice.prose.block import Block, Comment, Prose
from onevoice.prose.build import ENTITY, Builder, feed
from onevoice.prose.mask import SHOWN, macros, runs

BLOCKS = set(
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
# What stands in these is no prose; those of the first row stand inside a sentence, those of the second do not.
THINGS = {"code", "kbd", "samp", "svg", "math", "object", "canvas", "audio", "video", "iframe"}
_HIDDEN = {"pre", "script", "style", "textarea", "template", "noembed", "xmp", "datalist"}
_RAW = {"script", "style", "textarea", "iframe", "noembed", "xmp"}
_SEEN_META = {"description", "og:title", "og:description", "twitter:title", "twitter:description"}

# So many tags without an end (each is searched to the end of the document), and the rest is taken for text.
_BROKEN = 100

_TOKEN = re.compile(
    r"<!--(?P<comment>.*?)(?:-->|\Z)"
    r"|<(?P<close>/?)(?P<name>[A-Za-z][^\s/>]*+)(?P<attributes>(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>"
    r"|<[!?][^>]*>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+)))?""")


def read(path: str, source: str) -> Prose:
    """A whole page. `source` is the decoded text; nothing in it can make this fail."""
    source = source.lstrip("\ufeff")
    reader = Reader(source, macros(source))
    reader.read(0, len(source))
    reader.leave(len(source))
    blocks = sorted(reader.blocks, key=lambda block: block.start)
    return Prose(path, source, tuple(blocks), reader.meta, tuple(reader.comments))


def attributes(text: str, start: int, end: int) -> dict[str, tuple[int, int, str]]:
    """The attributes in a range of a tag: where each value stands, and the quotation mark that ends it."""
    found: dict[str, tuple[int, int, str]] = {}
    for one in _ATTRIBUTE.finditer(text, start, end):
        for name, mark in (("double", '"'), ("single", "'"), ("bare", "")):
            if one[name] is not None:
                found.setdefault(one[1].lower(), (one.start(name), one.end(name), mark))
    return found


def put(builder: Builder, text: str, start: int, end: int, escapes: re.Pattern[str] = ENTITY) -> None:
    """Feed a range of masked text, which is not further marked up, to a builder."""
    for first, last, what in runs(text, start, end):
        if not what:
            feed(builder, first, last, escapes)
        elif what == SHOWN:
            builder.thing(first, last)


class Reader:
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
        self._opened: dict[str, list[int]] = {"a": [], "q": []}

    def read(self, start: int, end: int) -> None:
        """Read a range; a block that is open at its end stays open."""
        text, at = self.text, start
        while at < end:
            found = self._token(at, end)
            if found is None:
                break
            self._words(at, found.start())
            at = found.end()
            if found["comment"] is not None:
                self.comments.append(comment(self.source, found.start(), found.end()))
            elif found["name"]:
                name = found["name"].lower()
                self._tag(name, bool(found["close"]), found)
                if name in _RAW and not found["close"]:
                    close = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, at, end)
                    at = close.start() if close else end
        else:
            return
        self._words(at, end)

    def flush(self, end: int) -> None:
        """End the open block."""
        if self._skip in THINGS:
            self._thing(end)
        self._skip = ""
        builder, self._builder = self._builder, None
        for name, opened in self._opened.items():
            for index, first in enumerate(opened):
                if builder and builder.length > first:
                    _ranges(builder, name).append((first, builder.length))
                opened[index] = 0
        if builder and (block := builder.block()):
            self.blocks.append(block)

    def leave(self, end: int) -> None:
        """End the open block, and every link and quotation that is still open."""
        self.flush(end)
        for opened in self._opened.values():
            opened.clear()

    def image(self, values: dict[str, tuple[int, int, str]]) -> None:
        """The alternative text of a picture."""
        if "alt" in values:
            self._value(values["alt"], "alt")

    def _token(self, at: int, end: int) -> re.Match[str] | None:
        while (at := self.text.find("<", at, end)) >= 0:
            if found := _TOKEN.match(self.text, at, end):
                return found
            if self.text[at + 1 : at + 2] not in (" ", "<"):
                self._broken += 1
            if self._broken > _BROKEN or self.text.find(">", at, end) < 0:
                return None
            at += 1
        return None

    def _open(self) -> Builder:
        if self._builder is None:
            self._builder = Builder(self.source, self.kind, self.quoted > 0, "html")
        return self._builder

    def _words(self, start: int, end: int) -> None:
        if start < end and not self._skip and (self._builder or self.text[start:end].strip()):
            put(self._open(), self.text, start, end)

    def _thing(self, end: int) -> None:
        self._open().thing(self._from, end)

    def _value(self, value: tuple[int, int, str], kind: str) -> None:
        start, end, mark = value
        builder = Builder(self.source, kind, self.quoted > 0, "attribute", mark)
        put(builder, self.text, start, end)
        if block := builder.block():
            self.blocks.append(block)

    def _tag(self, name: str, close: bool, found: re.Match[str]) -> None:
        if self._skip:
            self._skipped(name, close, found)
            return
        start, end = found.span()
        if name in ("input", "textarea") and not close:
            self._field(attributes(self.text, *found.span("attributes")))
        if name in _HIDDEN or name in THINGS:
            if close:
                return
            if name in _HIDDEN:
                self.flush(start)
            if not found["attributes"].endswith("/"):
                self._skip, self._depth, self._from = name, 1, start
        elif name in BLOCKS:
            self._block(name, close, start)
        elif name == "br" and self._builder:
            self._builder.line(start, soft=False)
        elif name in self._opened:
            self._range(name, close, found)
        elif name in ("img", "area", "meta") and not close:
            values = attributes(self.text, *found.span("attributes"))
            if name == "meta":
                self._meta(values)
            else:
                self._open().thing(start, end)
                self.image(values)

    def _field(self, values: dict[str, tuple[int, int, str]]) -> None:
        """What a form shows of itself: the hint in a field, and what stands on a button."""
        if "placeholder" in values:
            self._value(values["placeholder"], "paragraph")
        start, end, _ = values.get("type", (0, 0, ""))
        if "value" in values and self.text[start:end].strip().lower() in ("submit", "button", "reset"):
            self._value(values["value"], "paragraph")

    def _skipped(self, name: str, close: bool, found: re.Match[str]) -> None:
        if name == self._skip:
            self._depth += -1 if close else 1
            if self._depth == 0:
                if name in THINGS:
                    self._thing(found.end())
                self._skip = ""
        elif name in BLOCKS and self._skip in ("code", "kbd", "samp"):
            self._thing(found.start())
            self._skip = ""
            self._tag(name, close, found)

    def _block(self, name: str, close: bool, start: int) -> None:
        self.flush(start)
        if name == "blockquote":
            self.quoted = max(0, self.quoted + (-1 if close else 1))
        elif name in _KINDS or name in ("ul", "ol", "dl", "table"):
            self.kind = "paragraph" if close else _KINDS.get(name, self.kind)

    def _range(self, name: str, close: bool, found: re.Match[str]) -> None:
        opened = self._opened[name]
        if (name == "a" and opened) or (close and opened):
            builder = self._open()
            first, last = opened.pop(), builder.here(found.start())
            if last > first:
                _ranges(builder, name).append((first, last))
        if not close and (name == "q" or "href" in attributes(self.text, *found.span("attributes"))):
            opened.append(self._open().here(found.start()))

    def _meta(self, values: dict[str, tuple[int, int, str]]) -> None:
        named = values.get("name") or values.get("property")
        if named and "content" in values:
            name = self.source[named[0] : named[1]].lower()
            self.meta[name] = self.source[values["content"][0] : values["content"][1]]
            if name in _SEEN_META:
                self._value(values["content"], "title")


def _ranges(builder: Builder, name: str) -> list[tuple[int, int]]:
    return builder.links if name == "a" else builder.quotes


def comment(source: str, start: int, end: int) -> Comment:
    """The comment in a range of the source that begins with `<!--`."""
    inside = source[start + 4 : end]
    return Comment(start, end, inside.removesuffix("-->").strip())
