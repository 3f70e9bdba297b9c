"""One revision of a repository from its server, kept in a folder of ours: a handbook for other repositories."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from onevoice.errors import OnevoiceError
from onevoice.history import git

_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


def fetch_revision(address: str, revision: str, folder: Path) -> None:
    """Put the files of a tag or a full commit hash into a folder that is not there yet: all of them, or none.

    Raises OnevoiceError if the server cannot be reached or has no such revision, and as git.run_git does.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    ref = revision if _COMMIT.fullmatch(revision) else f"refs/tags/{revision}"
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".fetch-") as scratch:
        place = Path(scratch) / "files"
        place.mkdir()
        try:
            git.run_git(place, "init", "--quiet", "--template=")
            git.run_git(place, "fetch", "--quiet", "--depth=1", "--no-tags", "--", address, ref)
            git.run_git(place, "checkout", "--quiet", "--detach", "FETCH_HEAD")
        except OnevoiceError as error:
            if not (why := str(error).partition(" failed: ")[2]):
                raise
            raise OnevoiceError(
                f"{address}: cannot get `{revision}`: {why}. "
                "Check the address, and that it is a tag or a full commit hash."
            ) from None
        shutil.rmtree(place / ".git", ignore_errors=True)
        try:
            place.replace(folder)
        except OSError:
            if not folder.is_dir():  # Another run was faster.
                raise
