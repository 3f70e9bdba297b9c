"""Where a document may have findings, told before it is read: most of a text has none, and to read it takes long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from onevoice.lint import rules
from onevoice.prose.joined import may_join_words

if TYPE_CHECKING:
    from onevoice.matcher.matcher import Matcher


def find_places(path: str, source: str, matcher: Matcher, facts: Mapping[str, Any]) -> list[tuple[int, int]] | None:
    """Ranges of a Markdown source; what shares nothing with them has no finding. None: all of it has to be read.

    facts: from `rules.gather_facts`.
    """
    if rules.may_any_speak(path, source, facts) or may_join_words(source):
        return None
    return matcher.find_places(source)
