"""MyST, the Markdown of Sphinx and Jupyter Book, rewritten to plain Markdown of the same length.

A directive is a fence with a name in braces; what is in a note, a card or a tab is Markdown, and what is in most others
is code or data. Targets, comments and block breaks are hidden. Source: the MyST specification, "Directives", "Roles",
"Cross-references" and "Comments" (mystmd.org/spec).
"""

from __future__ import annotations

import re

from onevoice.expression import defer_pattern

_FENCE = defer_pattern(r"^(?P<lead>[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(?P<fence>`{3,}|~{3,}|:{3,})(?P<rest>.*)$")
_NAME = defer_pattern(r"\{(?P<name>[^{}\s]+)\}[ \t]*")
_OPTION = defer_pattern(r"^[ \t>]*:[\w-]+:(?:[ \t]|$)")
_RULE = defer_pattern(r"^[ \t>]*---[ \t]*$")
_HIDDEN_LINE = defer_pattern(r"^[ \t>]*(?:\([^()\s]+\)=[ \t]*$|%(?![%}\]])|\+\+\+(?![\w+]))")
# Directives whose content is Markdown. What follows the name of one of the first is a title.
_TITLED_NAMES = """
    admonition attention card caution danger deprecated dropdown error exercise grid-item-card hint important note
    list-table rubric seealso sidebar solution tab-item table tip todo topic versionadded versionchanged warning
"""
_UNTITLED_NAMES = """
    aside card-carousel centered container div epigraph figure glossary grid grid-item highlights hlist margin
    only pull-quote tab-set toggle
"""
_TITLED, _UNTITLED = frozenset(_TITLED_NAMES.split()), frozenset(_UNTITLED_NAMES.split())
# Families of theorems, proofs and exercises, such as `prf:theorem`.
_FAMILIES = ("prf:", "proof:")


def rewrite_directives(source: str) -> tuple[str, list[int]]:
    """The text with its directives as plain Markdown, and where the headings are that replace their titles."""
    lines: list[str] = []
    titles: list[int] = []
    # The open fences of directives; the open fence of a code sample; what the options of a directive are up to.
    opened: list[str] = []
    code = options = ""
    at = 0
    for line in source.split("\n"):
        text = line.rstrip("\r")
        fence = _FENCE.match(text)
        if code:
            if fence and _closes(fence, code):
                text, code = _write_code_fence(fence), ""
        elif options and (options := _follow_options(text, options)):
            text = " " * len(text)
        elif fence and opened and _closes(fence, opened[-1]):
            opened.pop()
            text = _blank_fence(fence)
        elif fence and not (fence["fence"][0] == "`" and "`" in fence["rest"]):
            named = _NAME.match(fence["rest"])
            if named and _holds_prose(named["name"]):
                opened.append(fence["fence"])
                options = "first"
                title = fence["rest"][named.end() :]
                if title.strip() and named["name"] not in _UNTITLED:
                    titles.append(at + len(fence["lead"]))
                    gap = " " * (len(text) - len(fence["lead"]) - len(title) - 1)
                    text = f"{fence['lead']}#{gap}{title}"
                else:
                    text = _blank_fence(fence)
            elif named or fence["fence"][0] != ":":
                text, code = _write_code_fence(fence), fence["fence"]
        elif _HIDDEN_LINE.match(text):
            text = " " * len(text)
        lines.append(text + line[len(text) :])
        at += len(line) + 1
    return "\n".join(lines), titles


def _holds_prose(name: str) -> bool:
    return name in _TITLED or name in _UNTITLED or name.startswith(_FAMILIES)


def _closes(fence: re.Match[str], opened: str) -> bool:
    return fence["fence"].startswith(opened) and not fence["rest"].strip()


def _follow_options(text: str, options: str) -> str:
    """What the options of a directive are up to behind a line: `lines`, `block`, `last`; "" if the line is none.

    options: the same before it, or `first`.
    """
    if options == "block":
        return "last" if _RULE.match(text) else "block"
    if options == "first" and _RULE.match(text):
        return "block"
    return "lines" if options != "last" and _OPTION.match(text) else ""


def _blank_fence(fence: re.Match[str]) -> str:
    return fence["lead"] + " " * (len(fence[0]) - len(fence["lead"]))


def _write_code_fence(fence: re.Match[str]) -> str:
    """The fence of a code sample, in backticks if it is in colons."""
    return fence["lead"] + fence["fence"].replace(":", "`") + fence["rest"]
