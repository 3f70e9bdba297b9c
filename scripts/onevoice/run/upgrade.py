"""Upgrading a handbook: its records the way this version writes them, and the version that it asks for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from onevoice import __version__
from onevoice.disk import overwrite_file, sweep_folders
from onevoice.errors import DataError, OnevoiceError
from onevoice.load import edit
from onevoice.load.folder import load_folder
from onevoice.load.migration import FORMAT, get_value, list_record_places, migrate_record
from onevoice.load.walk import iter_record_files
from onevoice.load.yaml import parse_yaml
from onevoice.output import hold_folder
from onevoice.prose import files
from onevoice.prose.read import decode_text, encode_text
from onevoice.records.brand import Brand

# What holds a handbook's differences from our frame, and a line that nobody needs any more.
FRAME = "mkdocs.yml"
_OLD_THEME = re.compile(r"^[ \t]+custom_dir:[ \t]*(?P<folder>scripts/onevoice/site/theme)[ \t]*(?:#[^\n]*)?\r?\n", re.M)
# Where a handbook may pin the version of onevoice, in this order.
PIN_FILES = ("pyproject.toml", "requirements.txt")
_PIN = re.compile(
    r"""(?P<start>(?:^|["'])[ \t]*onevoice(?:\[[\w, -]*\])?[ \t]*==[ \t]*)(?P<version>[0-9][\w.!+-]*)""", re.M
)


@dataclass(frozen=True)
class Pin:
    """The one version of onevoice that a handbook asks for. path: the file's, below the handbook. line: from 1."""

    path: str
    line: int
    version: str


@dataclass(frozen=True)
class FileUpgrade:
    """How a file changes. path: below the handbook. old, new: its bytes. lines: what to tell, each with its place."""

    path: str
    old: bytes
    new: bytes
    lines: tuple[str, ...]


def find_pin(folder: Path) -> Pin | None:
    """The version that a handbook pins in pyproject.toml or requirements.txt; None if it pins none."""
    for name in PIN_FILES:
        try:
            text = files.read_file_bytes(folder / name).decode()
        except (OSError, OnevoiceError, UnicodeDecodeError):
            continue
        if name == "pyproject.toml" and not _names_dependency(text):
            continue
        if found := _PIN.search(text):
            return Pin(name, text.count("\n", 0, found.start("version")) + 1, found["version"])
    return None


def _names_dependency(text: str) -> bool:
    """Whether a pyproject.toml is of a project that depends on onevoice, rather than of onevoice itself."""
    try:
        project = tomllib.loads(text).get("project", {})
    except tomllib.TOMLDecodeError:
        return False
    return isinstance(project, dict) and project.get("name") != "onevoice"


def plan_upgrade(folder: Path) -> list[FileUpgrade]:
    """What changes in a handbook's files, in order; [] if it is up to date.

    Raises DataError if the handbook is for a newer onevoice, or a file is not YAML, and OnevoiceError if one cannot be
    edited.
    """
    loaded = load_folder(folder)
    broken = [one for one in loaded.findings if one.rule == "yaml" and one.level == "error"]
    if loaded.is_newer or broken:
        raise DataError(loaded.findings if loaded.is_newer else broken)
    found = []
    for kind, path in iter_record_files(folder):
        name = path.relative_to(folder).as_posix()
        if change := _plan_file(folder, kind, name, loaded.format):
            found.append(change)
    found += [change for change in (_plan_frame(folder), _plan_pin(folder)) if change]
    return found


def _plan_file(folder: Path, kind: str, name: str, form: int) -> FileUpgrade | None:
    path = folder / name
    data = files.read_file_bytes(path)
    source, mark = decode_text(name, data)
    document = parse_yaml(name, source)
    lines = []
    for base in list_record_places(kind, document.data):
        for change in migrate_record(kind, get_value(document.data, base), form)[1]:
            span = document.locate_path((*base, *change.old), key=True)
            lines.append(f"{name}:{span.line}:{span.column}  {change.describe()}")
    made = edit.migrate_source(name, source, kind, form)
    is_brand = kind == Brand.KIND and isinstance(document.data, dict) and isinstance(document.data.get(kind), dict)
    if is_brand and form < FORMAT:
        made = edit.set_record_number(name, made, (kind,), "format", FORMAT)
        line = parse_yaml(name, made).locate_path((kind, "format"), key=True).line
        lines.append(f"{name}:{line}:3  `format` is set to {FORMAT}")
    if made == source:
        return None
    if not files.is_path_inside(path, folder):
        raise OnevoiceError(f"{name}: this link leads out of the handbook. Upgrade the handbook where the file is.")
    return FileUpgrade(name, data, encode_text(made, mark), tuple(lines))


def _plan_frame(folder: Path) -> FileUpgrade | None:
    """mkdocs.yml without the theme of a copy of onevoice's own repository, if the handbook has that no longer."""
    if not (folder / FRAME).is_file():
        return None
    data = files.read_file_bytes(folder / FRAME)
    text = data.decode("utf-8", "surrogateescape")
    found = _OLD_THEME.search(text)
    if found is None or (folder / found["folder"]).is_dir():
        return None
    made = text[: found.start()] + text[found.end() :]
    line = text.count("\n", 0, found.start()) + 1
    told = f"{FRAME}:{line}:1  `custom_dir: {found['folder']}` is deleted: the theme comes with onevoice"
    return FileUpgrade(FRAME, data, made.encode("utf-8", "surrogateescape"), (told,))


def _plan_pin(folder: Path) -> FileUpgrade | None:
    pin = find_pin(folder)
    if pin is None or not _is_older(pin.version, __version__):
        return None
    data = files.read_file_bytes(folder / pin.path)
    text = data.decode()
    found = _PIN.search(text)
    assert found is not None
    made = text[: found.start("version")] + __version__ + text[found.end("version") :]
    line = f"{pin.path}:{pin.line}:1  onevoice {pin.version} becomes {__version__}"
    return FileUpgrade(pin.path, data, made.encode(), (line,))


def _is_older(one: str, other: str) -> bool:
    """Whether a version comes before another, by its numbers."""
    numbers = [tuple(int(part) for part in re.findall(r"\d+", version)) for version in (one, other)]
    return numbers[0] < numbers[1]


def write_upgrade(folder: Path, changes: list[FileUpgrade], say: Callable[[str], None]) -> None:
    """Write the changes. say: told that we wait for another run. Raises OSError if a file cannot be written."""
    with hold_folder(folder / "build", say):
        sweep_folders({str((folder / change.path).parent) for change in changes})
        for change in changes:
            overwrite_file(folder / change.path, change.new, change.old)
