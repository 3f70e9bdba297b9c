"""What customers said: merged with what a handbook has already, and written into its files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from onevoice.load.quotes import write_quotes
from onevoice.load.walk import CONTENT, QUOTES
from onevoice.records.quote import Quote
from onevoice.tables.tally import name_count


def merge_quotes(old: Iterable[Quote], new: Sequence[Quote]) -> tuple[list[Quote], str]:
    """All quotes, sorted, and what has changed, as a sentence; "" if nothing has.

    None is taken out: an export may have been filtered. A quote that's there already takes the newer persona and stage.
    """
    before = {quote.id: quote for quote in old}
    merged = {**before, **{quote.id: quote for quote in new}}
    added = len(merged) - len(before)
    changed = sum(merged[id] != quote for id, quote in before.items())
    said = [f"Added {name_count(added, 'quote')}."] if added else []
    said += [f"Changed the persona or stage of {changed} quote{'s' if changed != 1 else ''}."] if changed else []
    return sorted(merged.values()), " ".join(said)


def plan_quotes(quotes: Iterable[Quote], before: Iterable[str] = ()) -> dict[str, bytes]:
    """The files of quotes: one for each form and each year. before: the files that are there."""
    files: dict[str, list[Quote]] = {path: [] for path in before}
    for quote in quotes:
        path = PurePosixPath(CONTENT, QUOTES, f"{quote.form}-{quote.week[:4]}.csv").as_posix()
        files.setdefault(path, []).append(quote)
    return {path: write_quotes(found) for path, found in files.items()}
