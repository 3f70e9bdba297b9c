"""Which files to lint, and what is in them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from onevoice.errors import OnevoiceError
from onevoice.prose.formats import find_format

# Folders of other people's or generated files. Hidden folders (.git, .venv) are left out too.
_SKIPPED_FOLDERS = {"node_modules", "build", "__pycache__", "venv", "site-packages"}


def expand_paths(paths: Sequence[str], root: Path) -> list[Path]:
    """The files in these files and folders, each once, as the user named them.

    paths: relative to `root`, or absolute. A file is always taken; of a folder, the files with a known ending, in the
        order of their names. Raises OnevoiceError for a path that does not exist.
    """
    found: dict[Path, None] = {}
    for path in paths:
        named = Path(path)
        place = root / named
        if place.is_dir():
            found.update(dict.fromkeys(named / inner for inner in sorted(_walk_folder(place))))
        elif place.exists():
            found[named] = None
        else:
            raise OnevoiceError(f"{path}: there is no such file or folder. Check the spelling.")
    return list(found)


def read_file_bytes(path: Path) -> bytes:
    """What is in a file. Raises OnevoiceError if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise OnevoiceError(f"{path.as_posix()}: cannot be read ({error.strerror or error}). Check the file.") from None


def _walk_folder(folder: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in _SKIPPED_FOLDERS and not name.startswith(".")]
        for name in names:
            # "~$" marks the note that Word leaves next to an open file.
            if not name.startswith((".", "~$")) and find_format(name):
                yield Path(here, name).relative_to(folder)
