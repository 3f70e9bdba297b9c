"""What can't be terms, as rules of the handbook's voice: whole rules of a style, and pairs of a substitution."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from onevoice.exchange.entry import Omission, StyleRule
from onevoice.exchange.style.source import ReadRule, VocabularyWord
from onevoice.handbook.address import find_free_name
from onevoice.records.scalar import validate_web_link
from onevoice.records.voice import ValeRule
from onevoice.vale.prove.style import StyleEntry

_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# What a rule has under another name in a record.
_RENAMED = {"description": "why"}
# What names files or programs, which an import takes along for nobody.
_FILE_KEYS = ("aff", "dic", "dicpath", "dictionaries", "ignore", "model")
_LISTS = ("tokens", "raw", "exceptions", "scope", "indicators", "metrics", "filters", "ignore")
# What is read as expressions, besides tokens and swaps.
_EXPRESSIONS = ("raw", "token", "first", "second", "either")
_END_BLANKS = re.compile(r"^[ \t\n]+|(?<!\\)[ \t\n]+$")
_BLANKS = {" ": "[ ]", "\t": r"\t", "\n": r"\n"}


class UnusableRuleError(ValueError):
    """A rule that no handbook can have. Its text is the reason, a sentence."""


class RuleIds:
    """Ids for rules, each given once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def make_id(self, name: str) -> str:
        """An id from a name such as `Google.WordList`."""
        slug = _NOT_IN_SLUG.sub("-", _HUMP.sub("-", name).lower()).strip("-")[:80].strip("-") or "rule"
        made = find_free_name(slug, self._taken)
        self._taken.add(made)
        return made


def build_rule(rule: ReadRule, ids: RuleIds) -> StyleRule | Omission:
    """A whole rule, or what is said of it if it can't be one of the handbook's."""
    fields = _read_fields(rule)
    if rule.kind in ("existence", "substitution"):
        fields |= _list_entries(rule, rule.entries)
    made = _finish_rule(rule, fields, ids.make_id(rule.name), rule.path)
    if rule.kind == "existence" and isinstance(made, StyleRule) and not (fields["tokens"] or fields.get("raw")):
        return Omission(rule.path, rule.name, "It has no words to look for. List them as its `tokens`.")
    return made


def build_rest(rule: ReadRule, rest: Sequence[StyleEntry], ids: RuleIds) -> list[StyleRule | Omission]:
    """The pairs of a substitution that are no terms: as one rule, and another for what is only to be left out."""
    if not rule.entries:
        return [Omission(rule.path, rule.name, "It has no words to look for. List them as its `swap`.")]
    swaps = [entry for entry in rest if (entry.value or "").strip()]
    gone = [entry for entry in rest if not (entry.value or "").strip()]
    made = []
    if swaps:
        fields = _read_fields(rule) | _list_entries(rule, swaps)
        made.append(_finish_rule(rule, fields, ids.make_id(rule.name), rule.locate_entry(swaps[0])))
    if gone:
        fields = {name: value for name, value in _read_fields(rule).items() if name not in ("capitalize", "matchcase")}
        fields |= {
            "extends": "existence",
            "message": "Leave out '%s'.",
            "action": {"name": "remove"},
            "tokens": [_mark_end_blanks(entry.key) for entry in gone],
        }
        made.append(_finish_rule(rule, fields, ids.make_id(f"{rule.name}-leave-out"), rule.locate_entry(gone[0])))
    return made


def build_rejections(name: str, words: Sequence[VocabularyWord], ids: RuleIds) -> StyleRule:
    """The rejected words of a vocabulary as the rule that Vale makes of them."""
    fields = {
        "id": ids.make_id(f"{name}-rejected"),
        "extends": "existence",
        "message": "Avoid using '%s'.",
        "level": "error",
        "tokens": [word.text for word in words],
    }
    return StyleRule(words[0].place, fields)


def _list_entries(rule: ReadRule, entries: Iterable[StyleEntry]) -> dict[str, Any]:
    if rule.kind == "substitution":
        return {"swap": {_mark_end_blanks(entry.key): entry.value for entry in entries}}
    return {"tokens": [_mark_end_blanks(entry.key) for entry in entries if entry.key.strip()]}


def _mark_end_blanks(expression: Any) -> Any:
    """An expression, or a list or mapping of some, with blanks at its ends as classes: a record drops them."""
    if isinstance(expression, list):
        return [_mark_end_blanks(one) for one in expression]
    if isinstance(expression, Mapping):
        return {_mark_end_blanks(key): _mark_end_blanks(value) for key, value in expression.items()}
    if not isinstance(expression, str) or not expression.strip():
        return expression
    return _END_BLANKS.sub(lambda match: "".join(map(_BLANKS.__getitem__, match[0])), expression)


def _read_fields(rule: ReadRule) -> dict[str, Any]:
    fields: dict[str, Any] = {"extends": rule.kind}
    for key, value in rule.fields.items():
        name = _RENAMED.get(key.lower(), key.lower())
        if name in ("name", "pos") or value is None or value == "":
            continue
        if name in _LISTS and not isinstance(value, list):
            value = [value]
        fields[name] = _mark_end_blanks(value) if name in _EXPRESSIONS else value
    fields["level"] = str(fields.get("level", "warning")).lower()
    if rule.kind == "sequence" and isinstance(tokens := fields.pop("tokens", None), list):
        fields["sequence"] = [token if isinstance(token, Mapping) else {"pattern": str(token)} for token in tokens]
    if not _is_web_link(fields.get("link", "")):
        fields.pop("link", None)
    return fields


def _is_web_link(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(validate_web_link(value))
    except ValueError:
        return False


def _finish_rule(rule: ReadRule, fields: dict[str, Any], id: str, place: str) -> StyleRule | Omission:
    try:
        _refuse_programs(rule, fields)
        # Text is written as text in YAML, and what the record itself says is checked with the words of its own errors.
        made = {"id": id, **{name: value for name, value in fields.items() if name not in ("why",)}}
        if why := str(fields.get("why", "")).strip():
            made["why"] = why
        ValeRule.model_validate(made)
    except UnusableRuleError as error:
        return Omission(place, rule.name, str(error))
    except ValidationError as error:
        return Omission(place, rule.name, _explain_error(error))
    return StyleRule(place, made)


def _refuse_programs(rule: ReadRule, fields: dict[str, Any]) -> None:
    """Refuse rules that run a program or need a file; of an action, only that part goes."""
    if rule.kind == "script":
        raise UnusableRuleError("It runs a program. A handbook has rules that only look for words.")
    action = fields.get("action")
    if isinstance(action, Mapping):
        params = [str(param) for param in action.get("params") or ()]
        if action.get("name") not in ("replace", "remove", "edit", "convert"):
            del fields["action"]
        else:
            fields["action"] = {"name": action["name"]} | ({"params": params} if params else {})
    elif action is not None:
        del fields["action"]
    if needed := [key for key in _FILE_KEYS if fields.get(key)]:
        raise UnusableRuleError(
            f"It needs files besides the rule (`{needed[0]}`). Keep it in a style of your own, next to .vale.ini."
        )


def _explain_error(error: ValidationError) -> str:
    errors = error.errors()
    first = next((one for one in errors if one["type"] == "extra_forbidden"), errors[0])
    key = ".".join(map(str, first["loc"])) or "the rule"
    if first["type"] == "extra_forbidden":
        return f"Vale has no key `{key}` for a rule. Delete it, or correct its name."
    return f"`{key}` isn't as Vale needs it: {first['msg'][:1].lower()}{first['msg'][1:]}."
