"""`audit --impact`: what changed words mean for an archive that has been audited; few of its documents are read."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from onevoice.audit.impact import ArchiveImpact, write_impact_table
from onevoice.audit.part import ENDING
from onevoice.audit.plan import Entry
from onevoice.audit.prefilter import ChangedWords
from onevoice.disk import replace_file_in_pieces
from onevoice.errors import OnevoiceError
from onevoice.lint.impact import Effect, ImpactText, find_effects
from onevoice.run.audit.carry import iter_entry_rows
from onevoice.run.audit.sources import list_archive
from onevoice.run.documents import InputFile
from onevoice.run.handbook import find_settings
from onevoice.run.impact import find_vocabulary_change
from onevoice.run.pieces import read_documents
from onevoice.store.source import read_source_file

TABLE = "impact.csv"
# How many documents are held at a time, and how many of their bytes.
_BATCH_DOCUMENTS, _BATCH_BYTES = 200, 20_000_000


def find_archive_impact(
    sources: Sequence[str],
    parts: Path,
    handbook: Path,
    old: str,
    today: datetime.date,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> ArchiveImpact:
    """What the words of a handbook mean for an archive, against those of an older one; the table goes to the results.

    parts: of an audit with any words. old: a folder, or a Git revision. Documents that are new or changed since that
    audit are read in any case. Raises OnevoiceError if there is no audit.
    """
    if not any(parts.glob(f"*{ENDING}")):
        raise OnevoiceError(f"{parts.parent}: there is no audit here. Run one without --impact first.")
    unread: list[str] = []
    words, link = find_vocabulary_change(handbook, old, unread.append)
    listing = list_archive(sources, parts.parent, find_settings(), today)
    entries = [entry for entry in listing.iter_entries() if entry.kind == "read"]
    wanted = _choose_documents(entries, parts, ChangedWords(words.changed_patterns)) if words.changed_patterns else []
    effects: list[Effect] = []
    done = 0
    for batch in _iter_batches(wanted):
        texts = [*_read_texts(batch, unread)]
        effects += find_effects(texts, words, today, link)
        done += len(batch)
        progress(done, len(wanted))
    replace_file_in_pieces(parts.parent / TABLE, write_impact_table(effects))
    return ArchiveImpact(len(entries), len(wanted), unread, effects, words.term_ids)


def _choose_documents(entries: Sequence[Entry], parts: Path, words: ChangedWords) -> list[Entry]:
    """The documents that may hold one of the words, in the order of their names."""
    left = set(entries)
    for place in sorted(parts.glob(f"*{ENDING}")):
        for entry, line in iter_entry_rows(place):
            row = json.loads(line)
            if row["state"] == "read" and not words.may_be_in(row["prefilter"]):
                left.discard(entry)
    return sorted(left)


def _iter_batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    batch: list[Entry] = []
    size = 0
    for entry in entries:
        if batch and (len(batch) == _BATCH_DOCUMENTS or size + entry.size > _BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(entry)
        size += entry.size
    if batch:
        yield batch


def _read_texts(batch: Sequence[Entry], unread: list[str]) -> Iterator[ImpactText]:
    files = []
    for entry in batch:
        try:
            file = read_source_file(entry.uri, entry.size)
            files.append(InputFile(file.name, file.data, entry.ending))
        except OnevoiceError as error:
            unread.append(str(error))
    for prose in read_documents(files):
        if isinstance(prose, str):
            unread.append(prose)
        else:
            yield ImpactText(prose)
