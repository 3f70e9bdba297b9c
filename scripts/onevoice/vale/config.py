"""The configuration of our own run of Vale: the company's .vale.ini, with the terms off and fresh voice rules."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from onevoice.prose.mask import TOKEN_IGNORES

TERMS_STYLE = "Brand"
DOCUMENT_GLOB = "*.{md,html,txt}"
SECTION = re.compile(r"^\s*\[.+\]\s*$")
KEY = re.compile(r"^\s*([^=:;#\[]+?)\s*[=:]\s*(.*?)\s*$")


def render_default_config(voice: str) -> str:
    """The .vale.ini of a handbook that has none: the style named `voice` over every document."""
    return f"MinAlertLevel = suggestion\n\n[{DOCUMENT_GLOB}]\nBasedOnStyles = {voice}\nTokenIgnores = {TOKEN_IGNORES}\n"


def list_styles_paths(text: str, home: Path) -> list[Path]:
    """The StylesPath folders that a .vale.ini names, as Vale run from `home` (its folder) reads them."""
    keys = (KEY.match(line) for line in text.splitlines())
    return [home / key[2] for key in keys if key and key[1] == "StylesPath"]


def list_vale_packages(text: str) -> list[str]:
    """The packages that a .vale.ini asks `vale sync` for."""
    keys = (KEY.match(line) for line in text.splitlines())
    listed = [name.strip() for key in keys if key and key[1] == "Packages" for name in key[2].split(",")]
    return [name for name in listed if name]


def render_run_config(text: str, home: Path, styles: Path, off: Iterable[str]) -> str:
    """A .vale.ini for our run.

    text, home: the company's .vale.ini and its folder. styles: a folder of styles that comes before the company's own.
    off: rules and styles to switch off in every section, besides the style of terms, which our matcher replaces.
    The company's style folders that do not exist (yet) are left out: Vale would stop at them.
    """
    switches = [f"{name} = NO" for name in (TERMS_STYLE, *off)]
    silenced = {TERMS_STYLE, *off}
    lines = [f"StylesPath = {folder}" for folder in (styles, *list_styles_paths(text, home)) if folder.is_dir()]
    for line in text.splitlines():
        if SECTION.match(line):
            lines += [line, *switches]
            continue
        key = KEY.match(line)
        if not key or (key[1] not in silenced and key[1] != "StylesPath"):
            lines.append(line)
    return "\n".join(lines) + "\n"
