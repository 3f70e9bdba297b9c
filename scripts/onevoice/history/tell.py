"""From git to news: the one way in for those who build pages, feeds and mails."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from onevoice.errors import OnevoiceError
from onevoice.handbook import signature
from onevoice.handbook.address import address
from onevoice.handbook.handbook import Handbook
from onevoice.handbook.news import GROUPS, Heard, History, Line, News, week
from onevoice.history import changes, git, log, words
from onevoice.history.changes import Change
from onevoice.load.walk import kind_of
from onevoice.records import Record

WEEKS = 13
# So many versions of files are asked of git at once when a signed text is looked for.
CHUNK = 50

Shown = Callable[[Record], Record | None]


def history(folder: Path, handbook: Handbook, today: datetime.date, shown: Shown = lambda record: record) -> History:
    """The last WEEKS weeks of a handbook, week by week, and the texts that were signed.

    shown: a record as it may be shown, or None where it must not be. Where git cannot tell, the result says so, in
    words without a path, so that the same handbook makes the same pages wherever it is built.
    """
    since = week(today) - datetime.timedelta(weeks=WEEKS - 1)
    try:
        told, found = _read(folder, since)
    except OnevoiceError:
        return History(since=since)
    seen = [_seen(change, shown, today) for change in found]
    weeks: dict[datetime.date, list[Change]] = {}
    for change in seen:
        weeks.setdefault(week(change.day), []).append(change)
    news = [item for monday in sorted(weeks, reverse=True) for item in _news(weeks[monday], handbook)]
    signed = _signed(folder, told.commits, handbook)
    return History(tuple(news), tuple(_heard(seen, handbook)), _begun(seen), since, _unknown(told, since), signed)


def since(folder: Path, handbook: Handbook, day: datetime.date) -> History:
    """What changed from a day until now, as one change per record; without the texts that were signed."""
    try:
        told, found = _read(folder, day)
    except OnevoiceError:
        return History(since=day)
    news, heard = tuple(_news(found, handbook)), tuple(_heard(found, handbook))
    return History(news, heard, _begun(found), day, _unknown(told, day))


def _read(folder: Path, day: datetime.date) -> tuple[log.Log, list[Change]]:
    told = log.read(folder)
    contents = git.contents(folder, sorted(changes.needed(told.commits, day)))
    return told, changes.read(told.commits, contents, day, shallow=told.shallow)


def _unknown(told: log.Log, day: datetime.date) -> str:
    if not told.commits:
        return "Nothing of this handbook is committed to git yet, so nothing is known of earlier versions."
    first = told.commits[0]
    if told.shallow and first.first and first.day >= day:
        return (
            f"This copy of the repository goes back to {first.day.day} {first.day:%B %Y} only; "
            "what changed before is not known here."
        )
    return ""


def _seen(change: Change, shown: Shown, today: datetime.date) -> Change:
    before, after = (record and shown(record) for record in (change.before, change.after))
    # A clock that was ahead makes no news of days to come.
    return Change(min(change.day, today), change.moment, before, after, change.begun)


def _news(found: Iterable[Change], handbook: Handbook) -> Iterable[News]:
    """News of one time, by group, kind and label."""

    def names(kind: str, id: str) -> str:
        record = handbook.get(kind, id)
        return record.label if record else ""

    total = changes.net(change for change in found if change.before or change.after)
    said = {change.key: words.lines(change, names) for change in total}
    last = {change.key: change for change in total}
    answers: dict[str, list[str]] = {}
    for change, id in words.answered(total):
        if request := handbook.get("requests", id):
            key = (request.KIND, id)
            last.setdefault(key, Change(change.day, change.moment, request, request))
            answers.setdefault(id, []).append(change.record.label)
            said[change.key] += (Line(f"Answers the request “{request.label}”"),)
    for id, labels in answers.items():
        said["requests", id] = (*said.get(("requests", id), ()), *(Line(f"Answered by “{one}”") for one in labels))
    items = [_item(last[key], lines, handbook) for key, lines in said.items() if lines]
    return sorted(items, key=lambda item: (GROUPS.index(item.group), item.kind, item.label.casefold(), item.id))


def _item(change: Change, lines: tuple[Line, ...], handbook: Handbook) -> News:
    record = change.record
    now = handbook.get(record.KIND, record.id)
    path = address(now) if now and now.status == "approved" else ""
    return News(change.day, change.moment, record.NEWS, record.KIND, record.id, record.ONE, record.label, lines, path)


def _heard(found: Sequence[Change], handbook: Handbook) -> Iterable[Heard]:
    for change, id in words.answered(changes.net(change for change in found if change.before or change.after)):
        request, asset = handbook.get("requests", id), change.record
        team = request and handbook.get("teams", request.team)
        if team and team.side != "marketing":
            now = handbook.get("assets", asset.id)
            path = address(now) if now and now.status == "approved" else ""
            yield Heard(change.day, request.label, request.why, team.name, request.date, asset.label, path)


def _begun(found: Iterable[Change]) -> tuple[datetime.date, tuple[tuple[str, int], ...]] | None:
    first = [change for change in found if change.begun and change.after]
    if not first:
        return None
    return first[0].day, tuple(sorted(Counter(change.after.KIND for change in first).items()))


def _signed(folder: Path, commits: Sequence[log.Commit], handbook: Handbook) -> Mapping[tuple[str, str, str], Record]:
    """The text as it was signed, of the records that have changed since, where git has it."""
    found = {}
    for record, side in signature.broken(handbook):
        signed = signature.signature(record, side)
        versions = [
            (commit.day < signed.date, path, blob)
            for commit in commits
            for path, blob in commit.files
            if blob and kind_of(PurePosixPath(path)) == record.KIND
        ]
        # The commit that brought the signature is most likely the first one after its day.
        order = dict.fromkeys((path, blob) for late, path, blob in sorted(versions, key=lambda one: one[0]))
        if then := _version(folder, list(order), side, signed.of):
            found[record.KIND, record.id, side] = then
    return found


def _version(folder: Path, versions: Sequence[tuple[str, str]], side: str, of: str) -> Record | None:
    for start in range(0, len(versions), CHUNK):
        part = versions[start : start + CHUNK]
        contents = git.contents(folder, [blob for _, blob in part])
        for path, blob in part:
            data = contents[blob]
            if data is None or of.encode() not in data:
                continue
            for record in (changes.records(path, data) or {}).values():
                signed = record and signature.signature(record, side)
                if signed and signed.of == of and signature.holds(record, side):
                    return record
    return None
