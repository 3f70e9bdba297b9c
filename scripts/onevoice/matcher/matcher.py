"""The matcher: a block of text in, the terms in it out. One matcher serves lint, links, previews and drafts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from onevoice.matcher import exclusions, sentence
from onevoice.matcher.abbreviation import introduced
from onevoice.matcher.casing import adapt, capital, many
from onevoice.matcher.compile import Compiled
from onevoice.matcher.fold import Folded, fold, key, tidy
from onevoice.matcher.index import Shelf
from onevoice.matcher.overlap import Candidate, select
from onevoice.matcher.pattern import Form, Pattern
from onevoice.matcher.prefilter import Sieve

TITLES = ("heading", "title")


@dataclass(frozen=True)
class Context:
    """For whom and when a document is: what filters avoided words.

    audiences, channels: as the document's front matter says, without case.
    """

    today: datetime.date
    audiences: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()

    @classmethod
    def of(cls, meta: Mapping[str, Any], today: datetime.date) -> Context:
        """The context of a document with this front matter (`audience`, `channel`: a text or a list)."""
        audiences, channels = (frozenset(map(key, values(meta, name))) for name in ("audience", "channel"))
        return cls(today, audiences, channels)

    @cached_property
    def day(self) -> str:
        return self.today.isoformat()


@dataclass(frozen=True, slots=True)
class Hit:
    """A term at a place of a text.

    start, end: offsets in the text. term: the term's id.
    what: `avoid`; `case`: a name in other letters than its own; `abbreviation`: a short form that must be spelled out
        at first; and of mentions `preferred`, `allowed` or `abbreviation`.
    variant: the words as the record writes them. level: of LEVELS. reason: the record's `why`.
    replacements: in the case and number of the text; several are a choice; ("",): the word goes; () for mentions.
    introduced: the abbreviation stands beside its long form.
    """

    start: int
    end: int
    term: str
    what: str
    variant: str
    level: str = "error"
    replacements: tuple[str, ...] = ()
    reason: str = ""
    introduced: bool = False


class Matcher:
    """Finds compiled terms in text. Holds no state between texts."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self._loud = Shelf(compiled.loud)
        self._every = Shelf(compiled.every)

    @cached_property
    def _sieve(self) -> Sieve:
        says = self.compiled.says
        signs = self.compiled.signs
        return Sieve(lambda text: self._loud.index(text).starts(text, says), lambda text: fold(text).text, signs)

    def prepare(self) -> None:
        """Make now what many texts will need, once for all the processes that are forked from this one."""
        self._loud.prepare()

    @cached_property
    def _by_term(self) -> dict[str, list[Pattern]]:
        found: dict[str, list[Pattern]] = {}
        for pattern in self.compiled.patterns:
            found.setdefault(pattern.term, []).append(pattern)
        return found

    def of(self, term: str) -> list[Pattern]:
        """The patterns of a term, in the order of its record."""
        return self._by_term.get(term, [])

    def standing(self, text: str, at: int, *, document: Context, kind: str = "paragraph") -> Pattern | None:
        """The pattern that takes this place of a text, silent ones included: what keeps another from being found."""
        folded, scene = fold(text), _Scene(text, document, kind)
        for span in select(
            self._candidates(self._loud.index(folded.text).find(folded.text), folded, scene, every=True)
        ):
            if span.start <= at < span.end:
                return self.compiled.patterns[span.pattern]
        return None

    def sift(self, texts: Sequence[str]) -> Iterable[int]:
        """The numbers of the texts in which there may be hits, in order: the others have none, and need no look."""
        return self._sieve.keep(texts)

    def hits(
        self,
        text: str,
        *,
        document: Context,
        kind: str = "paragraph",
        quoted: bool = False,
        links: Sequence[tuple[int, int]] = (),
        quotes: Sequence[tuple[int, int]] = (),
    ) -> list[Hit]:
        """What is off-brand in one block of prose, in order: avoided words, misspelt names, abbreviations.

        kind, quoted, links, quotes: as in prose.block.Block. An abbreviation is reported at each use; which is the
        first of the document is the caller's to know.
        """
        folded = fold(text)
        found = self._loud.index(folded.text).find(folded.text)
        if not found:
            return []
        scene = _Scene(text, document, kind, quoted, links, quotes)
        spans = select(self._candidates(found, folded, scene))
        return [hit for span in spans if (hit := self._hit(span, folded, scene)) is not None]

    def mentions(self, text: str) -> list[Hit]:
        """Where the text uses terms by a right name: preferred, allowed, or abbreviation; in order.

        Avoided words hide the right names inside them; dates, audiences and quotation marks do not count.
        """
        folded = fold(text)
        found = self._every.index(folded.text).find(folded.text)
        if not found:
            return []
        scene = _Scene(text)
        out = []
        for span in select(self._candidates(found, folded, scene, every=True)):
            what = "preferred" if span.what in ("name", "case") else span.what
            if what in ("preferred", "allowed", "abbreviation"):
                pattern = self.compiled.patterns[span.pattern]
                out.append(Hit(span.start, span.end, pattern.term, what, pattern.text))
        return out

    def named(self, text: str) -> set[str]:
        """The ids of the terms that `mentions` may find in the text, or in a part of it: a quick look."""
        folded = fold(text)
        found = self._every.index(folded.text).find(folded.text)
        patterns = (self.compiled.patterns[number] for number, *_ in found)
        return {pattern.term for pattern in patterns if pattern.role != "avoid"}

    def _candidates(
        self, found: list[tuple[int, int, int, int]], folded: Folded, scene: _Scene, every: bool = False
    ) -> list[Candidate]:
        """What may stand, of what was found. Nothing where nothing of it is reported, unless every name is wanted."""
        known = self.compiled.patterns
        if every:
            return [one for one in self._weighed(found, folded, scene) if not scene.identified(one.start, one.end)]
        loud = list(self._weighed([one for one in found if known[one[0]].loud], folded, scene))
        if all(one.what == "name" for one in loud):
            return []
        loud = [one for one in loud if not scene.identified(one.start, one.end)]
        if all(one.what == "name" for one in loud):
            return []
        silent = self._weighed([one for one in found if not known[one[0]].loud], folded, scene)
        return loud + [one for one in silent if not scene.identified(one.start, one.end)]

    def _weighed(self, found: list[tuple[int, int, int, int]], folded: Folded, scene: _Scene) -> Iterator[Candidate]:
        for number, place, start, end in found:
            pattern = self.compiled.patterns[number]
            form = pattern.forms[place]
            if scene.document is not None and not _active(pattern, scene.document):
                continue
            start, end = folded.source(start, end)
            what = pattern.role
            if pattern.cased or what == "name":
                right = scene.spelled(form.text, start, end)
                if what == "name":
                    what = "name" if right or scene.capital(form.text, start, end) else "case"
                elif not right or (pattern.use and what == "avoid" and scene.capital(pattern.use[0], start, end)):
                    continue
            if pattern.unless and scene.excused(pattern.unless, start, end):
                continue
            yield Candidate(start, end, what, number, place)

    def _hit(self, span: Candidate, folded: Folded, scene: _Scene) -> Hit | None:
        pattern = self.compiled.patterns[span.pattern]
        if span.what not in ("avoid", "case") and not pattern.introduce:
            return None
        form = pattern.forms[span.form]
        found = scene.text[span.start : span.end]
        opening = scene.opening(span.start, span.end)
        if span.what == "case":
            use = adapt(form.text, found, form.text, name=True, opening=opening)
            return Hit(span.start, span.end, pattern.term, "case", pattern.text, replacements=(use,))
        if span.what == "abbreviation":
            return self._short(span, form, scene, opening)
        level = "warning" if pattern.level == "error" and scene.document.day < pattern.error_from else pattern.level
        uses = ("",) if pattern.remove else tuple(dict.fromkeys(self._uses(pattern, form, found, opening)))
        # What is already right, such as a capital at a sentence start, needs no mending.
        if tidy(found) in uses:
            return None
        return Hit(span.start, span.end, pattern.term, "avoid", pattern.text, level, uses, pattern.why)

    def _short(self, span: Candidate, form: Form, scene: _Scene, opening: bool) -> Hit:
        """An abbreviation and its long forms: several where terms share it."""
        near, texts = False, []
        for number, place in self.compiled.loud[key(form.text)]:
            pattern = self.compiled.patterns[number]
            if pattern.introduce and pattern.forms[place].text == form.text:
                use, name = pattern.use[0], pattern.names[0]
                near = near or introduced(scene.text, span.start, span.end, use)
                use = many(use, name=name) if form.plural else use
                texts.append(f"{capital(use) if opening and not name else use} ({form.text})")
        pattern = self.compiled.patterns[span.pattern]
        return Hit(
            span.start, span.end, pattern.term, span.what, pattern.text, replacements=tuple(texts), introduced=near
        )

    def _uses(self, pattern: Pattern, form: Form, found: str, opening: bool) -> list[str]:
        if form.use is not None:
            return [adapt(form.use, found, form.text, name=False, opening=opening)]
        uses = []
        for use, name in zip(pattern.use, pattern.names, strict=True):
            use = many(use, name=name) if form.plural else use
            uses.append(adapt(use, found, form.text, name=name, opening=opening))
        return uses


class _Scene:
    """A block of text around its candidates; what is costly is looked at once, and only when asked for."""

    def __init__(
        self,
        text: str,
        document: Context | None = None,
        kind: str = "paragraph",
        quoted: bool = False,
        links: Sequence[exclusions.Range] = (),
        quotes: Sequence[exclusions.Range] = (),
    ) -> None:
        self.text, self.document, self.kind, self.quoted, self.links = text, document, kind, quoted, links
        self._marked = quotes

    @cached_property
    def _identifiers(self) -> list[exclusions.Range]:
        return exclusions.identifiers(self.text)

    @cached_property
    def _quotations(self) -> list[exclusions.Range]:
        return exclusions.quotations(self.text)

    def identified(self, start: int, end: int) -> bool:
        return bool(self._identifiers) and exclusions.cut(start, end, self._identifiers)

    def excused(self, unless: tuple[str, ...], start: int, end: int) -> bool:
        """Whether one of the contexts in which the word is fine holds here."""
        return (
            self.kind in unless
            or ("quote" in unless and (self.quoted or exclusions.inside(start, end, self._marked)))
            or ("quote" in unless and exclusions.inside(start, end, self._quotations))
            or ("link" in unless and exclusions.inside(start, end, self.links))
        )

    def spelled(self, right: str, start: int, end: int) -> bool:
        """Whether the words in the range are written exactly so."""
        return tidy(self.text[start:end]) == right

    def capital(self, right: str, start: int, end: int) -> bool:
        """Whether the range is a spelling without capitals that has them only because of where it stands."""
        if any(char.isupper() for char in right):
            return False
        found = tidy(self.text[start:end])
        if key(found) != key(right):
            return False
        if found[1:] == right[1:] and sentence.opens(self.text, start):
            return True
        if self.kind not in TITLES or not sentence.titled(self.text, start, end):
            return False
        return all(ours[1:] == theirs[1:] for ours, theirs in zip(found.split(" "), right.split(" "), strict=True))

    def opening(self, start: int, end: int) -> bool:
        """Whether only the first letter can be a capital here: a sentence start that is not in a title."""
        if self.kind in TITLES and sentence.titled(self.text, start, end):
            return False
        return sentence.opens(self.text, start, clause=True)


def _active(pattern: Pattern, document: Context) -> bool:
    return (
        document.day >= pattern.since
        and (not pattern.audiences or not document.audiences.isdisjoint(pattern.audiences))
        and (not pattern.channels or not document.channels.isdisjoint(pattern.channels))
    )


def values(meta: Mapping[str, Any], name: str) -> list[str]:
    """What front matter says under a name: a list, or one thing, or nothing."""
    value = meta.get(name)
    listed = value if isinstance(value, (list, tuple)) else [] if value is None else [value]
    return [str(item) for item in listed]
