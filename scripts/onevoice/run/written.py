"""A long file that was just made from data: it's taken for these, while a second process reads whether it says so."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from onevoice import process
from onevoice.load.regular import RegularText, drop_text, keep_text, read_regular

# From how many bytes on a second process helps.
PARALLEL_BYTES = 300_000


class Written(NamedTuple):
    """The text of a file. data: what it was made from. starts: the lines on which its records begin, by their list."""

    text: str
    data: dict[str, Any]
    starts: dict[str, list[int]]

    def compare_text(self) -> bytes:
        """Read the text, for a second process; empty if it doesn't say what it was made from."""
        found = read_regular(self.text)
        return b"same" if found and (found.data, found.starts) == (self.data, self.starts) else b""


@contextlib.contextmanager
def trust_text(written: Written | None) -> Iterator[Callable[[], bool]]:
    """Let the next reading of a text take it for what it was made from; tells whether it says so."""
    if written is None or len(written.text) < PARALLEL_BYTES or not process.can_fork():
        yield lambda: True
        return
    with process.Worker(written.compare_text) as worker:
        keep_text(written.text, RegularText(written.data, starts=written.starts))
        try:
            yield lambda: worker.result() == b"same"
        finally:
            drop_text(written.text)
