"""Which files of a folder hold records, and a hash of what is in them: all that a lint with warm caches asks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

TERMINOLOGY, CONTENT, IDENTITY = "terminology", "content", "identity"
# Folders of content whose files are no records.
NOT_RECORDS = ("pages", "submissions", "metrics")


def files(root: Path) -> Iterator[tuple[str, Path]]:
    """The files with records as (kind, path), sorted. The kind is the name of the file, or of the folder it is in."""
    for path in sorted(_yaml(root / TERMINOLOGY)):
        yield "terms", path
    for path in sorted(_yaml(root / CONTENT)):
        parts = path.relative_to(root / CONTENT).parts
        if len(parts) == 1:
            yield path.stem, path
        elif parts[0] not in NOT_RECORDS:
            yield parts[0], path


def _yaml(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.suffix.lower() in (".yaml", ".yml") and path.is_file() and not path.name.startswith("."):
            yield path


def fingerprint(root: Path) -> str:
    """A hash of every byte that the records are made from. A file that cannot be read counts as empty."""
    digest = hashlib.sha256()
    for kind, path in files(root):
        try:
            data = path.read_bytes()
        except OSError:
            data = b""
        digest.update(f"{kind}\0{path.relative_to(root).as_posix()}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def is_handbook(folder: Path) -> bool:
    """Whether a folder holds a handbook: `terminology/` with a YAML file in it is enough."""
    return any(True for _ in _yaml(folder / TERMINOLOGY))
