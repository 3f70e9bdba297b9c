"""Which findings a run is about: those of some rules only, or of all but some."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from onevoice.errors import OnevoiceError, suggest_known
from onevoice.finding import Finding
from onevoice.lint.terms import PREFIX
from onevoice.matcher.fold import make_match_key
from onevoice.run.settings import FILE

if TYPE_CHECKING:
    from onevoice.run.lexicon import Lexicon

# On a file as a whole: that it was not read concerns every rule.
_FILE_RULE = "file"


class Selection(NamedTuple):
    """only: names of rules and styles, the only ones that count; none: all do. skipped: those that do not.

    off: those that the repository's settings switch off.
    """

    only: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()

    @property
    def is_everything(self) -> bool:
        return not self.only and not self.skipped and not self.off

    @property
    def has_words_only(self) -> bool:
        """Whether no rule of style counts."""
        return bool(self.only) and all(f"{rule}.".startswith(PREFIX) for rule in self.only)

    def select_findings(self, findings: Sequence[Finding]) -> list[Finding]:
        """The findings that count, in their order."""
        if self.is_everything:
            return list(findings)
        return [finding for finding in findings if self._counts(finding.rule)]

    def _counts(self, rule: str) -> bool:
        names = {rule, rule.partition(".")[0]}
        if names & self.skipped or rule in self.off:
            return False
        return not self.only or bool(names & self.only) or rule == _FILE_RULE

    def describe_choice(self) -> str:
        """What was asked for, as a part of a summary; "" if that is everything."""
        said = f"only {_join_names(self.only)}" if self.only else ""
        without = f"without {_join_names(self.skipped)}" if self.skipped else ""
        off = f"{len(self.off)} term{'s' * (len(self.off) != 1)} off in {FILE}" if self.off else ""
        return ", ".join(filter(None, (said, without, off)))

    def switch_off(self, terms: Iterable[str]) -> Selection:
        """The selection without these terms, which the settings name."""
        return self._replace(off=frozenset(PREFIX + term for term in terms))


EVERYTHING = Selection()


def _join_names(rules: Iterable[str]) -> str:
    return " and ".join(sorted(rules))


def resolve_selection(
    only: Sequence[str], skipped: Sequence[str], lexicon: Lexicon, styles: Collection[str]
) -> Selection:
    """What `--only` and `--skip` mean: a term's id, any of its words, or the name of a rule or of a style.

    styles: those of other companies that Vale checks. Raises OnevoiceError for a name that nothing has.
    """
    return Selection(
        frozenset(rule for name in only for rule in _find_rules("--only", name, lexicon, styles)),
        frozenset(rule for name in skipped for rule in _find_rules("--skip", name, lexicon, styles)),
    )


def _find_rules(option: str, name: str, lexicon: Lexicon, styles: Collection[str]) -> list[str]:
    known = lexicon.rule_names
    if name.partition(".")[0] in styles or name in {rule.partition(".")[0] for rule in known}:
        return [name]
    for rule in (name, PREFIX + name):
        if rule in known:
            return [rule]
    key = make_match_key(name)
    patterns = lexicon.matcher.compiled.patterns
    named = {pattern.term for pattern in patterns if any(make_match_key(form.text) == key for form in pattern.forms)}
    if not named:
        raise OnevoiceError(
            f"{option}: there is no term or rule named `{name}`. "
            f"{suggest_known(name, sorted({*known, *lexicon.terms}), 'Findings name their rule in brackets.')}"
        )
    return sorted(PREFIX + term for term in named)
