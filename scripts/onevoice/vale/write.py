"""Our words and our voice as styles for Vale: `vale/styles/Brand/` from the terms, `vale/styles/Voice/` from the voice.

One rule file per term, named by the term's id, so that Vale reports it as `Brand.<id>`. A rule of Vale has one level,
one scope and one kind; where a term's words differ in these, those that differ from the gravest go to
`Brand/<id>/<how>.yml`, which Vale reports as `Brand.<id>.<how>`. Its reasons never split a term: a single one is in the
message, several are in the description.

What Vale cannot know is left out rather than reported wrongly: words avoided for certain audiences or channels only,
first uses that are not spelled out, words in quotation marks.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.representer import SafeRepresenter
from ruamel.yaml.tag import Tag

from onevoice.finding import LEVELS
from onevoice.matcher import pattern as patterns
from onevoice.matcher.casing import pluralize_replacement
from onevoice.matcher.characters import is_unspaced
from onevoice.matcher.fold import make_match_key
from onevoice.matcher.pattern import Pattern
from onevoice.output import Artifact
from onevoice.records.voice import ValeRule, Voice

STYLES = "vale/styles"
ATOM = re.compile(r"\w+")
SCOPES = {"quote": "~blockquote", "heading": "~heading", "link": "~link"}
HEADER = "# Made by onevoice from the handbook's records. Changes here are lost at the next build.\n"


def write(found: Sequence[Pattern], voice: Voice | None, *, today: date, url: str = "") -> list[Artifact]:
    """The styles, as files below the output folder, sorted by path.

    found: the patterns of the terms in use. voice: None where the handbook has none. today: words whose `since` lies
    ahead are left out, and those whose `error_from` does are warnings. url: where the handbook is published; "": no
    rule has a link.
    """
    return sorted(
        [*write_brand_style(found, today=today, url=url), *write_voice_style(voice, url=url)],
        key=lambda artifact: artifact.path,
    )


def write_brand_style(found: Sequence[Pattern], *, today: date, url: str = "") -> list[Artifact]:
    """The style of terms, as `write` makes it."""
    longer = _LongerPhrases(found)
    by_term: dict[str, list[Pattern]] = defaultdict(list)
    for item in found:
        if (
            item.role in ("avoid", "name")
            and not item.audiences
            and not item.channels
            and item.since <= today.isoformat()
        ):
            by_term[item.term].append(item)
    made = []
    for term, items in by_term.items():
        link = f"{url.rstrip('/')}/glossary/{term}/" if url else ""
        for path, rule in _iter_term_rules(term, items, longer, link, today.isoformat()):
            made.append(Artifact(f"{STYLES}/Brand/{path}.yml", _dump_rule(rule)))
    return made


def write_voice_style(voice: Voice | None, *, url: str = "") -> list[Artifact]:
    """The style of the voice, as `write` makes it."""
    made = []
    for trait in voice.traits if voice else ():
        link = f"{url.rstrip('/')}/brand/#{trait.id}" if url else ""
        made += [
            Artifact(f"{STYLES}/Voice/{rule.id}.yml", _dump_rule(_build_voice_rule(rule, link))) for rule in trait.vale
        ]
    return made


def _build_voice_rule(rule: ValeRule, link: str) -> dict[str, Any]:
    fields = {name: value for name, value in rule if name not in ("id", "why") and value not in (None, (), {})}
    if rule.why:
        fields["description"] = _escape_percent(rule.why)
    if link:
        fields["link"] = link
    if rule.extends == "substitution":
        fields["action"] = {"name": "replace"}
    return fields


class _LongerPhrases:
    """The phrases that contain a word: inside them it is part of something else."""

    def __init__(self, found: Iterable[Pattern]) -> None:
        self._phrases = sorted({make_match_key(form.text) for item in found for form in item.forms})
        self._phrases_by_atom: dict[str, list[str]] = defaultdict(list)
        for phrase in self._phrases:
            for atom in dict.fromkeys(ATOM.findall(phrase)):
                self._phrases_by_atom[atom].append(phrase)

    def find_containing(self, text: str) -> tuple[str, ...]:
        folded = make_match_key(text)
        # Words that stand in a phrase share its atoms; where there are no spaces, they may be anywhere in one.
        atom = None if any(map(is_unspaced, folded)) else ATOM.search(folded)
        near = self._phrases_by_atom[atom[0]] if atom else self._phrases
        return tuple(phrase for phrase in near if folded in phrase and folded != phrase)


def _iter_term_rules(
    term: str, items: list[Pattern], longer: _LongerPhrases, link: str, today: str
) -> Iterable[tuple[str, dict[str, Any]]]:
    names = {make_match_key(form.text) for item in items if item.role == "name" for form in item.forms}
    groups: dict[tuple, list[Pattern]] = defaultdict(list)
    for item in items:
        if item.role == "avoid" and make_match_key(item.text) in names:
            continue  # The name's own rule finds every wrong casing.
        level = "warning" if item.level == "error" and item.error_from > today else item.level
        # A name without capitals may have one in a heading.
        unless = ("heading",) if item.role == "name" and item.text.islower() else item.unless
        scopes = tuple(sorted(SCOPES[context] for context in unless if context in SCOPES))
        # Names stay as they are; other replacements begin with a capital where the word did, unless the capital is
        # itself what is wrong.
        plain = item.role == "avoid" and not any(item.names) and not item.cased
        groups[(level, scopes, item.remove, plain)].append(item)
    # The gravest rule bears the term's own name: a comment that silences it leaves nothing behind that fails a build.
    first = max(groups, key=lambda group: (LEVELS.index(group[0]), len(groups[group])), default=None)
    for group, members in groups.items():
        level, scopes, remove, plain = group
        rule: dict[str, Any] = {
            "extends": "existence" if remove else "substitution",
            "message": _format_message(members, remove),
            "level": level,
        }
        if link:
            rule["link"] = link
        if reasons := _join_reasons(members):
            rule["description"] = reasons
        rule |= {"scope": " & ".join(("text", *scopes)), "vocab": False, "nonword": True, "ignorecase": True}
        if remove:
            rule |= {"action": {"name": "remove"}, "tokens": list(_build_swaps(members, longer))}
        else:
            if plain:
                rule["capitalize"] = True
            rule |= {"action": {"name": "replace"}, "swap": dict(sorted(_build_swaps(members, longer).items()))}
        yield (term if group == first else f"{term}/{_name_variant(group, first)}"), rule


def _name_variant(group: tuple, first: tuple) -> str:
    """What tells a rule from its term's own rule, in words of a file name."""
    level, scopes, remove, plain = group
    parts = []
    if remove != first[2]:
        parts.append("remove" if remove else "replace")
    if plain != first[3]:
        parts.append("words" if plain else "names")
    if level != first[0]:
        parts.append(level)
    if scopes != first[1]:
        parts.append("not-in-" + "-".join(scope[1:] for scope in scopes) if scopes else "everywhere")
    return "-".join(parts)


def _format_message(members: list[Pattern], remove: bool) -> str:
    reasons = {member.why for member in members}
    reason = f" {_escape_percent(reasons.pop())}".rstrip() if len(reasons) == 1 else ""
    if remove:
        return f"Leave out '%s'.{reason}"
    verb = "Write" if all(member.role == "name" for member in members) else "Say"
    return f"{verb} '%s', not '%s'.{reason}"


def _join_reasons(members: list[Pattern]) -> str:
    reasons = {member.why for member in members}
    if len(reasons) < 2:
        return _escape_percent(reasons.pop())
    return " ".join(
        f"{_escape_percent(member.text)}: {_escape_percent(member.why)}" for member in members if member.why
    )


def _escape_percent(text: str) -> str:
    """Text for a message of Vale's, in which a percent sign is a command."""
    return " ".join(text.replace("%", "%%").split())


def _build_swaps(members: list[Pattern], longer: _LongerPhrases) -> Mapping[str, str]:
    swaps: dict[str, str] = {}
    for member in members:
        for form in member.forms:
            expression = patterns.build_vale_regex(replace(member, forms=(form,)), longer.find_containing(form.text))
            if member.cased:
                expression = f"(?-i:{expression})"
            if member.role == "name":
                uses = [form.text]
                if form.text.islower():
                    # Whether a sentence begins there, Vale's rules cannot tell from the words alone.
                    expression = _exclude_sentence_start(expression)
            elif form.use:
                uses = [form.use]
            else:
                uses = [pluralize_replacement(use, name=name) if form.plural else use
                        for use, name in zip(member.use, member.names, strict=True)]  # fmt: skip
            swaps.setdefault(expression, "|".join(use.replace("|", "\\|") for use in uses))
    return swaps


def _exclude_sentence_start(expression: str) -> str:
    """The expression, but not where only its first letter is a capital and a sentence begins."""
    return rf"(?!(?<=(?:\A|[.!?:…][\"'”’)]*\s+)[\"'“‘(]*)(?-i:\p{{Lu}}[^\p{{Lu}}]*\b)){expression}"


# Made once: making one takes longer than writing the text.
_TEXT = Tag(suffix="tag:yaml.org,2002:str")


class _QuotedText(str):
    """Text that is written in quotes."""


class _RuleRepresenter(SafeRepresenter):
    """Writes rules; in a class of its own, so that other YAML is written as ever."""

    def represent_plain(self, text: str) -> ScalarNode:
        return self.represent_scalar(_TEXT, text)

    def represent_quoted(self, text: _QuotedText) -> ScalarNode:
        return self.represent_scalar(_TEXT, str.__str__(text), style="'")


_RuleRepresenter.add_representer(str, _RuleRepresenter.represent_plain)
_RuleRepresenter.add_representer(_QuotedText, _RuleRepresenter.represent_quoted)


def _dump_rule(rule: Mapping[str, Any]) -> bytes:
    # The safe writer is the one that is written in C: a handbook has thousands of rules.
    yaml = YAML(typ="safe")
    yaml.Representer = _RuleRepresenter
    yaml.default_flow_style = False
    yaml.sort_base_mapping_type_on_output = False
    yaml.width = 1 << 20
    stream = io.BytesIO()
    yaml.dump(_quote_values(rule), stream)
    return HEADER.encode() + stream.getvalue()


def _quote_values(value: Any, plain: bool = True) -> Any:
    """Every text in single quotes, but for Vale's own keys: YAML reads `no`, `on` and `24/7` its own way elsewhere."""
    if isinstance(value, Mapping):
        return {
            name if plain else _QuotedText(name): _quote_values(item, plain=name != "swap")
            for name, item in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [_quote_values(item) for item in value]
    return _QuotedText(value) if isinstance(value, str) else value
