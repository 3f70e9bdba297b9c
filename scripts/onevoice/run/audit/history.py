"""What the results folder keeps of earlier audits: their sums, and since when each finding is there."""

from __future__ import annotations

import datetime
import gzip
import re
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from onevoice.audit.match import Identity, pair_documents
from onevoice.audit.part import PACKING, iter_lines
from onevoice.audit.row import DocumentRow
from onevoice.audit.seen import SeenDocument, date_findings, dump_seen, parse_seen
from onevoice.audit.trend import AuditSums, SumCounter, dump_trend, parse_trend
from onevoice.disk import replace_file, replace_file_in_pieces
from onevoice.errors import OnevoiceError
from onevoice.prose.files import read_file_bytes

HISTORY, TREND = "history", "trend.jsonl"
_SEEN = re.compile(r"seen-(\d{4}-\d{2}-\d{2})\.jsonl\.gz")
_PIECE_BYTES = 2**16


class History:
    """The audits before today's. day: of the last one, or "". trend: the sums of all, the oldest first.

    out: the folder of the results. baseline: the folder of another audit to go on from.
    """

    def __init__(self, out: Path, today: datetime.date, baseline: Path | None = None) -> None:
        self._folder, self._today = out / HISTORY, today.isoformat()
        source = baseline / HISTORY if baseline else self._folder
        # An audit that is done again on the same day is compared with the one before that day, so it gives the same.
        last = (today + datetime.timedelta(days=1)).isoformat() if baseline else self._today
        self.day = max((day for day in _list_days(source) if day < last), default="")
        if baseline and not self.day:
            raise OnevoiceError(
                f"{baseline}: there is no finished audit here. Name the --out folder of an earlier one."
            )
        self._seen = _locate_seen(source, self.day) if self.day else None
        trends = {sums.day: sums for folder in (source, self._folder) for sums in _read_trend(folder)}
        self.trend = sorted(sums for day, sums in trends.items() if day < self._today)

    def iter_seen(self) -> Iterator[SeenDocument]:
        """The documents of the last audit, in the order of their places."""
        if self._seen is None:
            return
        try:
            yield from map(parse_seen, iter_lines(read_file_bytes(self._seen)))
        except ValueError:
            raise _make_damage_error(self._seen) from None

    def keep_audit(self, sums: AuditSums, seen: BinaryIO) -> None:
        """Keep today's audit, and the one before it in case that this one is done again. seen: as Dating wrote it."""
        seen.seek(0)
        pieces = iter(lambda: seen.read(_PIECE_BYTES), b"")
        replace_file_in_pieces(_locate_seen(self._folder, self._today), pieces)
        later = [other for other in _read_trend(self._folder) if other.day > self._today]
        replace_file(self._folder / TREND, dump_trend([*self.trend, sums, *later]))
        days = _list_days(self._folder)
        before = max((day for day in days if day < self._today), default="")
        for day in days:
            if day < before:
                _locate_seen(self._folder, day).unlink(missing_ok=True)


def has_history(out: Path, today: datetime.date) -> bool:
    """Whether a folder has an audit of an earlier day."""
    return any(day < today.isoformat() for day in _list_days(out / HISTORY))


def _list_days(folder: Path) -> list[str]:
    names = (_SEEN.fullmatch(path.name) for path in folder.iterdir()) if folder.is_dir() else ()
    return sorted(match[1] for match in names if match)


def _locate_seen(folder: Path, day: str) -> Path:
    return folder / f"seen-{day}.jsonl.gz"


def _read_trend(folder: Path) -> list[AuditSums]:
    place = folder / TREND
    if not place.is_file():
        return []
    try:
        return parse_trend(read_file_bytes(place))
    except ValueError:
        raise _make_damage_error(place) from None


def _make_damage_error(place: Path) -> OnevoiceError:
    return OnevoiceError(f"{place}: this record of earlier audits is damaged. Delete it to go on without it.")


class Dating:
    """Tells the old findings of an audit from the new ones.

    seen: an empty file, for what the next audit has to know. since: the first day that counts as new; "": what the last
    audit didn't have. new_counts: of each document, in the order of the plan. sums: what is kept of this audit.
    """

    def __init__(self, history: History, seen: BinaryIO, today: datetime.date, since: str = "") -> None:
        self._history, self._file, self._today, self._since = history, seen, today.isoformat(), since
        self._moved: dict[str, SeenDocument] = {}
        self._left: set[str] = set()
        self.new_counts = array("L")
        self.sums = SumCounter()

    def match_documents(self, identities: Iterable[Identity]) -> None:
        """Find those that have moved since the last audit, and those that are gone."""
        if not self._history.day:
            for _ in identities:
                pass
            return
        old = ((seen.identity, seen) for seen in self._history.iter_seen())
        for before, uri in pair_documents(old, ((identity, identity.uri) for identity in identities)):
            if before is None or uri == before.uri:
                continue
            # Another document may be in its place now.
            self._left.add(before.uri)
            if uri is None:
                self.sums.count_lost(before)
            else:
                self._moved[uri] = before

    def date_rows(self, rows: Iterable[DocumentRow]) -> Iterator[DocumentRow]:
        """The same documents, their findings with the day on which they were first seen."""
        old = self._history.iter_seen()
        before = next(old, None)
        with gzip.GzipFile(fileobj=self._file, filename="", mode="wb", compresslevel=PACKING, mtime=0) as lines:
            for row in rows:
                while before and before.uri < row["uri"]:
                    before = next(old, None)
                stays = before and before.uri == row["uri"] and before.uri not in self._left
                dated = date_findings(row, before if stays else self._moved.get(row["uri"]), self._today)
                self.sums.count_findings(dated)
                lines.write(dump_seen(dated.seen))
                recent = [found for found in row["findings"] if found["first_seen"] >= self._since]
                self.new_counts.append(len(recent) if self._since else dated.new)
                yield row
