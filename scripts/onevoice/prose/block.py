"""Prose: what a reader sees of a document, as blocks of text that know where they are in the source."""

from __future__ import annotations

import bisect
from array import array
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from onevoice.finding import Span

# One character in a block's text for something that is not words: code, math, an icon, a macro, a picture.
OBJECT = "\ufffc"


class Piece(NamedTuple):
    """A run of a block's text and the source it came from.

    at: where the run begins in the block's text; it ends where the next one begins.
    start, end: where it is in the source (offsets in code points, end exclusive).
    verbatim: text and source are the same characters, so that offsets inside it map one to one; otherwise (an entity,
        an escape, a soft break with its indentation) the run is one unit.
    plain: a fix may cross it: verbatim text, entities, escapes and soft breaks are plain; inline markup, code and
        other objects are not. Markup has no text of its own: it is a piece of length 0 with `plain` false.
    """

    at: int
    start: int
    end: int
    verbatim: bool = True
    plain: bool = True

    def shift(self, by: int) -> Piece:
        """The piece of the same text, if it is so much further on in its source."""
        return Piece(self.at, self.start + by, self.end + by, self.verbatim, self.plain)


# No slots: the cached properties live in the instance. Not frozen either, because that triples the time to make one,
# and a document has hundreds; nobody changes a block.
@dataclass(eq=True, unsafe_hash=True)
class Block:
    """One heading, paragraph, list item, table cell, title or alternative text.

    text: what the reader sees; a soft or hard line break is one "\\n"; things that are not words are one OBJECT each.
    kind: paragraph, item, cell, heading, title (a link's or picture's title, an admonition's or tab's title, front
        matter `title`, `description`, `summary` and `excerpt`) or alt.
    quoted: it is in a block quotation.
    links: the ranges of `text` that are the text of a link, in order.
    quotes: the ranges of `text` that the document itself marks as quotations (HTML's <q>), in order.
    syntax: how its source is written, which is how new words must be escaped: `markdown`, `html`, `text`,
        `attribute`, `linktitle`, `yaml` or `plain`.
    mark: the character that ends it in the source (the quotation mark of an attribute, a title or a YAML value), or "".
    """

    text: str
    pieces: tuple[Piece, ...]
    kind: str = "paragraph"
    quoted: bool = False
    links: tuple[tuple[int, int], ...] = ()
    quotes: tuple[tuple[int, int], ...] = ()
    syntax: str = "markdown"
    mark: str = ""

    @cached_property
    def _piece_starts(self) -> list[int]:
        return [piece.at for piece in self.pieces]

    @property
    def start(self) -> int:
        """Where its first words are in the source."""
        return self.pieces[0].start

    def map_to_source(self, start: int, end: int) -> tuple[int, int]:
        """A range of the text (not empty) as offsets in the source."""
        first = self.pieces[bisect.bisect_right(self._piece_starts, start) - 1]
        last = self.pieces[bisect.bisect_right(self._piece_starts, end - 1) - 1]
        return (
            first.start + start - first.at if first.verbatim else first.start,
            last.start + end - last.at if last.verbatim else last.end,
        )

    def is_replaceable(self, start: int, end: int) -> bool:
        """Whether a fix may replace this range of the text: no markup or object inside it."""
        index = bisect.bisect_right(self._piece_starts, start) - 1
        while index < len(self.pieces) and self.pieces[index].at < end:
            piece = self.pieces[index]
            if not piece.plain and (piece.at > start or self._measure_piece(index)):
                return False
            index += 1
        return True

    def has_link(self, start: int, end: int) -> bool:
        """Whether any of this range of the text is the text of a link."""
        return any(first < end and start < last for first, last in self.links)

    def _measure_piece(self, index: int) -> int:
        following = self.pieces[index + 1].at if index + 1 < len(self.pieces) else len(self.text)
        return following - self.pieces[index].at


@lru_cache(maxsize=1)
def list_line_starts(source: str) -> array[int]:
    """Where each line of a document begins. Nobody changes the array: several ask for that of one document."""
    # A number of a list takes eight times the room, and a document may have ten million lines.
    starts, at = array("I", [0]), 0
    while at := source.find("\n", at) + 1:
        starts.append(at)
    return starts


@dataclass(frozen=True)
class Comment:
    """A comment (`<!-- ... -->`, in MDX `{/* ... */}`): where it is and what it says, without the marks."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Prose:
    """A document as its reader sees it.

    path: as the user named it, with forward slashes.
    source: the whole document, decoded, without a leading byte order mark; line ends as they are.
    blocks: in source order.
    meta: the front matter as plain data ({} if there is none); dates stay texts.
    comments: every comment, in order; suppressions are read from them.
    places: where people find each line of the source, such as `slide 3, Title 1`; () if its number says it.
    ending: of file names that are read so, if it is not the path's own: `.mdx` if the `.md` files of a folder are MDX.
    unread: what of it could not be read, such as `attachment plan.key`, with the reason if that helps.
    """

    path: str
    source: str
    blocks: tuple[Block, ...]
    meta: dict[str, Any] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()
    places: tuple[str, ...] = ()
    ending: str = ""
    unread: tuple[str, ...] = ()

    @cached_property
    def _line_starts(self) -> array[int]:
        return list_line_starts(self.source)

    def locate_span(self, start: int, end: int) -> Span:
        """Source offsets (code points) as lines and columns."""
        starts = self._line_starts
        first = bisect.bisect_right(starts, start)
        begin = starts[first - 1]
        if first == len(starts) or end < starts[first]:
            return Span(first, start - begin + 1, first, end - begin + 1)
        last = bisect.bisect_right(starts, end)
        return Span(first, start - begin + 1, last, end - starts[last - 1] + 1)
