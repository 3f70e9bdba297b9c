"""What in a text is not the writer's prose: identifiers, and words in quotation marks."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence

from onevoice.expression import defer_pattern
from onevoice.matcher.characters import APOSTROPHES, UNSPACED_SCRIPTS

Range = tuple[int, int]

_SCRIPTS = "".join(f"{chr(low)}-{chr(high)}" for low, high in UNSPACED_SCRIPTS)
# It begins with one class of characters, so that a search jumps from one to the next.
_SUSPECT = defer_pattern(
    r"[@#/\\_{.:*$(%&^<=[~-](?:(?<=[@#/\\_{])|(?<=[.:*^=])\w|(?<=:):|(?<=-)-\w|(?<![^\s(]-)(?<=-)[^\W\d]"
    r"|(?<=[\w\]]\()|(?<=\[)\[|(?<=~)[A-Za-z_]"
    r"|(?<=\$)(?:\[|[^\W\d])|(?<=%)[%>\]A-Za-z_]|(?<=&)[A-Za-z]|(?<=<)<|(?<=\*)\|)"
)
_URL_REST = r"[^\s<>\"“”„«»|…\ufffc]+"
_SHORT_URL = defer_pattern(r"(?:\b(?:mailto|tel):|\bwww\.)" + _URL_REST, re.I)
# What comes before `://` is taken from where it begins, so that it is gone over once; the letter with which the address
# begins is looked for in it.
_URL = defer_pattern(
    r"(?:(?<![a-z0-9+.-])(?=[a-z0-9+.-]*?\b[a-z])(?P<scheme>[a-z0-9+.-]++)://|\b(?:mailto|tel):|\bwww\.)" + _URL_REST,
    re.I,
)
_SCHEME_START = defer_pattern(r"\b[a-z]", re.I)
_TOKEN = defer_pattern(rf"[^\s<>\"“”„«»|,;—–…、。，！？：；（）「」『』\ufffc{_SCRIPTS}]+")
_LEADING = f"([{{*`¿¡!?^={APOSTROPHES}‚‹›"
_TRAILING = f".:!?()[]}}{{*`^={APOSTROPHES}‹›"
_SIGN = defer_pattern(r"[./\\_@:]")
_LETTER = defer_pattern(r"[^\W_]")
_DOTTED = defer_pattern(r"\w\.\w|^\.\w")
_JOINED = defer_pattern(r"[^\W_]_+[^\W_]|^_+[^\W_]|[^\W_]_+$")
_TAG = defer_pattern(r"#\w")
_HANDLE = defer_pattern(r"@\w")
_DIGIT = defer_pattern("[0-9]")
# What stands on both sides of a colon is for a machine: `host:8080`, `javascript:void(0)`, `a0:7c:3d:11:3d:9e`; so is
# what one or two begin: `:value`, `::directive`.
_COLON = defer_pattern(r"[^\W_]::?[^\W_]|^::?[^\W\d_]")
# A value behind its name: `size=small`, `SIZE=1`; but `Website=Product` is a writer's shorthand.
_SETTING = defer_pattern(r"^&?(?:[a-z][a-z0-9_.-]*|[A-Z][A-Z0-9_]*)[~!]?=\w")
# An option, a variable of a shell, a field of a mail: --client, $client, -client-.
_COMMAND = defer_pattern(r"^--\w|^\$[^\W\d]|^-[A-Za-z_]\w*-$")
# An issue of a repository: plans/shop#12.
_ISSUE = defer_pattern(r"\w#\d")
# Gendered forms of German are words of their own: Kund:innen, Kund*innen, Kund/-innen, Kund(innen).
_GENDERED = defer_pattern(r"\w[*:/(·•]-?in(?:nen)?$|\w/-(?:r|e|en|n|s|es)$|\w\(-?(?:r|e|en)$")
# Where a path begins that is all plain words. Elsewhere three words and more with slashes are a choice, as two are: of
# 45 such tokens in 1,637 pages of two public handbooks, none was a path.
_FOLDERS = frozenset(("bin", "build", "dist", "docs", "lib", "opt", "src", "tests", "tmp", "usr", "var"))
_BACKSLASH = defer_pattern(r"\w\\\w|^[A-Za-z]:\\|^\\[^\W\d]")
_OPTION = defer_pattern(r"(?<=[ \t(])-[^\W\d]")
_FIELD = defer_pattern(r"::[ \t]+\S")


def find_identifiers(text: str, places: Sequence[Range] | None = None) -> list[Range]:
    """The ranges of URLs, email addresses, @handles, #tags, paths, dotted names, `x_y` and placeholders, in order.

    places: ranges in order; others that share nothing with them may be left out.
    """
    if not _SUSPECT.search(text):
        return []
    urls = [_trim_token(text, *place) for place in _iter_urls(text)]
    found = list(urls)
    for first, last in _iter_tokens(text) if places is None else _iter_tokens_at(text, places):
        start, end = _trim_token(text, first, last)
        if start == end or is_inside(start, end, urls):
            continue
        if code := _find_code(text, start, end):
            found.append(code)
        elif _is_identifier(text[start:end]):
            found.append((start, end))
        elif text.startswith("](", first - 2):
            found.append((first - 1, end))
    if any(
        sign in text for sign in ("{", "%", "*|", "&", "<<", "##", "$[", "[^", "[[", "fallback=", "~", "$$", "<#", "<@")
    ):
        # A hook waits for each module that is loaded, and for each pattern in it.
        from onevoice.matcher.placeholder import find_placeholders

        if placeholders := find_placeholders(text):
            return _join_ranges(sorted(found + placeholders))
    return sorted(found)


def _iter_tokens_at(text: str, places: Sequence[Range]) -> Iterator[Range]:
    """The tokens that share something with ranges, which are in order, and a few more."""
    reached = 0
    for start, end in places:
        if end <= reached:
            continue
        # Behind a space, a token begins.
        for token in _iter_tokens(text, max(text.rfind(" ", reached, start) + 1, reached)):
            # An address has the bracket before it, too.
            if token[0] > end:
                break
            yield token
            reached = token[1]


def _iter_tokens(text: str, origin: int = 0) -> Iterator[Range]:
    """What is between spaces; of Markdown in plain text, the words of a link and its address apart.

    origin: where to begin.
    """
    has_link = "](" in text
    for match in _TOKEN.finditer(text, origin):
        start, end = match.span()
        at = text.find("](", start, end) if has_link else -1
        if at >= 0:
            yield start, at
            start = at + 2
        yield start, end


def _join_ranges(ranges: list[Range]) -> list[Range]:
    """Ranges that are in order, those that overlap as one."""
    joined: list[Range] = []
    for start, end in ranges:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _iter_urls(text: str) -> Iterator[Range]:
    if "://" not in text:
        for match in _SHORT_URL.finditer(text):
            yield match.span()
        return
    for match in _URL.finditer(text):
        first = _SCHEME_START.search(text, *match.span("scheme")) if match["scheme"] else None
        yield first.start() if first else match.start(), match.end()


def _trim_token(text: str, start: int, end: int) -> Range:
    while start < end and text[start] in _LEADING:
        start += 1
    # An ellipsis before a word; one dot belongs to a name (.net), two and a slash to a path.
    dots = start
    while dots < end and text[dots] == ".":
        dots += 1
    if dots - start > 1 and text[dots : dots + 1] != "/":
        start = dots
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    if end - start > 2 and text[end - 1] in "sS" and text[end - 2] in APOSTROPHES:
        end -= 2
    return start, end


def _is_identifier(token: str) -> bool:
    if token.isalnum():
        return False  # Most are words, and each of these has a sign in it.
    if _COLON.search(token) or _SETTING.match(token) or _COMMAND.search(token) or _GENDERED.search(token):
        return True
    if _DOTTED.search(token) or _HANDLE.search(token) or _TAG.match(token) or _BACKSLASH.search(token):
        return True
    if "#" in token and _ISSUE.search(token):
        return True
    if "_" in token and _JOINED.search(token):
        return True
    if "/" in token:
        parts = token.split("/")
        if not all(_LETTER.search(part) and not _SIGN.search(part) for part in parts):
            return True
        return len(parts) > 2 and (bool(_DIGIT.search(token)) or min(map(len, parts)) < 2 or parts[0] in _FOLDERS)
    return False


def _find_code(text: str, start: int, end: int) -> Range | None:
    """A token with the signs around it that say that it's for a machine.

    It's a call (client()), a version (client>=2), an option (-client), the key of a field in a note (client:: yes), or
    the id of a paragraph, which ends with it (^client).
    """
    if text.startswith(("()", ">=", "<="), end) or _FIELD.match(text, end):
        return start, end + 2
    if _OPTION.match(text, start):
        return start, end
    if not start or text[start - 1] != "^":
        return None
    is_id = (start == 1 or text[start - 2].isspace()) and text[end : end + 1] in ("", "\n")
    return (start - 1, end) if is_id else None


_MARKS = defer_pattern('["“”„‟«»‘’‚‹›「」『』]')
# What closes what is open; the German low mark is closed by what opens in English, and « » go both ways.
_CLOSES = {
    "“": "”", "„": "“”‟", "‟": "”", "«": "»", "»": "«", "‘": "’", "‚": "‘’", "‹": "›", "›": "‹", "「": "」", "『": "』",
    "”": "”", '"': '"',
}  # fmt: skip

_OPENS = {
    mark: [opener for opener, closers in _CLOSES.items() if mark in closers] for mark in set("".join(_CLOSES.values()))
}


def find_quotations(text: str) -> list[Range]:
    """The outermost ranges between quotation marks that pair within the text, marks included, in order.

    A mark that nothing closes, an apostrophe, straight single quotes and the inches of 5" quote nothing.
    """
    found: list[Range] = []
    # What is open: by the mark, from left to right.
    waiting: dict[str, list[int]] = {}
    for match in _MARKS.finditer(text):
        mark, at = match.group(), match.start()
        start = _find_opener(text, mark, at, waiting) if waiting else None
        if start is not None:
            while found and found[-1][0] > start:
                found.pop()
            found.append((start, at + 1))
            for places in waiting.values():
                while places and places[-1] >= start:
                    places.pop()
        elif _is_opening_mark(text, mark, at):
            waiting.setdefault(mark, []).append(at)
    return found


def _find_opener(text: str, mark: str, at: int, waiting: dict[str, list[int]]) -> int | None:
    """Where the innermost mark is that this one closes; None if it closes nothing."""
    if mark == "’" and text[at + 1 : at + 2].isalnum():
        return None
    if mark == '"' and (not at or text[at - 1].isspace() or text[at + 1 : at + 2].isalnum()):
        return None
    last = None
    for opener in _OPENS.get(mark, ()):
        if (places := waiting.get(opener)) and (last is None or places[-1] > last):
            last = places[-1]
    return last


def _is_opening_mark(text: str, mark: str, at: int) -> bool:
    if mark not in _CLOSES:
        return False
    if mark in '"”»›':
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        return (not before or not (before.isalnum() or before in ".,!?…")) and bool(after) and not after.isspace()
    return True


def is_inside(start: int, end: int, ranges: Sequence[Range]) -> bool:
    """Whether the range is in one of the ranges, which are in order and apart."""
    return _find_enclosing(start, end, ranges) is not None


def has_edge_inside(start: int, end: int, ranges: Sequence[Range]) -> bool:
    """Whether the range begins or ends in the midst of one of the ranges, which are in order and apart."""
    return _is_offset_inside(start, ranges) or _is_offset_inside(end, ranges)


def _is_offset_inside(place: int, ranges: Sequence[Range]) -> bool:
    at = bisect.bisect_left(ranges, place, key=lambda range: range[0]) - 1
    return at >= 0 and place < ranges[at][1]


def _find_enclosing(start: int, end: int, ranges: Sequence[Range]) -> Range | None:
    if not ranges:
        return None
    at = bisect.bisect_right(ranges, start, key=lambda range: range[0]) - 1
    return ranges[at] if at >= 0 and end <= ranges[at][1] else None
