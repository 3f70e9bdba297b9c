"""Markdown for other readers of it, such as Vale: without what they take for words, and no reader of the page sees.

All that stays is where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from onevoice.expression import defer_pattern
from onevoice.prose.mask import (
    SECTION_SIGNS,
    Range,
    blank_text,
    iter_masked_runs,
    mask_markdown,
    replace_ranges,
    rewrite_boxes,
)

# The most that Vale can be told of what is no prose: its TokenIgnores for icons, keys, attribute lists and macros. Each
# brace is read from one place only: Vale tries the expression at all of them, and a page of open ones took it seconds.
_TOKENS = (r":[a-z0-9_+-]+:", r"\+\+[\w+-]+\+\+", r"\{[:#.%{][^{}\n]*(?:\{[^{}\n]*\}[^{}\n]*)*\}+")
TOKEN_IGNORES = ", ".join(f"({token})" for token in _TOKENS)
_TOKEN = defer_pattern("|".join(_TOKENS))
_FENCE = defer_pattern(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:`{3}|~{3})")


def blank_mdx_code(source: str) -> str:
    """MDX with spaces instead of its statements, expressions and comments, which other readers of Markdown take for
    words. A tag stays one that they know."""
    from onevoice.prose.mdx import scan_mdx

    found = scan_mdx(source)
    code = [(start, end, blank_text(source[start:end])) for start, end in found.code]
    values = [(start, end, _blank_value(source, start, end)) for start, end in found.values]
    return replace_ranges(source, sorted(code + values))


def _blank_value(source: str, start: int, end: int) -> str:
    """The expression in a tag as what HTML may have there: an empty attribute, or nothing at all."""
    blank = blank_text(source[start:end])
    return f'"{blank[1:-1]}"' if source[start - 1] == "=" else blank


def blank_markup(source: str, find_code: Callable[[str], list[Range]]) -> str:
    """The source without what other readers of Markdown take for words, and no reader of the page does: comments and
    code of templates are white space, and what is a macro, an address or an editor's mark is one that TOKEN_IGNORES
    knows."""
    if any(sign in source for sign in SECTION_SIGNS):
        from onevoice.prose.section import find_sections

        sections = find_sections(source, lambda text: find_code(rewrite_boxes(text)))
        source = replace_ranges(source, ((start, end, blank_text(source[start:end])) for start, end, _ in sections))
    masked = mask_markdown(source, find_code=find_code)
    if not masked.has_marks:
        return source
    return replace_ranges(source, _iter_covers(source, masked.text))


def _iter_covers(source: str, masked: str) -> Iterator[tuple[int, int, str]]:
    line = at = 0
    for start, end, mark in iter_masked_runs(masked, 0, len(source)):
        line = max(line, source.rfind("\n", at, start) + 1)
        at = start
        # Behind a fence is what Vale reads as the name of a language.
        is_said = end - start < 3 or _TOKEN.fullmatch(source, start, end) or _FENCE.match(source, line, start)
        if mark and not is_said:
            yield start, end, "{" + "%" * (end - start - 2) + "}"
