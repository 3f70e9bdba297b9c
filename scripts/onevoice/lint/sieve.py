"""Where a document may have findings, told before it is read: most of a text has none, and to read it takes long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from onevoice.expression import defer_pattern
from onevoice.lint import rules
from onevoice.matcher.matcher import CONTEXT_KEYS
from onevoice.matcher.sieve import join_places
from onevoice.prose.front import find_front_end, list_data_lines
from onevoice.prose.joined import find_joints

if TYPE_CHECKING:
    from onevoice.matcher.matcher import Matcher

# With escapes in it, front matter is read anyway.
_CONTEXT_KEY = defer_pattern(rf"(?:{'|'.join(CONTEXT_KEYS)})[\"']?\s*[:=]")


def find_places(path: str, source: str, matcher: Matcher, facts: Mapping[str, Any]) -> list[tuple[int, int]] | None:
    """Ranges of a Markdown source; what shares nothing with them has no finding. None: all of it has to be read.

    facts: from `rules.gather_facts`.
    """
    if rules.may_any_speak(path, source, facts):
        return None
    places = matcher.find_places(source)
    if places and places[0][0] < find_front_end(source):
        data = list_data_lines(source)
        places = [place for place in places if not any(first <= place[0] and place[1] <= last for first, last in data)]
    places += find_joints(source)
    if places and _CONTEXT_KEY.search(source, 0, find_front_end(source)):
        # What is found depends on the front matter, which is read if there is a place in it.
        places.append((0, 1))
    return join_places(places)
