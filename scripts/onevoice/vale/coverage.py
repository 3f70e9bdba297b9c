"""Which documents a style checks. Only Vale knows: sections of .vale.ini match paths, and later ones override others.

So we ask Vale: each style gets a rule of ours that is switched on and off with it, and that finds something in every
document that is not empty.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

STYLE = "OnevoiceCoverage"
_RULE = rb"""extends: existence
message: covered
level: error
scope: raw
nonword: true
tokens: ['\A\s*\S']
"""
# Values that switch a rule or a style on.
_ON = ("YES", "suggestion", "warning", "error")
_OPTIONS = (
    *("BasedOnStyles", "BlockIgnores", "CommentDelimiters", "IgnorePatterns"),
    *("Lang", "TokenIgnores", "Transform", "View"),
)


def list_watched_styles(sections: Iterable[Mapping[str, Sequence[str]]], idle: Collection[str]) -> list[str]:
    """The styles that the sections of a configuration mention. idle: those that have no rule to run."""
    styles: dict[str, None] = {}
    for settings in sections:
        styles |= dict.fromkeys([*_list_base_styles(settings), *(style for style, _ in _iter_switches(settings))])
    return [style for style in styles if style not in idle]


def render_rules(styles: Sequence[str]) -> dict[str, bytes]:
    """A rule for each of these styles, as path below a folder of styles and bytes."""
    return {f"{STYLE}/style{number}.yml": _RULE for number in range(len(styles))}


def render_switches(settings: Mapping[str, Sequence[str]], watched: Sequence[str]) -> Iterator[str]:
    """The lines that make a section do with our rules what it does with the styles. settings: its own."""
    base, switches = _list_base_styles(settings), list(_iter_switches(settings))
    for number, style in enumerate(watched):
        states = [is_on for name, is_on in switches if name == style]
        if states or "BasedOnStyles" in settings:
            yield f"{STYLE}.style{number} = {'YES' if any(states) or (not states and style in base) else 'NO'}"


def is_coverage_rule(rule: str) -> bool:
    """Whether a rule is one of these."""
    return rule.startswith(f"{STYLE}.")


def _list_base_styles(settings: Mapping[str, Sequence[str]]) -> list[str]:
    names = [name.strip() for value in settings.get("BasedOnStyles", ()) for name in value.split(",")]
    return [name for name in names if name]


def _iter_switches(settings: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, bool]]:
    """Each style that a section switches on or off, whole or by one of its rules."""
    for key, values in settings.items():
        style, _, rule = key.partition(".")
        if key == "Vocab":
            yield "Vale", True
        elif key not in _OPTIONS and values[-1] in _ON:
            yield style, True
        elif not rule and values[-1] == "NO":
            yield style, False
