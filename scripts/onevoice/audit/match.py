"""Which document of an earlier audit a document is: by its id, else by its words, else by its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

Old = TypeVar("Old")
New = TypeVar("New")


class Identity(NamedTuple):
    """What a document is known by. uri: its place. id: as in DocumentRow. text_hash: of its words, or ""."""

    uri: str
    id: str
    text_hash: str


def pair_documents(
    old: Iterable[tuple[Identity, Old]], new: Iterable[tuple[Identity, New]]
) -> Iterator[tuple[Old | None, New | None]]:
    """What there is on each document of two audits, together. None: it wasn't there, or isn't any more.

    Both come in the order of their places. Of those that stay where they are, only one pair is held at a time; the
    others come last.
    """
    gone: list[tuple[Identity, Old]] = []
    come: list[tuple[Identity, New]] = []
    for before, after in _merge_places(old, new):
        if before is not None and after is not None and before[0].id == after[0].id:
            yield before[1], after[1]
            continue
        if before is not None:
            gone.append(before)
        if after is not None:
            come.append(after)
    for field in ("id", "text_hash", "uri"):
        # Two copies of a text have one hash: each old one is found once.
        waiting: dict[str, list[tuple[Identity, Old]]] = {}
        for lost in gone:
            waiting.setdefault(getattr(lost[0], field), []).append(lost)
        left = []
        for found in come:
            name = getattr(found[0], field)
            if name and waiting.get(name):
                yield waiting[name].pop(0)[1], found[1]
            else:
                left.append(found)
        gone, come = [lost for items in waiting.values() for lost in items], left
    yield from ((before, None) for _, before in gone)
    yield from ((None, after) for _, after in come)


def _merge_places(
    old: Iterable[tuple[Identity, Old]], new: Iterable[tuple[Identity, New]]
) -> Iterator[tuple[tuple[Identity, Old] | None, tuple[Identity, New] | None]]:
    olds, news = iter(old), iter(new)
    before, after = next(olds, None), next(news, None)
    while before is not None or after is not None:
        takes_old = before is not None and (after is None or before[0].uri <= after[0].uri)
        takes_new = after is not None and (before is None or after[0].uri <= before[0].uri)
        yield before if takes_old else None, after if takes_new else None
        before = next(olds, None) if takes_old else before
        after = next(news, None) if takes_new else after
