"""What the page that checks drafts knows of a handbook besides its words: the rules of the lint, as plain data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from onevoice.exchange.regexp import translate_expression
from onevoice.exchange.voice import build_voice_data
from onevoice.handbook.handbook import Handbook
from onevoice.lint import claims, figures, keywords, rules, surroundings
from onevoice.lint.rules import mixed_names, off_message, unsourced_number

# The modules whose expressions the browser runs, too, as lint/draft.js names them.
MODULES: Mapping[str, ModuleType] = {
    "figures": figures,
    "claims": claims,
    "near": surroundings,
    "keywords": keywords,
    "number": unsourced_number,
}
# The languages in which lint/keywords.js knows the plain form of words; "" has none.
LANGUAGES = ("english", "")


def build_draft_rules(handbook: Handbook) -> dict[str, Any]:
    """The data: what lint/draft.js says of it. handbook: what the site may show, for it is all in the page.

    unchecked: the names of the rules that the page doesn't run, as readers know them.
    """
    facts = rules.gather_facts(handbook)
    voice, unchecked = build_voice_data(handbook.find_single("voice"))
    proof, message = facts.get(unsourced_number.RULE), facts.get(off_message.RULE)
    language = keywords.find_language(handbook.brand.language)
    if language not in LANGUAGES:
        unchecked += ["Figures"] if proof else []
        unchecked += ["Our messages"] if message else []
        proof = message = None
    elif not proof:
        unchecked.append("Figures")
    if facts.get(mixed_names.RULE):
        unchecked.append("Two names for one thing")
    return {
        "language": language,
        "stop_words": sorted(keywords.STOP_WORDS),
        "patterns": {name: translate_module(module) for name, module in MODULES.items()} if proof else {},
        "claims": proof["claims"] if proof else None,
        "messages": message["messages"] if message else None,
        "voice": voice,
        "names": {term.id: term.preferred for term in handbook.list_approved("terms")},
        "unchecked": unchecked,
    }


def translate_module(module: ModuleType) -> dict[str, tuple[str, str]]:
    """The regular expressions of a module by their names, as JavaScript reads them."""
    return {
        name.lstrip("_"): translate_expression(value.pattern, value.flags)
        for name, value in vars(module).items()
        if isinstance(value, re.Pattern)
    }
