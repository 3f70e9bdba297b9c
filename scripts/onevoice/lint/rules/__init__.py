"""The rule families that judge a whole document by the handbook: one module each; its docstring is its page.

A module has `check(draft, facts)`, which gives findings, or issues if a fix can be offered; their rule is the module's
name with hyphens. If the rule needs to know the handbook, the module has `read(handbook)` too: what it needs as plain
data, for a cache to keep; an empty value means that the rule has nothing to say. Without `read`, facts are None. It may
have `may_speak(path, source, facts)`: whether it can find anything in a document, told from its source alone; documents
in which no rule can are not read whole. Words have a module of their own, `onevoice.lint.terms`.
"""

from __future__ import annotations

import datetime
import functools
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

from onevoice.finding import Finding, Span
from onevoice.lint.issue import Issue

if TYPE_CHECKING:
    from onevoice.handbook.handbook import Handbook
    from onevoice.matcher.matcher import Matcher
    from onevoice.prose.block import Prose


class Draft(NamedTuple):
    """What a rule looks at.

    matcher: the handbook's terms. today: the day on which claims are judged. link: a site path to a full address, or
    to "" if the handbook is not published.
    """

    prose: Prose
    matcher: Matcher
    today: datetime.date
    link: Callable[[str], str]

    def find_meta_span(self, name: str) -> Span:
        """The line of the front matter that has this key; the first of the document if none has it."""
        match = re.search(rf"^[\"']?{name}[\"']?[ \t]*[:=][^\r\n]*", self.prose.source, re.M)
        return (
            self.prose.locate_span(match.start(), match.start() + len(match[0].rstrip())) if match else Span(1, 1, 1, 1)
        )

    def make_issue(
        self, rule: str, level: str, block: int, start: int, end: int, message: str, *, replacement: str | None = None
    ) -> Issue:
        """An issue at words of a block, which may carry a fix.

        block, start, end: the block's number, and the words as offsets of its text. replacement: what `--fix` writes in
        their place, "" to remove them, None if a person has to choose; it is left out if markup is inside the words.
        """
        part = self.prose.blocks[block]
        first, last = part.map_to_source(start, end)
        sure = replacement if part.is_replaceable(start, end) else None
        finding = Finding(
            rule,
            level,
            self.prose.path,
            self.prose.locate_span(first, last),
            " ".join(self.prose.source[first:last].split()),
            message,
            replacements=() if sure is None else (sure,),
            link=self.link(locate_rule_page(rule)),
        )
        return Issue(finding, block, start, end, sure, part.text[start:end])


@functools.cache
def list_rule_names() -> tuple[str, ...]:
    """The names of all rules, sorted."""
    return tuple(sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__)))


@functools.cache
def _import_rule(name: str) -> ModuleType:
    return importlib.import_module(f"{__name__}.{name.replace('-', '_')}")


def load_rules() -> dict[str, ModuleType]:
    """Every rule by its name, sorted."""
    return {name: _import_rule(name) for name in list_rule_names()}


def gather_facts(handbook: Handbook) -> dict[str, Any]:
    """What the rules need to know of a handbook, by the rule; rules that have nothing to say are left out."""
    facts: dict[str, Any] = {}
    for name, module in load_rules().items():
        if not hasattr(module, "read"):
            facts[name] = None
        elif known := module.read(handbook):
            facts[name] = known
    return facts


def check_draft(draft: Draft, facts: Mapping[str, Any]) -> Iterator[Finding | Issue]:
    """What the rules find in a document. facts: from `gather_facts`."""
    for name, known in facts.items():
        for item in _import_rule(name).check(draft, known):
            finding = item.finding if isinstance(item, Issue) else item
            assert finding.rule == name, f"{name} reports as {finding.rule}"
            yield item


def may_any_speak(path: str, source: str, facts: Mapping[str, Any]) -> bool:
    """Whether the rules can find anything in a document. facts: from `gather_facts`."""
    for name, known in facts.items():
        look = getattr(_import_rule(name), "may_speak", None)
        if look is None or look(path, source, known):
            return True
    return False


def find_rule_issues(draft: Draft, facts: Mapping[str, Any]) -> list[Issue]:
    """What the rules find in a document and a fix can write, in reading order."""
    issues = [item for item in check_draft(draft, facts) if isinstance(item, Issue)]
    return sorted(issues, key=lambda issue: issue.finding.sort_key)


def locate_rule_page(rule: str) -> str:
    """The site path at which a rule is explained."""
    return f"/brand/rules/#{rule.lower()}"
