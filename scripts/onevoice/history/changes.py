"""What changed per record from commit to commit."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from types import MappingProxyType

from onevoice.history.log import Commit
from onevoice.load import yaml
from onevoice.load.folder import Item
from onevoice.load.layers import load_own_files, read_inherited_record
from onevoice.load.walk import find_kind
from onevoice.records import KINDS, Record
from onevoice.records.brand import Brand

RecordKey = tuple[str, str]
Inherited = Mapping[RecordKey, Item]


@dataclasses.dataclass(frozen=True)
class Change:
    """One record before and after a commit, or after several.

    before, after: None if it did not exist, or no longer does. is_initial: the handbook started with it.
    """

    day: datetime.date
    moment: str
    before: Record | None
    after: Record | None
    is_initial: bool = False

    @property
    def record(self) -> Record:
        """The record as it was last."""
        record = self.after or self.before
        assert record is not None, "a change has a record before it, after it, or both"
        return record

    @property
    def key(self) -> RecordKey:
        return self.record.KIND, self.record.id


def parse_file_records(path: str, data: bytes, inherited: Inherited) -> dict[str, Record | None] | None:
    """The records of a file by id, as it was; None for one that is not valid, and for a file that is not YAML.

    inherited: what they refine, as it is today: another handbook's history is its own.
    """
    kind = find_kind(PurePosixPath(path))
    if kind not in KINDS:
        return {}
    loaded = load_own_files([(kind, path, data)], inherited)
    found: dict[str, Record | None] = {record.id: record for record, _ in reversed(loaded.records)}
    if all(finding.level != "error" for finding in loaded.findings):
        return found
    if loaded.mistaken_lines:
        return None
    parsed = yaml.parse_yaml(path, data.decode("utf-8-sig", "replace")).data
    body = parsed.get(kind) if isinstance(parsed, dict) else None
    if body is None:
        return None
    for item in body if isinstance(body, list) else [body]:
        if isinstance(item, dict) and isinstance(id := item.get("id", kind), str):
            found.setdefault(id, None)
    return found


class CommitWalk:
    """The handbook from commit to commit: which files it has, and the records in them."""

    def __init__(self, contents: Mapping[str, bytes | None], inherited: Inherited) -> None:
        self._contents, self._inherited = contents, inherited
        self._records_by_blob: dict[tuple[str, str], dict[str, Record | None] | None] = {}
        self._blobs_by_path: dict[str, str] = {}
        self._records_by_path: dict[str, dict[str, Record | None]] = {}

    @property
    def is_empty(self) -> bool:
        """Whether there is no record yet."""
        return not any(self._records_by_path.values())

    def list_records(self) -> list[Record]:
        """Every record there is now."""
        return [record for found in self._records_by_path.values() for record in found.values() if record]

    def skip_commit(self, commit: Commit) -> None:
        """Go to a commit without looking at records."""
        for path, blob in commit.files:
            self._blobs_by_path.pop(path, None)
            if blob:
                self._blobs_by_path[path] = blob

    def load_records(self) -> None:
        """Read the records of all files as they are now."""
        self._records_by_path = {
            path: self._read_records(path, blob) or {} for path, blob in self._blobs_by_path.items()
        }

    def apply_commit(self, commit: Commit) -> Iterator[tuple[Record | None, Record | None]]:
        """Go to a commit; each record that it changed, before and after."""
        before: dict[RecordKey, Record | None] = {}
        after: dict[RecordKey, Record | None] = {}
        for path, blob in commit.files:
            kind = find_kind(PurePosixPath(path)) or ""
            old = self._records_by_path.pop(path, {})
            new = self._read_records(path, blob) if blob else {}
            # A file that could not be read for a while has not changed.
            new = old if new is None else {id: record or old.get(id) for id, record in new.items()}
            if blob:
                self._records_by_path[path] = new
            before.update({(kind, id): record for id, record in old.items()})
            after.update({(kind, id): record for id, record in new.items()})
        self.skip_commit(commit)
        for then, now in _pair_records(before, after):
            # What this handbook says no more, or not yet, holds as another one says it.
            yield then or self._find_inherited(now), now or self._find_inherited(then)

    def _find_inherited(self, record: Record | None) -> Record | None:
        if not self._inherited or record is None:
            return None
        return read_inherited_record(self._inherited, record.KIND, record.id)

    def _read_records(self, path: str, blob: str) -> dict[str, Record | None] | None:
        if (path, blob) not in self._records_by_blob:
            data = self._contents.get(blob)
            self._records_by_blob[path, blob] = (
                None if data is None else parse_file_records(path, data, self._inherited)
            )
        return self._records_by_blob[path, blob]


def _pair_records(
    before: Mapping[RecordKey, Record | None], after: Mapping[RecordKey, Record | None]
) -> Iterator[tuple[Record | None, Record | None]]:
    gone = {key: record for key, record in before.items() if key not in after}
    for (kind, id), record in after.items():
        if record is None:
            continue
        if (kind, id) in before:
            old = before[kind, id]
            # If the old version could not be read, nobody can say how it changed.
            if old is not None and old != record:
                yield old, record
            continue
        was = next((key for name in record.was if (key := (kind, name)) in gone), None)
        yield gone.pop(was) if was else None, record
    for record in gone.values():
        if record is not None:
            yield record, None


def find_needed_blobs(commits: Sequence[Commit], since: datetime.date) -> set[str]:
    """The hashes of the contents that `list_record_changes` asks for."""
    files: dict[str, str | None] = {}
    found: set[str] = set()
    inside = False
    for commit in commits:
        if not inside and commit.day >= since:
            inside = True
            found.update(filter(None, files.values()))
        files.update(commit.files)
        if inside or commit is commits[-1]:
            found.update(blob for _, blob in commit.files if blob)
    return found


def list_record_changes(
    commits: Sequence[Commit],
    contents: Mapping[str, bytes | None],
    since: datetime.date,
    *,
    shallow: bool,
    inherited: Inherited = MappingProxyType({}),
) -> list[Change]:
    """What changed since a day, oldest first.

    commits: all, oldest first. contents: what is in the files, by hash, of those that `find_needed_blobs` names.
    shallow: the first commit may contain more than it added, so it says nothing about changes. inherited: what the
    records refine, as it is today.
    """
    walk, inside = CommitWalk(contents, inherited), False
    found: list[Change] = []
    opening: datetime.date | None = None
    for commit in commits:
        if not inside and commit.day < since:
            walk.skip_commit(commit)
            continue
        if not inside:
            walk.load_records()
            inside = True
        if walk.is_empty:
            opening = commit.day
        pairs = list(walk.apply_commit(commit))
        if any(is_another_company(old, new) for old, new in pairs):
            # What happened before is a template's history, not this handbook's.
            opening = commit.day
            pairs = [(None, record) for record in walk.list_records()]
            found.clear()
        if commit.day >= since and not (shallow and commit.first):
            # A new handbook is seldom written in one commit.
            found += [Change(commit.day, commit.moment, old, new, commit.day == opening) for old, new in pairs]
    return found


def is_another_company(before: Record | None, after: Record | None) -> bool:
    """Whether the brand record got the name of another company, and not only another form of the same."""
    if not (isinstance(before, Brand) and isinstance(after, Brand)):
        return False
    old, new = before.name.casefold(), after.name.casefold()
    return old not in new and new not in old


def merge_changes(changes: Iterable[Change]) -> list[Change]:
    """One change per record: from how it was before the first one to how it is after the last one.

    What the handbook started with is not a change; what has happened to it since then is.
    """
    found: dict[RecordKey, Change] = {}
    for change in changes:
        if change.is_initial:
            continue
        old = found.pop((change.before.KIND, change.before.id), None) if change.before else None
        # What was removed and came back has changed, if at all, from how it was before.
        old = old or found.pop(change.key, None)
        if old:
            change = dataclasses.replace(change, before=old.before)
        if change.before or change.after:
            found[change.key] = change
    return [change for change in found.values() if change.before != change.after]
