"""The first mention of each term on a page as a link to its page, with the definition as its title."""

from __future__ import annotations

import dataclasses
import html
import re
from collections import defaultdict
from collections.abc import Callable

from onevoice.handbook.address import find_page_path
from onevoice.handbook.handbook import Handbook
from onevoice.matcher.matcher import Matcher
from onevoice.prose import edit, markdown
from onevoice.records.term import Term
from onevoice.site.escape import build_relative_link, escape_markdown, neutralize_html

# Markup between words: a sign around a word is not part of it, and a backslash before a sign says nothing.
MARKUP_SIGNS = str.maketrans("_*~`", "    ", "\\")
# What is not prose, found cheaply: the targets of links; in what our templates write, also headings and whole links.
LINK_TARGET = re.compile(r"\]\([^()\s]*\)")
TEMPLATE_MARKUP = re.compile(
    r"^#{1,6} .*$|\[(?:[^\[\]\\`<>|\n]|`[^`\[\]|\n]*`)*\]\([^()\s]*\)|" + LINK_TARGET.pattern, re.M
)
# Words to say keep the reader on the page, for a tap can miss: a term opens its definition in a sheet.
WORDS_TO_SAY = re.compile(r'^<div class="ov-words" markdown>$.*?^</div>$', re.M | re.S)
BUTTON = '<button type="button" class="ov-term" popovertarget="about-{}">{}</button>'
# A browser may break a line after a button: what closes its sentence stays with it.
CLOSING = re.compile(r"[.,;:!?)’”]+")
SHEET = '\n<div class="ov-sheet" id="about-{}" popover="auto" markdown>\n\n**[{}]({})**: {}\n\n</div>\n'


def make_term_linker(handbook: Handbook, matcher: Matcher) -> Callable[[str, str, bool], str]:
    """A function that links terms: (address of the page, its Markdown, whether a person wrote it) -> Markdown.

    In Markdown that a person wrote, each link is proven to change nothing else that a reader sees. In that of our
    templates every text is escaped, so that a link can go wherever there is prose.

    Titles, headings, links and quotations are left alone, and so is a term on its own page. One without a definition is
    not linked. A link's title is the definition without any sign of HTML: Material's tooltips write titles into the
    page as HTML. In words to say, a term becomes a button that opens its definition.
    """
    terms = {term.id: term for term in handbook.list_approved("terms")}
    meanings = {term.id: term.definition for term in terms.values() if term.definition}
    undefined = terms.keys() - meanings.keys()
    own = defaultdict(set)
    for term in terms.values():
        own[find_page_path(term)].add(term.id)

    def link_terms(path: str, source: str, written: bool = False) -> str:
        # Front matter has no links, and most pages name no other term: a page is parsed only if there is something to
        # link.
        head, mark, body = source.partition("\n---\n") if source.startswith("---\n") else ("", "", source)
        linked = own.get(path, set()) | undefined
        if matcher.mentioned_terms(_extract_prose(body, written)) <= linked:
            return source
        prose = markdown.read(f"{path}index.md", body)
        said = [] if written else [match.span() for match in WORDS_TO_SAY.finditer(body)]
        edits, sheets = [], []
        for block in prose.blocks:
            if block.quoted:
                continue
            for hit in matcher.find_mentions(block.text):
                if hit.term in linked:
                    continue
                term = terms[hit.term]
                url = str(build_relative_link(find_page_path(term), path))
                if made := edit.make_link_edit(
                    body, block, hit.start, hit.end, url, neutralize_html(meanings[term.id])
                ):
                    linked.add(hit.term)
                    if any(start <= made.start < end for start, end in said):
                        made = _make_sheet_edit(body, made, term)
                        name, meaning = map(escape_markdown, (term.preferred, meanings[term.id]))
                        sheets.append(SHEET.format(term.id, name, url, meaning))
                    edits.append(made)
        text = edit.apply_edits(body, edit.verify_edits(prose, edits) if written else edits)
        return "".join((head, mark, text, *sheets))

    return link_terms


def _make_sheet_edit(source: str, link: edit.Edit, term: Term) -> edit.Edit:
    """The edit that opens a term's sheet, in place of the one that makes a link."""
    text = BUTTON.format(term.id, source[link.start : link.end])
    if closing := CLOSING.match(source, link.end):
        text = f'<span class="ov-unbroken">{text}{closing[0]}</span>'
    return dataclasses.replace(link, end=closing.end() if closing else link.end, text=text)


def _extract_prose(source: str, written: bool) -> str:
    """What may be prose in Markdown, and some that is not."""
    return " ".join(
        html.unescape((LINK_TARGET if written else TEMPLATE_MARKUP).sub(" ", source)).translate(MARKUP_SIGNS).split()
    )
