"""Any Vale style, tested: its entries that never fire, that others shadow, and that contradict themselves.

Each entry becomes a rule of its own, and gets texts that its expression describes; the real Vale says which of them it
finds. Then the rules as they are say which entry fires, and each entry's own advice is written out. `verdict.py` judges
what Vale says of all this.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from onevoice.vale.prove.sample import (
    generate_samples,
    is_described,
    is_plain_expression,
    split_alternatives,
    unescape_expression,
)
from onevoice.vale.prove.style import StyleEntry, StyleRule

ALONE, WHOLE = "Alone", "Whole"
# How many texts are in one document.
SHEET_SIZE = 150
_LINE_END = re.compile("\r\n|\r|\n")
# A word with dots, and no other sign: its author means dots.
_DOTTED = re.compile(r"[\w '’-]+(?:\.[\w '’-]*)+")
# Signs next to which people write no space: before them, and behind them.
_JOINED_BEFORE = re.compile(r"[,;:!?.…)\]}%](?:\W|$)|['’]|[-–—/]|\(\w{1,3}\)")
_JOINED_BEHIND = re.compile(r"(?:[-–—/(\[{“‘]|\w['’])$")
# The parts of scopes for which there are texts here.
_KNOWN_SCOPES = frozenset(
    (
        *("", "text", "raw", "md", "txt", "html", "heading", "h1", "h2", "h3", "h4", "list", "table", "cell", "header"),
        *("link", "blockquote", "strong", "emphasis", "alt", "summary", "paragraph", "sentence"),
    )
)
# How many alternatives of an entry are tried by themselves.
MAX_ALTERNATIVES = 40
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
    each entry, by its number. alternatives: those of them that are one of several words that the entry lists.
    """

    rules: Sequence[StyleRule]
    entries: list[tuple[int, StyleEntry]] = field(default_factory=list)
    files: dict[str, list[tuple[int, TrialCase]]] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    unreadable_entries: list[tuple[int, StyleEntry, str]] = field(default_factory=list)
    samples: list[list[str]] = field(default_factory=list)
    alternatives: list[list[str]] = field(default_factory=list)


def build_style_trial(rules: Sequence[StyleRule]) -> StyleTrial:
    """The texts with which to try a style."""
    style = StyleTrial(rules)
    texts: dict[str, list[TrialCase]] = {"md": [], "txt": [], "html": []}
    for number, rule in enumerate(rules):
        for entry in rule.entries:
            at = len(style.entries)
            style.entries.append((number, entry))
            # An entry without words finds nothing, or everything, and is reported as it is.
            style.alternatives.append(_list_alternatives(rule, entry))
            samples = list_entry_samples(rule, entry) if entry.key.strip() else []
            style.samples.append([*dict.fromkeys([*samples, *style.alternatives[at]])])
            for kind, text in _make_cases(at, rule, entry, style.samples[at]):
                texts[kind].append(text)
    for kind, found in texts.items():
        for start in range(0, len(found), SHEET_SIZE):
            name = f"{start // SHEET_SIZE}.{kind}"
            style.sources[name], style.files[name] = _join_cases(found[start : start + SHEET_SIZE])
    return style


def _join_cases(found: Sequence[TrialCase]) -> tuple[str, list[tuple[int, TrialCase]]]:
    """The cases as one text, and the line of each."""
    lines, parts, line = [], [], 1
    for one in found:
        # To Vale each of these ends a line.
        parts.append(f"{_LINE_END.sub(chr(10), one.text)}\n\n")
        lines.append((line, one))
        line += parts[-1].count("\n")
    return "".join(parts), lines


def build_retrial(style: StyleTrial, suspects: Sequence[tuple[int, str]]) -> dict[str, tuple[int, str, str]]:
    """For each entry and sample (or "": all of its samples) texts of their own, in which nothing else can be found.

    By file name: the entry, the sample, the text.
    """
    made: dict[str, tuple[int, str, str]] = {}
    for number, (at, sample) in enumerate(suspects):
        of, entry = style.entries[at]
        cases = list(_make_cases(at, style.rules[of], entry, [sample] if sample else style.samples[at]))
        for kind in ("md", "txt", "html"):
            shapes = [one for form, one in cases if form == kind and not (one.is_glued or one.is_advice)]
            made |= {f"s{number}.{kind}": (at, sample, _join_cases(shapes)[0])} if shapes else {}
    return made


def list_scopes(rule: StyleRule) -> list[str]:
    """The scopes of a rule, as written."""
    scope = rule.fields.get("scope") or ""
    return [str(one) for one in scope] if isinstance(scope, list) else [str(scope)]


def is_scope_known(rule: StyleRule) -> bool:
    """Whether the texts here are of all kinds that the rule can be for."""
    parts = (part.strip(" ~") for one in list_scopes(rule) for part in re.split("[.&]", one))
    return all(part in _KNOWN_SCOPES for part in parts)


def is_raw(rule: StyleRule) -> bool:
    """Whether the rule reads a file as it is, over its lines."""
    return any("raw" in re.split("[.&]", one) for one in list_scopes(rule))


def _make_cases(at: int, rule: StyleRule, entry: StyleEntry, samples: Sequence[str]) -> Iterator[tuple[str, TrialCase]]:
    scopes = " ".join(list_scopes(rule))
    folds = rule.is_substitution and (rule.fields.get("ignorecase") or "(?i" in entry.key)
    for sample in samples:
        shown = " ".join(sample.split("\n")) if "\n\n" in sample and not is_raw(rule) else sample
        places = list_placed_samples(shown)
        for said in places:
            yield "txt", TrialCase(at, f"We say{said}here.", sample)
        shapes = [shown, f"{places[0].lstrip()}is what we say."]
        if "(?" in entry.key:
            # What must not be next to it may be in the other sentences.
            shapes += [f"It was {shown}, and more.", f"They like {shown}"]
        if folds and sample == samples[0]:
            # An entry whose replacement is the same word is about its capitals.
            shapes += [f"We say{pad_sample(other)}here." for other in (shown.lower(), shown.upper(), shown.title())]
        for shape in shapes:
            yield "txt", TrialCase(at, shape, sample)
        if not shown.isalnum() and glue_sample(shown) not in [f"We say{said}here." for said in places]:
            # Next to a hyphen nobody writes a space: `short- and long-term`.
            hyphened = shown.startswith("-") or shown.endswith("-")
            yield "txt", TrialCase(at, glue_sample(shown), sample, is_glued=not hyphened)
            if "html" in scopes:
                yield "html", TrialCase(at, f"<p>{glue_sample(shown)}</p>", sample, is_glued=not hyphened)
        for kind, shape in _list_markup_shapes(shown, places[-1], scopes):
            yield kind, TrialCase(at, shape, sample)
    for advice in _split_advice(entry):
        yield "txt", TrialCase(at, f"We say {advice} here.", advice, is_advice=True)


def _list_markup_shapes(shown: str, said: str, scopes: str) -> Iterator[tuple[str, str]]:
    """A sample in Markdown and, if the rule is for it, in HTML. said: with what is around it in a sentence."""
    shapes = [f"We say{said}here."]
    if "heading" in scopes or re.search(r"\bh[1-6]\b", scopes):
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
    yield from (("md", shape) for shape in shapes)
    if "html" in scopes:
        plain = html.escape(shown, quote=False)
        blocks = "".join(f"<{tag}>{plain}</{tag}>" for tag in ("h1", "h2", "h3", "h4", "blockquote"))
        sentence = f"We say{html.escape(said, quote=False)}here."
        yield "html", f"<p>{sentence}</p>"
        yield "html", f"{blocks}<ul><li>{plain}</li></ul><table><tr><th>{plain}</th><td>{plain}</td></tr></table>"
        yield "html", f'<p>See <a href="a">{plain}</a>, <b>{plain}</b>, <i>{plain}</i>.</p>'


def _list_alternatives(rule: StyleRule, entry: StyleEntry) -> list[str]:
    if rule.fields.get("raw"):
        return []
    parts = split_alternatives(entry.key)[:MAX_ALTERNATIVES]
    words = [unescape_expression(part) for part in parts if is_plain_expression(part)]
    return [word for word in words if word.strip() and not _LINE_END.search(word)]


def is_fair_trial(style: StyleTrial, at: int, sample: str) -> bool:
    """Whether the entry of this number must be found in a sentence with the sample: its expression describes it."""
    number, entry = style.entries[at]
    rule = style.rules[number]
    ignorecase = bool(rule.fields.get("ignorecase")) or "(?i" in entry.key
    sentences = [f"We say{said}here." for said in list_placed_samples(sample)]
    if not is_scope_known(rule) or _LINE_END.search(sample) or rule.fields.get("raw"):
        return False
    if _DOTTED.fullmatch(entry.key) or sample in style.alternatives[at]:
        return True
    return any(is_described(entry.key, sentence, sample, ignorecase=ignorecase) for sentence in sentences)


def list_placed_samples(sample: str) -> list[str]:
    """The sample in a sentence, as people may write it: with a space on each side, or joined by a sign."""
    before = ["" if sample[:1].isspace() else " ", *([""] if _JOINED_BEFORE.match(sample) else [])]
    behind = ["" if sample[-1:].isspace() else " ", *([""] if _JOINED_BEHIND.search(sample) else [])]
    return [f"{one}{sample}{other}" for one in before for other in behind]


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


def render_entry_rules(style: StyleTrial, wanted: Collection[int] | None = None) -> dict[str, bytes]:
    """Each entry that has words as a rule of its own, in the order of the entries. wanted: their numbers; None: all."""
    return {
        f"{ALONE}/e{at}.yml": _render_words(style.rules[number], {entry.key: entry.value or ""})
        for at, (number, entry) in enumerate(style.entries)
        if style.samples[at] and (wanted is None or at in wanted)
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
