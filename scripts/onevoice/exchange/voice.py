"""The rules of our voice that are lists of words, as data for the page that checks drafts (lint/voice.js).

Vale runs them on documents; the page runs them as Vale does on a plain text. What it can't run, or not in a time that
grows with the text alone, is named instead: what counts or measures, looks only in headings, or repeats without an end.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from onevoice.exchange.regexp import list_children, translate_expression

if TYPE_CHECKING:
    import sre_constants as op
    import sre_parse as parser

    from onevoice.records.voice import ValeRule, Voice
else:
    from re import _constants as op
    from re import _parser as parser

# How often a part may repeat: with all that is in it, so often.
MAX_REPEATS = 1000
_KNOWN = frozenset(
    (
        *(op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY, op.BRANCH, op.SUBPATTERN, op.MAX_REPEAT, op.MIN_REPEAT),
        *(op.ASSERT, op.ASSERT_NOT, op.AT),
    )
)
_PLACES = (op.AT_BEGINNING, op.AT_END, op.AT_BOUNDARY, op.AT_NON_BOUNDARY)
_FRAME = re.compile(r"[^%]*(?:%s[^%]*)*")


def build_voice_data(voice: Voice | None) -> tuple[list[dict[str, Any]], list[str]]:
    """The rules that the page runs, in their order, and the names of the others as readers know them."""
    runnable: list[dict[str, Any]] = []
    others: list[str] = []
    for trait in voice.traits if voice else ():
        for rule in trait.vale:
            if data := _build_rule(rule, f"/brand/#{trait.id}"):
                runnable.append(data)
            else:
                others.append(rule.id.replace("-", " ").capitalize())
    return runnable, others


def _build_rule(rule: ValeRule, path: str) -> dict[str, Any] | None:
    """One rule as data; None if the page can't run it."""
    is_swap = rule.extends == "substitution"
    if rule.extends not in ("existence", "substitution") or rule.exceptions or rule.scope not in ((), ("text",)):
        return None
    # Raw expressions are joined with the others in a way of their own, and a limit counts.
    if rule.raw or rule.limit:
        return None
    # Vale looks for the longest first.
    swap = dict(sorted(rule.swap.items(), key=lambda item: -len(item[0])))
    words = list(swap) if is_swap else list(rule.tokens)
    slots = (1, 2) if is_swap else (0, 1)
    if not (words and _FRAME.fullmatch(rule.message) and rule.message.count("%s") in slots):
        return None
    # Of several replacements, and of what an expression has found, Vale makes one by rules of its own.
    if not all(_is_runnable(word) for word in words) or any(re.search(r"[|$\\]", use) for use in swap.values()):
        return None
    if is_swap and any(re.search(r"(?<!\\)\((?!\?)", word) for word in words):
        return None
    found = "|".join(f"(?P<w{number}>{word})" if is_swap else word for number, word in enumerate(words))
    source = f"(?:{found})" if rule.nonword else rf"\b(?:{found})\b"
    flags = re.MULTILINE | (re.IGNORECASE if rule.ignorecase else 0)
    return {
        "id": rule.id,
        "level": rule.level,
        "message": rule.message,
        "why": rule.why or "",
        "path": path,
        "uses": list(swap.values()) if is_swap else None,
        "expression": translate_expression(source, flags, same_letters=False),
    }


def _is_runnable(source: str) -> bool:
    """Whether an expression means the same to Vale and to us, and takes no longer than the text is long."""
    try:
        with warnings.catch_warnings():
            # What Python warns of, another dialect reads otherwise.
            warnings.simplefilter("error")
            tree: Any = parser.parse(f"(?:{source})", re.MULTILINE)
    except (re.error, Warning, OverflowError, RecursionError):
        return False
    return not tree.state.groupdict and _count_repeats(tree) <= MAX_REPEATS


def _count_repeats(tree: Iterable[Any]) -> float:
    """How often the most repeated part can be repeated; infinity for what can't be run."""
    most = 1.0
    for code, value in tree:
        if code not in _KNOWN or (code is op.AT and value not in _PLACES):
            return float("inf")
        if code is op.SUBPATTERN and (value[1] or value[2]):
            return float("inf")
        times = 1.0
        if code in (op.MAX_REPEAT, op.MIN_REPEAT):
            times = float("inf") if value[1] is op.MAXREPEAT else max(value[1], 1)
        most = max(most, times * max(map(_count_repeats, list_children(code, value)), default=1.0))
    return most
