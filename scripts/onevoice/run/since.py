"""`lint --since REV`: the files and the findings on lines that have changed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from onevoice.finding import Finding
from onevoice.history import lines

if TYPE_CHECKING:
    from onevoice.run.job import LintJob


@dataclass(frozen=True)
class Changes:
    """The changed lines by the files' real paths."""

    files: dict[Path, lines.Lines]

    @cached_property
    def _named(self) -> dict[str, lines.Lines | None]:
        return {}

    def _lines(self, path: str) -> lines.Lines | None:
        if path not in self._named:
            self._named[path] = self.files.get(Path(os.path.realpath(path)))
        return self._named[path]

    def only(self, job: LintJob) -> LintJob:
        """The job without the files in which nothing has changed."""
        return replace(
            job,
            documents=[file for file in job.documents if self._lines(file.path)],
            records=[prose for prose in job.records if self._lines(prose.path)],
            broken=[finding for finding in job.broken if self._lines(finding.path)],
        )

    def on(self, findings: Sequence[Finding]) -> list[Finding]:
        """The findings that touch a changed line; of a file that cannot be read, all."""
        kept = []
        for finding in findings:
            changed = self._lines(finding.path)
            if changed and (finding.rule == "file" or changed.touch(finding.span.line, finding.span.end_line)):
                kept.append(finding)
        return kept


def changed(rev: str) -> Changes:
    """What has changed in the repository around us since a revision, as history.lines says."""
    return Changes(lines.changed(Path.cwd(), rev))
