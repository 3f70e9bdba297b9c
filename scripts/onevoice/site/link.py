"""The first mention of each term on a page as a link to its page, with the definition as its title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from onevoice.handbook.address import address
from onevoice.handbook.handbook import Handbook
from onevoice.matcher.matcher import Matcher
from onevoice.prose import edit, markdown
from onevoice.site.escape import relative


def linker(handbook: Handbook, matcher: Matcher) -> Callable[[str, str], str]:
    """A function that links terms: (address of the page, its Markdown) -> Markdown.

    Titles, headings, links and quotations are left alone, and so is a term on its own page.
    """
    terms = {term.id: term for term in handbook.approved("terms")}
    own = defaultdict(set)
    for term in terms.values():
        own[address(term)].add(term.id)

    def link(path: str, source: str) -> str:
        prose = markdown.read(path, source)
        linked = set(own.get(path, ()))
        edits = []
        for block in prose.blocks:
            if block.quoted:
                continue
            for hit in matcher.mentions(block.text):
                if hit.term in linked:
                    continue
                term = terms[hit.term]
                url = str(relative(address(term), path))
                if made := edit.anchor(source, block, hit.start, hit.end, url, term.definition):
                    linked.add(hit.term)
                    edits.append(made)
        return edit.apply(source, edit.verified(f"{path}index.md", source, edits))

    return link
