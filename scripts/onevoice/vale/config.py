"""Vale's configuration: the sections for our formats, and a company's .vale.ini as our own run needs it.

In our run the terms are off, the voice rules are fresh, and rules of our own report which documents a style checks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from onevoice.prose.formats import load_endings
from onevoice.prose.mask import TOKEN_IGNORES
from onevoice.vale import coverage

TERMS_STYLE, VOICE_STYLE = "Brand", "Voice"
SECTION = re.compile(r"^\s*\[(.+)\]\s*$")
KEY = re.compile(r"^\s*([^=:;#\[]+?)\s*[=:]\s*(.*?)\s*$")
# Endings that Vale 3.22 reads correctly without being told how.
KNOWN_ENDINGS = frozenset(
    (".md", ".mdown", ".markdown", ".markdn", ".mdx", ".html", ".htm", ".xhtml", ".txt", ".rst", ".adoc", ".org")
)
# Sections whose names are not patterns of paths.
_FIXED_SECTIONS = ("formats", "asciidoctor")
# An ending in the pattern of a section: `*.md`, `*.{md,html}`.
_NAMED_ENDING = re.compile(r"(?<=[.,{])\w+(?=[,}*?]|$)")

# The settings of one section: each key and its values.
Settings = dict[str, list[str]]


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


def list_styles_paths(text: str, home: Path) -> list[Path]:
    """The StylesPath folders that a .vale.ini names, as Vale run from `home` (its folder) reads them."""
    keys = (KEY.match(line) for line in text.splitlines())
    return [home / key[2] for key in keys if key and key[1] == "StylesPath"]


def list_vale_packages(text: str) -> list[str]:
    """The packages that a .vale.ini asks `vale sync` for."""
    keys = (KEY.match(line) for line in text.splitlines())
    listed = [name.strip() for key in keys if key and key[1] == "Packages" for name in key[2].split(",")]
    return [name for name in listed if name]


def read_sections(*texts: str) -> dict[str, Settings]:
    """The sections of several .vale.ini files as Vale merges them, by name; the top is ""."""
    sections: dict[str, Settings] = {"": {}}
    for text in texts:
        name = ""
        for line in text.splitlines():
            if section := SECTION.match(line):
                name = section[1]
                sections.setdefault(name, {})
            elif key := KEY.match(line):
                sections[name].setdefault(key[1], []).append(re.split(r"\s[;#]", key[2])[0].strip())
    return sections


def list_named_endings(sections: Mapping[str, Settings]) -> set[str]:
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


def build_run_config(
    text: str,
    home: Path,
    styles: Path,
    off: Iterable[str] = (),
    packaged: Sequence[str] = (),
    *,
    has_voice: bool = True,
) -> RunConfig:
    """A .vale.ini for our run.

    text, home: the company's .vale.ini and its folder. styles: a folder of styles that comes before the company's own.
    off: rules and styles to switch off in every section, besides the style of terms, which our matcher replaces.
    packaged: the .vale.ini files of packages, which Vale reads before the company's. has_voice: whether the voice has a
    rule that runs. The company's style folders that do not exist (yet) are left out: Vale would stop at them.
    """
    off = (TERMS_STYLE, *off)
    sections = read_sections(*packaged, text)
    formats = sections.get("formats", {})
    for name in ("", *_FIXED_SECTIONS):
        sections.pop(name, None)
    endings = list_named_endings(sections)
    idle = {TERMS_STYLE} if has_voice else {TERMS_STYLE, VOICE_STYLE}
    watched = coverage.list_watched_styles(sections.values(), idle)

    def iter_switches(name: str) -> Iterator[str]:
        if name not in _FIXED_SECTIONS:
            yield from (f"{switched} = NO" for switched in off)
            # A section may be written twice; once is enough.
            yield from coverage.render_switches(sections.pop(name, {}), watched)

    lines = [f"StylesPath = {folder}" for folder in (styles, *list_styles_paths(text, home)) if folder.is_dir()]
    for line in text.splitlines():
        key = KEY.match(line)
        if section := SECTION.match(line):
            lines += [line, *iter_switches(section[1])]
        elif not key or (key[1] not in off and key[1] != "StylesPath"):
            lines.append(line)
    for name in list(sections):
        lines += [f"[{name}]", *iter_switches(name)]
    lines += _render_formats(endings, formats)
    return RunConfig("\n".join(lines) + "\n", coverage.render_rules(watched), endings)


def _render_formats(named: Iterable[str], known: Mapping[str, object]) -> list[str]:
    """How to read files whose endings the sections name, unless the configuration says so itself."""
    lines = []
    for ending in sorted(named):
        if (kind := load_endings().get(ending.lower())) and ending[1:] not in known:
            form = kind.vale_ending or ".txt"
            lines += [f"{ending[1:]} = {form[1:]}"] * (form != ending)
    return ["[formats]", *lines] if lines else []
