"""Vale's configuration: the sections for our formats, and a company's .vale.ini as our own run needs it.

In our run the terms are off, the voice rules are fresh, and rules of our own report which documents a style checks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from onevoice.prose.blank import TOKEN_IGNORES
from onevoice.prose.formats import load_endings
from onevoice.vale import coverage, guard, settings
from onevoice.vale.guard import SafeSetup

TERMS_STYLE, VOICE_STYLE = "Brand", "Voice"
# Endings that Vale 3.22 reads correctly without being told how.
KNOWN_ENDINGS = frozenset(
    (".md", ".mdown", ".markdown", ".markdn", ".mdx", ".html", ".htm", ".xhtml", ".txt", ".rst", ".adoc", ".org")
)
# An ending in the pattern of a section: `*.md`, `*.{md,html}`.
_NAMED_ENDING = re.compile(r"(?<=[.,{])\w+(?=[,}*?]|$)")


def render_document_sections(styles: Iterable[str]) -> str:
    """The sections of a .vale.ini that check every text that Vale can read, with the styles of these names."""
    endings = {ending: kind.vale_ending for ending, kind in load_endings().items() if kind.vale_ending}
    unknown = [f"{ending[1:]} = {form[1:]}" for ending, form in endings.items() if ending not in KNOWN_ENDINGS]
    formats = "\n".join(["[formats]", *unknown, "", ""]) if unknown else ""
    pattern = f"*.{{{','.join(ending[1:] for ending in endings)}}}"
    return f"{formats}[{pattern}]\nBasedOnStyles = {', '.join(styles)}\nTokenIgnores = {TOKEN_IGNORES}\n"


def render_default_config(voice: str) -> str:
    """The .vale.ini of a handbook that has none: the style named `voice` over every document."""
    return f"MinAlertLevel = suggestion\n\n{render_document_sections([voice])}"


def build_default_setup(voice: str) -> SafeSetup:
    """What a handbook without a .vale.ini has: the style named `voice` over every document."""
    found, _ = settings.parse_settings(render_default_config(voice))
    return SafeSetup(found)


def list_named_endings(sections: Iterable[str]) -> set[str]:
    """The endings that the patterns of the sections name, as written there, with their dot."""
    return {f".{ending}" for name in sections for ending in _NAMED_ENDING.findall(name)}


class RunConfig(NamedTuple):
    """A configuration for our run.

    text: the .vale.ini. rules: our own rules for the first folder of styles, as path and bytes. endings: those that its
    sections name, as written there, with their dot.
    """

    text: str
    rules: dict[str, bytes]
    endings: set[str]


def build_run_config(setup: SafeSetup, styles: Path, off: Iterable[str] = (), *, has_voice: bool = True) -> RunConfig:
    """A .vale.ini for our run.

    setup: what Vale may have of the company's own. styles: a folder of styles that comes before the company's own.
    off: rules and styles to switch off in every section, besides the style of terms, which our matcher replaces.
    has_voice: whether the voice has a rule that runs.
    """
    off = dict.fromkeys((TERMS_STYLE, *off, *setup.unsafe_rules))
    sections = guard.read_sections(setup.settings)
    known = sections.get(settings.FORMATS, {})
    for name in ("", *settings.FIXED_SECTIONS):
        sections.pop(name, None)
    endings = list_named_endings(sections)
    idle = {TERMS_STYLE} if has_voice else {TERMS_STYLE, VOICE_STYLE}
    watched = coverage.list_watched_styles(sections.values(), idle)
    lines = [f"StylesPath = {folder}" for folder in (styles, *setup.paths)]
    lines += [settings.format_setting(one) for one in setup.settings if one.section == ""]
    for name, own in sections.items():
        lines += [f"[{name}]", *(f"{switched} = NO" for switched in off), *coverage.render_switches(own, watched)]
        chosen = (one for one in setup.settings if one.section == name and one.key not in off)
        lines += [settings.format_setting(one) for one in chosen]
    formats = list(_render_formats(endings, known))
    lines += ["[formats]", *formats] if formats else []
    return RunConfig("\n".join(lines) + "\n", coverage.render_rules(watched), endings)


def _render_formats(named: Iterable[str], known: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """How to read files whose endings the sections name, unless the configuration says so itself."""
    yield from (f"{ending} = {forms[-1]}" for ending, forms in known.items())
    for ending in sorted(named):
        if (kind := load_endings().get(ending.lower())) and ending[1:] not in known:
            form = kind.vale_ending or ".txt"
            if form != ending:
                yield f"{ending[1:]} = {form[1:]}"
