"""A text is written for readers, or for a place, whose name is misspelt.

Some words are wrong for some readers only, or in some places: a short form of ours on the website. For whom a text is,
its front matter says: `audience` and `channel`, each a name or a list. A misspelt name would switch those words off
without a sound, so a name that is nearly one of the handbook's is a warning, and so is one of the handbook's under
`audiences` or `channels`, which are not read. Names that are nothing like ours are left alone: other programs use these
keys, too.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onevoice.finding import Finding
from onevoice.lint.rules import Draft, page
from onevoice.matcher.fold import key
from onevoice.matcher.matcher import values

if TYPE_CHECKING:
    from onevoice.handbook.handbook import Handbook

RULE = "unknown-reader"
# How alike a misspelt name is to the right one, as difflib counts.
ALIKE = 0.8


def gather(handbook: Handbook) -> dict[str, tuple[str, ...]]:
    """The names of audiences and channels, by the key of the front matter."""
    brand = handbook.single("brand")
    known = {"audience": brand.audiences, "channel": brand.channels} if brand else {}
    return {name: tuple(values) for name, values in known.items() if values}


def check(draft: Draft, facts: dict[str, tuple[str, ...]]) -> Iterator[Finding]:
    """A warning for each name that is nearly a known one, and for each key that nobody reads, at its line."""
    for name, known in facts.items():
        names = {key(value): value for value in known}
        for value in values(draft.prose.meta, name):
            near = [] if key(value) in names else difflib.get_close_matches(key(value), names, 1, ALIKE)
            if near:
                message = f"The handbook has no {name} `{value}`. Did you mean `{names[near[0]]}`?"
                yield _finding(draft, name, value, message)
        for value in values(draft.prose.meta, f"{name}s"):
            if key(value) in names:
                yield _finding(draft, f"{name}s", value, f"`{name}s` is not read. Write `{name}: {value}`.")


def _finding(draft: Draft, name: str, value: str, message: str) -> Finding:
    return Finding(RULE, "warning", draft.prose.path, draft.line(name), value, message, link=draft.link(page(RULE)))
