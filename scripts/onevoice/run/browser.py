"""What the page that checks drafts knows of a handbook besides its words: the rules of the lint, as plain data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any, NamedTuple

from onevoice.exchange.regexp import translate_expression
from onevoice.exchange.voice import build_voice_data
from onevoice.finding import LEVELS, is_at_least
from onevoice.handbook.handbook import Handbook
from onevoice.lint import claims, figures, keywords, rules, surroundings
from onevoice.lint.rules import mixed_names, off_message, unsourced_number
from onevoice.phrases.catalog import translate_text
from onevoice.records.voice import ValeRule, Voice
from onevoice.vale import settings
from onevoice.vale.config import TERMS_STYLE, VOICE_STYLE
from onevoice.vale.guard import read_safe_setup, read_sections

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


def build_draft_rules(handbook: Handbook, ini: Path | None = None) -> dict[str, Any]:
    """The data: what lint/draft.js says of it. handbook: what the site may show, for it is all in the page.

    ini: the handbook's .vale.ini, which may switch rules of the voice off and others on; None if it has none.
    unchecked: the names of the rules that the page doesn't run, as readers know them.
    """
    facts = rules.gather_facts(handbook)
    choice = read_style_choice(read_safe_setup(ini).settings) if ini and ini.is_file() else StyleChoice()
    voice, unchecked = build_voice_data(choice.adapt_voice(handbook.find_single("voice")))
    if choice.others:
        # How a company checks its style is no matter of its customers.
        unchecked += (
            [translate_text("Other styles")]
            if handbook.is_public
            else [translate_text("The style %(name)s", name=name) for name in choice.others]
        )
    proof, message = facts.get(unsourced_number.RULE), facts.get(off_message.RULE)
    language = keywords.find_language(handbook.brand.language)
    if language not in LANGUAGES:
        unchecked += [translate_text("Claims")] if proof else []
        unchecked += [translate_text("Our messages")] if message else []
        proof = message = None
    elif not handbook.list_approved("proof"):
        unchecked.append(translate_text("Claims"))
    if facts.get(mixed_names.RULE):
        unchecked.append(translate_text("Two names for one thing"))
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


class StyleChoice(NamedTuple):
    """What a .vale.ini says of the style of a draft.

    has_voice: whether the rules of our voice run. states: what it sets some of them to, by name. lowest: the level
    below which nothing is shown. others: the names of other styles.
    """

    has_voice: bool = True
    states: Mapping[str, str] = MappingProxyType({})
    lowest: str = "suggestion"
    others: tuple[str, ...] = ()

    def adapt_voice(self, voice: Voice | None) -> Voice | None:
        """The voice with those of its rules that run, at their levels."""
        if not (voice and self.has_voice):
            return None
        traits = [
            trait.model_copy(update={"vale": tuple(filter(None, map(self._adapt_rule, trait.vale)))})
            for trait in voice.traits
        ]
        return voice.model_copy(update={"traits": tuple(traits)})

    def _adapt_rule(self, rule: ValeRule) -> ValeRule | None:
        state = self.states.get(f"{VOICE_STYLE}.{rule.id}", "YES")
        level = state if state in LEVELS else rule.level
        runs = state == "YES" or state in LEVELS
        return rule.model_copy(update={"level": level}) if runs and is_at_least(level, self.lowest) else None


def read_style_choice(found: Iterable[settings.Setting]) -> StyleChoice:
    """What the settings of a .vale.ini say of any document."""
    sections = read_sections(found)
    top = sections.pop("", {})
    documents = [own for name, own in sections.items() if name not in settings.FIXED_SECTIONS]
    named = [
        name for own in documents for value in own.get("BasedOnStyles", ()) for name in settings.split_names(value)
    ]
    states = {key: values[-1] for own in documents for key, values in own.items() if values}
    lowest = top.get("MinAlertLevel", [LEVELS[0]])[-1]
    others = dict.fromkeys(name for name in named if name not in (TERMS_STYLE, VOICE_STYLE))
    return StyleChoice(VOICE_STYLE in named, states, lowest if lowest in LEVELS else LEVELS[0], tuple(others))


def translate_module(module: ModuleType) -> dict[str, tuple[str, str]]:
    """The regular expressions of a module by their names, as JavaScript reads them."""
    return {
        name.lstrip("_"): translate_expression(value.pattern, value.flags)
        for name, value in vars(module).items()
        if isinstance(value, re.Pattern)
    }
