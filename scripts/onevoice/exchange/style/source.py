"""The files of a Vale style, or of a folder of styles, taken apart: rules, words of vocabularies, and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

from onevoice.exchange.entry import Omission, Source
from onevoice.vale.prove.style import StyleEntry, StyleRule, parse_style_rule
from onevoice.vale.settings import parse_settings

# Folders above the styles, in which nothing has a name of its own.
_ROOT_NAMES = ("styles", ".vale", "vale")
_VOCABULARY = re.compile(r"(?:^|/)(?:config/vocabularies|Vocab)/(?P<name>[^/]+)/(?:.*/)?(?P<kind>accept|reject)\.txt$")
_TEST_ENDINGS = (".test.yml", ".test.yaml")
_EXTENDS = re.compile(rb"""^["']?extends["']?\s*:\s*["']?[\w.]+""", re.M)
_SILENT_NAMES = re.compile(r"(?i)^(?:license|licence|readme|changelog|notice|meta\.json|\.git.*|\.editorconfig)")
_LEVELS = ("suggestion", "warning", "error")
# How deep rules may extend each other; Vale's own limit.
MAX_PARENTS = 10


@dataclass(frozen=True)
class ReadRule:
    """A rule of a style. name: as Vale calls it, such as `Google.WordList`. path: its file."""

    name: str
    path: str
    kind: str
    fields: Mapping[str, Any]
    entries: tuple[StyleEntry, ...] = ()

    @property
    def ignores_case(self) -> bool:
        """Whether capitals don't matter to it."""
        return self._is_on("ignorecase")

    @property
    def is_nonword(self) -> bool:
        """Whether what it finds may begin or end inside a word."""
        return self._is_on("nonword")

    @property
    def scopes(self) -> tuple[str, ...]:
        """Where it looks; () if everywhere."""
        given = self.get_field("scope") or ()
        return (given,) if isinstance(given, str) else tuple(map(str, given))

    def get_field(self, name: str) -> Any:
        """A field by its name in small letters: Vale reads `ignoreCase` as well as `ignorecase`."""
        return next((value for key, value in self.fields.items() if key.lower() == name), None)

    def _is_on(self, name: str) -> bool:
        # Vale takes the text "false" for what it says.
        return str(self.get_field(name)).lower() in ("true", "1")

    def locate_entry(self, entry: StyleEntry) -> str:
        """The place of an entry, as messages give it."""
        return f"{self.path}:{entry.line}:{entry.column}"


@dataclass(frozen=True)
class VocabularyWord:
    """A line of a vocabulary. vocabulary: its name. is_accepted: whether it's a word to use, not one to avoid."""

    vocabulary: str
    is_accepted: bool
    text: str
    place: str


@dataclass(frozen=True)
class StyleSource:
    """All that a folder of styles has."""

    rules: tuple[ReadRule, ...] = ()
    words: tuple[VocabularyWord, ...] = ()
    omissions: tuple[Omission, ...] = ()


@dataclass
class _Switches:
    """What a .vale.ini says of rules, by their names in small letters."""

    places: dict[str, str] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)


def is_style(source: Source) -> bool:
    """Whether a source has rules or vocabularies of Vale."""
    return any(
        (path.endswith((".yml", ".yaml")) and _EXTENDS.search(data)) or _VOCABULARY.search(path)
        for path, data in source.files.items()
    )


def read_style_files(source: Source) -> StyleSource:
    """The rules and words of a source, sorted by path."""
    rules: list[ReadRule] = []
    words: list[VocabularyWord] = []
    omissions: list[Omission] = []
    raw: dict[str, tuple[str, StyleRule]] = {}
    switches = _Switches()
    for path, data in sorted(source.files.items()):
        if match := _VOCABULARY.search(path):
            words += _read_words(path, data, match["name"], match["kind"] == "accept")
        elif path.rpartition("/")[2] == ".vale.ini":
            _read_switches(path, data, switches)
        elif any(part.startswith(("_", ".")) for part in path.split("/")[:-1]) or path.endswith(_TEST_ENDINGS):
            omissions.append(Omission(path, "", "Vale doesn't read this file as a rule."))
        elif not path.endswith((".yml", ".yaml")):
            omissions += _omit_file(path)
        else:
            rule = parse_style_rule(path, data)
            if rule is None or rule.parse_error:
                omissions.append(_omit_unreadable(path, rule))
            else:
                raw[path] = (_name_rule(path, source.name), rule)
    by_name = dict(raw.values())
    for path, (name, rule) in raw.items():
        made = _resolve_parents(name, path, rule, by_name)
        if isinstance(made, Omission):
            omissions.append(made)
        else:
            rules.append(made)
    kept, switched_off = _apply_switches(rules, switches)
    return StyleSource(tuple(kept), tuple(words), (*omissions, *switched_off))


def _name_rule(path: str, source_name: str) -> str:
    """The rule's name as Vale has it: its style, the folders in it, and its file."""
    parts = list(PurePosixPath(path).with_suffix("").parts)
    for number, part in enumerate(parts[:-1]):
        if part.lower() in _ROOT_NAMES and number < len(parts) - 2:
            parts = parts[number + 1 :]
            break
    if len(parts) == 1:
        folder = PurePosixPath(source_name.replace("\\", "/"))
        parts.insert(0, folder.stem if folder.suffix in (".yml", ".yaml", ".zip") else folder.name or "Style")
        if parts[0] == parts[1]:
            parts[0] = "Style"
    # A package of a style has a folder of the same name in it.
    return ".".join(part for number, part in enumerate(parts) if number == 0 or part != parts[number - 1])


def _read_words(path: str, data: bytes, name: str, is_accepted: bool) -> Iterator[VocabularyWord]:
    for number, line in enumerate(data.decode("utf-8-sig", "replace").splitlines(), 1):
        word = line.strip()
        if word and not word.startswith("# "):
            yield VocabularyWord(name, is_accepted, word, f"{path}:{number}")


def _read_switches(path: str, data: bytes, switches: _Switches) -> None:
    settings, _ = parse_settings(data.decode("utf-8-sig", "replace"))
    for setting in settings:
        if "." in setting.key and "[" not in setting.key:
            switches.states[setting.key.lower()] = setting.value.strip()
            switches.places[setting.key.lower()] = f"{path}:{setting.line}"


def _apply_switches(rules: Iterable[ReadRule], switches: _Switches) -> tuple[list[ReadRule], list[Omission]]:
    kept: list[ReadRule] = []
    omissions: list[Omission] = []
    for rule in rules:
        state = switches.states.get(rule.name.lower(), "YES")
        if state in _LEVELS:
            kept.append(replace(rule, fields={**rule.fields, "level": state}))
        elif state == "YES":
            kept.append(rule)
        else:
            reason = f"{switches.places[rule.name.lower()]} switches this rule off."
            omissions.append(Omission(rule.path, rule.name, reason))
    return kept, omissions


def _omit_file(path: str) -> Iterator[Omission]:
    name = path.rpartition("/")[2]
    if _SILENT_NAMES.match(name):
        return
    reason = "It's neither a rule (*.yml) nor a vocabulary (accept.txt, reject.txt)."
    if name.endswith(".tengo"):
        reason = "It's a program. A handbook has rules that only look for words."
    elif name.endswith((".dic", ".aff")):
        reason = "It's a dictionary for spelling. Keep it with Vale, next to your .vale.ini."
    yield Omission(path, "", reason)


def _omit_unreadable(path: str, rule: StyleRule | None) -> Omission:
    if rule is None or rule.parse_error is None:
        return Omission(path, "", "It isn't a rule of Vale: it has no `extends`.")
    line, column, why = rule.parse_error
    return Omission(f"{path}:{line}:{column}", "", f"{why[:1].upper()}{why[1:]}")


def _resolve_parents(
    name: str, path: str, rule: StyleRule, by_name: Mapping[str, StyleRule], depth: int = 0
) -> ReadRule | Omission:
    """A rule with all that it takes over from the rule that it extends, if any."""
    kind = str(rule.fields["extends"])
    if "." not in kind:
        return ReadRule(name, path, kind, {k: v for k, v in rule.fields.items() if k != "extends"}, rule.entries)
    parent = by_name.get(kind)
    if parent is None or depth >= MAX_PARENTS:
        return Omission(path, name, f"It extends {kind}, which isn't here. Import both styles from one folder.")
    above = _resolve_parents(kind, path, parent, by_name, depth + 1)
    if isinstance(above, Omission):
        return Omission(path, name, above.reason)
    fields = dict(above.fields)
    entries = list(above.entries)
    for key, value in rule.fields.items():
        if key == "extends":
            continue
        bare = key.rstrip("+-").lower()
        if bare in ("swap", "tokens") and above.kind in ("substitution", "existence"):
            entries = _overlay_entries(entries, key[len(bare) :], value)
        else:
            fields[bare] = _overlay_value(fields.get(bare), key[len(bare) :], value)
    return ReadRule(name, path, above.kind, fields, tuple(entries))


def _overlay_entries(entries: list[StyleEntry], sign: str, value: Any) -> list[StyleEntry]:
    if sign == "-":
        gone = set(map(str, value or ()))
        return [entry for entry in entries if entry.key not in gone]
    given = value.items() if isinstance(value, Mapping) else ((one, None) for one in value or ())
    own = {str(key): StyleEntry(str(key), None if said is None else str(said), 1, 1) for key, said in given}
    kept = [entry for entry in entries if entry.key not in own] if sign == "+" else []
    return [*kept, *own.values()]


def _overlay_value(above: Any, sign: str, value: Any) -> Any:
    if sign == "+" and isinstance(above, list):
        return [*above, *value]
    if sign == "+" and isinstance(above, Mapping):
        return {**above, **value}
    if sign == "-" and isinstance(above, list):
        return [one for one in above if one not in value]
    if sign == "-" and isinstance(above, Mapping):
        return {key: said for key, said in above.items() if key not in value}
    return value
