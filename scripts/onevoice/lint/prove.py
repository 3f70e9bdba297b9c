"""Anybody's Vale style, tried: its entries that never fire, that others shadow, and that contradict themselves.

Each entry becomes a rule of its own, and gets texts that its expression describes; the real Vale says which of them it
finds. Then the rules as they are say which entry speaks up, and each entry's own advice is written out and judged.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from onevoice.finding import Finding, Span
from onevoice.lint.sample import plain, samples
from onevoice.lint.vale.style import Entry, Rule

ALONE, WHOLE = "Alone", "Whole"
# How many texts stand in one document.
SHEET = 150
_LIST = re.compile(r"[\w' -]+(?:, ?[\w' -]+)+")
_MARKS = re.compile(r"[|*_`<>\[\]#\\~]")
# What a rule keeps when its entries are tried one by one.
_KEPT = ("extends", "ignorecase", "nonword", "scope", "exceptions", "vocab", "append", "raw", "capitalize", "action")


@dataclass(frozen=True)
class Text:
    """A text for Vale.

    entry: the number of the entry that it tries. sample: the words in it that are to be found. advice: they are what
    the entry says to write. glued: there is no space beside them, as nobody writes them.
    """

    entry: int
    text: str
    sample: str
    advice: bool = False
    glued: bool = False


@dataclass
class Style:
    """A style to be tried: its rules, its entries in order, each with its rule's number; and the texts by file name."""

    rules: Sequence[Rule]
    entries: list[tuple[int, Entry]] = field(default_factory=list)
    files: dict[str, list[tuple[int, Text]]] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

    def path(self, entry: int) -> str:
        return self.rules[self.entries[entry][0]].path


def prepare(rules: Sequence[Rule]) -> Style:
    """The texts with which to try a style."""
    style = Style(rules)
    texts: dict[str, list[Text]] = {"md": [], "txt": []}
    for number, rule in enumerate(rules):
        for entry in rule.entries:
            at = len(style.entries)
            style.entries.append((number, entry))
            for kind, text in _texts(at, rule, entry):
                texts[kind].append(text)
    for kind, found in texts.items():
        for start in range(0, len(found), SHEET):
            name = f"{start // SHEET}.{kind}"
            lines, parts, line = [], [], 1
            for one in found[start : start + SHEET]:
                parts.append(f"{one.text}\n\n")
                lines.append((line, one))
                line += parts[-1].count("\n")
            style.files[name], style.sources[name] = lines, "".join(parts)
    return style


def _texts(at: int, rule: Rule, entry: Entry) -> Iterator[tuple[str, Text]]:
    scope = rule.fields.get("scope") or ""
    scopes = " ".join(scope) if isinstance(scope, list) else str(scope)
    for sample in readings(rule, entry):
        shown = " ".join(sample.split("\n")) if "\n\n" in sample else sample
        said = spaced(shown)
        for shape in (f"We say{said}here.", shown, f"{said.lstrip()}is what we say."):
            yield "txt", Text(at, shape, sample)
        if not shown.isalnum():
            yield "txt", Text(at, glue(shown), sample, glued=True)
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
            yield "md", Text(at, shape, sample)
    for advice in _advice(entry):
        yield "txt", Text(at, f"We say {advice} here.", advice, advice=True)


def readings(rule: Rule, entry: Entry) -> list[str]:
    """Texts that an entry should find: those that its expression describes, or, where that is not read, as written."""
    raw = rule.fields.get("raw") or ()
    around = "".join(raw) if isinstance(raw, list) else ""
    whole = f"(?:{entry.key}){around}" if rule.fields.get("append") else f"{around}(?:{entry.key})"
    return samples(whole if around else entry.key) or [entry.key]


def spaced(sample: str) -> str:
    """The sample with a space on each side that has none."""
    return f"{'' if sample[:1].isspace() else ' '}{sample}{'' if sample[-1:].isspace() else ' '}"


def glue(sample: str) -> str:
    """A sentence in which no space stands beside the signs at the sample's ends."""
    before, after = (" " if sample[at].isalnum() else "" for at in (0, -1))
    return f"We say{before}{sample}{after}here."


def _advice(entry: Entry) -> list[str]:
    if not entry.value:
        return []
    options = [option.replace("\\|", "|") for option in re.split(r"(?<!\\)\|", entry.value)]
    return [option for option in options if re.fullmatch(r"[\w' ,’-]+", option)]


def styles(style: Style) -> dict[str, bytes]:
    """The style taken apart (ALONE: `e<number>` for each entry) and the rules as they are (WHOLE: `r<number>`)."""
    files: dict[str, bytes] = {}
    for at, (number, entry) in enumerate(style.entries):
        fields = _fields(style.rules[number])
        fields |= {"swap": {entry.key: entry.value or ""}} if style.rules[number].swaps else {"tokens": [entry.key]}
        files[f"{ALONE}/e{at}.yml"] = _yaml(fields)
    for number, rule in enumerate(style.rules):
        if not rule.entries:
            continue
        fields = _fields(rule)
        own = {entry.key: at for at, (of, entry) in enumerate(style.entries) if of == number}
        if rule.swaps:
            fields.pop("action", None)
            fields |= {"message": "%s", "swap": {key: f"entry {at}" for key, at in own.items()}}
        else:
            fields["tokens"] = list(own)
        files[f"{WHOLE}/r{number}.yml"] = _yaml(fields)
    return files


def _fields(rule: Rule) -> dict:
    kept = {name: rule.fields[name] for name in _KEPT if rule.fields.get(name) is not None}
    return kept | {"message": "x", "level": "error"}


def _yaml(fields: Mapping) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode()


def judge(style: Style, alerts: Mapping[str, Iterable[tuple[int, str, str, str]]]) -> list[Finding]:
    """What is wrong with a style, in reading order.

    alerts: for each file name what Vale said: line, words, rule, message.
    """
    fired: dict[int, set[str]] = {}
    glued: set[int] = set()
    instead: dict[int, dict[str, set[int]]] = {}
    advised: dict[int, dict[str, set[str]]] = {}
    for name, lines in style.files.items():
        said: dict[int, list[tuple[str, str, str]]] = {}
        for line, match, rule, message in alerts.get(name, ()):
            said.setdefault(line, []).append((match, rule, message))
        for line, text in lines:
            for at in range(line, line + text.text.count("\n") + 1):
                for match, rule, message in said.get(at, ()):
                    if not _overlap(match, text.sample):
                        continue
                    if text.advice:
                        advised.setdefault(text.entry, {}).setdefault(text.sample, set()).add(rule)
                    elif rule == f"{ALONE}.e{text.entry}" and text.glued:
                        glued.add(text.entry)
                    elif rule == f"{ALONE}.e{text.entry}":
                        fired.setdefault(text.entry, set()).add(text.sample)
                    elif rule.startswith(f"{WHOLE}.r{style.entries[text.entry][0]}") and message.startswith("entry "):
                        instead.setdefault(text.entry, {}).setdefault(text.sample, set()).add(int(message[6:]))
    found = [_broken(rule) for rule in style.rules if rule.broken]
    found += _doubles(style)
    for at, (number, entry) in enumerate(style.entries):
        rule = style.rules[number]
        if at not in fired:
            found.append(_dead(rule, entry, glued=at in glued))
            continue
        winners = {one for sample in fired[at] for one in instead.get(at, {}).get(sample, ())}
        if rule.swaps and winners and entry.key not in {style.entries[one][1].key for one in winners}:
            found.append(_shadowed(rule, entry, [style.entries[one][1] for one in sorted(winners)]))
        if plain(entry.key) and _LIST.fullmatch(entry.key):
            found.append(_listed(rule, entry))
        for advice, rules in advised.get(at, {}).items():
            if f"{ALONE}.e{at}" in rules:
                message = f'"{entry.key}" says to write "{advice}", and finds that again: who follows it is told twice.'
                found.append(_finding(rule, entry, "contradiction", "error", message))
    return sorted(found, key=lambda finding: finding.sort_key)


def _overlap(match: str, sample: str) -> bool:
    one, other = " ".join(match.split()).casefold(), " ".join(sample.split()).casefold()
    return one in other or other in one


def _finding(rule: Rule, entry: Entry, name: str, level: str, message: str) -> Finding:
    span = Span(entry.line, entry.column, entry.line, entry.column + len(entry.key))
    return Finding(name, level, rule.path, span, entry.key, message)


def _broken(rule: Rule) -> Finding:
    return Finding("unread", "error", rule.path, Span(1, 1, 1, 1), "", f"This rule cannot be read: {rule.broken}")


def _dead(rule: Rule, entry: Entry, *, glued: bool) -> Finding:
    sample = readings(rule, entry)[0]
    how = f'is found only without a space, as in "{glue(sample)}", not' if glued else "can never fire, not even"
    message = f'"{entry.key}" {how} in "We say{spaced(sample)}here." {_why(rule, entry, sample)}'
    return _finding(rule, entry, "glued" if glued else "dead", "error", message.strip())


def _why(rule: Rule, entry: Entry, sample: str) -> str:
    edges = [sign for sign in (sample[:1], sample[-1:]) if sign and not (sign.isalnum() or sign == "_")]
    if not rule.fields.get("nonword") and edges:
        return (
            f'Vale asks for a word boundary on both sides, and beside "{edges[-1]}" there is none. '
            "Set `nonword: true`, with `\\b` where a word begins or ends."
        )
    if entry.value is not None and entry.value == entry.key:
        return "What it says instead is the same."
    if entry.value is not None and entry.value.casefold() == entry.key.casefold() and not rule.fields.get("ignorecase"):
        return "It differs from what is said instead by capitals only."
    return ""


def _shadowed(rule: Rule, entry: Entry, winners: Sequence[Entry]) -> Finding:
    names = " or ".join(f'"{winner.key}" (line {winner.line})' for winner in winners[:3])
    equal = any(len(winner.key.encode()) == len(entry.key.encode()) for winner in winners)
    how = "as long as it, so that Vale takes either" if equal else "longer, and Vale takes the longest first"
    same = all(winner.value == entry.value for winner in winners)
    mend = "Delete it." if same else "Keep one of them; they say different things."
    message = f'"{entry.key}" never speaks up: {names} finds the same words and is {how}. {mend}'
    return _finding(rule, entry, "shadowed", "suggestion" if same else "warning", message)


def _listed(rule: Rule, entry: Entry) -> Finding:
    parts = [part.strip() for part in entry.key.split(",")]
    message = (
        f'"{entry.key}" is one phrase, not a list: it is found only where these words stand together, comma and all. '
        f"For any of them write `{'|'.join(parts)}`, or an entry each."
    )
    return _finding(rule, entry, "comma-list", "error", message)


def _doubles(style: Style) -> Iterator[Finding]:
    seen: dict[tuple[int, str], Entry] = {}
    for number, entry in style.entries:
        rule = style.rules[number]
        before = seen.setdefault((number, entry.key), entry)
        if before is entry:
            continue
        silent = " Vale does not run a rule whose key stands twice." if rule.swaps else ""
        message = f'"{entry.key}" stands here again; first on line {before.line}.{silent} Delete one of the two.'
        yield _finding(rule, entry, "double", "error" if rule.swaps else "suggestion", message)
