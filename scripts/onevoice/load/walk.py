"""Which files of a folder hold records, and a hash of what is in them: all that a lint with warm caches asks."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath, PurePosixPath
from typing import NamedTuple

from onevoice import limits

TERMINOLOGY, CONTENT, IDENTITY = "terminology", "content", "identity"
# The figures of each week, below the content folder.
METRICS = "metrics"
# What customers said, as well.
QUOTES = "quotes"
# Of pictures, as the parts of a path begin.
PICTURE_FOLDERS = ((IDENTITY,), ("pictures",))
# Windows hides what it takes for the ending, and programs add their own: `words.yaml` becomes `words.yaml.txt`.
MISNAMED = re.compile(
    r"(?P<stem>.+?)(?:(?:\.ya?ml)+\.(?:ya?ml|txt|text|rtf|docx?|odt|md|json)|\.(?:ymal|yalm|yam|yamls|ymls))",
    re.IGNORECASE,
)
# Where the brand's record is.
BRAND_PLACES = ("brand.yaml", "brand.yml", "brand")
# Folders of content whose files are no records.
NOT_RECORDS = ("pages", "submissions", METRICS, QUOTES)


def iter_record_files(root: Path) -> Iterator[tuple[str, Path]]:
    """The files with records as (kind, path), sorted. The kind is the name of the file, or of the folder it is in."""
    for folder in (TERMINOLOGY, CONTENT):
        for path in sorted(_iter_yaml_files(root / folder)):
            if kind := find_kind(path.relative_to(root)):
                yield kind, path


def iter_misnamed_files(root: Path) -> Iterator[tuple[Path, str]]:
    """Files that were meant to hold records, but whose ending keeps them from being read; and what to name them."""
    for folder in (TERMINOLOGY, CONTENT):
        for path in sorted(iter_regular_files(root / folder)):
            found = MISNAMED.fullmatch(path.name)
            inner = path.relative_to(root / folder).parts
            if found and not path.name.startswith(".") and not (folder == CONTENT and inner[0] in NOT_RECORDS):
                yield path, f"{found['stem']}.yaml"


def find_kind(path: PurePath) -> str | None:
    """The kind of the records in a file, by its path below the handbook's folder; None if it holds no records."""
    if path.suffix.lower() not in (".yaml", ".yml") or path.name.startswith("."):
        return None
    folder, *parts = path.parts
    if folder == TERMINOLOGY and parts:
        return "terms"
    if folder != CONTENT or not parts or parts[0] in NOT_RECORDS:
        return None
    return path.stem if len(parts) == 1 else parts[0]


def iter_regular_files(folder: Path) -> Iterator[Path]:
    """The files below a folder in no order; links to folders are not followed.

    As deep as the system allows: Path.rglob needs several frames of Python's stack for each level.
    """
    folders = [os.fspath(folder)]
    while folders:
        with contextlib.suppress(OSError), os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                elif (path := Path(entry.path)).is_file():  # False for a link in a circle, for which entry raises
                    yield path


def _iter_yaml_files(folder: Path) -> Iterator[Path]:
    for path in iter_regular_files(folder):
        if path.suffix.lower() in (".yaml", ".yml") and not path.name.startswith("."):
            yield path


def hash_files(found: Iterable[tuple[str, str, bytes]]) -> str:
    """A hash of files as (kind, path below the handbook's folder, bytes)."""
    digest = hashlib.sha256()
    for kind, path, data in found:
        digest.update(f"{kind}\0{path}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def read_record_files(root: Path) -> list[tuple[str, str, bytes]]:
    """The files with records as (kind, path below the folder, bytes), sorted. One that cannot be read is empty."""
    return [(kind, path.relative_to(root).as_posix(), _read_bytes(path)) for kind, path in iter_record_files(root)]


class Reading(NamedTuple):
    """What a handbook's folder holds.

    files: those with records as (kind, path, bytes), sorted. problems: those that cannot be read, as (kind, path, why).
    """

    files: list[tuple[str, str, bytes]]
    problems: list[tuple[str, str, str]]


def read_folder(root: Path, prefix: str = "") -> Reading:
    """The files with records in a folder, and what is wrong with files that were meant to be some.

    prefix: of another handbook, which comes before the paths of its files, and which reads none outside its folder.
    """
    reading = Reading([], [])

    def name_file(path: Path) -> str:
        name = path.relative_to(root).as_posix()
        return f"{prefix}/{name}" if prefix else name

    misnamed, real = dict(iter_misnamed_files(root)), root.resolve()
    for path, name in misnamed.items():
        message = (
            f"this file is not read, because its name has the wrong ending. Rename it to `{name}`. Some computers hide "
            "the last part of a name; they have a setting to show it."
        )
        kind = find_kind(path.relative_to(root).with_name(name)) or ""
        reading.problems.append((kind, name_file(path), message))
    for kind, path in iter_record_files(root):
        if path in misnamed:
            continue
        # Who writes another handbook could read any file of the machine that builds ours.
        _add_file(reading, kind, name_file(path), path, real if prefix else None)
    return reading


def _add_file(reading: Reading, kind: str, name: str, path: Path, within: Path | None) -> None:
    """Read a file into a reading. within: the folder that no link may lead out of, as a real path."""
    if within and not path.resolve().is_relative_to(within):
        reading.problems.append((kind, name, "this link leads out of its handbook. Put the file itself there."))
        return
    try:
        reading.files.append((kind, name, read_handbook_bytes(path)))
    except OSError as error:
        message = f"this file cannot be read ({error.strerror}). Check the file and its permissions."
        reading.problems.append((kind, name, message))


def read_pictures(names: Iterable[str], roots: Iterable[Path]) -> tuple[dict[str, bytes], dict[str, str]]:
    """The pictures and fonts with these names below the content folder, each from the first handbook that has it.

    Only regular files of the handbook, up to a size; and those that cannot be used, each with the reason.
    """
    files: dict[str, bytes] = {}
    refused: dict[str, str] = {}
    names = [name for name in names if _may_be_picture(name)]
    for root in roots:
        real = root.resolve()
        for name in names:
            if name in files or name in refused:
                continue
            path = root / CONTENT / name
            # The check `missing-file` reports what is not there.
            with contextlib.suppress(OSError, ValueError):
                found = path.stat()
                # A link out of the handbook could publish any file of the machine that builds the site.
                if not stat.S_ISREG(found.st_mode) or not path.resolve().is_relative_to(real):
                    continue
                if found.st_size > limits.MAX_PICTURE_BYTES:
                    refused[name] = (
                        f"has {found.st_size >> 20} MB; at most {limits.MAX_PICTURE_BYTES >> 20} MB can be used. "
                        "Make it smaller."
                    )
                else:
                    files[name] = path.read_bytes()
    return files, refused


def read_csv_files(root: Path, folder: str) -> Reading:
    """The CSV files in a folder of the content, such as METRICS, and those that cannot be read."""
    reading, real = Reading([], []), root.resolve()
    for path in sorted(iter_regular_files(root / CONTENT / folder)):
        if path.suffix.lower() == ".csv" and not path.name.startswith("."):
            _add_file(reading, folder, path.relative_to(root).as_posix(), path, real)
    return reading


def _may_be_picture(name: str) -> bool:
    inner = PurePosixPath(name)
    return (
        inner.parts[:1] in PICTURE_FOLDERS and ".." not in inner.parts and "\\" not in name and inner.as_posix() == name
    )


class Layer(NamedTuple):
    """A handbook among those that extend each other.

    folder: where it is. prefix: what comes before the paths of its files in messages; "" for the nearest, whose paths
    begin in its folder. address: the repository or package that it comes from; "" for a folder.
    """

    folder: Path
    prefix: str = ""
    address: str = ""


def read_handbook_bytes(path: Path) -> bytes:
    """What is in a file of records. Raises OSError if it cannot be read or is larger than any is."""
    size, limit = path.stat().st_size, limits.MAX_HANDBOOK_FILE_BYTES
    if size > limit:
        raise OSError(errno.EFBIG, f"{size >> 20} MB; at most {limit >> 20} MB are", str(path))
    return path.read_bytes()


def _read_bytes(path: Path) -> bytes:
    try:
        return read_handbook_bytes(path)
    except OSError:
        return b""


def is_handbook(folder: Path) -> bool:
    """Whether a folder holds a handbook: a YAML file in `terminology/` is enough, and so is the name of a brand."""
    return any(True for _ in _iter_yaml_files(folder / TERMINOLOGY)) or any(
        place.is_file() or (not place.suffix and place.is_dir())
        for place in (folder / CONTENT / name for name in BRAND_PLACES)
    )
