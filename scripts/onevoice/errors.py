"""What can go wrong, and its exit code: 0 clean, 1 findings, 2 usage or data error, 3 a tool is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onevoice.finding import Finding

EXIT_CLEAN, EXIT_FINDINGS, EXIT_USAGE, EXIT_TOOL_MISSING = 0, 1, 2, 3


class OnevoiceError(Exception):
    """A problem told to the user in one line: the thing, the place, the fix.

    exit_code: what the process returns when this error reaches the command line.
    """

    exit_code = EXIT_USAGE


class DataError(OnevoiceError):
    """The handbook's records are wrong. `findings` names every problem with its place."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(f"{len(self.findings)} problems in the handbook's records")


class MissingToolError(OnevoiceError):
    """A program that was asked for is not on this machine."""

    exit_code = EXIT_TOOL_MISSING
