"""`lint --baseline` and `baseline update`: a baseline's file, and what a run leaves of it."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from onevoice.errors import OnevoiceError
from onevoice.finding import Finding, sort
from onevoice.lint import baseline
from onevoice.prose import files
from onevoice.prose.read import decode

if TYPE_CHECKING:
    from onevoice.run.job import LintJob
    from onevoice.run.lexicon import Lexicon


@dataclass
class Known:
    """A baseline and where it stands. said: what it did, as the end of a sentence."""

    path: str
    baseline: baseline.Baseline
    said: str = ""

    def _name(self, path: str) -> str:
        """A path from the baseline's folder, whatever folder we are in."""
        return path if path == "-" else Path(os.path.relpath(path, Path(self.path).parent)).as_posix()

    def counted(self, findings: list[Finding]) -> dict[baseline.Key, int]:
        """How often each of the findings is there."""
        return dict(Counter(baseline.key(finding, self._name) for finding in findings))

    def compare(self, findings: list[Finding], job: LintJob, lexicon: Lexicon, *, vale: bool) -> baseline.Compared:
        """What the baseline leaves of a run; see lint.baseline. vale: whether Vale's rules were asked."""
        ours = {"file", "Suppression", *lexicon.facts}
        folder = Path(self.path).parent
        paths = [file.path for file in job.documents] + [prose.path for prose in job.records]
        return baseline.compare(
            self.baseline,
            findings,
            {self._name(path) for path in (*paths, *(finding.path for finding in job.broken))},
            missing=lambda path: path != "-" and not (folder / path).exists(),
            ran=lambda rule: vale or rule in ours or rule.startswith("Brand."),
            name=self._name,
        )

    def taken_from(
        self, findings: list[Finding], job: LintJob, lexicon: Lexicon, *, vale: bool, whole: bool
    ) -> list[Finding]:
        """The findings that the baseline does not list, and where `whole` files were read, its stale entries."""
        compared = self.compare(findings, job, lexicon, vale=vale)
        known = len(findings) - len(compared.new)
        self.said = f"; {known} known from {self.path}" if known else ""
        if not whole:
            return compared.new
        return sort([*compared.new, *baseline.stale(self.path, self.baseline, compared.gone)])


def read(path: str) -> Known:
    """A baseline from its file. Raises OnevoiceError where there is none."""
    if not Path(path).is_file():
        raise OnevoiceError(f"{path}: there is no such file. Make it with `onevoice baseline update {path}`.")
    return Known(path, baseline.read(path, decode(path, files.content(Path(path)))[0]))
