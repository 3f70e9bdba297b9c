"""How deep YAML goes: its parser is written in C, and more would overflow the stack and end the process."""

from __future__ import annotations

import re

from onevoice import limits


def find_deep_nesting(source: str) -> int | None:
    """The offset at which YAML goes too deep for its parser; None if it does not."""
    if indented := re.search(rf"^[ ?:-]{{{limits.MAX_YAML_INDENT}}}", source, re.M):
        return indented.end() - 1
    depth = 0
    for bracket in re.finditer(r"[\[\]{}]", source):
        depth = depth + 1 if bracket[0] in "[{" else max(depth - 1, 0)
        if depth > limits.MAX_YAML_DEPTH:
            return bracket.start()
    return None
