"""What a program is told that corrects texts: a wrong word in one of its forms, and what to write instead."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onevoice.handbook.address import find_page_path
from onevoice.handbook.handbook import Handbook
from onevoice.handbook.origin import credit_patterns
from onevoice.matcher.casing import pluralize_replacement
from onevoice.matcher.compile import ATOM, gather_patterns
from onevoice.matcher.fold import make_match_key
from onevoice.matcher.language import ANY
from onevoice.matcher.pattern import Form, Pattern


@dataclass(frozen=True, slots=True)
class Correction:
    """A wrong word.

    term: the id of its term. word: as the record writes it. wrong: one of its forms. right: what to write instead of
    this form; several are a choice, () means that the word goes. why: the reason, in one line, or "". level: today's.
    path: of the term's page. is_name: right are names, whose letters stay. is_cased: wrong only as it is written.
    is_limited: it counts only for some documents, sentences or days. asks: a person must write it. around: longer
    phrases, folded, in which the word is fine.
    """

    term: str
    word: str
    wrong: str
    right: tuple[str, ...]
    why: str
    level: str
    path: str
    is_name: bool
    is_cased: bool
    is_limited: bool
    asks: bool
    around: tuple[str, ...]

    @property
    def is_plain(self) -> bool:
        """Whether the word is wrong wherever it is, in any capitals."""
        return not (self.is_cased or self.is_limited or self.around)

    @property
    def is_sure(self) -> bool:
        """Whether a program may write what is right by itself."""
        return len(self.right) == 1 and not (self.asks or self.is_cased or self.is_limited)


def list_corrections(
    handbook: Handbook, today: datetime.date, patterns: Sequence[Pattern] | None = None
) -> list[Correction]:
    """All words that a handbook avoids, in the order of its terms, each form on its own. patterns: if made already."""
    if patterns is None:
        patterns = credit_patterns(handbook, gather_patterns(handbook.list_approved("terms")))
    longer = _FinePhrases(patterns)
    paths = {term.id: find_page_path(term) for term in handbook.list_approved("terms")}
    return [
        _make_correction(pattern, form, today.isoformat(), paths[pattern.term], longer)
        for pattern in patterns
        if pattern.role == "avoid"
        for form in pattern.forms
    ]


def _make_correction(pattern: Pattern, form: Form, today: str, path: str, longer: _FinePhrases) -> Correction:
    if form.use:
        right: tuple[str, ...] = (form.use,)
    elif form.plural:
        pairs = zip(pattern.use, pattern.names, strict=True)
        right = tuple(pluralize_replacement(use, name=is_name) for use, is_name in pairs)
    else:
        right = pattern.use
    is_limited = bool(
        pattern.audiences
        or pattern.channels
        or pattern.only_near
        or pattern.never_near
        or pattern.since > today
        or pattern.language not in ("", ANY)
    )
    return Correction(
        pattern.term,
        pattern.text,
        form.text,
        right,
        " ".join(pattern.why.split()),
        "warning" if pattern.level == "error" and pattern.error_from > today else pattern.level,
        path,
        any(pattern.names),
        pattern.is_cased(form),
        is_limited,
        pattern.ask or pattern.may_be_verb or (pattern.listed_only and not form.use),
        longer.find_containing(form.text),
    )


def group_corrections(found: Iterable[Correction]) -> dict[str, list[Correction]]:
    """Corrections by the id of their term, in order."""
    groups: dict[str, list[Correction]] = defaultdict(list)
    for one in found:
        groups[one.term].append(one)
    return groups


class _FinePhrases:
    """The names and exceptions in which a wrong word is a part of something else."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        found = {make_match_key(form.text) for one in patterns if one.role != "avoid" for form in one.forms}
        self._by_atom: dict[str, list[str]] = defaultdict(list)
        for phrase in sorted(found):
            for atom in dict.fromkeys(ATOM.findall(phrase)):
                self._by_atom[atom].append(phrase)

    def find_containing(self, text: str) -> tuple[str, ...]:
        """The phrases that have these words in them, and more."""
        folded = make_match_key(text)
        atom = ATOM.search(folded)
        near = self._by_atom.get(atom[0], ()) if atom else ()
        return tuple(phrase for phrase in near if folded in phrase and folded != phrase)
