"""The first mention of each term on a page as a link to its page, with the definition as its title."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Callable

from onevoice.handbook.address import find_page_path
from onevoice.handbook.handbook import Handbook
from onevoice.matcher.matcher import Matcher
from onevoice.prose import edit, markdown
from onevoice.site.escape import build_relative_link, neutralize_html

# Markup between words: a sign around a word is not part of it, and a backslash before a sign says nothing.
MARKUP_SIGNS = str.maketrans("_*~`", "    ", "\\")
# What is not prose, found cheaply: the targets of links; in what our templates write, also headings and whole links.
LINK_TARGET = re.compile(r"\]\([^()\s]*\)")
TEMPLATE_MARKUP = re.compile(
    r"^#{1,6} .*$|\[(?:[^\[\]\\`<>|\n]|`[^`\[\]|\n]*`)*\]\([^()\s]*\)|" + LINK_TARGET.pattern, re.M
)


def make_term_linker(handbook: Handbook, matcher: Matcher) -> Callable[[str, str, bool], str]:
    """A function that links terms: (address of the page, its Markdown, whether a person wrote it) -> Markdown.

    In Markdown that a person wrote, each link is proven to change nothing else that a reader sees. In that of our
    templates every text is escaped, so that a link can go wherever there is prose.

    Titles, headings, links and quotations are left alone, and so is a term on its own page. A link's title is the
    definition without any sign of HTML: Material's tooltips write titles into the page as HTML.
    """
    terms = {term.id: term for term in handbook.list_approved("terms")}
    own = defaultdict(set)
    for term in terms.values():
        own[find_page_path(term)].add(term.id)

    def link_terms(path: str, source: str, written: bool = False) -> str:
        # Front matter has no links, and most pages name no other term: a page is parsed only if there is something to
        # link.
        head, mark, body = source.partition("\n---\n") if source.startswith("---\n") else ("", "", source)
        linked = set(own.get(path, ()))
        if matcher.mentioned_terms(_extract_prose(body, written)) <= linked:
            return source
        prose = markdown.read(f"{path}index.md", body)
        edits = []
        for block in prose.blocks:
            if block.quoted:
                continue
            for hit in matcher.find_mentions(block.text):
                if hit.term in linked:
                    continue
                term = terms[hit.term]
                url = str(build_relative_link(find_page_path(term), path))
                if made := edit.make_link_edit(body, block, hit.start, hit.end, url, neutralize_html(term.definition)):
                    linked.add(hit.term)
                    edits.append(made)
        return head + mark + edit.apply_edits(body, edit.verify_edits(prose, edits) if written else edits)

    return link_terms


def _extract_prose(source: str, written: bool) -> str:
    """What may be prose in Markdown, and some that is not."""
    return " ".join(
        html.unescape((LINK_TARGET if written else TEMPLATE_MARKUP).sub(" ", source)).translate(MARKUP_SIGNS).split()
    )
