"""From Git to news: the one entry point for pages, feeds and emails."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from onevoice.errors import OnevoiceError
from onevoice.handbook import signature
from onevoice.handbook.address import find_page_path
from onevoice.handbook.handbook import Handbook
from onevoice.handbook.news import GROUPS, AnsweredRequest, History, Line, News, find_monday, format_day
from onevoice.history import changes, git, log, recast, words
from onevoice.history.changes import Change
from onevoice.load.walk import find_kind
from onevoice.phrases.catalog import translate_text
from onevoice.records import Record

WEEKS = 13
# This many versions of files are read from Git at once in the search for a signed text.
CHUNK = 50

RecordFilter = Callable[[Record], Record | None]


def keep_record(record: Record) -> Record:
    """The record as it is: the filter of a handbook for colleagues."""
    return record


def load_recent_history(
    folder: Path, handbook: Handbook, today: datetime.date, shown: RecordFilter = keep_record
) -> History:
    """The last WEEKS weeks of a handbook, week by week, and the texts that were signed.

    shown: a record as it may be shown, or None if it must not be. A public handbook's history names only what it has
    today, in today's words. If Git cannot tell, the result says so, in words
    without a path, so that the same handbook makes the same pages wherever it is built.
    """
    since = find_monday(today) - datetime.timedelta(weeks=WEEKS - 1)
    try:
        told, found = _read_changes(folder, since, handbook.load_result.inherited)
    except OnevoiceError:
        return History(since=since)
    seen = [_filter_change(change, shown, today) for change in found]
    weeks: dict[datetime.date, list[Change]] = {}
    for change in seen:
        weeks.setdefault(find_monday(change.day), []).append(change)
    news = [item for monday in sorted(weeks, reverse=True) for item in _list_news(weeks[monday], handbook)]
    signed = _find_signed_texts(folder, told.commits, handbook)
    return History(
        tuple(news),
        tuple(_iter_heard_requests(seen, handbook)),
        _count_first_records(seen, handbook),
        since,
        _explain_gap(told, since),
        signed,
    )


def load_history_since(folder: Path, handbook: Handbook, day: datetime.date) -> History:
    """What changed since a day, as one change per record; without the texts that were signed."""
    try:
        told, found = _read_changes(folder, day, handbook.load_result.inherited)
    except OnevoiceError:
        return History(since=day)
    news, heard = tuple(_list_news(found, handbook)), tuple(_iter_heard_requests(found, handbook))
    return History(news, heard, _count_first_records(found, handbook), day, _explain_gap(told, day))


def _read_changes(folder: Path, day: datetime.date, inherited: changes.Inherited) -> tuple[log.Log, list[Change]]:
    told = log.read_commit_log(folder)
    contents = git.read_blobs(folder, sorted(changes.find_needed_blobs(told.commits, day)))
    return told, changes.list_record_changes(told.commits, contents, day, shallow=told.shallow, inherited=inherited)


def _explain_gap(told: log.Log, day: datetime.date) -> str:
    if not told.commits:
        return translate_text("This handbook has not been committed to Git yet, so earlier versions are unknown.")
    first = told.commits[0]
    if told.shallow and first.first and first.day >= day:
        return translate_text(
            "This copy of the repository only goes back to %(day)s, so earlier changes are unknown.",
            day=format_day(first.day),
        )
    return ""


def _filter_change(change: Change, shown: RecordFilter, today: datetime.date) -> Change:
    before, after = (record and shown(record) for record in (change.before, change.after))
    # A clock that was ahead must not make news from the future.
    return Change(min(change.day, today), change.moment, before, after, change.is_initial)


def _list_news(found: Iterable[Change], handbook: Handbook) -> Iterable[News]:
    """The news of a period, by group, kind and label."""

    def find_label(kind: str, id: str) -> str:
        record = handbook.find_record(kind, id)
        return record.label if record else ""

    total = _merge_shown(found, handbook)
    said = {change.key: words.describe_change(change, find_label) for change in total}
    last = {change.key: change for change in total}
    answers: dict[str, list[str]] = {}
    for change, id in words.iter_answered_requests(total):
        if request := handbook.find_record("requests", id):
            key = (request.KIND, id)
            last.setdefault(key, Change(change.day, change.moment, request, request))
            answers.setdefault(id, []).append(change.record.label)
            said[change.key] += (Line(translate_text("Answers the request “%(name)s”", name=request.label)),)
    for id, labels in answers.items():
        said["requests", id] = (
            *said.get(("requests", id), ()),
            *(Line(translate_text("Answered by “%(name)s”", name=one)) for one in labels),
        )
    items = [_build_news_item(last[key], lines, handbook) for key, lines in said.items() if lines]
    return sorted(items, key=lambda item: (GROUPS.index(item.group), item.kind, item.label.casefold(), item.id))


def _build_news_item(change: Change, lines: tuple[Line, ...], handbook: Handbook) -> News:
    record = change.record
    now = handbook.find_record(record.KIND, record.id)
    path = find_page_path(now) if now and now.status == "approved" else ""
    return News(
        change.day, change.moment, record.NEWS_GROUP, record.KIND, record.id, record.SINGULAR, record.label, lines, path
    )


def _iter_heard_requests(found: Sequence[Change], handbook: Handbook) -> Iterable[AnsweredRequest]:
    for change, id in words.iter_answered_requests(_merge_shown(found, handbook)):
        request, asset = handbook.find_record("requests", id), change.record
        team = handbook.find_record("teams", request.team) if request else None
        if request and team and team.side != "marketing":
            now = handbook.find_record("assets", asset.id)
            path = find_page_path(now) if now and now.status == "approved" else ""
            yield AnsweredRequest(change.day, request.label, request.why, team.name, request.date, asset.label, path)


def _merge_shown(found: Iterable[Change], handbook: Handbook) -> list[Change]:
    """One change for each record that may be shown."""
    merged = changes.merge_changes(change for change in found if change.before or change.after)
    return recast.recast_changes(merged, handbook) if handbook.is_public else merged


def _count_first_records(
    found: Iterable[Change], handbook: Handbook
) -> tuple[datetime.date, tuple[tuple[str, int], ...]] | None:
    begun: dict[changes.RecordKey, Change] = {}
    for change in found:
        if change.is_initial and change.before:
            begun.pop((change.before.KIND, change.before.id), None)
        if change.is_initial and change.after:
            begun[change.key] = change
    first = recast.recast_changes(begun.values(), handbook) if handbook.is_public else list(begun.values())
    if not first:
        return None
    counts = Counter(change.record.KIND for change in first)
    return first[0].day, tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _find_signed_texts(
    folder: Path, commits: Sequence[log.Commit], handbook: Handbook
) -> Mapping[tuple[str, str, str], Record]:
    """The text as it was signed, of the records that have changed since, if Git has it."""
    found = {}
    for record, side in signature.find_broken_signatures(handbook):
        signed = signature.find_signature(record, side)
        if signed is None:
            continue
        versions = [
            (commit.day < signed.date, path, blob)
            for commit in commits
            for path, blob in commit.files
            if blob and find_kind(PurePosixPath(path)) == record.KIND
        ]
        # The commit that brought the signature is most likely the first one after its day.
        order = dict.fromkeys((path, blob) for late, path, blob in sorted(versions, key=lambda one: one[0]))
        if then := _find_signed_version(folder, list(order), side, signed.of, handbook.load_result.inherited):
            found[record.KIND, record.id, side] = then
    return found


def _find_signed_version(
    folder: Path, versions: Sequence[tuple[str, str]], side: str, of: str, inherited: changes.Inherited
) -> Record | None:
    for start in range(0, len(versions), CHUNK):
        part = versions[start : start + CHUNK]
        contents = git.read_blobs(folder, [blob for _, blob in part])
        for path, blob in part:
            data = contents[blob]
            if data is None or of.encode() not in data:
                continue
            for record in (changes.parse_file_records(path, data, inherited) or {}).values():
                signed = signature.find_signature(record, side) if record else None
                if record and signed and signed.of == of and signature.is_signature_valid(record, side):
                    return record
    return None
