"""The handbook as customers may read it: the whole public site is made from this one, and from nothing else.

It has the records that say `public: true`, without what only colleagues may know of them: fields marked Internal, the
ids of records that are internal themselves, and where a record is written.
"""

from __future__ import annotations

import functools
from typing import Any

from onevoice.handbook.handbook import Handbook, iter_marks
from onevoice.load.folder import LoadResult, Place
from onevoice.load.yaml import Document
from onevoice.records import Record
from onevoice.records.envelope import Internal, Part, Ref
from onevoice.records.team import Team

NOWHERE = Place(Document(""), ())


def derive_public_handbook(handbook: Handbook) -> Handbook:
    """The part of a handbook that customers may read."""
    loaded = handbook.load_result
    records = [reduced for record, _ in loaded.records if (reduced := reduce_record(handbook, record))]
    named = {name for record in records for _, name in record.iter_files()}
    files = {path: data for path, data in loaded.files.items() if path in named}
    # What it refines tells how its records were in earlier versions, which are reduced like these.
    places = [(record, NOWHERE) for record in records]
    shown = LoadResult(loaded.root, files=files, records=places, inherited=loaded.inherited, roots=loaded.roots)
    return Handbook(shown, is_public=True)


def reduce_record(handbook: Handbook, record: Record) -> Record | None:
    """A record as customers may read it; None if they may not. handbook: the whole one, which knows what is public.

    An internal team is named by its `public_name`. If it has none, and wherever else a field names an internal record,
    the field is left empty, even if it is required.
    """
    return _reduce_part(handbook, record) if record.public else None


def _reduce_part(handbook: Handbook, part: Part) -> Any:
    update: dict[str, Any] = {}
    for name, is_internal, kinds in _list_fields(type(part)):
        value, field = getattr(part, name), type(part).model_fields[name]
        if is_internal:
            shown = field.get_default(call_default_factory=True)
        elif isinstance(value, tuple):
            shown = tuple(one for item in value if (one := _reduce_value(handbook, kinds, item)) is not None)
        else:
            shown = _reduce_value(handbook, kinds, value)
            if shown is None and field.is_required():
                shown = ""
        if shown != value:
            update[name] = shown
    return part.model_copy(update=update) if update else part


def _reduce_value(handbook: Handbook, kinds: tuple[str, ...], value: Any) -> Any:
    if isinstance(value, Part):
        return _reduce_part(handbook, value)
    if not kinds or not isinstance(value, str):
        return value
    return next((name for kind in kinds if (name := _name_publicly(handbook, kind, value))), None)


def _name_publicly(handbook: Handbook, kind: str, id: str) -> str | None:
    """What customers may know of a reference to a record; None if that is nothing."""
    found = handbook.find_record(kind, id)
    # A stage is as public as the journey that it is a part of.
    record = handbook.find_single("journey") if found and kind == "stages" else found
    if not isinstance(record, Record):
        return None
    return id if record.public else record.public_name if isinstance(record, Team) else None


@functools.cache
def _list_fields(model: type[Part]) -> tuple[tuple[str, bool, tuple[str, ...]], ...]:
    """The fields of a part of a record as (name, whether only colleagues may read it, kinds of record it names)."""
    fields = ((name, tuple(iter_marks(info.annotation, info.metadata))) for name, info in model.model_fields.items())
    return tuple(
        (
            name,
            any(isinstance(mark, Internal) for mark in marks),
            tuple(mark.kind for mark in marks if isinstance(mark, Ref)),
        )
        for name, marks in fields
    )
