"""Material for MkDocs' own syntax, rewritten to plain Markdown of the same length, so that every offset stays.

Two characters that no text has (Unicode keeps them for inner use) stand for what is not prose: a run of HIDDEN is
markup that nobody sees (an attribute list, an editor's mark), a run of SHOWN is something that is seen but is no words
(an icon, a key, a formula, a macro). Both stand in braces, because what precedes them (`_word_{ .class }`) must still
meet punctuation; control characters would not do, because a link's destination cannot hold them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

HIDDEN, SHOWN = "\ufdd0", "\ufdd1"
# The most of it that Vale can be told: its TokenIgnores for icons, keys, attribute lists and macros.
UNSEEN = r"(:[a-z0-9_+-]+:), (\+\+[\w+-]+\+\+), (\{[:#.%{][^}\n]*\}+)"
_MARKS = re.compile(rf"\{{{HIDDEN}+\}}|\{{?{SHOWN}+\}}?")
_STRAY = re.compile(f"[\x00{HIDDEN}{SHOWN}]")
_LONGEST = 4000  # characters of one macro: beyond it, the braces are taken for text
_SURROGATE = re.compile("[\ud800-\udfff]")

_LEAD = r"^(?P<lead>[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)"
_HEADER = re.compile(
    _LEAD + r"(?P<sign>(?:!!!|\?\?\?\+?)[ \t]*(?:[\w-]+(?:[ \t]+[\w-]+)*)?|===[+!]{0,2})"
    r'(?:[ \t]+"(?P<title>[^\r\n]*)")?[ \t]*(?=\r?$)',
    re.MULTILINE,
)
_FENCED = re.compile(
    r"^(?P<lead>[ \t>]*)/{3,}[ \t]*(?:(?P<type>[\w-]+)[ \t]*(?:\|(?P<title>[^\r\n]*))?)?(?=\r?$)", re.MULTILINE
)
_SHORT = re.compile(r"^(?P<lead>[ ]{0,3})\*\[[^\]\r\n]+\]:(?P<title>[^\r\n]*)(?=\r?$)", re.MULTILINE)
_DIRECTIVE = re.compile(r"^[ \t>]*:::+[ \t]*\S*", re.MULTILINE)
_GENERATED = re.compile(
    r"^(?P<lead>[ \t>]*):::[ \t]+[\w.:/-]+(?=[ \t]*\r?$)(?:[ \t]*\r?\n[ \t]+\S[^\r\n]*)*", re.MULTILINE
)
_CODE = re.compile(r"(?<!`)(`+)(?!`)([^\r\n]*?[^`\r\n])\1(?!`)")
_CONTENTS = re.compile(r"^[ \t]*\[\[?_?TOC_?\]?\](?=[ \t]*\r?$)", re.MULTILINE | re.IGNORECASE)
_OPEN_TAG = re.compile(
    r"^[ \t]*<[A-Za-z][\w-]*(?:[ \t][^<>\r\n]*)?[ \t]markdown(?:=[^<>\r\n]*|[ \t][^<>\r\n]*)?>(?=[ \t]*\r?$)",
    re.MULTILINE,
)
_SNIPPET = re.compile(
    r"^[ \t]*-+8<-+[ \t]*\r?\n(?:[^\r\n]*\r?\n){0,50}?[ \t]*-+8<-+(?=[ \t]*\r?$)|^[ \t]*-+8<-+[ \t]+\S[^\r\n]*",
    re.MULTILINE,
)
_CRITIC = re.compile(r"\{(?:--.{0,500}?--\}|>>.{0,500}?<<\}|~~.{0,500}?~>|\+\+|==)|(?:\+\+|==|~~)\}")
_KEY = r'(?:"[^"\r\n]*"|[\w-]+)'
_KEYS = re.compile(rf"(?<![\w+])\+\+{_KEY}(?:\+{_KEY})*\+\+(?!\+)")
# The colon stands first, so that a search jumps from one to the next.
_ICON = re.compile(r":(?<![\w:/.]:)(?:[A-Za-z0-9_][\w+-]*|[+-]1):(?![\w:/])")
_VALUE = r"""[\w:@.-]+=(?:"[^"\r\n]*"|'[^'\r\n]*'|[^\s"'{}]+)"""
_NAME = r"[#.][\w:@/.-]+"
_ATTRIBUTES = re.compile(
    rf"\{{:[^{{}}\r\n]*\}}|\{{[ \t]*(?:{_NAME}|{_VALUE})(?:[ \t]+(?:{_NAME}|{_VALUE}|[\w-]+))*[ \t]*\}}"
)
_MODULE = re.compile(r"^(?:import|export)[ \t{*][^\r\n]*(?:\r?\n[ \t]*\S[^\r\n]*)*", re.MULTILINE)
REMARK = re.compile(r"\{[ \t\r\n]*/\*(.*?)\*/[ \t\r\n]*\}", re.DOTALL)
_BLOCK_MATH = re.compile(r"^[ \t>]*\$\$(?:[^$\r\n`]|\r?\n(?![ \t]*\r?\n)|\\\$){1,4000}\$\$(?=[ \t]*\r?$)", re.MULTILINE)
_MATH = re.compile(r"(?<![\\$\w])(\$\$?)(?![\s$])((?:\\.|[^$\\\r\n`]){0,999}?)(?<!\s)\1(?![$\d])")
# Brackets that are only escaped look alike; they hold words and no signs.
_PAREN_MATH = re.compile(r"(?<!\\)\\\(((?:[^\\\r\n`]|\\[^()\r\n]){1,999}?)\\\)")
_BRACKET_MATH = re.compile(
    r"^[ \t>]*\\\[((?:[^\\\r\n`]|\\[^\[\]\r\n]|\\?\r?\n(?![ \t]*\r?\n)){1,4000}?)\\\](?=[ \t]*\r?$)", re.MULTILINE
)
_SIGNS = re.compile(r"[\\^_=<>+*/|]|^\s*\w\s*$")
_MONEY = re.compile(r"\d[^\\]*?(?:\s[^\W\d_]{2,}|\|)")


@dataclass
class Masked:
    """The rewritten source, and what was rewritten.

    text: as long as the source.
    titles: offsets of the headings that stand for a title.
    boxes: offsets of the list items that stand for an admonition or a tab.
    """

    text: str
    titles: set[int] = field(default_factory=set)
    boxes: set[int] = field(default_factory=set)
    marked: bool = False


def runs(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """A range of masked text as (start, end, what): "" for words, else HIDDEN or SHOWN."""
    at = start
    for mark in _MARKS.finditer(text, start, end):
        if mark.start() > at:
            yield at, mark.start(), ""
        yield mark.start(), mark.end(), HIDDEN if HIDDEN in mark.group() else SHOWN
        at = mark.end()
    if at < end:
        yield at, end, ""


def macros(text: str) -> str:
    """Text of any format with the macros of Jinja, Liquid and Hugo masked."""
    if "\x00" in text or HIDDEN in text or SHOWN in text:
        text = _STRAY.sub(SHOWN, text)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = _SURROGATE.sub("\ufffd", text)
    if "{" in text:
        for opening, closing in (("{{", "}}"), ("{%", "%}"), ("{#", "#}")):
            if opening in text and closing in text:
                text = _between(text, opening, closing)
    return text


def mask(source: str, mdx: bool = False) -> Masked:
    """Markdown as Material for MkDocs (and MDX, if it is) reads it -> Markdown as CommonMark reads it."""
    # To look for one sign takes a fiftieth of the time that two take.
    text = macros(source)
    if mdx:
        text = _MODULE.sub(_show, REMARK.sub(_hide, text))
    if "{" in text or "}" in text:
        if "{++" in text or "{--" in text or "{~~" in text or "{==" in text or "{>>" in text:
            text = _CRITIC.sub(_hide, text)
        text = _ATTRIBUTES.sub(_hide, text)
    if "<" in text and "8<" in text:
        text = _SNIPPET.sub(_show, text)
    if ":" in text:
        text = _ICON.sub(_show, text)
        if ":::" in text:
            text = _DIRECTIVE.sub(_show, _GENERATED.sub(_show, text))
    if "+" in text and "++" in text:
        text = _KEYS.sub(_show, text)
    if "$" in text:
        if "$$" in text:
            text = _BLOCK_MATH.sub(_show, text)
        text = _MATH.sub(_formula, text)
    if "\\" in text:
        if "\\(" in text:
            text = _PAREN_MATH.sub(_signs, text)
        if "\\[" in text:
            text = _BRACKET_MATH.sub(_signs, text)
    if "|" in text and "`" in text:
        # Python-Markdown does not end a cell within a code span; CommonMark's tables do.
        text = _rows(text)
    if "[" in text and ("TOC" in text or "toc" in text):
        text = _CONTENTS.sub(_show, text)
    if "<" in text and "markdown" in text:
        text = _OPEN_TAG.sub(lambda tag: " " * len(tag.group()), text)
    masked = Masked(text)
    if _headed(text):
        masked.text = _HEADER.sub(lambda found: _box(found, masked), masked.text)
    if "/" in text and "///" in text:
        masked.text = _FENCED.sub(lambda found: _title(found, masked), masked.text)
    if "[" in text and "*[" in text:
        masked.text = _SHORT.sub(lambda found: _title(found, masked), masked.text)
    masked.marked = HIDDEN in masked.text or SHOWN in masked.text
    return masked


def boxes(source: str) -> str:
    """The source with admonitions, details and tabs as list items of the same length: what another reader of Markdown
    takes for code is prose to it then, at the same place."""
    if _headed(source):
        return _HEADER.sub(lambda found: _box(found, Masked(source)), source)
    return source


def _headed(text: str) -> bool:
    return ("!" in text and "!!!" in text) or ("?" in text and "???" in text) or ("=" in text and "===" in text)


def _rows(text: str) -> str:
    parts, at, end = [], 0, 0
    while (bar := text.find("|", end)) >= 0:
        start = text.rfind("\n", 0, bar) + 1
        end = text.find("\n", bar)
        end = len(text) if end < 0 else end
        if text.find("`", bar, end) >= 0 and not text[start:bar].strip(" \t>"):
            parts += [text[at:bar], _CODE.sub(lambda code: code.group().replace("|", SHOWN), text[bar:end])]
            at = end
    return "".join([*parts, text[at:]])


def _cover(text: str, sign: str) -> str:
    if "\n" in text or "\r" in text:
        return re.sub(r"[^\r\n]", sign, text)
    return "{" + sign * (len(text) - 2) + "}" if len(text) > 2 else sign * len(text)


def _hide(found: re.Match[str]) -> str:
    text = found.group()
    if "\n" in text or "\r" in text:
        return _cover(text, SHOWN)
    return "{" + HIDDEN * (len(text) - 2) + "}"


def _show(found: re.Match[str]) -> str:
    text = found.group()
    lead = len(text) - len(text.lstrip(" \t>"))
    return text[:lead] + _cover(text[lead:], SHOWN)


def _formula(found: re.Match[str]) -> str:
    return found.group() if _MONEY.match(found.group(2)) else _cover(found.group(), SHOWN)


def _signs(found: re.Match[str]) -> str:
    return _show(found) if _SIGNS.search(found.group(1)) else found.group()


def _between(text: str, opening: str, closing: str) -> str:
    parts, at, end = [], 0, -1
    while (start := text.find(opening, at)) >= 0:
        if end < start + 2 and (end := text.find(closing, start + 2)) < 0:
            break
        if end - start > _LONGEST or any(text.find(stop, start, end) >= 0 for stop in ("`", "\n\n", "\r\n\r\n")):
            parts.append(text[at : start + 2])
            at = start + 2
            continue
        parts += [text[at:start], _cover(text[start : end + 2], SHOWN)]
        at = end + 2
    parts.append(text[at:])
    return "".join(parts)


def _box(found: re.Match[str], masked: Masked) -> str:
    whole, lead, title = found.group(), found["lead"], found["title"]
    sign = found["sign"]
    if (title is None and (sign[0] == "=" or not sign.strip("!?+ \t"))) or len(whole) - len(lead) < 4:
        return whole
    at = found.start("sign")
    masked.boxes.add(at)
    masked.titles.add(at + 3)
    if title is None:
        return lead + "-  #" + " " * (len(whole) - len(lead) - 4)
    before = found.start("title") - at
    after = found.end() - found.end("title")
    return lead + "-  #" + " " * (before - 4) + title + " " * after


def _title(found: re.Match[str], masked: Masked) -> str:
    whole, lead = found.group(), found["lead"]
    title = "" if "type" in found.groupdict() and found["type"] == "html" else found["title"] or ""
    masked.titles.add(found.start() + len(lead))
    return lead + "#" + " " * (len(whole) - len(lead) - 1 - len(title)) + title
