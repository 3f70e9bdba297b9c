"""The first mention of each term on a page as a link to its page, with the definition as its title."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Callable

from onevoice.handbook.address import address
from onevoice.handbook.handbook import Handbook
from onevoice.matcher.matcher import Matcher
from onevoice.prose import edit, markdown
from onevoice.site.escape import relative

# What stands between words in Markdown: a sign around a word is none of its letters, one before a sign says nothing.
AROUND = str.maketrans("_*~`", "    ", "\\")
# What is no prose, cheaply told: the targets of links; and in what our templates write, headings and whole links.
TARGET = re.compile(r"\]\([^()\s]*\)")
OURS = re.compile(r"^#{1,6} .*$|\[(?:[^\[\]\\`<>|\n]|`[^`\[\]|\n]*`)*\]\([^()\s]*\)|" + TARGET.pattern, re.M)


def linker(handbook: Handbook, matcher: Matcher) -> Callable[[str, str, bool], str]:
    """A function that links terms: (address of the page, its Markdown, whether somebody wrote that) -> Markdown.

    In Markdown that somebody wrote, each link is proven to change nothing else that a reader sees. In that of our
    templates every text is escaped, so that a link can stand wherever there is prose.

    Titles, headings, links and quotations are left alone, and so is a term on its own page.
    """
    terms = {term.id: term for term in handbook.approved("terms")}
    own = defaultdict(set)
    for term in terms.values():
        own[address(term)].add(term.id)

    def link(path: str, source: str, written: bool = False) -> str:
        # Front matter has no links, and most pages name no other term: a page is parsed only where there is something
        # to link.
        head, mark, body = source.partition("\n---\n") if source.startswith("---\n") else ("", "", source)
        linked = set(own.get(path, ()))
        if matcher.named(_words(body, written)) <= linked:
            return source
        prose = markdown.read(f"{path}index.md", body)
        edits = []
        for block in prose.blocks:
            if block.quoted:
                continue
            for hit in matcher.mentions(block.text):
                if hit.term in linked:
                    continue
                term = terms[hit.term]
                url = str(relative(address(term), path))
                if made := edit.anchor(body, block, hit.start, hit.end, url, term.definition):
                    linked.add(hit.term)
                    edits.append(made)
        return head + mark + edit.apply(body, edit.verified(prose, edits) if written else edits)

    return link


def _words(source: str, written: bool) -> str:
    """What may be prose of Markdown, and some that is none."""
    return " ".join(html.unescape((TARGET if written else OURS).sub(" ", source)).translate(AROUND).split())
