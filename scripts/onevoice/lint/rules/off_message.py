"""A text for a persona and a stage carries none of the messages that we have agreed on for them.

The front matter of a submission says who it is for: `persona` and `stage`, each a name or a list. The handbook has
approved messages for these, and a text that uses none of them says something that nobody agreed on. Start your text
from one of the messages; if yours is better, propose it.

A text carries a message if half of the message's content words appear within three paragraphs in a row, in any form and
order: you may retell the message, not only quote it. Pillars, values, objections, comparisons and pitches count,
including those for everyone; questions and boilerplate do not. A persona or stage that the handbook does not have is
reported, too. This is a warning, and nothing is ever rewritten for it. How often it's right isn't measured yet: public
texts don't say who they're for.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from onevoice import limits
from onevoice.errors import suggest_known
from onevoice.finding import Finding, Span
from onevoice.lint import keywords
from onevoice.lint.rules import Draft, locate_rule_page
from onevoice.matcher.matcher import list_meta_values
from onevoice.prose.front import has_front_key

if TYPE_CHECKING:
    from onevoice.handbook.handbook import Handbook

RULE = "off-message"
TYPES = ("value", "pillar", "objection", "versus", "pitch")
# How much of a message must be in how many blocks in a row.
MIN_COVERAGE, WINDOW_SIZE = 0.5, 3


def read(handbook: Handbook) -> dict[str, Any]:
    """The personas and stages, the language, and each message with its content words, who it's for, and its page."""
    from onevoice.handbook.address import find_page_path

    language = keywords.find_language(handbook.brand.language)
    messages = [
        (
            message.title,
            find_page_path(message),
            message.personas,
            message.stages,
            tuple(keywords.extract_keywords(message.say or "", language)),
        )
        for message in handbook.list_approved("messages")
        if message.type in TYPES
    ]
    if not messages:
        return {}
    personas = tuple(persona.id for persona in handbook.list_approved("personas"))
    stages = tuple(handbook.list_ids("stages"))
    return {"messages": messages, "persona": personas, "stage": stages, "language": language}


def may_speak(path: str, source: str, facts: dict[str, Any]) -> bool:
    """Whether the document says who it's for."""
    return has_front_key(source, ("persona", "stage"))


def check(draft: Draft, facts: dict[str, Any]) -> Iterator[Finding]:
    """One warning if no message is carried, anchored at the front matter; one per unknown persona or stage."""
    prose = draft.prose
    wanted = {name: list_meta_values(prose.meta, name) for name in ("persona", "stage")}
    unknown = [(name, value) for name in wanted for value in wanted[name] if facts[name] and value not in facts[name]]
    find_span = cache(draft.find_meta_span)
    for number, (name, value) in enumerate(unknown):
        fix = suggest_known(value, facts[name]) if number < limits.MAX_SUGGESTIONS else "Correct it."
        message = f"The handbook has no {name} `{value}`. {fix}"
        yield _make_message_finding(draft, find_span(name), value, message, "")
    if unknown or not all(wanted.values()):
        return
    ours = [
        (title, path, words)
        for title, path, personas, stages, words in facts["messages"]
        if _is_meant_for(personas, wanted["persona"]) and _is_meant_for(stages, wanted["stage"])
    ]
    if not (ours and prose.blocks):
        return
    said = [keywords.extract_keywords(block.text, facts["language"]) for block in prose.blocks]
    near = [set().union(*said[at : at + WINDOW_SIZE]) for at in range(len(said))]
    if any(keywords.measure_coverage(words, window) >= MIN_COVERAGE for _, _, words in ours for window in near):
        return
    title, path, _ = min(
        ours, key=lambda message: -max((keywords.measure_coverage(message[2], window) for window in near), default=0)
    )
    cell = f"{' and '.join(wanted['persona'])} at {' and '.join(wanted['stage'])}"
    message = f'This text uses none of our messages for {cell}. Start with one, such as "{title}".'
    yield _make_message_finding(draft, find_span("persona"), ", ".join(wanted["persona"]), message, path)


def _make_message_finding(draft: Draft, span: Span, value: str, message: str, path: str) -> Finding:
    return Finding(
        RULE,
        "warning",
        draft.prose.path,
        span,
        value,
        message,
        link=draft.link(path or locate_rule_page(RULE)),
        reason="Customers hear one voice only if every text starts from what both sides agreed on." if path else "",
    )


def _is_meant_for(named: tuple[str, ...], wanted: list[str]) -> bool:
    return not named or not set(named).isdisjoint(wanted)
