"""Why ours and Vale differ about a word: each difference in a document gets a class by what stands at its place.

Where Vale alone speaks, the matcher itself says why it was silent at that place: the class is no guess by the looks.
Where Vale alone is silent, the class is the syntax around the word; vale_differences.py then shows Vale the same words
as plain text, and whatever it does not find there either is unexplained.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onevoice.lint import terms
from onevoice.matcher import exclusions
from onevoice.matcher.characters import is_whole_word
from onevoice.matcher.compile import CompiledTerms
from onevoice.matcher.fold import fold_text, make_match_key
from onevoice.matcher.matcher import Context, Matcher
from onevoice.prose import front
from onevoice.prose.block import Block, Prose

# What each class means: first what Vale cannot see or sees otherwise, last what would be a mistake of ours.
CLASSES = {
    "first use": "a short form that must be spelled out at first: a rule does not know what other paragraphs say",
    "no body": "the front matter of a document that has nothing else: Vale leaves it out",
    "front matter": "the title or the description: Vale does not find its place",
    "titles": "the title of a link, a picture, an admonition or a tab: an attribute to Vale",
    "indented": "bodies of admonitions, tabs and details: code to Vale",
    "HTML": "text beside HTML tags: Vale leaves it out, or does not find its place",
    "wrapped": "a phrase over a line break with indentation or `>` between: Vale does not find its place",
    "markup inside": "a word with markup, an entity or an escape inside: Vale does not find its place",
    "no plain neighbor": "a word that begins or ends in a sign right beside markup: Vale does not find its place",
    "no-break space": "a word between a no-break space and markup: Vale does not find its place",
    "soft hyphens": "invisible characters inside a word",
    "taken together": "the words stand elsewhere, too: Vale places both there, drops one; the paragraph alone has it",
    "guessed place": "both find it; Vale names another line, because the words stand there, too",
    "said twice": "Vale reports one word twice: for the paragraph, and for what it is part of",
    "quotation marks": "words in quotation marks are the speaker's: a rule cannot see where a quotation begins",
    "block quotation": "a quotation, heading or link in which the record lets the word be, and Vale does not see it",
    "other front matter": "keys of the front matter that no reader sees as a title or description",
    "macros": "short codes and macros: `{{ ... }}`, `{% ... %}`",
    "tags": "attributes of HTML tags, comments, scripts, styles",
    "addresses": "destinations of links and pictures",
    "code": "code, and names of keys, icons and classes",
    "identifier": "a part of a path, an address or a dotted name: a rule sees only what is right beside it",
    "sentence start": "a name without capitals: where a sentence begins, a rule guesses",
    "overlapping": "two phrases that share words: we take the first, Vale's rules know nothing of each other",
    "unexplained": "what this program cannot explain: a mistake of ours, until somebody has looked",
}
OURS, TOGETHER = ("unexplained",), "taken together"
# Words for which the paragraph alone is no witness: they stand beside it.
PLACES = ("no body", "front matter", "titles")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_FIXED = re.compile("[\u00a0\u2007\u202f]")
_MACRO = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_HIDDEN = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1>|</?[A-Za-z][^>]*>", re.DOTALL | re.IGNORECASE)
_CODE = re.compile(
    r"^([ \t>]*)(`{3,}|~{3,}).*?^[ \t>]*\2|<(code|pre|kbd|samp)\b.*?</\3>|(`+)(?!`).+?(?<!`)\4(?!`)"
    r"|\+\+[\w+-]+\+\+|:[\w-]+:|\{[:.#][^}\n]*\}|^(?: {4}|\t).*?$",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_ADDRESS = re.compile(r"\]\([^)\n]*\)|^[ ]{0,3}\[[^\]\n]+\]:.*$|<?https?://\S+", re.MULTILINE)


@dataclass(frozen=True)
class Hit:
    """Words that one of the two found: the term, the line, the words without case and with plain spaces."""

    term: str
    line: int
    words: str


@dataclass(frozen=True)
class Seen:
    """A place where words stand: the line, and why we say nothing there; "said" where we do."""

    line: int
    why: str


def loosened(compiled: CompiledTerms) -> Matcher:
    """A matcher to which no context excuses a word."""
    return Matcher(
        replace(
            compiled,
            patterns=tuple(replace(pattern, unless=(), only_near=(), never_near=()) for pattern in compiled.patterns),
        )
    )


class Judge:
    """Gives each difference in a document its class."""

    def __init__(self, prose: Prose, matcher: Matcher, loose: Matcher, today: datetime.date) -> None:
        self.prose, self.matcher, self.loose = prose, matcher, loose
        self.lines = prose.source.split("\n")
        self.document = Context.from_meta(prose.meta, today)
        self.body = front.parse_front_matter(prose.source)[2]
        self.folded = fold_text(prose.source)
        self.texts = [fold_text(block.text) for block in prose.blocks]

    def missed(self, issue: terms.Issue, others: set[Hit]) -> str:
        """Why Vale did not say what we say, by the looks. others: what it alone said."""
        block, hit = self.prose.blocks[issue.block], issue.hit
        start, end = block.map_to_source(hit.start, hit.end)
        source = self.prose.source[start:end]
        line = self.lines[issue.finding.span.line - 1]
        if hit.category == "abbreviation":
            return "first use"
        if block.syntax == "yaml":
            return "front matter" if self.prose.source[self.body :].strip() else "no body"
        if _UNSEEN.search(source):
            return "soft hyphens"
        if block.kind in ("title", "alt") or block.syntax in ("attribute", "linktitle"):
            return "titles"
        if not issue.plain or source != block.text[hit.start : hit.end]:
            return "markup inside" if "\n" not in source else "wrapped"
        if "\n" in source:
            return "wrapped"
        if any(one.line == issue.finding.span.line and make_match_key(source) in one.words for one in others):
            return "overlapping"
        if block.syntax == "html" or re.search(r"<[a-zA-Z/]", line):
            return "HTML"
        if re.match(r"(?:\t|    )", line):
            return "indented"
        if not (source[0].isalnum() and source[-1].isalnum()):
            return "no plain neighbor"
        if _FIXED.search(block.text[max(hit.start - 1, 0) : hit.start] + block.text[hit.end : hit.end + 1]):
            return "no-break space"
        return "unexplained"

    def alone(self, hits: Sequence[Hit], both: Counter[Hit]) -> Iterator[tuple[Hit, str]]:
        """Why we did not say what Vale alone says. both: what the two agree on."""
        groups: dict[tuple[str, str], list[Hit]] = defaultdict(list)
        for hit in hits:
            groups[hit.term, hit.words].append(hit)
        for (term, words), group in groups.items():
            places = self.places(term, words)
            for hit, number in both.items():
                if (hit.term, hit.words) == (term, words):
                    for _ in range(number):
                        places.remove(Seen(hit.line, "said"))
            left = []
            for hit in group:
                here = [one for one in places if one.line == hit.line and one.why != "inside a word"]
                if here:
                    places.remove(here[0])
                    yield hit, "guessed place" if here[0].why == "said" else here[0].why
                else:
                    left.append(hit)
            for hit in left:
                there = [one for one in places if one.why != "inside a word"]
                if there:
                    there.sort(key=lambda one: one.why != "said")
                    places.remove(there[0])
                yield hit, "said twice" if not there else "guessed place" if there[0].why == "said" else there[0].why

    def places(self, term: str, words: str) -> list[Seen]:
        """Everywhere the words stand: in prose, in the order of the blocks, and then where there is none."""
        found, covered = [], []
        for block, folded in zip(self.prose.blocks, self.texts, strict=True):
            for start, end in _all(folded.text, words):
                first, last = folded.map_to_source(start, end)
                source = block.map_to_source(first, last)
                covered.append(source)
                why = self._why(block, term, first, last) if is_whole_word(folded.text, start, end) else "inside a word"
                found.append(Seen(self.prose.locate_span(*source).line, why))
        for start, end in _all(self.folded.text, words):
            first, last = self.folded.map_to_source(start, end)
            if not any(one < last and first < two for one, two in covered):
                found.append(Seen(self.prose.locate_span(first, last).line, self._unread(first)))
        return found

    def _why(self, block: Block, term: str, start: int, end: int) -> str:
        scene = {"document": self.document, "kind": block.kind}
        tight = self.matcher.find_hits(block.text, **scene, quoted=block.quoted, links=block.links, quotes=block.quotes)
        if any((one.term, one.start, one.end) == (term, start, end) for one in tight):
            return "said"
        loose = self.loose.find_hits(block.text, **scene)
        if any((one.term, one.start, one.end) == (term, start, end) for one in loose):
            marked = [*exclusions.find_quotations(block.text), *block.quotes]
            return "quotation marks" if any(one <= start and end <= two for one, two in marked) else "block quotation"
        if exclusions.has_edge_inside(start, end, exclusions.find_identifiers(block.text)):
            return "identifier"
        if any(one.start < end and start < one.end for one in loose):
            return "overlapping"
        if any(pattern.role == "name" and pattern.text.islower() for pattern in self.matcher.patterns_of(term)):
            return "sentence start"
        return "unexplained"

    def _unread(self, at: int) -> str:
        """What it is that stands at a place of the source in which we read no words."""
        if at < self.body:
            return "other front matter"
        for name, expression in (("macros", _MACRO), ("tags", _HIDDEN), ("addresses", _ADDRESS), ("code", _CODE)):
            if any(one.start() <= at < one.end() for one in expression.finditer(self.prose.source)):
                return name
        return "unexplained"


def _all(text: str, words: str) -> Iterator[tuple[int, int]]:
    at = text.find(words)
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + 1)
