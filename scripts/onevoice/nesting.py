"""How deep YAML goes: its parser is written in C, and more would overflow the stack and end the process."""

from __future__ import annotations

import re

from onevoice import limits

_BRACKETS = re.compile(r"[\[\]{}]")


def find_deep_nesting(source: str) -> int | None:
    """The offset at which YAML goes too deep for its parser; None if it does not."""
    at = _find_suspect(source)
    if at is None or len(source) > limits.MAX_SCANNED_CHARS:
        return at
    return _find_deep_token(source, at)


def _find_suspect(source: str) -> int | None:
    """Where it may be too deep, with every bracket counted: quickly, for any text that people write."""
    if indented := re.search(rf"^[ ?:-]{{{limits.MAX_YAML_INDENT}}}", source, re.M):
        return indented.end() - 1
    depth = 0
    for bracket in _BRACKETS.finditer(source):
        depth = depth + 1 if bracket[0] in "[{" else max(depth - 1, 0)
        if depth > limits.MAX_YAML_DEPTH:
            return bracket.start()
    return None


def _find_deep_token(source: str, suspect: int) -> int | None:
    """The same by YAML's tokens, for which a bracket in a text is none; `suspect` if there are none to read."""
    from ruamel.yaml import YAML, tokens
    from ruamel.yaml.error import YAMLError

    flow_starts = (tokens.FlowSequenceStartToken, tokens.FlowMappingStartToken)
    flow_ends = (tokens.FlowSequenceEndToken, tokens.FlowMappingEndToken)
    block_starts = (tokens.BlockSequenceStartToken, tokens.BlockMappingStartToken)
    flow = block = 0
    try:
        for token in YAML(typ="safe", pure=True).scan(source):
            flow += isinstance(token, flow_starts) - isinstance(token, flow_ends)
            block += isinstance(token, block_starts) - isinstance(token, tokens.BlockEndToken)
            # A level of lists takes two characters of a line.
            if flow > limits.MAX_YAML_DEPTH or 2 * block >= limits.MAX_YAML_INDENT:
                at: int = token.start_mark.index
                return at
    except (YAMLError, ValueError, RecursionError):
        return suspect
    return None
