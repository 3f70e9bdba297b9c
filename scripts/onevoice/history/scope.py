"""The changed lines of files, each in the repository that it's in: a folder may hold submodules and other clones."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from onevoice.errors import OnevoiceError
from onevoice.history import git
from onevoice.history.lines import LineRanges, compare_files, find_base

_LINK_TO_COMMIT = "160000"


def find_changes_of_files(paths: Iterable[str], folder: Path, rev: str) -> dict[Path, LineRanges]:
    """What has changed in the repositories of these files since `rev`, by the files' real paths.

    paths: relative to the current folder, or absolute. folder: where the user is; without paths, the repository around
    it counts. A submodule is compared with the commit that `rev` of the repository around it recorded; each other
    repository with its own `rev`. A link counts as what it leads to; only if that is in no repository, as the link.
    Raises OnevoiceError if a repository has no such commit, and NoHistory if a file is in none.
    """
    scope = _Scope(folder, rev)
    found: dict[Path, LineRanges] = {}
    links: list[tuple[Path, Path]] = []
    # In the order given, so that an error is always the same one.
    tops: dict[Path, None] = {}
    for path in dict.fromkeys(paths):
        real = Path(os.path.realpath(path))
        top = scope.find_top(real.parent)
        if not top:
            named = Path(os.path.realpath(Path(path).parent), Path(path).name)
            if named == real or not (top := scope.find_top(named.parent)):
                raise git.NoHistory(
                    f"{path} is not in a Git repository, so --since can't tell what has changed. Leave it out."
                )
            links.append((real, named))
        tops[top] = None
    if not tops:
        tops[git.find_repository_root(folder)] = None
    for top in tops:
        found |= scope.find_lines(top)
    for real, named in links:
        if named in found:
            found[real] = found[named]
    return found


class _Scope:
    """The repositories around some files, and the commit to compare each one with."""

    def __init__(self, folder: Path, rev: str) -> None:
        self._folder, self._rev = folder, rev
        self._tops: dict[Path, Path | None] = {}
        self._bases: dict[Path, str] = {}

    @cached_property
    def _own_top(self) -> Path | None:
        """The repository that the user is in: there, `rev` is what they call it."""
        return self.find_top(Path(os.path.realpath(self._folder)))

    def find_top(self, folder: Path) -> Path | None:
        """The topmost folder of the repository that a folder (a real path) is in, or None."""
        asked: list[Path] = []
        top: Path | None = None
        failure: git.NoHistory | None = None
        for place in (folder, *folder.parents):
            if place in self._tops:
                top = self._tops[place]
                break
            asked.append(place)
            if os.path.lexists(place / ".git"):
                # It may be an empty folder, or a file that leads elsewhere: Git knows.
                try:
                    top = Path(os.path.realpath(git.find_repository_root(place)))
                    break
                except git.NoHistory as error:
                    failure = failure or error
        if not top and failure:
            raise failure
        self._tops |= dict.fromkeys(asked, top)
        return top

    def find_lines(self, top: Path) -> dict[Path, LineRanges]:
        return compare_files(top, self._find_base(top))

    def _find_base(self, top: Path) -> str:
        if top not in self._bases:
            self._bases[top] = self._find_recorded_commit(top) or find_base(top, self._rev)
        return self._bases[top]

    def _find_recorded_commit(self, top: Path) -> str:
        """For a submodule, what to compare it with; "" for any other repository."""
        around = None if top in (self._own_top, top.parent) else self.find_top(top.parent)
        if not around:
            return ""
        path = top.relative_to(around).as_posix()
        if not git.run_git(around, "ls-files", "--stage", "-z", "--", path).startswith(_LINK_TO_COMMIT):
            return ""
        entry = git.run_git(around, "ls-tree", "-z", self._find_base(around), "--", path)
        try:
            if entry.startswith(_LINK_TO_COMMIT):
                return git.resolve_commit(top, entry.split()[2])
        except git.NoHistory:
            raise
        except OnevoiceError:
            pass  # A shallow clone, or one that has not been updated: all of it counts as new.
        return git.run_git(top, "hash-object", "-t", "tree", "--stdin").strip()
