"""Any Vale style, tested: its entries that never fire, that others shadow, and that contradict themselves.

Each entry becomes a rule of its own, and gets texts that its expression describes; the real Vale says which of them it
finds. Then the rules as they are say which entry fires, and each entry's own advice is written out. `verdict.py` judges
what Vale says of all this.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from onevoice.vale.prove.sample import generate_samples
from onevoice.vale.prove.style import StyleEntry, StyleRule

ALONE, WHOLE = "Alone", "Whole"
# How many texts are in one document.
SHEET_SIZE = 150
# A word with dots, and no other sign: its author means dots.
_DOTTED = re.compile(r"[\w '’-]+(?:\.[\w '’-]*)+")
# What a rule keeps when its entries are tried one by one.
_TRIAL_FIELDS = (
    "extends",
    "ignorecase",
    "nonword",
    "scope",
    "exceptions",
    "vocab",
    "append",
    "raw",
    "capitalize",
    "action",
)


@dataclass(frozen=True)
class TrialCase:
    """A text for Vale.

    entry: the number of the entry that it tries. sample: the words in it that are to be found. is_advice: they are what
    the entry says to write. is_glued: there is no space next to them, as nobody writes them.
    """

    entry: int
    text: str
    sample: str
    is_advice: bool = False
    is_glued: bool = False


@dataclass
class StyleTrial:
    """A style to be tried: its rules, its entries in order, each with its rule's number; and the texts by file name.

    unreadable_entries: the entries that Vale cannot read, as rule's number, entry and what Vale says. samples: those of
    each entry, by its number.
    """

    rules: Sequence[StyleRule]
    entries: list[tuple[int, StyleEntry]] = field(default_factory=list)
    files: dict[str, list[tuple[int, TrialCase]]] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    unreadable_entries: list[tuple[int, StyleEntry, str]] = field(default_factory=list)
    samples: list[list[str]] = field(default_factory=list)


def build_style_trial(rules: Sequence[StyleRule]) -> StyleTrial:
    """The texts with which to try a style."""
    style = StyleTrial(rules)
    texts: dict[str, list[TrialCase]] = {"md": [], "txt": []}
    for number, rule in enumerate(rules):
        for entry in rule.entries:
            at = len(style.entries)
            style.entries.append((number, entry))
            # An entry without words finds nothing, or everything, and is reported as it is.
            style.samples.append(list_entry_samples(rule, entry) if entry.key.strip() else [])
            for kind, text in _make_cases(at, rule, entry, style.samples[at]):
                texts[kind].append(text)
    for kind, found in texts.items():
        for start in range(0, len(found), SHEET_SIZE):
            name = f"{start // SHEET_SIZE}.{kind}"
            lines, parts, line = [], [], 1
            for one in found[start : start + SHEET_SIZE]:
                parts.append(f"{one.text}\n\n")
                lines.append((line, one))
                line += parts[-1].count("\n")
            style.files[name], style.sources[name] = lines, "".join(parts)
    return style


def _make_cases(at: int, rule: StyleRule, entry: StyleEntry, samples: Sequence[str]) -> Iterator[tuple[str, TrialCase]]:
    scope = rule.fields.get("scope") or ""
    scopes = " ".join(map(str, scope)) if isinstance(scope, list) else str(scope)
    for sample in samples:
        shown = " ".join(sample.split("\n")) if "\n\n" in sample else sample
        said = pad_sample(shown)
        for shape in (f"We say{said}here.", shown, f"{said.lstrip()}is what we say."):
            yield "txt", TrialCase(at, shape, sample)
        if not shown.isalnum():
            # Next to a hyphen nobody writes a space: `short- and long-term`.
            hyphened = shown.startswith("-") or shown.endswith("-")
            yield "txt", TrialCase(at, glue_sample(shown), sample, is_glued=not hyphened)
        shapes = [f"We say{said}here."]
        if "heading" in scopes:
            shapes += [f"# {shown}", f"## We say {shown} here", f"### {shown}", f"#### {shown}"]
        if "list" in scopes:
            shapes += [f"- We say {shown} here.", f"- {shown}"]
        if "table" in scopes:
            shapes.append(f"| We say {shown} here |\n|---|\n| {shown} |")
        if "link" in scopes:
            shapes.append(f"See [{shown}](page.md) and [the {shown} page](page.md).")
        if "blockquote" in scopes:
            shapes.append(f"> We say {shown} here.")
        if any(mark in scopes for mark in ("strong", "emphasis", "alt", "summary")):
            shapes += [f"We say **{shown}** and *{shown}* and ![{shown}](a.png)."]
        for shape in shapes:
            yield "md", TrialCase(at, shape, sample)
    for advice in _split_advice(entry):
        yield "txt", TrialCase(at, f"We say {advice} here.", advice, is_advice=True)


def list_entry_samples(rule: StyleRule, entry: StyleEntry) -> list[str]:
    """Texts that an entry should find: those that its expression describes, or, if that cannot be read, as written."""
    if _DOTTED.fullmatch(entry.key):
        return [entry.key]
    raw = rule.fields.get("raw") or ()
    around = "".join(map(str, raw)) if isinstance(raw, list) else ""
    whole = f"(?:{entry.key}){around}" if rule.fields.get("append") else f"{around}(?:{entry.key})"
    return generate_samples(whole if around else entry.key) or [entry.key]


def pad_sample(sample: str) -> str:
    """The sample with a space on each side that has none."""
    return f"{'' if sample[:1].isspace() else ' '}{sample}{'' if sample[-1:].isspace() else ' '}"


def glue_sample(sample: str) -> str:
    """A sentence in which no space is next to the signs at the sample's ends."""
    before, after = (" " if sample[at].isalnum() else "" for at in (0, -1))
    return f"We say{before}{sample}{after}here."


def _split_advice(entry: StyleEntry) -> list[str]:
    if not entry.value:
        return []
    options = [option.replace("\\|", "|") for option in re.split(r"(?<!\\)\|", entry.value)]
    return [option for option in options if re.fullmatch(r"[\w' ,’-]+", option)]


def render_entry_rules(style: StyleTrial) -> dict[str, bytes]:
    """Each entry that has words as a rule of its own, in the order of the entries."""
    return {
        f"{ALONE}/e{at}.yml": _render_words(style.rules[number], {entry.key: entry.value or ""})
        for at, (number, entry) in enumerate(style.entries)
        if style.samples[at]
    }


def render_bare_rules(style: StyleTrial) -> dict[str, bytes]:
    """Each rule with one harmless entry instead of its own, by `<ALONE>/r<number>.yml`."""
    return {
        f"{ALONE}/r{number}.yml": _render_words(rule, {"onevoice": "words"})
        for number, rule in enumerate(style.rules)
        if rule.entries
    }


def _render_words(rule: StyleRule, words: Mapping[str, str]) -> bytes:
    return _dump_yaml(_copy_rule_fields(rule) | ({"swap": words} if rule.is_substitution else {"tokens": [*words]}))


def get_trial_number(path: str) -> int:
    """The number of the entry or rule that a file of these is for."""
    return int(path.rpartition("/")[2][1:].removesuffix(".yml"))


def drop_trial_rules(style: StyleTrial, rules: Mapping[int, str]) -> StyleTrial:
    """The style again, without the entries of these rules, at which Vale stops. rules: number -> what it says."""
    return build_style_trial(
        [
            replace(rule, entries=(), parse_error=(1, 1, f"Vale stops at it ({rules[number]}). Fix it."))
            if number in rules
            else rule
            for number, rule in enumerate(style.rules)
        ]
    )


def drop_trial_entries(style: StyleTrial, entries: Mapping[int, str]) -> StyleTrial:
    """The style again, without these entries, which Vale refuses to read. entries: number -> what Vale says."""
    rules = [
        replace(
            rule, entries=tuple(one for at, (of, one) in enumerate(style.entries) if of == number and at not in entries)
        )
        for number, rule in enumerate(style.rules)
    ]
    return replace(
        build_style_trial(rules), unreadable_entries=[(*style.entries[at], why) for at, why in entries.items()]
    )


def render_trial_styles(style: StyleTrial) -> dict[str, bytes]:
    """The style taken apart (ALONE: `e<number>` for each entry) and the rules as they are (WHOLE: `r<number>`)."""
    files = render_entry_rules(style)
    for number, rule in enumerate(style.rules):
        if not rule.entries:
            continue
        fields = _copy_rule_fields(rule)
        own = {entry.key: at for at, (of, entry) in enumerate(style.entries) if of == number and style.samples[at]}
        if not own:
            continue
        if rule.is_substitution:
            fields.pop("action", None)
            fields |= {"message": "%s", "swap": {key: f"entry {at}" for key, at in own.items()}}
        else:
            fields["tokens"] = list(own)
        files[f"{WHOLE}/r{number}.yml"] = _dump_yaml(fields)
    return files


def _copy_rule_fields(rule: StyleRule) -> dict[str, Any]:
    kept = {name: rule.fields[name] for name in _TRIAL_FIELDS if rule.fields.get(name) is not None}
    return kept | {"message": "x", "level": "error"}


def _dump_yaml(fields: Mapping[str, Any]) -> bytes:
    # What is no character stays an escape, at which Vale stops.
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "backslashreplace")
