"""`lint --since REV`: the files and the findings on lines that have changed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from onevoice.finding import Finding
from onevoice.history import lines, scope
from onevoice.prose.read import is_archive

if TYPE_CHECKING:
    from onevoice.run.job import LintJob


@dataclass(frozen=True)
class ChangedLines:
    """The changed lines by the files' real paths."""

    files: dict[Path, lines.LineRanges]

    @cached_property
    def _lines_by_path(self) -> dict[str, lines.LineRanges | None]:
        return {}

    def _find_lines(self, path: str) -> lines.LineRanges | None:
        if path not in self._lines_by_path:
            changed = self.files.get(Path(os.path.realpath(path)))
            # The lines of an archive are its paragraphs, whatever attributes let Git compare it line by line.
            is_whole = changed is not None and changed.ranges and is_archive(path)
            self._lines_by_path[path] = lines.LineRanges(whole=True) if is_whole else changed
        return self._lines_by_path[path]

    def filter_job(self, job: LintJob) -> LintJob:
        """The job without the files in which nothing has changed."""
        return replace(
            job,
            documents=[file for file in job.documents if self._find_lines(file.path)],
            records=[prose for prose in job.records if self._find_lines(prose.path)],
            read_errors=[finding for finding in job.read_errors if self._find_lines(finding.path)],
        )

    def filter_findings(self, findings: Sequence[Finding]) -> list[Finding]:
        """The findings that touch a changed line; of a file that cannot be read, all."""
        kept = []
        for finding in findings:
            changed = self._find_lines(finding.path)
            if changed and (finding.rule == "file" or changed.has_overlap(finding.span.line, finding.span.end_line)):
                kept.append(finding)
        return kept


def find_changes_since(rev: str, job: LintJob) -> ChangedLines:
    """What has changed in the files of a job since a revision, as history.scope says."""
    paths = [file.path for file in job.documents]
    paths += [prose.path for prose in job.records]
    paths += [finding.path for finding in job.read_errors]
    return ChangedLines(scope.find_changes_of_files(paths, Path.cwd(), rev))
