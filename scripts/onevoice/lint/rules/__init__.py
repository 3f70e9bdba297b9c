"""The rule families that judge a whole document by the handbook: one module each; its docstring is its page.

A module has two functions. `read(handbook)` gives what the rule needs to know of the handbook as plain data, for a
cache to keep; nothing (an empty value) means that the rule has nothing to say. `check(draft, facts)` gives findings,
whose rule is the module's name with hyphens. Words have a module of their own, `onevoice.lint.terms`.
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

from onevoice.finding import Span

if TYPE_CHECKING:
    from onevoice.finding import Finding
    from onevoice.handbook.handbook import Handbook
    from onevoice.matcher.matcher import Matcher
    from onevoice.prose.block import Prose


class Draft(NamedTuple):
    """What a rule looks at.

    matcher: the handbook's terms. today: the day on which claims are judged. link: a site path to a full address, or
    to "" where the handbook is not published.
    """

    prose: Prose
    matcher: Matcher
    today: datetime.date
    link: Callable[[str], str]

    def find_meta_span(self, name: str) -> Span:
        """The line of the front matter that has this key; the first of the document where none is found."""
        match = re.search(rf"^[\"']?{name}[\"']?[ \t]*[:=][^\r\n]*", self.prose.source, re.M)
        return (
            self.prose.locate_span(match.start(), match.start() + len(match[0].rstrip())) if match else Span(1, 1, 1, 1)
        )


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
    facts = {name: module.read(handbook) for name, module in load_rules().items()}
    return {name: known for name, known in facts.items() if known}


def check_draft(draft: Draft, facts: Mapping[str, Any]) -> Iterator[Finding]:
    """What the rules find in a document. facts: from `gather`."""
    for name, known in facts.items():
        for finding in _import_rule(name).check(draft, known):
            assert finding.rule == name, f"{name} reports as {finding.rule}"
            yield finding


def locate_rule_page(rule: str) -> str:
    """The site path at which a rule is explained."""
    return f"/brand/rules/#{rule.lower()}"
