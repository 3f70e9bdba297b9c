"""Rules of a style that can't be terms: they go to the handbook's voice, as a trait named for their source."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from onevoice.exchange.entry import StyleRule
from onevoice.exchange.merge.fields import clean_value, describe_base, merge_field
from onevoice.exchange.merge.ledger import Row
from onevoice.exchange.merge.merge import Outcome, Status
from onevoice.handbook.address import find_free_name, make_slug
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import Place
from onevoice.load.messages import explain_validation_error
from onevoice.load.migration import get_value
from onevoice.records.voice import ValeRule, Voice

# What the keys of rules in import.yaml begin with.
PREFIX = "rule "
KEYS = frozenset(info.alias or name for name, info in ValeRule.model_fields.items())


@dataclass
class MergedRules:
    """What an import does to the voice. voice: its record as data; None if it stays as it is. rows: of import.yaml."""

    outcomes: list[Outcome] = field(default_factory=list)
    voice: dict[str, Any] | None = None
    rows: dict[str, Row] = field(default_factory=dict)


def merge_rules(handbook: Handbook, rules: Sequence[StyleRule], rows: Mapping[str, Row], source: str) -> MergedRules:
    """Merge the rules of a source into the handbook's voice. rows: of the last import. source: its name."""
    merged = MergedRules()
    known = {key: row for key, row in rows.items() if key.startswith(PREFIX)}
    place = find_voice_place(handbook)
    if place and place.origin:
        merged.rows = known
        reason = f"the voice is that of the {place.origin.label}. Add it there"
        merged.outcomes = [Outcome("left out", one.place, str(one.fields.get("id", "")), (reason,)) for one in rules]
        return merged
    voice = copy.deepcopy(get_value(place.document.data, place.base)) if place else {}
    traits = list(voice.get("traits") or ())
    trait_id = f"from-{make_slug(source)}"[:80].rstrip("-")
    trait_id = trait_id if trait_id.isascii() else "from-import"
    own = next((trait for trait in traits if trait.get("id") == trait_id), None)
    ours = {rule["id"]: rule for trait in traits for rule in trait.get("vale") or () if isinstance(rule, dict)}
    new: list[dict[str, Any]] = []
    used: set[str] = set()
    for rule in rules:
        fields = {key: clean_rule(value) for key, value in rule.fields.items() if key in KEYS and value is not None}
        name = str(fields.get("id") or "rule")
        key = PREFIX + name
        while key in merged.rows:
            key = f"{PREFIX}{name} {len(merged.rows)}"
        row = known.get(key)
        if reason := _refuse_rule(fields):
            merged.outcomes.append(Outcome("left out", rule.place, name, (reason,)))
            continue
        id = row.id if row else _choose_rule_id(name, {*ours, *used})
        fields = {**fields, "id": id}
        if fields.get("level", "warning") == "error":
            fields["level"] = "warning"
        used.add(id)
        if row is None:
            new.append(fields)
            merged.rows[key] = Row(id, True, {"rule": describe_base("rule", fields)})
            merged.outcomes.append(Outcome("new", rule.place, f"Voice.{id}", (), key, id))
            continue
        current = ours.get(id)
        old = None if current is None else {one: clean_rule(value) for one, value in current.items()}
        change = merge_field("rule", fields, old, row.base.get("rule", ""))
        merged.rows[key] = Row(id, row.is_new, {"rule": change.base})
        if current is not None and change.value != old:
            current.clear()
            current.update(fields)
            merged.voice = voice
        status: Status = "changed" if change.notes else "conflicting" if change.conflicts else "same"
        notes = ("it was changed here, too. Left as it is",) if change.conflicts else ()
        merged.outcomes.append(Outcome(status, rule.place, f"Voice.{id}", notes, key, id))
    for key, row in known.items():
        if key not in merged.rows:
            merged.rows[key] = row
            merged.outcomes.append(Outcome("gone", "", f"Voice.{row.id}", ()))
    if new:
        if own is None:
            own = {
                "id": trait_id,
                "we_are": f"In line with {source}",
                "we_are_not": "Inconsistent",
                "why": f"These rules come from {source}. Write what readers gain from them.",
            }
            traits.append(own)
        own["vale"] = [*(own.get("vale") or ()), *new]
        start = {"placeholder": "true", "summary": "Write in two or three sentences how you sound."}
        merged.voice = {**({} if place else start), **voice}
    if merged.voice is not None:
        merged.voice = {**merged.voice, "traits": traits}
    return merged


def find_voice_place(handbook: Handbook) -> Place | None:
    """Where the voice is written; None if nobody has written it."""
    voice = handbook.find_single(Voice.KIND)
    return handbook.locate_record(voice) if voice else None


def clean_rule(value: Any) -> Any:
    """A field of a rule as plain YAML data. Expressions keep every blank."""
    if isinstance(value, Mapping):
        return {str(key): clean_rule(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [clean_rule(item) for item in value]
    return value if isinstance(value, str) else clean_value("", value)


def _refuse_rule(fields: Mapping[str, Any]) -> str:
    """Why a rule can't be ours: a sentence, or ""."""
    try:
        ValeRule.model_validate({**fields, "id": "rule"})
    except ValidationError as error:
        return explain_validation_error(ValeRule, error.errors(include_url=False)[0])[0].rstrip(".")
    return ""


def _choose_rule_id(name: str, taken: set[str]) -> str:
    slug = make_slug(name)[:80].rstrip("-")
    return find_free_name(slug if slug.isascii() else "rule", taken)
