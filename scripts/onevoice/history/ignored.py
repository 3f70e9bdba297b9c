"""Which files of a folder Git leaves out of its repository: those of `.gitignore` that nobody has added."""

from __future__ import annotations

from pathlib import Path

from onevoice.errors import OnevoiceError
from onevoice.history import git


def list_ignored_paths(folder: Path) -> set[str]:
    """The ignored files and folders below a folder, by their paths from there with slashes.

    Nothing if the folder is ignored itself, since someone has named it, or if Git cannot tell.
    """
    ask = ("ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory")
    try:
        listed = git.run_git(folder, *ask).split("\0")
    except OnevoiceError:
        return set()
    return set() if "./" in listed else {path.rstrip("/") for path in listed if path}
