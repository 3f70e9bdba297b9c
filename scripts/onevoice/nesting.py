"""How deep YAML goes: what builds its nodes is written in C, and too many levels would end the process."""

from __future__ import annotations

import re

from onevoice import limits


def find_deep_nesting(source: str) -> int | None:
    """The offset at which YAML goes deeper than limits.MAX_YAML_DEPTH; None if it does not, or if it is no YAML."""
    if not _may_be_deep(source):
        return None
    from ruamel.yaml.error import YAMLError

    # What the parser in C refuses may be read by the one in Python.
    for pure in (False, True):
        try:
            return _find_deep_event(source, pure)
        except (YAMLError, ValueError, OverflowError):  # "\UFFFFFFFF" is no int of C's
            continue
    return None


def _find_deep_event(source: str, pure: bool) -> int | None:
    from ruamel.yaml import YAML
    from ruamel.yaml.events import CollectionEndEvent, CollectionStartEvent

    depth = 0
    # Events come one after the other, however deep they are.
    for event in YAML(typ="safe", pure=pure).parse(source):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > limits.MAX_YAML_DEPTH:
            return int(event.start_mark.index)
    return None


def _may_be_deep(source: str) -> bool:
    # Each level has a bracket of its own, or shares a column more with one other. A closing bracket may be in a quoted
    # text, and closes nothing then.
    if source.count("[") + source.count("{") > limits.MAX_YAML_DEPTH // 2:
        return True
    return bool(re.search(rf"^[ ?:-]{{{limits.MAX_YAML_DEPTH // 4}}}", source, re.M))
