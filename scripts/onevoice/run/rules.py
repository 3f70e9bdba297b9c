"""The rules that can flag a text or a record, each with its page, which is its docstring."""

from __future__ import annotations

import importlib
import inspect
from types import ModuleType

from onevoice import vale
from onevoice.finding import RulePage
from onevoice.lint import baseline, rules, selftest, suppress, terms

TITLES = {terms.PREFIX: "Words", "Voice.": "Style"}


def list_rule_pages() -> list[RulePage]:
    """Every rule, those about texts first, then the checks of records; each sorted by name."""
    texts = {
        terms.PREFIX: terms,
        **rules.load_rules(),
        suppress.RULE: suppress,
        baseline.RULE: baseline,
        "Voice.": vale,
    }
    return [
        _make_page(name, "text", module) for name, module in sorted(texts.items(), key=lambda item: item[0].lower())
    ]


def list_check_pages() -> list[RulePage]:
    """The checks of a handbook's records, sorted by name. They need what reads records."""
    found = importlib.import_module("onevoice.handbook.checks").load_checks() | {selftest.RULE: selftest}
    return [_make_page(name, "record", module) for name, module in sorted(found.items())]


def _make_page(name: str, about: str, module: ModuleType) -> RulePage:
    title = TITLES.get(name) or name.replace("-", " ").capitalize()
    return RulePage(name, about, title, inspect.cleandoc(module.__doc__ or ""))
