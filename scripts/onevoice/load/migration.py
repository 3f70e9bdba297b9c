"""What has changed in how records are written: one table, for reading old handbooks and for `onevoice upgrade`.

A handbook says in brand.yaml which format its records have (`format: 2`); without that, it's the first. When a key gets
another name or place, or a value another spelling, FORMAT goes up by one, and MIGRATIONS gets a row. The old way keeps
working, with a warning that names the command, for two versions of onevoice at least.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

DataPath = tuple[str | int, ...]
FORMAT = 2


@dataclass(frozen=True)
class Migration:
    """One change of a key or a value.

    format: the format that it leads to. kind: of the records. path: the key, below the record, through its parts; lists
    on the way are not named. to: the new path, of which only the last key differs if a key has a new name. values: what
    each old value of the key has become, if its values change. Texts that are not among them stay.
    """

    format: int
    kind: str
    path: tuple[str, ...]
    to: tuple[str, ...]
    values: tuple[tuple[str, str], ...] = ()

    @property
    def is_move(self) -> bool:
        """Whether the key goes to another part of the record."""
        return self.path[:-1] != self.to[:-1]


MIGRATIONS: tuple[Migration, ...] = (
    Migration(2, "identity", ("colours",), ("colors",)),
    Migration(2, "identity", ("typefaces", "licence"), ("typefaces", "license")),
)


@dataclass(frozen=True)
class Change:
    """A migration at one place. old, new: the paths in the record. value: the new value, if that changes."""

    migration: Migration
    old: DataPath
    new: DataPath
    value: str | None = None

    def describe(self) -> str:
        """What happens, such as "`colours` becomes `colors`"."""
        if self.value is not None:
            values = {new: old for old, new in self.migration.values}
            return f"`{self.old[-1]}: {values[self.value]}` becomes `{self.new[-1]}: {self.value}`"
        if self.migration.is_move:
            return f"`{'.'.join(self.migration.path)}` moves to `{'.'.join(self.migration.to)}`"
        return f"`{self.old[-1]}` becomes `{self.new[-1]}`"


def migrate_record(
    kind: str, data: Any, form: int, table: Sequence[Migration] | None = None
) -> tuple[Any, list[Change]]:
    """A record as plain data the way it is written now, and what that changed. The data given stays as it is.

    form: the format that it has. A new value may have been an old one with another meaning, so values change only in
    records of an older format; keys change in all.
    """
    changes: list[Change] = []
    for migration in MIGRATIONS if table is None else table:
        if migration.kind != kind or (migration.values and form >= migration.format):
            continue
        for found in list(_find_places(data, migration.path, ())):
            made = _apply_migration(data, migration, found)
            if made is not None:
                data, change = made
                changes.append(change)
    return data, changes


def list_record_places(kind: str, data: Any) -> list[DataPath]:
    """Where the records of a file are in its plain data, and the keys that they share."""
    if not isinstance(data, dict):
        return []
    body = data.get(kind)
    found: list[DataPath] = (
        [(kind, index) for index, item in enumerate(body) if isinstance(item, dict)] if isinstance(body, list) else []
    )
    found += [(key,) for key in (kind, "defaults") if isinstance(data.get(key), dict)]
    return found


def _find_places(data: Any, path: tuple[str, ...], loc: DataPath) -> Iterator[DataPath]:
    """Where a key is, through the lists on the way."""
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield from _find_places(item, path, (*loc, index))
    elif isinstance(data, dict) and path[0] in data:
        if len(path) == 1:
            yield (*loc, path[0])
        else:
            yield from _find_places(data[path[0]], path[1:], (*loc, path[0]))


def _apply_migration(data: Any, migration: Migration, loc: DataPath) -> tuple[Any, Change] | None:
    value = get_value(data, loc)
    new_value = dict(migration.values).get(value) if isinstance(value, str) else None
    if migration.values and new_value is None:
        return None
    # The part that both paths share.
    shared = next(
        (n for n, (one, other) in enumerate(zip(migration.path, migration.to, strict=False)) if one != other),
        len(migration.path) - 1,
    )
    keys = 0
    base: DataPath = ()
    for step in loc:
        if isinstance(step, str):
            if keys == shared:
                break
            keys += 1
        base = (*base, step)
    new: DataPath = (*base, *migration.to[shared:])
    if new != loc and has_value(data, new):
        return None  # Both are there, and nobody knows which one holds: the old one is an unknown key.
    if migration.is_move and not _has_room(data, new):
        return None
    kept = value if new_value is None else new_value
    data = replace_value(_drop_value(data, loc), new, kept) if migration.is_move else _rename_key(data, loc, new, kept)
    return data, Change(migration, loc, new, new_value)


def _has_room(data: Any, loc: DataPath) -> bool:
    """Whether all that there is of the parts around a place may have keys."""
    for length in range(len(loc)):
        if not has_value(data, loc[:length]) or get_value(data, loc[:length]) is None:
            return True
    return isinstance(get_value(data, loc[:-1]), dict)


def get_value(data: Any, loc: DataPath) -> Any:
    """What is at a place in plain data. Raises KeyError, IndexError or TypeError if nothing is."""
    for step in loc:
        data = data[step]
    return data


def has_value(data: Any, loc: DataPath) -> bool:
    """Whether there is something at a place in plain data."""
    try:
        get_value(data, loc)
    except (KeyError, IndexError, TypeError):
        return False
    return True


def _rename_key(data: Any, loc: DataPath, new: DataPath, value: Any) -> Any:
    if len(loc) == 1:
        return {(new[0] if key == loc[0] else key): (value if key == loc[0] else one) for key, one in data.items()}
    return _replace_item(data, loc[0], _rename_key(data[loc[0]], loc[1:], new[1:], value))


def _drop_value(data: Any, loc: DataPath) -> Any:
    if len(loc) == 1:
        return {key: one for key, one in data.items() if key != loc[0]}
    return _replace_item(data, loc[0], _drop_value(data[loc[0]], loc[1:]))


def replace_value(data: Any, loc: DataPath, value: Any) -> Any:
    """Plain data with another value at a place; the data given stays as it is."""
    if not loc:
        return value
    below = get_value(data, loc[:1]) if has_value(data, loc[:1]) else None
    return _replace_item(data or {}, loc[0], replace_value(below, loc[1:], value))


def _replace_item(data: Any, step: str | int, item: Any) -> Any:
    if isinstance(data, list):
        return [item if index == step else one for index, one in enumerate(data)]
    return {**data, step: item}
