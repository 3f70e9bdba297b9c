"""The rows of an audit, from the parts in its folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from onevoice.audit.duplicates import Candidate, CandidateTable
from onevoice.audit.match import Identity
from onevoice.audit.part import ENDING, iter_rows
from onevoice.audit.row import DocumentRow
from onevoice.errors import OnevoiceError
from onevoice.output import read_json
from onevoice.prose.files import read_file_bytes

PARTS, MANIFEST = "parts", "manifest.json"


def locate_part(folder: Path, name: str) -> Path:
    """Where a part of an audit is."""
    return folder / PARTS / f"{name}{ENDING}"


def iter_all_rows(folder: Path, names: Sequence[str]) -> Iterator[DocumentRow]:
    """The rows of these parts. Raises OnevoiceError if one is damaged."""
    for name in names:
        place = locate_part(folder, name)
        try:
            yield from iter_rows(read_file_bytes(place))
        except ValueError:
            place.unlink(missing_ok=True)
            raise OnevoiceError(f"{place}: this part is damaged. Run the command again to rebuild it.") from None


def read_part_names(folder: Path) -> list[str]:
    """The names of the parts of a finished audit. Raises OnevoiceError if there is none."""
    found = read_json(folder / MANIFEST)
    names = found.get("parts") if isinstance(found, dict) else None
    if not isinstance(names, list) or not all(isinstance(name, str) and name.isalnum() for name in names):
        raise OnevoiceError(f"{folder}: there is no finished audit here. Name the --out folder of one.")
    return names


def gather_candidates(rows: Iterable[DocumentRow], candidates: CandidateTable) -> Iterator[Identity]:
    """What each document is known by; what is compared of it goes into the table."""
    for row in rows:
        day = row["modified"] or row["published"]
        candidates.add_document(Candidate(row["uri"], row["text_hash"], row["words"], row["sketch"], day))
        yield Identity(row["uri"], row["id"], row["text_hash"])


def note_uris(rows: Iterable[DocumentRow], uris: dict[int, str]) -> Iterator[DocumentRow]:
    """The same rows; where those of some numbers are is written down."""
    for number, row in enumerate(rows):
        if number in uris:
            uris[number] = row["uri"]
        yield row
