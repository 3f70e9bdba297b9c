"""The files of a handbook as they were at a commit, without a checkout."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath

from onevoice.history import git
from onevoice.load.walk import find_kind


def list_record_files(folder: Path, commit: str, under: str) -> dict[str, str]:
    """The files with records below a folder of the handbook: their paths, sorted, and the hashes of their contents.

    Raises git.NoHistory if there is no repository.
    """
    found = {}
    for line in git.run_git(folder, "ls-tree", "-r", "-z", commit, "--", f"{under}/").split("\0"):
        mode, _, rest = line.partition(" ")
        kind, _, rest = rest.partition(" ")
        blob, _, path = rest.partition("\t")
        if kind == "blob" and mode.startswith("100") and find_kind(PurePosixPath(path)):
            found[path] = blob
    return dict(sorted(found.items()))


def hash_blob(data: bytes) -> str:
    """The name that Git gives to a content (if it uses SHA-1, as by default)."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
