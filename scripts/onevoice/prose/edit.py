"""A change of a document's words -> new source, escaped for its format and proven to change nothing else."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from onevoice import limits
from onevoice.prose.block import Block, Piece, Prose
from onevoice.prose.read import resolve_reader

_MARKDOWN_SIGN = re.compile(r"[\\`*\[\]]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|~(?=~)|(?<!\w)_|_(?!\w)|(?<=\{)[{%#]")
_BLOCK_SIGN = re.compile(r"[#>+=:~-]|\d{1,9}(?=[.)])")
_YAML_START = re.compile(r"[\s\-?:,\[\]{}#&*!|>'\"%@`]")
_WHITE = re.compile(r"\s+")
_LINKABLE_KINDS = ("paragraph", "item", "cell")


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Source from `start` to `end` (offsets in code points) becomes `text`, which a reader sees as `words`.

    words: None if the text is seen as it is.
    """

    start: int
    end: int
    text: str
    words: str | None = None

    @property
    def visible_text(self) -> str:
        return self.text if self.words is None else self.words


def apply_edits(source: str, edits: Sequence[Edit]) -> str:
    """The source with all edits made. Raises ValueError if two edits overlap."""
    parts, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < at:
            raise ValueError(f"two edits overlap at offset {edit.start}")
        parts += [source[at : edit.start], edit.text]
        at = edit.end
    parts.append(source[at:])
    return "".join(parts)


def make_replacement(source: str, block: Block, start: int, end: int, words: str) -> Edit | None:
    """The edit that puts `words` in the place of `block.text[start:end]`.

    None if that is not safe: markup or an object is inside the range, or the format cannot hold the words.
    """
    if not block.is_replaceable(start, end):
        return None
    first, last = block.map_to_source(start, end)
    opening = start == 0 or _opens_line(source, first)
    text = escape_for_syntax(words, block.syntax, block.mark, first=opening)
    return None if text is None else Edit(first, last, text, words)


def make_link_edit(source: str, block: Block, start: int, end: int, url: str, title: str = "") -> Edit | None:
    """The edit that makes `block.text[start:end]` a link; None if no link can go there or one is there already."""
    if block.kind not in _LINKABLE_KINDS or block.syntax not in ("markdown", "cell"):
        return None
    if not block.is_replaceable(start, end) or block.has_link(start, end):
        return None
    first, last = block.map_to_source(start, end)
    if source[first - 1 : first] in ("!", "\\"):
        return None  # It would be a picture, or no link.
    text = format_markdown_link(source[first:last], url, title, cell=block.syntax == "cell")
    return Edit(first, last, text, block.text[start:end])


def format_markdown_link(text: str, url: str, title: str = "", cell: bool = False) -> str:
    """A Markdown link.

    text: Markdown, as it should be; title: plain text; cell: the link is in a table.
    """
    target = re.sub(r"[\s<>\"\\]", lambda sign: f"%{ord(sign.group()):02X}", url)
    target = target.replace("(", "%28").replace(")", "%29")
    words = escape_for_syntax(_WHITE.sub(" ", title).strip(), "linktitle", '"')
    whole = f'{target} "{words}"' if words else target
    return f"[{text}]({_escape_bars(whole) if cell else whole})"


def escape_for_syntax(text: str, syntax: str, mark: str = "", first: bool = False) -> str | None:
    """Words as they must be written in a block of this syntax (`Block.syntax`, `Block.mark`); None if they cannot.

    first: they are the first of their block or on their line, where some signs begin a list or a heading.
    """
    if syntax in ("markdown", "cell"):
        return _escape_markdown(text, syntax, first)
    if syntax in ("html", "attribute"):
        return _escape_html(text, syntax, mark)
    if syntax == "linktitle":
        return re.sub(r"\\|&(?=#?\w+;)|" + ("[()]" if mark == ")" else re.escape(mark or '"')), r"\\\g<0>", text)
    if syntax == "yaml":
        return _escape_yaml(text, mark, first)
    return text


def verify_edits(before: Prose, edits: Sequence[Edit]) -> list[Edit]:
    """The edits of a document that, made together, change their own words and nothing else that a reader sees.

    The document's path says how it is read. The edits must not overlap.
    """
    read, kept = resolve_reader(before.path, before.ending), sorted(edits)
    trials = max(limits.MAX_TRIAL_CHARS // (len(before.source) + 1), limits.MIN_TRIALS)

    def find_wrong(tried: list[Edit]) -> set[Edit]:
        nonlocal trials
        trials -= 1
        # Whoever sends a document in which no trial succeeds must not get one for each edit: those that were not
        # tried are not made.
        if trials < 0:
            return set(tried)
        return _find_wrong_edits(before, read(before.path, apply_edits(before.source, tried)), tried)

    while kept:
        wrong = find_wrong(kept)
        if not wrong:
            return kept
        if wrong == set(kept) and len(kept) > 1:
            # It cannot be told which of them is at fault: each has to pass the test, in halves, then all together.
            wrong = _find_faulty(kept, find_wrong) or wrong
        kept = [edit for edit in kept if edit not in wrong]
    return []


def _find_faulty(edits: list[Edit], find_wrong: Callable[[list[Edit]], set[Edit]]) -> set[Edit]:
    """Of edits that fail together, those that fail alone, or with others among which none can be told to be right."""
    faulty: set[Edit] = set()
    left = [edits[len(edits) // 2 :], edits[: len(edits) // 2]]
    while left:
        tried = left.pop()
        wrong = find_wrong(tried)
        if wrong == set(tried) and len(tried) > 1:
            left += [tried[len(tried) // 2 :], tried[: len(tried) // 2]]
        else:
            faulty |= wrong
    return faulty


def _find_wrong_edits(before: Prose, after: Prose, edits: list[Edit]) -> set[Edit]:
    """The edits in blocks that did not turn out as expected; all of them if that cannot be told."""
    moved = _locate_new_texts(edits)
    seen = [block for block in after.blocks if not (block.syntax == "linktitle" and _is_within(block.start, moved))]
    if len(seen) != len(before.blocks) or before.meta.keys() != after.meta.keys():
        return set(edits)
    if [comment.text for comment in before.comments] != [comment.text for comment in after.comments]:
        return set(edits)
    wrong: set[Edit] = set()
    done: set[Edit] = set()
    for old, new in zip(before.blocks, seen, strict=True):
        inside, text = _predict_text(old, edits, done)
        if (new.text.split(), new.kind, new.quoted) != (text.split(), old.kind, old.quoted):
            if not inside:
                return set(edits)
            wrong.update(inside)
        done.update(inside)
    return wrong | (set(edits) - done)


def _predict_text(block: Block, edits: list[Edit], done: set[Edit]) -> tuple[list[Edit], str]:
    """The sorted edits that fall into a block and are not done, and what its text becomes by them."""
    last = block.pieces[-1].end
    near = edits[bisect_left(edits, block.start, key=_get_start) : bisect_right(edits, last, key=_get_start)]
    inside = [edit for edit in near if edit.end <= last and edit not in done]
    if not inside:
        return [], block.text
    parts, at, taken = [], 0, []
    for edit in inside:
        start, end = _find_text_offset(block, edit.start), _find_text_offset(block, edit.end, after=True)
        if start is None or end is None:
            continue
        parts += [block.text[at:start], edit.visible_text]
        at = end
        taken.append(edit)
    parts.append(block.text[at:])
    return taken, "".join(parts)


def _find_text_offset(block: Block, place: int, after: bool = False) -> int | None:
    """Where in the text an offset of the source is; None if it is in no piece, or within one unit."""
    # Pieces are in the order of the source; the one before may end here.
    near = max(bisect_left(block.pieces, place, key=_get_piece_start) - 1, 0)
    for index in range(near, len(block.pieces)):
        piece = block.pieces[index]
        if piece.start > place:
            break
        following = block.pieces[index + 1].at if index + 1 < len(block.pieces) else len(block.text)
        if following == piece.at:
            continue
        if piece.verbatim and piece.start <= place <= piece.end:
            return piece.at + place - piece.start
        if place == piece.end and after:
            return following
        if place == piece.start and not after:
            return piece.at
    return None


def _locate_new_texts(edits: list[Edit]) -> list[tuple[int, int]]:
    """Where the new texts of the edits are in the new source."""
    places, shift = [], 0
    for edit in edits:
        start = edit.start + shift
        places.append((start, start + len(edit.text)))
        shift += len(edit.text) - (edit.end - edit.start)
    return places


def _is_within(place: int, ranges: list[tuple[int, int]]) -> bool:
    """Whether a place is inside one of the sorted ranges, of which no two overlap."""
    before = bisect_left(ranges, (place,))
    return before > 0 and place < ranges[before - 1][1]


def _get_start(edit: Edit) -> int:
    return edit.start


def _get_piece_start(piece: Piece) -> int:
    return piece.start


def _opens_line(source: str, at: int) -> bool:
    """Whether nothing is before an offset on its line but white space and marks of quotations."""
    while at and source[at - 1] in " \t>":
        at -= 1
    return not at or source[at - 1] in "\r\n"


def _escape_bars(text: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", text)


def _escape_markdown(text: str, syntax: str, first: bool) -> str:
    escaped = _MARKDOWN_SIGN.sub(r"\\\g<0>", text)
    if syntax == "cell":
        escaped = _escape_bars(escaped)
    if first and (start := _BLOCK_SIGN.match(escaped)):
        sign = start.end() - (0 if start.group()[0].isdigit() else 1)
        escaped = escaped[:sign] + "\\" + escaped[sign:]
    return escaped


def _escape_html(text: str, syntax: str, mark: str) -> str | None:
    if syntax == "attribute" and not mark and re.search(r"[\s\"'=<>`]", text):
        return None
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if syntax == "attribute":
        text = text.replace('"', "&quot;") if mark == '"' else text.replace("'", "&#39;")
    return text


def _escape_yaml(text: str, mark: str, first: bool) -> str | None:
    if mark == '"':
        return text.replace("\\", "\\\\").replace('"', '\\"')
    if mark == "'":
        return text.replace("'", "''")
    if mark:
        return text
    broken = ": " in text or " #" in text or text.endswith(":") or text.startswith("#")
    return None if broken or (first and _YAML_START.match(text)) else text
