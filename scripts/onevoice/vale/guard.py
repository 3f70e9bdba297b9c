"""What of a handbook's own set-up for Vale is safe to use: its .vale.ini, its folders of styles, the rules in them.

Styles are trusted as to words, and nothing else. None of Vale's kinds of rules can start a program: scripts (`extends:
script`, the action `suggest`) run in Tengo with the modules `text`, `fmt` and `math` only, and Vale ends them after two
seconds; formulas (`extends: metric`), sequences and expressions have no files. But rules can name files: dictionaries
(`aff`, `dic`, `dicpath`, `dictionaries`), lists of words (`ignore`), scripts (`script`, `action`). And a folder, or a
file in it, may be a link to elsewhere, or a pipe that Vale would wait at forever. So all that must stay inside.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.finding import Finding, Span
from onevoice.nesting import find_deep_nesting
from onevoice.prose import files
from onevoice.prose.read import decode_text
from onevoice.vale.settings import (
    FILE_FIELDS,
    Refusal,
    Setting,
    filter_settings,
    parse_settings,
    split_names,
)

# The settings of packages, which `vale sync` has merged into a folder of styles, and the folder of word lists.
PACKAGED, ASSETS = ".vale-config", "config"
# Styles that need no folder of the company's: two are ours, one is Vale's own.
BUILT_STYLES = ("Brand", "Voice", "Vale")
# A rule that may name a file, or hide that it does by escapes or another encoding: only such a rule is read here.
_NAMES_FILES = re.compile(
    rb"(?i)\b(?:aff|dic|dicpath|dictionaries|ignore|script|suggest|action\+)\b"
    rb"|\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|\r?\n)|\0"
)
_PATH = re.compile(r"[\w.~:-]*[/\\][\w./\\~: -]*\w")


@dataclass
class SafeSetup:
    """What Vale may have of a handbook.

    settings: of packages, then of the .vale.ini itself. paths: its folders of styles that exist, absolute.
    unsafe_rules: rules to switch off. refused: what is left out, by the file that has it. stamp: the files of its
    styles with their sizes and times.
    """

    settings: list[Setting] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    unsafe_rules: list[str] = field(default_factory=list)
    refused: list[tuple[Path, Refusal]] = field(default_factory=list)
    stamp: list[tuple[str, int, int]] = field(default_factory=list)

    def make_findings(self) -> list[Finding]:
        """A warning on each thing that is left out."""
        return [
            Finding(
                "file", "warning", path.as_posix(), Span(one.line, 1, one.line, 1), one.name,
                f"`{one.name}` is not passed on to Vale. {one.why}",
            )
            for path, one in self.refused
        ]  # fmt: skip


def read_safe_setup(ini: Path) -> SafeSetup:
    """What Vale may have of a handbook with this .vale.ini. Raises OnevoiceError if the file cannot be read."""
    home = ini.parent.absolute()
    if not files.is_path_inside(ini, home):
        raise OnevoiceError(f"{ini.as_posix()}: this link leads out of the handbook. Put the file itself here.")
    setup = SafeSetup()
    own, refused = _read_settings(ini)
    setup.refused += [(ini, one) for one in refused]
    for one in own:
        if one.key == "StylesPath" and one.section == "":
            place = home / one.value
            if not files.is_path_inside(place, home):
                setup.refused.append((ini, Refusal(one.line, "StylesPath", _explain_outside(one.value))))
            elif place.is_dir():
                setup.paths.append(place)
        else:
            setup.settings.append(one)
    for path in sorted(setup.paths[-1].glob(f"{PACKAGED}/*.ini")) if setup.paths else ():
        if files.is_path_inside(path, home) and path.is_file():
            packaged, refused = _read_settings(path)
            setup.refused += [(path, one) for one in refused]
            named = [one for one in packaged if one.key != "StylesPath"]
            setup.settings[:0] = named
    _leave_unsafe_styles_out(setup, ini, home)
    return setup


def _read_settings(ini: Path) -> tuple[list[Setting], list[Refusal]]:
    settings, unreadable = parse_settings(decode_text(ini.as_posix(), files.read_file_bytes(ini))[0])
    kept, refused = filter_settings(settings)
    return kept, [*unreadable, *refused]


def _explain_outside(path: str) -> str:
    return f"`{path}` is outside the handbook. Move it into the handbook's folder."


def _leave_unsafe_styles_out(setup: SafeSetup, ini: Path, home: Path) -> None:
    lines: dict[str, int] = {}
    for one in setup.settings:
        names = split_names(one.value) if one.key == "BasedOnStyles" else [one.key.partition(".")[0]]
        lines |= {name: one.line for name in names if one.section and name not in lines}
    real_home, unsafe = home.resolve(), set()
    for path in list(setup.paths):
        if why := _find_unsafe_entry([path / ASSETS], real_home, setup.stamp):
            setup.paths.remove(path)
            setup.refused.append((ini, Refusal(1, "StylesPath", why)))
    has_refused_path = any(one.name == "StylesPath" for _, one in setup.refused)
    for name, line in lines.items():
        folders = [path / name for path in setup.paths]
        if has_refused_path and name not in BUILT_STYLES and not any(folder.is_dir() for folder in folders):
            unsafe.add(name)  # Vale would stop at a style that is not there.
            continue
        if why := _find_unsafe_entry(folders, real_home, setup.stamp):
            unsafe.add(name)
            setup.refused.append((ini, Refusal(line, name, why)))
            continue
        for folder in folders:
            for rule, file, refusal in _find_unsafe_rules(folder, setup.paths, real_home):
                setup.unsafe_rules.append(f"{name}.{rule}")
                setup.refused.append((file, refusal))
    if unsafe or has_refused_path:
        setup.settings = [left for one in setup.settings if (left := _drop_names(one, unsafe, setup.paths))]


def _drop_names(one: Setting, unsafe: Collection[str], paths: Sequence[Path]) -> Setting | None:
    """A setting without the styles and vocabularies that Vale cannot have; None if nothing is left of it."""
    names = split_names(one.value)
    if one.key == "Vocab":
        names = [name for name in names if any((path / ASSETS / "vocabularies" / name).is_dir() for path in paths)]
        return one._replace(value=", ".join(names)) if names else None
    if one.key == "BasedOnStyles":
        return one._replace(value=", ".join(name for name in names if name not in unsafe))
    return None if one.section and one.key.partition(".")[0] in unsafe else one


def _find_unsafe_entry(folders: Iterable[Path], home: Path, stamp: list[tuple[str, int, int]]) -> str:
    """Why a folder may not be used: what in it leads outside, or is no file; "" if nothing does. stamp: is added to."""
    left = limits.MAX_STYLE_FILES
    for folder in folders:
        if not os.path.lexists(folder):
            continue
        if not _leads_inside(folder, home):
            return f"`{folder.name}` is a link that leads out of the handbook. Put the folder itself there."
        for depth, entry in _iter_entries(folder):
            left -= 1
            if depth > limits.MAX_STYLE_DEPTH:
                return f"Its folders go deeper than {limits.MAX_STYLE_DEPTH} levels. Put the rules higher up."
            if left < 0:
                return f"It has more than {limits.MAX_STYLE_FILES} files. Remove what isn't a style."
            if entry.is_symlink() and not _leads_inside(Path(entry.path), home):
                return f"`{entry.name}` in it is a link that leads out of the handbook. Put the file itself there."
            if not entry.is_file() and not entry.is_dir():
                return f"`{entry.name}` in it is not a regular file. Remove it."
            found = entry.stat()
            stamp.append((entry.path, found.st_size, found.st_mtime_ns))
            if entry.name.endswith(".yml") and entry.is_file() and found.st_size > limits.MAX_STYLE_BYTES:
                return f"`{entry.name}` in it has more than {limits.MAX_STYLE_BYTES >> 20} MB. Split it."
    return ""


def _leads_inside(path: Path, home: Path) -> bool:
    try:
        return path.resolve().is_relative_to(home)
    except (OSError, RuntimeError):  # a circle of links leads nowhere
        return False


def _iter_entries(folder: Path | str) -> Iterator[tuple[int, os.DirEntry[str]]]:
    """What is below a folder, links followed as Vale does, and how deep; nothing is deeper than just over the limit."""
    waiting = [(0, os.fspath(folder))]
    while waiting:
        depth, here = waiting.pop()
        if not os.path.isdir(here):  # noqa: PTH112
            continue
        with os.scandir(here) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                yield depth, entry
                if entry.is_dir() and depth <= limits.MAX_STYLE_DEPTH:
                    waiting.append((depth + 1, entry.path))


def _find_unsafe_rules(folder: Path, paths: Collection[Path], home: Path) -> Iterator[tuple[str, Path, Refusal]]:
    for _, entry in _iter_entries(folder):
        if not entry.name.endswith(".yml") or not entry.is_file():
            continue
        path = Path(entry.path)
        data = files.read_file_bytes(path)
        if _NAMES_FILES.search(data) and (why := _find_outside_file(data, paths, home)):
            rule = ".".join(path.relative_to(folder).with_suffix("").parts)
            yield rule, path, Refusal(1, rule, why)


def _find_outside_file(data: bytes, paths: Collection[Path], home: Path) -> str:
    from ruamel.yaml import YAML

    try:
        text = data.decode("utf-8-sig")
        if find_deep_nesting(text) is not None:
            return f"Its brackets go deeper than {limits.MAX_YAML_DEPTH} levels. Write it plainer."
        named = list(_iter_file_names(YAML(typ="safe").load(text)))
    except Exception as error:  # whatever it is, Vale's own parser may read it differently
        return f"It cannot be read ({type(error).__name__}), and may name files. Fix its YAML."
    for name in named:
        if Path(name).is_absolute() or ".." in re.split(r"[/\\]", name) or re.match(r"~|[A-Za-z]:|\\", name):
            return _explain_outside(name)
        if any(os.path.lexists(path / name) and not _leads_inside(path / name, home) for path in paths):
            return _explain_outside(name)
    return ""


def _iter_file_names(rule: Any) -> Iterator[str]:
    """What a rule names as files: of code and of what an action says, only what looks like a path."""
    for key, value in rule.items() if isinstance(rule, dict) else ():
        field_name = str(key).lower().rstrip("+-")
        if field_name not in FILE_FIELDS:
            continue
        for text in _iter_texts(value):
            is_code = field_name in ("script", "action")
            if not is_code or _PATH.fullmatch(text.strip()):
                yield text


def _iter_texts(value: Any, depth: int = 0) -> Iterator[str]:
    if depth > limits.MAX_STYLE_DEPTH:
        raise ValueError("nested")
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _iter_texts(inner, depth + 1)
    elif isinstance(value, str):
        yield value


def read_sections(settings: Iterable[Setting]) -> dict[str, dict[str, list[str]]]:
    """Each section's keys and their values; the top is ""."""
    sections: dict[str, dict[str, list[str]]] = {"": {}}
    for one in settings:
        sections.setdefault(one.section, {}).setdefault(one.key, []).append(one.value)
    return sections
