"""A question speaks of someone's own team as if it were another one.

"When did you and sales last disagree?" is no question for a head of sales. Say "your team", give them a question of
their own, or take them out of `personas`. What a persona's team is called is in `own_team`; if that's missing, `sales`
and `marketing` are taken from the persona's name.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook
from onevoice.records.persona import Persona

SIDES = re.compile(r"\b(?:sales|marketing)\b", re.I)
# What makes it theirs, or part of the name of a thing: your sales, you in sales; sales calls, a marketing budget.
THEIRS = r"(?<!\byour )(?<!\byour own )(?<!\byou in )(?<!\byou at )"
THINGS = (
    r"(?! (?:activit|automation|budget|calls?\b|campaign|channel|content|cycle|deck|email|figure|funnel|goal|job|"
    r"leads?\b|leader|manage|material|meeting|number|person|pipeline|plan|process|qualified|reps?\b|report|result|role|"
    r"software|spend|stack|stage|strateg|target|tool|tour|work))"
)


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """A warning for each question, alone or after an objection, that names its persona's team in the third person."""
    for message in handbook.list_approved("messages"):
        field = {"question": "say", "objection": "ask_back"}.get(message.type)
        text = getattr(message, field) if field else None
        if not field or not text:
            continue
        for persona in handbook.list_approved("personas"):
            if message.personas and persona.id not in message.personas:
                continue
            found = _find_own_team(persona, text)
            if found:
                advice = (
                    f"this asks {persona.name} about “{found}” as if it were another team. Say “your team”, or take "
                    f"`{persona.id}` out of `personas` and write them a question of their own."
                )
                yield handbook.make_record_finding("talks-past", "warning", message, (field,), advice, match=found)


def _find_own_team(persona: Persona, text: str) -> str | None:
    for name in persona.own_team or SIDES.findall(persona.name):
        words = r"\s+".join(map(re.escape, name.split()))
        if match := re.search(rf"(?<![\w-]){THEIRS}(?:{words})(?![\w-]){THINGS}", " ".join(text.split()), re.I):
            return match[0]
    return None
