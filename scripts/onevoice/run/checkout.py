"""The names that files have in their repository, for programs that know nothing of the folder we run in."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from onevoice.finding import Finding
from onevoice.prose.formats import STANDARD_INPUT

WORKSPACE_VARIABLE = "GITHUB_WORKSPACE"


def name_from_top(findings: Sequence[Finding], folder: Path, environ: Mapping[str, str]) -> list[Finding]:
    """The findings with paths from the top of the checkout: $GITHUB_WORKSPACE, or else the repository around a folder.

    folder: what the paths are relative to. A file outside the checkout gets its absolute path. Without a checkout, and
    for standard input, paths stay as they are.
    """
    tops = _list_tops(folder, environ.get(WORKSPACE_VARIABLE, ""))

    @cache
    def name_file(path: str) -> str:
        if not tops or path == STANDARD_INPUT:
            return path
        named = folder / path
        # Git knows a link by its own name, but nothing behind a folder that is a link.
        place = Path(os.path.realpath(named.parent), named.name)
        inside = (place.relative_to(top) for top in tops if place.is_relative_to(top))
        return next(inside, place).as_posix()

    return [replace(finding, path=name_file(finding.path)) for finding in findings]


def _list_tops(folder: Path, workspace: str) -> list[Path]:
    tops = [Path(os.path.realpath(workspace))] if workspace and Path(workspace).is_dir() else []
    real = Path(os.path.realpath(folder))
    tops += [place for place in (real, *real.parents) if os.path.lexists(place / ".git")][:1]
    return tops
