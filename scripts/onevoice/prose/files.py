"""Which files to lint, and what is in them."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from onevoice import limits
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
    """What is in a file. Raises OnevoiceError if it cannot be read, is no regular file, or is larger than any document.

    A pipe would make us wait forever, and a device or a sparse file would fill the memory.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise OnevoiceError(f"{path.as_posix()}: cannot be read (not a regular file). Leave it out.")
        if found.st_size > limits.MAX_FILE_BYTES:
            raise OnevoiceError(
                f"{path.as_posix()}: cannot be read ({found.st_size >> 20} MB; "
                f"at most {limits.MAX_FILE_BYTES >> 20} MB are). Split it, or leave it out."
            )
        return path.read_bytes()
    except OSError as error:
        raise OnevoiceError(f"{path.as_posix()}: cannot be read ({error.strerror or error}). Check the file.") from None


def is_path_inside(path: Path, root: Path) -> bool:
    """Whether a path, links followed, leads to something below a folder."""
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False  # a link in a circle


def _walk_folder(folder: Path) -> Iterator[Path]:
    # Python 3.11's os.walk calls itself for each level, so that very deep folders would overflow its stack.
    folders = [os.fspath(folder)]
    while folders:
        with contextlib.suppress(OSError), os.scandir(folders.pop()) as entries:
            for entry in entries:
                name = entry.name
                if _is_folder(entry):
                    if name not in _SKIPPED_FOLDERS and not name.startswith(".") and not entry.is_symlink():
                        folders.append(entry.path)
                # "~$" marks the note that Word leaves next to an open file.
                elif not name.startswith((".", "~$")) and find_format(name):
                    yield Path(entry.path).relative_to(folder)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # A link in a circle; reading it says so.
