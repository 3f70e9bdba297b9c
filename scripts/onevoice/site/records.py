"""A plain page for each kind of record that has no page of its own: every record with all that it says."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator

from onevoice.handbook.handbook import Reference
from onevoice.handbook.signature import SHARED_FIELDS, format_value
from onevoice.output import Artifact
from onevoice.records import KINDS, Record
from onevoice.site.sections import Hub
from onevoice.site.view import View


def render(view: View) -> Iterator[Artifact | None]:
    """`/records/<kind>/`."""
    for model, hub in _iter_kinds(view):
        named: dict[str, list[Reference]] = {}
        for reference in view.handbook.references:
            if isinstance(reference.record, model) and reference.loc != ("owner",):
                named.setdefault(reference.record.id, []).append(reference)
        yield view.render_page(
            hub.path,
            "records",
            title=hub.title,
            description=hub.hint,
            items=[
                (record, list(_iter_rows(record)), list(_iter_names(view, named.get(record.id, ()))))
                for record in view.handbook.list_approved(model.KIND)
            ],
        )


def list_record_hubs(view: View) -> list[Hub]:
    """The pages of this section, for the page that leads to them."""
    return [hub for _, hub in _iter_kinds(view)]


def _iter_kinds(view: View) -> Iterator[tuple[type[Record], Hub]]:
    for kind, model in KINDS.items():
        if not model.PAGE and view.handbook.list_approved(kind):
            hint = (inspect.getdoc(model) or "").partition("\n\n")[0]
            title = kind.replace("_", " ").replace("-", " ").capitalize()
            yield model, Hub("Together", f"/records/{kind}/", title, " ".join(hint.split()))


def _iter_rows(record: Record) -> Iterator[tuple[str, str]]:
    """The fields of a record that are its own, as (name, text)."""
    data = record.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=set(SHARED_FIELDS))
    for key, value in data.items():
        yield key.replace("_", " ").capitalize(), format_value(value)


def _iter_names(view: View, references: Iterable[Reference]) -> Iterator[tuple[str, Record | None]]:
    """What is named, each once: (its name, the record if it has a page to link to)."""
    for kind, id in dict.fromkeys((reference.kind, reference.id) for reference in references):
        if found := view.handbook.find_record(kind, id):
            is_record = isinstance(found, Record)
            yield found.label if is_record else found.name, found if is_record and found.status == "approved" else None
