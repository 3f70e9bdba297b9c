"""Folding: two texts that a reader takes for the same words become the same characters."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from onevoice.expression import defer_pattern
from onevoice.matcher.characters import APOSTROPHES, HYPHENS, INVISIBLE

_SPACES = defer_pattern(r"\s+")
_PLAIN = {code: " " for code in range(128) if chr(code).isspace()}
_RUN = defer_pattern(r"\s\s")
_SPACE = defer_pattern(r"\s")
_APOSTROPHE = defer_pattern(f"[{APOSTROPHES[1:]}]")
_HYPHEN = defer_pattern(f"[{HYPHENS[1:]}]")
_IGNORED = defer_pattern(f"[{INVISIBLE}]")
# A letter and what NFC may join to it: marks, and the vowels and finals of Korean syllables.
_JOINING = defer_pattern("[\u1161-\u1175\u11a8-\u11c2]")
# The most marks of a letter that are put in order: to do so takes the square of their number. No language has ten, and
# Unicode's own limit is 30 (its annex 15, "Stream-Safe Text Format").
MAX_MARKS = 30
# Texts in which nothing can move: signs and single spaces of ASCII.
_STABLE_RUN = defer_pattern("(?:[!-~]| (?=[!-~]))+")


class FoldedText(NamedTuple):
    """Folded text, and the way back.

    starts, ends: for each folded character, where its source character begins and ends; None if nothing moved.
    """

    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None

    def map_to_source(self, start: int, end: int) -> tuple[int, int]:
        """A range of the folded text as a range of the text that was folded."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def _normalize_signs(text: str) -> str:
    return _HYPHEN.sub("-", _APOSTROPHE.sub("'", _SPACE.sub(" ", text)))


def normalize_text(text: str) -> str:
    """The text in NFC, its white space, apostrophes and hyphens plain, without invisible characters; case is kept."""
    if text.isascii():
        # Most words have no white space but a blank.
        if text.isprintable() and "  " not in text:
            return text
    else:
        text = _normalize_signs(unicodedata.normalize("NFC", _IGNORED.sub("", text)))
    return _SPACES.sub(" ", text)


def make_match_key(text: str) -> str:
    """What a word is compared by, everywhere: two spellings with one key are one word, to the lint and to the checks.

    Case, white space, invisible characters, and the kinds of an apostrophe and of a hyphen do not count. Dashes do:
    they stand between words.
    """
    if text.isascii() and text.isprintable() and "  " not in text:  # As most words are, and there are very many.
        return text.lower().strip()
    return fold_text(text).text.strip()


def fold_text(text: str) -> FoldedText:
    """The text as the matcher reads it: tidied, without case, and with a map back where characters moved."""
    if text.isascii():
        folded = text.lower().translate(_PLAIN)
        if "  " not in folded:
            return FoldedText(folded)
    elif not _RUN.search(text) and not _IGNORED.search(text) and unicodedata.is_normalized("NFC", text):
        folded = text.casefold()
        # Casefolding never shortens, so an equal length means that no character moved.
        if len(folded) == len(text):
            return FoldedText(_normalize_signs(folded))
    return _fold_with_map(text)


def _fold_with_map(text: str) -> FoldedText:
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    while at < len(text):
        if still := _STABLE_RUN.match(text, at):
            # The last may have an accent behind it.
            end = still.end() if text[still.end() : still.end() + 1].isascii() else still.end() - 1
            out.append(text[at:end].lower())
            starts += range(at, end)
            ends += range(at + 1, end + 1)
            at = end
            if still.end() == end:
                continue
        end = at + 1
        if text[at] in INVISIBLE:
            at = end
            continue
        if text[at].isspace():
            while end < len(text) and (text[end].isspace() or text[end] in INVISIBLE):
                end += 1
            piece = " "
        else:
            cluster, last = text[at], end
            while end < len(text) and (_is_joining(text[end]) or text[end] in INVISIBLE):
                if text[end] not in INVISIBLE:
                    cluster += text[end]
                    last = end + 1
                end += 1
            end = last
            if len(cluster) <= MAX_MARKS + 1:
                cluster = unicodedata.normalize("NFC", cluster)
            piece = _normalize_signs(cluster.casefold())
        out.append(piece)
        starts += [at] * len(piece)
        ends += [end] * len(piece)
        at = end
    return FoldedText("".join(out), starts, ends)


def _is_joining(char: str) -> bool:
    return not char.isascii() and (unicodedata.category(char)[0] == "M" or bool(_JOINING.match(char)))
