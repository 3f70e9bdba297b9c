"""Put a block together from runs of the source, in reading order."""

from __future__ import annotations

import re

from onevoice.expression import defer_pattern
from onevoice.prose.block import OBJECT, Block, Piece

_ENTITY = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
ENTITY = defer_pattern(_ENTITY)
ESCAPE = defer_pattern(_ENTITY + r"|\\[!-/:-@\[-`{-~]")
_NEWLINE = defer_pattern(r"[\r\n][ \t\r\n\f>]*")
_SOFT = defer_pattern(r"[ \t]*[\r\n][ \t\r\n\f>]*")


class Builder:
    """One block in the making. Feed it runs of the source from left to right; what it is not fed is markup."""

    __slots__ = (
        "_break",
        "_length",
        "_parts",
        "_pieces",
        "_run",
        "_soft",
        "end",
        "kind",
        "links",
        "mark",
        "quoted",
        "quotes",
        "source",
        "syntax",
    )

    def __init__(
        self, source: str, kind: str = "paragraph", quoted: bool = False, syntax: str = "markdown", mark: str = ""
    ) -> None:
        self.source, self.kind, self.quoted, self.syntax, self.mark = source, kind, quoted, syntax, mark
        self.links: list[tuple[int, int]] = []
        self.quotes: list[tuple[int, int]] = []
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._length = 0
        self._run = -1  # where the open verbatim run begins in the source
        self.end = -1  # where the source that was fed so far ends
        self._break = -1  # where a line break begins whose other side is not known yet
        self._soft = True

    def add_words(self, start: int, end: int) -> None:
        """The source itself."""
        if self.end != start or self._run < 0:
            self._flush_pending(start)
            self._run = start
        self.end = end

    def add_fixed_words(self, start: int, end: int) -> None:
        """The source itself, which nobody may change: an address is made of it."""
        if start < end:
            self._add_piece(start, end, self.source[start:end], verbatim=True, plain=False)

    def add_unit(self, start: int, end: int, text: str, plain: bool = True) -> None:
        """Source that reads as another text."""
        self._add_piece(start, end, text, verbatim=False, plain=plain)

    def _add_piece(self, start: int, end: int, text: str, *, verbatim: bool, plain: bool) -> None:
        self._flush_pending(start)
        self._pieces.append(Piece(self._length, start, end, verbatim, plain))
        self._parts.append(text)
        self._length += len(text)
        self.end = end

    def add_object(self, start: int, end: int) -> None:
        """Something that is not words."""
        self.add_unit(start, end, OBJECT, plain=False)

    def add_break(self, start: int, soft: bool = True) -> None:
        """A line break; it reaches to the next thing that is fed."""
        if self._break < 0:
            self._break, self._soft = start, soft
        else:
            self._soft = self._soft and soft

    def resolve_offset(self, start: int) -> int:
        """The place in the text that belongs to this place in the source, which nothing has been fed beyond."""
        if self._pieces or self._run >= 0:
            self._flush_pending(start)
        return self._length

    def build_block(self) -> Block | None:
        """The block, or None if it says nothing."""
        self._close_run()
        text = "".join(self._parts)
        if not text.replace(OBJECT, "").strip():
            return None
        return Block(
            text,
            tuple(self._pieces),
            self.kind,
            self.quoted,
            tuple(self.links),
            tuple(self.quotes),
            self.syntax,
            self.mark,
        )

    @property
    def length(self) -> int:
        """How long the text is so far."""
        self._close_run()
        return self._length

    def _close_run(self) -> None:
        if self._run >= 0:
            self._pieces.append(Piece(self._length, self._run, self.end))
            self._parts.append(self.source[self._run : self.end])
            self._length += self.end - self._run
            self._run = -1

    def _flush_pending(self, start: int) -> None:
        """Close what is open, so that the next run can begin at `start`."""
        self._close_run()
        if self._pieces:
            if self._break >= 0:
                self._fold_break(start)
            self._add_markup(start)
        self._break, self._soft = -1, True
        self.end = start

    def _add_markup(self, start: int) -> None:
        if start > self.end:
            self._pieces.append(Piece(self._length, self.end, start, False, False))
            self.end = start

    def _fold_break(self, start: int) -> None:
        if self._break > self.end and self.source[self.end : self._break].strip():
            self._add_markup(self._break)
        found = _SOFT.match(self.source, self.end, start) if self._soft else None
        end = found.end() if found else start
        self._pieces.append(Piece(self._length, self.end, end, False, found is not None))
        self._parts.append("\n")
        self._length += 1
        self.end = end


class OpenRanges:
    """Links or quotations of a block that are open, the innermost last, by where their texts begin.

    What does not count, such as an anchor that leads nowhere, begins at a number below 0.
    """

    __slots__ = ("_carried", "_counted", "starts")

    def __init__(self) -> None:
        self.starts: list[int] = []
        # How many began in an earlier block, and how many of them count: a block must not go over them all again.
        self._carried = self._counted = 0

    def push(self, start: int) -> None:
        """Open one."""
        self.starts.append(start)

    def pop(self) -> int:
        """Where the innermost began, which is closed."""
        if len(self.starts) == self._carried:
            self._carried -= 1
            self._counted -= self.starts[-1] >= 0
        return self.starts.pop()

    def clear(self) -> None:
        """Close all."""
        self.starts.clear()
        self._carried = self._counted = 0

    def split_ranges(self, end: int) -> list[tuple[int, int]]:
        """Their ranges in a block that ends here, each once; they go on in the next one."""
        fresh = self.starts[self._carried :]
        ranges = [(0, end)] if self._counted and end > 0 else []
        ranges += [(first, end) for first in fresh if 0 <= first < end]
        self.starts[self._carried :] = [min(first, 0) for first in fresh]
        self._carried = len(self.starts)
        self._counted += sum(first >= 0 for first in fresh)
        return ranges


def unescape_entity(found: str) -> str:
    import html  # The names of all entities are a thing to load, and few texts have one.

    return html.unescape(found)


def feed_source(builder: Builder, start: int, end: int, escapes: re.Pattern[str] | None = ENTITY) -> None:
    """Source that has line breaks and the given escapes, but no other markup."""
    source, at = builder.source, start
    for one in escapes.finditer(source, start, end) if escapes else ():
        _feed_lines(builder, at, one.start())
        found = one.group()
        text = found[1:] if found[0] == "\\" else unescape_entity(found)
        if text == found:
            builder.add_words(one.start(), one.end())
        else:
            # Of a character that no page can have, nothing is seen.
            builder.add_unit(one.start(), one.end(), text, plain=bool(text))
        at = one.end()
    _feed_lines(builder, at, end)


def _feed_lines(builder: Builder, start: int, end: int) -> None:
    source, at = builder.source, start
    for newline in _NEWLINE.finditer(source, start, end):
        stop = at + len(source[at : newline.start()].rstrip(" \t"))
        if stop > at:
            builder.add_words(at, stop)
        builder.add_break(newline.start())
        at = newline.end()
    if at < end:
        builder.add_words(at, end)
