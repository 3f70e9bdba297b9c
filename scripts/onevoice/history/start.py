"""The first commit of a new handbook: its history begins with its own records."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from onevoice.errors import OnevoiceError
from onevoice.history.git import run_git

FIRST_MESSAGE = "Start the handbook"


def start_repository(folder: Path, paths: Sequence[str]) -> str:
    """Make a repository of a folder, unless it is in one, and commit these files; why not, or "".

    It's the only place that writes to a repository, and the repository is new.
    """
    try:
        run_git(folder, "rev-parse", "--show-toplevel")
        return "The folder is in a Git repository already, so nothing was committed."
    except OnevoiceError:
        pass
    try:
        run_git(folder, "init", "--quiet", "--initial-branch=main")
        run_git(folder, "add", "--", *paths)
        run_git(folder, "commit", "--quiet", "--no-verify", "-m", FIRST_MESSAGE)
    except OnevoiceError as error:
        return f"Nothing was committed: {error}"
    return ""
