"""Regular expressions that are compiled when they are first used, because a hook waits for each of them."""

from __future__ import annotations

import re
from typing import Any, cast


class DeferredPattern:
    """Looks like a compiled pattern, and becomes one at the first method that is called."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        # What is found here is an attribute from then on: later calls are as fast as those of any pattern.
        found = getattr(re.compile(*self._source), name)
        setattr(self, name, found)
        return found


def defer_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What re.compile(pattern, flags) returns, compiled later: most texts need few of our patterns.

    Raises re.error only when it is used: all patterns of ours are compiled by tests/growth/test_patterns.py.
    """
    return cast("re.Pattern[str]", DeferredPattern(pattern, flags))
