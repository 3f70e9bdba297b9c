"""`lint --baseline` and `baseline update`: a baseline's file, and what a run leaves of it."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from onevoice import disk
from onevoice.errors import OnevoiceError
from onevoice.finding import Finding, sort_findings
from onevoice.lint import baseline
from onevoice.prose import files
from onevoice.prose.read import decode_text
from onevoice.run.lint import LintRun, Progress

if TYPE_CHECKING:
    from onevoice.lint.baseline import BaselineDiff, EntryKey
    from onevoice.run.job import LintJob
    from onevoice.run.lexicon import Lexicon


@dataclass
class BaselineFile:
    """A baseline and its path. summary_suffix: what it did, as the end of a sentence."""

    path: str
    baseline: baseline.Baseline
    summary_suffix: str = ""

    def _relativize_path(self, path: str) -> str:
        """A path from the baseline's folder, whatever folder we are in."""
        return path if path == "-" else Path(os.path.relpath(path, Path(self.path).parent)).as_posix()

    def count_findings(self, findings: list[Finding]) -> dict[EntryKey, int]:
        """How often each of the findings is there."""
        return dict(Counter(baseline.build_entry_key(finding, self._relativize_path) for finding in findings))

    def compare_findings(self, findings: list[Finding], job: LintJob, lexicon: Lexicon, *, vale: bool) -> BaselineDiff:
        """What the baseline leaves of a run; see lint.baseline. vale: whether Vale's rules were asked."""
        ours = {"file", "Suppression", *lexicon.facts}
        folder = Path(self.path).parent
        paths = [file.path for file in job.documents] + [prose.path for prose in job.records]
        return baseline.compare_baseline(
            self.baseline,
            findings,
            {self._relativize_path(path) for path in (*paths, *(finding.path for finding in job.read_errors))},
            missing=lambda path: path != "-" and not (folder / path).exists(),
            ran=lambda rule: vale or rule in ours or rule.startswith("Brand."),
            name=self._relativize_path,
        )

    def drop_known_findings(
        self, findings: list[Finding], job: LintJob, lexicon: Lexicon, *, vale: bool, whole: bool
    ) -> list[Finding]:
        """The findings that the baseline does not list, and if `whole` files were read, its stale entries."""
        compared = self.compare_findings(findings, job, lexicon, vale=vale)
        known = len(findings) - len(compared.new_findings)
        self.summary_suffix = f"; {known} more recorded in {self.path}" if known else ""
        if not whole:
            return compared.new_findings
        return sort_findings(
            [*compared.new_findings, *baseline.report_stale_entries(self.path, self.baseline, compared.resolved_counts)]
        )


def open_baseline(path: str) -> BaselineFile:
    """A baseline from its file. Raises OnevoiceError if there is none."""
    if not Path(path).is_file():
        raise OnevoiceError(f"{path}: there is no such file. Create it with `onevoice baseline update {path}`.")
    return BaselineFile(path, baseline.parse_baseline(path, decode_text(path, files.read_file_bytes(Path(path)))[0]))


def update_baseline(path: str, run: LintRun, progress: Progress = lambda count: None) -> str:
    """Create a baseline from what a run finds, or remove from it what has been fixed; what to tell the user.

    Nothing is ever added to a baseline that exists. Raises OnevoiceError if the file cannot be written.
    """
    is_new = not Path(path).exists()
    before = None if is_new else files.read_file_bytes(Path(path))
    known = BaselineFile(path, baseline.Baseline({}, {})) if is_new else open_baseline(path)
    findings = run.collect_findings(progress=progress).findings
    compared = known.compare_findings(findings, run.job, run.lexicon, vale=bool(run.vale))
    left = known.count_findings(findings) if is_new else compared.remaining_counts
    disk.sweep_folders([str(Path(path).parent)])
    disk.overwrite_file(Path(path), baseline.render_baseline(left).encode("utf-8", "surrogateescape"), before)
    if is_new:
        count = sum(left.values())
        return f"{path}: recorded {count} finding{'s' * (count != 1)}. Use it with `onevoice lint --baseline {path}`."
    count = len(compared.new_findings)
    several = f" {count} new findings are not in it. Fix them."
    new = several if count > 1 else " 1 new finding is not in it. Fix it." if count else ""
    return f"{path}: {sum(compared.resolved_counts.values())} fixed, {sum(left.values())} left.{new}"
