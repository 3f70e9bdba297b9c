"""What changed, told with today's words only: no text that has been corrected or taken back can come up in it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

from onevoice.handbook.handbook import Handbook
from onevoice.history.changes import Change
from onevoice.records.envelope import Part

# Of these, news names the new value only. Each is one of a few fixed words.
PLAIN_FIELDS = ("status", "level")


def recast_changes(found: Iterable[Change], handbook: Handbook) -> list[Change]:
    """The changes of the records that the handbook has today, each between two versions made of today's record alone.

    After a change is the record as it is today. Before it is the same without what the change brought, if that is
    still there. A record that is gone, and a text that is gone, have left no trace.
    """
    recast = []
    for change in found:
        now = handbook.find_record(change.after.KIND, change.after.id) if change.after else None
        if now is None or change.after is None:
            continue
        before = _remove_new_values(change.before, change.after, now) if change.before else None
        recast.append(dataclasses.replace(change, before=before, after=now))
    return recast


def _remove_new_values(before: Part, after: Part, now: Part) -> Any:
    """The part of a record `now` without what came between `before` and `after`."""
    update: dict[str, Any] = {}
    for name, field in type(now).model_fields.items():
        old, new, value = (getattr(part, name) for part in (before, after, now))
        if old == new:
            continue
        empty = "" if field.is_required() else field.get_default(call_default_factory=True)
        if name in PLAIN_FIELDS:
            update[name] = old if new == value else value
        else:
            update[name] = _remove_new_value(old, new, value, empty)
    return now.model_copy(update=update)


def _remove_new_value(old: Any, new: Any, value: Any, empty: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_iter_old_items(old, new, value))
    if isinstance(value, dict):
        return {key: item for key, item in value.items() if new.get(key) != item or old.get(key) == item}
    if all(isinstance(one, Part) for one in (old, new, value)):
        return _remove_new_values(old, new, value)
    return empty if new == value else value


def _iter_old_items(old: tuple[Any, ...], new: tuple[Any, ...], value: tuple[Any, ...]) -> Iterable[Any]:
    """The items of `value` that did not come with `new`; those that changed with it, without what is new in them."""
    olds, news = ({_find_key(item): item for item in items} for items in (old, new))
    for item in value:
        key = _find_key(item)
        if item in old or item not in new:
            yield item
        elif isinstance(item, Part) and key in olds:
            yield _remove_new_values(olds[key], news[key], item)


def _find_key(item: Any) -> Any:
    """What an item is known by when it changes: its first field, such as an avoided word's `term`."""
    return getattr(item, next(iter(type(item).model_fields))) if isinstance(item, Part) else item
