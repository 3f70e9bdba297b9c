"""Material for MkDocs' own syntax, rewritten to plain Markdown of the same length, so that every offset stays.

Two characters that no text has (Unicode keeps them for inner use) mark what is not prose: a run of HIDDEN is
markup that nobody sees (an attribute list, an editor's mark), a run of SHOWN is something that is seen but is no words
(an icon, a key, a formula, a macro). Both are in braces, because what precedes them (`_word_{ .class }`) must still
meet punctuation; control characters would not do, because a link's destination cannot hold them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from onevoice import limits
from onevoice.expression import defer_pattern

HIDDEN_MARK, OBJECT_MARK = "\ufdd0", "\ufdd1"
_MARKS = defer_pattern(rf"\{{?{HIDDEN_MARK}+\}}?|\{{?{OBJECT_MARK}+\}}?")
_STRAY = defer_pattern(f"[\x00{HIDDEN_MARK}{OBJECT_MARK}]")
Range = tuple[int, int]
# With one of these a section of a text begins that is no prose.
SECTION_SIGNS = ("%%", "{%", "{{", "{::", "{#")
_SURROGATE = defer_pattern("[\ud800-\udfff]")

_LEAD = r"^(?P<lead>[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)"
_HEADER = defer_pattern(
    _LEAD + r"(?P<sign>(?:!!!|\?\?\?\+?)(?:[ \t]*+[\w-]++(?:[ \t]++[\w-]++)*+)?+|===[+!]{0,2})"
    r'(?:[ \t]++"(?P<title>[^\r\n]*)")?[ \t]*+(?=\r?$)',
    re.MULTILINE,
)
_FENCED_BLOCK = defer_pattern(
    r"^(?P<lead>[ \t>]*)/{3,}[ \t]*(?:(?P<type>[\w-]+)[ \t]*(?:\|(?P<title>[^\r\n]*))?)?(?=\r?$)", re.MULTILINE
)
_ABBREVIATION = defer_pattern(r"^(?P<lead>[ ]{0,3})\*\[[^\]\r\n]+\]:(?P<title>[^\r\n]*)(?=\r?$)", re.MULTILINE)
_DIRECTIVE = defer_pattern(r"^[ \t>]*:::+[ \t]*\S*", re.MULTILINE)
# A diagram between colons, as the wikis of Azure DevOps have them, is code.
DIAGRAM_SIGNS = ("::: mermaid", ":::mermaid", "::: plantuml", ":::plantuml")
_DIAGRAM = defer_pattern(
    r"^(?P<lead>[ \t>]*):::(?P<body>[ \t]*(?:mermaid|plantuml)[ \t]*\r?\n"
    r"(?:[^\r\n]*\r?\n){0,400}?[ \t>]*):::(?=[ \t]*\r?$)",
    re.MULTILINE,
)
_AUTODOC_BLOCK = defer_pattern(
    r"^(?P<lead>[ \t>]*):::[ \t]+[\w.:/-]+(?=[ \t]*\r?$)(?:[ \t]*\r?\n[ \t>]*(?<=[ \t]{2})[^\s>][^\r\n]*)*",
    re.MULTILINE,
)
_LINE_START = defer_pattern(r"((?:\r\n?|\n)[ \t>]*)")
_LEAD_SIGNS = defer_pattern(r"(?:\r\n?|\n)[ \t]*+>[ \t>]*+")
_BACKTICKS = defer_pattern(r"`+")
# A bracket and what follows it, if it may begin more than a link.
_BRACKET = defer_pattern(r"\[(?=([\[!_Tt]))")
_CONTENTS = defer_pattern(r"^[ \t]*\[\[?_?TOC_?\]?\](?=[ \t]*\r?$)", re.MULTILINE | re.IGNORECASE)
_OPEN_TAG = defer_pattern(
    r"^[ \t]*<[A-Za-z][\w-]*+(?=[^<>\r\n]*?[ \t]markdown[ \t=>])[ \t][^<>\r\n]*+>(?=[ \t]*\r?$)",
    re.MULTILINE,
)
_SNIPPET = defer_pattern(
    r"^[ \t]*-+8<-+[ \t]*\r?\n(?:[^\r\n]*\r?\n){0,50}?[ \t]*-+8<-+(?=[ \t]*\r?$)|^[ \t]*-+8<-+[ \t]+\S[^\r\n]*",
    re.MULTILINE,
)
# An editor's mark ends within its paragraph.
_MARKED = r"(?:[^\r\n]|\r?\n(?![ \t>]*(?:\r?\n|```|~~~))){0,500}?"
_CRITIC = defer_pattern(rf"\{{(?:--{_MARKED}--\}}|>>{_MARKED}<<\}}|~~{_MARKED}~>|\+\+|==)|(?:\+\+|==|~~)\}}")
_KEY = r'(?:"[^"\r\n]*"|[\w-]+)'
_KEYS = defer_pattern(rf"\+\+(?<![\w+]\+\+){_KEY}(?:\+{_KEY})*\+\+(?!\+)")
# The colon comes first, so that a search jumps from one to the next.
_ICON = defer_pattern(r":(?<![\w:/.]:)(?:[A-Za-z0-9_][\w+-]*|[+-]1):(?![\w:/])")
_VALUE = r"""[\w:@.-]+=(?:"[^"\r\n]*"|'[^'\r\n]*'|[^\s"'{}]+)"""
_NAME = r"[#.][\w:@/.-]+"
_ATTRIBUTES = defer_pattern(
    rf"\{{:[^{{}}\r\n]*\}}|\{{[ \t]*(?:{_NAME}|{_VALUE})(?:[ \t]+(?:{_NAME}|{_VALUE}|[\w-]+))*[ \t]*\}}"
)
_REMARK_START, _REMARK_END = defer_pattern(r"\{[ \t\r\n]*+/\*"), defer_pattern(r"\*/[ \t\r\n]*+\}")
_BLOCK_MATH = defer_pattern(
    r"^[ \t>]*\$\$(?:[^$\r\n`]|\r?\n(?![ \t]*\r?\n)|\\\$){1,4000}\$\$(?=[ \t]*\r?$)", re.MULTILINE
)
_MATH = defer_pattern(r"(?<![\\$\w])(\$\$?)(?![\s$])((?:\\.|[^$\\\r\n`]){0,999}?)(?<!\s)\1(?![$\w])")
# kramdown and Obsidian have blanks in it.
_WIDE_MATH = defer_pattern(r"(?<![\\$\w])\$\$(?=[ \t])([^$\r\n`]{1,999})(?<=[ \t])\$\$(?![$\w])")
# The name may be masked by now; the source says what it is.
_ENVIRONMENT = defer_pattern(
    r"^[ \t>]*\\begin\{(?P<name>[^{}\s]{1,20})\}(?:[^\r\n`]|\r?\n(?![ \t>]*\r?\n)){1,4000}?\\end\{(?P=name)\}",
    re.MULTILINE,
)
_MATH_NAME = defer_pattern(
    r"(?:equation|align|alignat|aligned|gather|gathered|multline|eqnarray|split|cases|array|[bpvBV]?matrix|math"
    r"|displaymath)\*?$"
)
# Brackets that are only escaped look alike; they hold words and no signs.
_PAREN_MATH = defer_pattern(r"(?<!\\)\\\(((?:[^\\\r\n`]|\\[^()\r\n]){1,999}?)\\\)")
_BRACKET_MATH = defer_pattern(
    r"^[ \t>]*\\\[((?:[^\\\r\n`]|\\[^\[\]\r\n]|\\?\r?\n(?![ \t]*\r?\n)){1,4000}?)\\\](?=[ \t]*\r?$)", re.MULTILINE
)
_FORMULA_SIGN = defer_pattern(r"[\\^_=<>+*/|]|^\s*\w\s*$")
_MONEY = defer_pattern(r"\d[^\\]*?(?:\s[^\W\d_]{2,}|\|)")


# Signs by which it is known that a text has something; each is found by the first of them.
_RUNS = {
    signs: defer_pattern(rf"{re.escape(signs[0])}(?={re.escape(signs[1:])})")
    for signs in ("!!!", "???", "===", ":::", "///", "*[")
}
# What no macro has in it: code, in a span or a fence, and the end of a paragraph.
_MACRO_STOPS = ("`", "~~~", "\n\n", "\r\n\r\n")


@dataclass
class MaskedMarkdown:
    """The rewritten source, and what was rewritten.

    text: as long as the source.
    titles: offsets of the headings that replace a title.
    boxes: offsets of the list items that replace an admonition or a tab.
    callouts: offsets of the signs after which a quotation is none (`> [!tip]`).
    fixed: ranges of words that are also an address, so that nobody may change them; in order.
    tags: ranges of the tags that MDX takes for components. kept: the ranges that are Markdown, in order; None: all.
    """

    text: str
    titles: set[int] = field(default_factory=set)
    boxes: set[int] = field(default_factory=set)
    callouts: set[int] = field(default_factory=set)
    fixed: list[Range] = field(default_factory=list)
    tags: list[Range] = field(default_factory=list)
    kept: list[Range] | None = None
    has_marks: bool = False


def iter_masked_runs(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """A range of masked text as (start, end, what): "" for words, else HIDDEN or SHOWN."""
    at = start
    for mark in _MARKS.finditer(text, start, end):
        if mark.start() > at:
            yield at, mark.start(), ""
        yield mark.start(), mark.end(), HIDDEN_MARK if HIDDEN_MARK in mark.group() else OBJECT_MARK
        at = mark.end()
    if at < end:
        yield at, end, ""


def mask_macros(text: str) -> str:
    """Text of any format with the macros of Jinja, Liquid and Hugo masked."""
    if "\x00" in text or HIDDEN_MARK in text or OBJECT_MARK in text:
        text = _STRAY.sub(OBJECT_MARK, text)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = _SURROGATE.sub("\ufffd", text)
    if "{" in text:
        for opening, closing in (("{{", "}}"), ("{%", "%}"), ("{#", "#}")):
            if opening in text and closing in text:
                text = _mask_between(text, opening, closing)
        if "}" in text:
            from onevoice.prose.placeholder import NAME

            text = NAME.sub(_mask_object, text)
    if "<" in text and ("<%" in text or "<?" in text):
        from onevoice.prose.placeholder import SCRIPTLET

        text = SCRIPTLET.sub(_mask_object, text)
    if "<" in text and ("<#" in text or "<@" in text):
        from onevoice.prose.placeholder import DIRECTIVE

        text = DIRECTIVE.sub(_mask_object, text)
    if ("%" in text and ("%]" in text or "%%" in text)) or ("|" in text and "|*" in text):
        from onevoice.prose.placeholder import MERGE_TAG

        text = MERGE_TAG.sub(_mask_object, text)
    return text


def mask_markdown(
    source: str, mdx: bool = False, find_code: Callable[[str], list[Range]] = lambda text: []
) -> MaskedMarkdown:
    """Markdown as Material for MkDocs (and MDX, if it is) reads it -> Markdown as CommonMark reads it.

    find_code: the ranges of the code samples in a text, in order and apart.
    """
    # To look for one sign takes a fiftieth of the time that two take.
    # A hook waits for each module that is loaded, and for each pattern in it.
    if mdx:
        from onevoice.prose.mdx import list_kept_ranges, scan_mdx

        code = scan_mdx(source)
        text = mask_macros(_cover_ranges(source, ((*part, not _is_remark(source[slice(*part)])) for part in code.code)))
    elif ("{" in source or "%" in source) and any(sign in source for sign in SECTION_SIGNS):
        from onevoice.prose.section import find_sections

        text = mask_macros(_cover_ranges(source, find_sections(source, lambda text: find_code(rewrite_boxes(text)))))
    else:
        text = mask_macros(source)
    if "{" in text or "}" in text:
        if "{++" in text or "{--" in text or "{~~" in text or "{==" in text or "{>>" in text:
            text = _CRITIC.sub(_mask_hidden, text)
        text = _ATTRIBUTES.sub(_mask_hidden, text)
    if "<" in text and "8<" in text:
        text = _SNIPPET.sub(_mask_object, text)
    if ":" in text:
        text = _ICON.sub(_mask_object, text)
        if _has_run(text, ":::"):
            if any(sign in text for sign in DIAGRAM_SIGNS):
                text = _DIAGRAM.sub(r"\g<lead>```\g<body>```", text)
            text = _DIRECTIVE.sub(_mask_object, _AUTODOC_BLOCK.sub(_mask_object, text))
    if "+" in text and "++" in text:
        text = _KEYS.sub(_mask_object, text)
    if "$" in text:
        if "$$" in text:
            text = _WIDE_MATH.sub(_mask_wide_formula, _BLOCK_MATH.sub(_mask_object, text))
        text = _MATH.sub(_mask_formula, text)
    if "\\" in text:
        if "\\begin{" in text:
            text = _ENVIRONMENT.sub(lambda found: _mask_environment(found, source), text)
        if "\\(" in text:
            text = _PAREN_MATH.sub(_mask_bracket_math, text)
        if "\\[" in text:
            text = _BRACKET_MATH.sub(_mask_bracket_math, text)
    if "|" in text and "`" in text:
        # Python-Markdown does not end a cell within a code span; CommonMark's tables do.
        text = _mask_row_bars(text)
    brackets = {found[1] for found in _BRACKET.finditer(text)} if "[" in text else set()
    if not brackets.isdisjoint("[_Tt") and ("TOC" in text or "toc" in text):
        text = _CONTENTS.sub(_mask_object, text)
    if "<" in text and "markdown" in text:
        text = _OPEN_TAG.sub(lambda tag: " " * len(tag.group()), text)
    masked = MaskedMarkdown(text)
    if "--" in text and ("+--" in text or "-- --" in text or "--  " in text):
        from onevoice.prose.grid import find_drawn_tables

        masked.fixed += find_drawn_tables(text)
    if "[" in brackets:
        from onevoice.prose.wiki import LINK

        masked.text = LINK.sub(lambda found: _mask_wiki_link(found, masked), masked.text)
    if "!" in brackets:
        from onevoice.prose.wiki import CALLOUT

        masked.text = CALLOUT.sub(lambda found: _mask_callout(found, masked), masked.text)
    text = masked.text
    if _has_box_header(text):
        masked.text = _HEADER.sub(lambda found: _rewrite_box(found, masked), masked.text)
    if _has_run(text, "///"):
        masked.text = _FENCED_BLOCK.sub(lambda found: _rewrite_title(found, masked), masked.text)
    if "[" in text and _has_run(text, "*["):
        masked.text = _ABBREVIATION.sub(lambda found: _rewrite_title(found, masked), masked.text)
    if mdx:
        masked.tags = [(tag.start, tag.end) for tag in code.tags if tag.is_first]
        masked.kept = list_kept_ranges(source, code.tags)
    masked.fixed.sort()
    masked.has_marks = HIDDEN_MARK in masked.text or OBJECT_MARK in masked.text
    return masked


def rewrite_boxes(source: str) -> str:
    """The source with admonitions, details and tabs as list items of the same length: what another reader of Markdown
    takes for code is prose to it then, at the same place."""
    if _has_box_header(source):
        return _HEADER.sub(lambda found: _rewrite_box(found, MaskedMarkdown(source)), source)
    return source


def blank_text(text: str) -> str:
    """A text as white space of the same length, with the same lines."""
    return _cover_text(text, " ") if "\n" in text or "\r" in text else " " * len(text)


def iter_remarks(source: str, start: int = 0) -> Iterator[tuple[int, int, str]]:
    """The comments of MDX from an offset on: where each begins and ends, and what it says, without the marks."""
    ends = _REMARK_END.finditer(source, start)
    end = next(ends, None)
    at = start
    while opened := _REMARK_START.search(source, at):
        while end and end.start() < opened.end():
            end = next(ends, None)
        if end is None:
            return
        yield opened.start(), end.end(), source[opened.end() : end.start()]
        at = end.end()


def _is_remark(code: str) -> bool:
    return bool(_REMARK_START.match(code) and _REMARK_END.search(code))


def _cover_ranges(source: str, ranges: Iterable[tuple[int, int, bool]]) -> str:
    """A text in which ranges are covered. Each comes with whether a reader sees something of it."""

    def cover_range(start: int, end: int, is_shown: bool) -> str:
        whole = source[start:end]
        if "\n" in whole or "\r" in whole:
            return blank_text(whole)
        return _cover_text(whole, OBJECT_MARK if is_shown else HIDDEN_MARK)

    return replace_ranges(source, ((start, end, cover_range(start, end, shown)) for start, end, shown in ranges))


def replace_ranges(source: str, changes: Iterable[tuple[int, int, str]]) -> str:
    """The source with other texts in some ranges, which come in order and apart."""
    parts, at = [], 0
    for start, end, text in changes:
        parts += [source[at:start], text]
        at = end
    return "".join([*parts, source[at:]]) if parts else source


def _has_box_header(text: str) -> bool:
    return any(_has_run(text, sign) for sign in ("!!!", "???", "==="))


def _has_run(text: str, signs: str) -> bool:
    # To look for one sign takes a twentieth of the time that two and more take, even if it is there now and then.
    return signs[0] in text and _RUNS[signs].search(text) is not None


def _mask_row_bars(text: str) -> str:
    parts, at, end = [], 0, 0
    while (bar := text.find("|", end)) >= 0:
        start = text.rfind("\n", 0, bar) + 1
        end = text.find("\n", bar)
        end = len(text) if end < 0 else end
        if text.find("`", bar, end) >= 0 and not text[start:bar].strip(" \t>"):
            parts += [text[at:bar], "\r".join(map(_mask_code_bars, text[bar:end].split("\r")))]
            at = end
    return "".join([*parts, text[at:]])


def _mask_code_bars(row: str) -> str:
    """A row of a table with the bars in its code spans masked: a span ends at the next run of as many backticks."""
    runs = [run.span() for run in _BACKTICKS.finditer(row)]
    following: list[int | None] = [None] * len(runs)
    last: dict[int, int] = {}
    for number in range(len(runs) - 1, -1, -1):
        length = runs[number][1] - runs[number][0]
        following[number] = last.get(length)
        last[length] = number
    parts, at, number = [], 0, 0
    while number < len(runs):
        closing = following[number]
        if closing is not None:
            start, end = runs[number][0], runs[closing][1]
            parts += [row[at:start], row[start:end].replace("|", OBJECT_MARK)]
            at, number = end, closing
        number += 1
    return "".join([*parts, row[at:]])


def _cover_text(text: str, sign: str) -> str:
    if "\n" in text or "\r" in text:
        # Each line keeps what it begins with, so that it stays in its list, quotation or box.
        parts = _LINE_START.split(text)
        return "".join(part if number % 2 else sign * len(part) for number, part in enumerate(parts))
    return "{" + sign * (len(text) - 2) + "}" if len(text) > 2 else sign * len(text)


def _mask_hidden(found: re.Match[str]) -> str:
    return _cover_hidden(found.group())


def _cover_hidden(text: str) -> str:
    if "\n" in text or "\r" in text:
        return _cover_text(text, OBJECT_MARK)
    return "{" + HIDDEN_MARK * (len(text) - 2) + "}"


def _mask_object(found: re.Match[str]) -> str:
    text = found.group()
    lead = len(text) - len(text.lstrip(" \t>"))
    return text[:lead] + _cover_text(text[lead:], OBJECT_MARK)


def _mask_formula(found: re.Match[str]) -> str:
    inside = found.group(2)
    # `($$) and ($$)` are prices, too.
    is_money = _MONEY.match(inside) or (inside[:1] == ")" and inside[-1:] == "(")
    return found.group() if is_money else _cover_text(found.group(), OBJECT_MARK)


def _mask_wide_formula(found: re.Match[str]) -> str:
    inside = found.group(1)
    return _mask_object(found) if _FORMULA_SIGN.search(inside) or inside.strip().isalnum() else found.group()


def _mask_environment(found: re.Match[str], source: str) -> str:
    return _mask_object(found) if _MATH_NAME.match(source[slice(*found.span("name"))]) else found.group()


def _mask_bracket_math(found: re.Match[str]) -> str:
    return _mask_object(found) if _FORMULA_SIGN.search(found.group(1)) else found.group()


def _mask_between(text: str, opening: str, closing: str) -> str:
    parts, at, end = [], 0, -1
    while (start := text.find(opening, at)) >= 0:
        if end < start + 2 and (end := text.find(closing, start + 2)) < 0:
            break
        if end - start > limits.MAX_MACRO_CHARS or any(text.find(stop, start, end) >= 0 for stop in _MACRO_STOPS):
            parts.append(text[at : start + 2])
            at = start + 2
            continue
        whole = text[start : end + 2]
        if ("\n" in whole or "\r" in whole) and not _is_in_quotation(text, start):
            # What is a sign of the macro's, such as the end of `{{< name >}}`, begins no quotation.
            whole = _LEAD_SIGNS.sub(lambda found: found[0].replace(">", OBJECT_MARK), whole)
        parts += [text[at:start], _cover_text(whole, OBJECT_MARK)]
        at = end + 2
    parts.append(text[at:])
    return "".join(parts)


def _is_in_quotation(text: str, start: int) -> bool:
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    return text[line:start].lstrip(" \t").startswith(">")


def _mask_wiki_link(found: re.Match[str], masked: MaskedMarkdown) -> str:
    if found["embed"]:
        return _cover_text(found.group(), OBJECT_MARK)
    first, last = found.span("words") if found["words"] else found.span("page")
    if not found["words"]:
        masked.fixed.append((first, last))
    start, end = found.span()
    before, words, after = found.string[start:first], found.string[first:last], found.string[last:end]
    return _cover_text(before, HIDDEN_MARK) + words + _cover_text(after, HIDDEN_MARK)


def _mask_callout(found: re.Match[str], masked: MaskedMarkdown) -> str:
    start, first = found.start(), found.start("sign")
    if found["type"].lower() not in ("quote", "cite"):
        masked.callouts.add(first)
    return found.string[start:first] + _cover_text(found["sign"], HIDDEN_MARK)


def _rewrite_box(found: re.Match[str], masked: MaskedMarkdown) -> str:
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


def _rewrite_title(found: re.Match[str], masked: MaskedMarkdown) -> str:
    whole, lead = found.group(), found["lead"]
    title = "" if "type" in found.groupdict() and found["type"] == "html" else found["title"] or ""
    masked.titles.add(found.start() + len(lead))
    return lead + "#" + " " * (len(whole) - len(lead) - 1 - len(title)) + title
