"""Two records of one kind, or two parts of one record, have the same id.

An id is a permanent name and part of an address, so only one record, or one part of a record, can have it.
Give one of the two another id.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator

from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook, iter_part_models
from onevoice.load.folder import Place
from onevoice.records.envelope import Part
from onevoice.records.voice import Voice


def check(handbook: Handbook, today: datetime.date) -> Iterator[Finding]:
    """Each record, or part of a record, with the same id as an earlier one."""
    singles: dict[str, Place] = {}
    for record, place in handbook.load_result.records:
        first = singles.setdefault(record.KIND, place) if record.SINGLE else handbook.locate_record(record)
        if first is not place:
            where = f"{first.path}:{first.line}"
            what = f"there can be only one {record.KIND} record" if record.SINGLE else f"the id `{record.id}` is taken"
            message = f"{what}: see {where}. Give this one another id, or delete one of the two."
            if record.SINGLE:
                message = f"{what}, and it is in {where}. Delete one of the two."
            yield Finding("duplicate-id", "error", place.path, place.locate_field("id"), record.id, message)
        yield from _check_parts(record, place, ())
        if isinstance(record, Voice):
            yield from _check_rules(record, place)
    yield from _check_drafts(handbook)


def _check_drafts(handbook: Handbook) -> Iterator[Finding]:
    """Records that are wrong in themselves, too, and have an id that is taken."""
    seen: dict[tuple[str, str], Place] = {}
    for draft in handbook.load_result.drafts:
        id = draft.data.get("id")
        if draft.model.SINGLE or not isinstance(id, str) or "id" in draft.place.defaults:
            continue
        record = handbook.find_record(draft.model.KIND, id)
        first = handbook.locate_record(record) if record else seen.setdefault((draft.model.KIND, id), draft.place)
        if first is not draft.place:
            message = f"the id `{id}` is taken: see {first.path}:{first.line}. Give one of the two another id."
            span = draft.place.locate_field("id")
            yield Finding("duplicate-id", "error", draft.place.path, span, id, message)


def _check_rules(voice: Voice, place: Place) -> Iterator[Finding]:
    """Rules of two traits, which become files of one folder."""
    seen: dict[str, tuple[int, int]] = {}
    for trait, rules in enumerate(trait.vale for trait in voice.traits):
        for index, rule in enumerate(rules):
            first = seen.setdefault(rule.id, (trait, index))
            if first[0] != trait:
                line = place.locate_field("traits", first[0], "vale", first[1], "id").line
                message = f"the id `{rule.id}` is taken by another trait: see line {line}. Give one another id."
                span = place.locate_field("traits", trait, "vale", index, "id")
                yield Finding("duplicate-id", "error", place.path, span, rule.id, message)


def _check_parts(part: Part, place: Place, loc: tuple[str | int, ...]) -> Iterator[Finding]:
    values = vars(part)
    for name in _list_part_fields(type(part)):
        value = values[name]
        # Most are empty.
        if not value or not isinstance(value, tuple):
            continue
        parts = [(n, item) for n, item in enumerate(value) if isinstance(item, Part)]
        seen: dict[str, int] = {}
        for index, item in parts:
            here = (*loc, name, index)
            id = getattr(item, "id", None)
            if id is not None and id in seen:
                first = place.locate_field(*loc, name, seen[id], "id").line
                message = (
                    f"the id `{id}` is taken: see line {first}. Give this one another id, or delete one of the two."
                )
                yield Finding("duplicate-id", "error", place.path, place.locate_field(*here, "id"), id, message)
            elif id is not None:
                seen[id] = index
            yield from _check_parts(item, place, here)


@functools.cache
def _list_part_fields(model: type[Part]) -> tuple[str, ...]:
    """The fields of a part that may hold parts with ids, or with such parts in them."""
    return tuple(
        name for name, info in model.model_fields.items() if any(map(_has_ids, iter_part_models(info.annotation)))
    )


@functools.cache
def _has_ids(model: type[Part]) -> bool:
    models = (model, *model.__subclasses__())
    return any("id" in one.model_fields or _list_part_fields(one) for one in models)
