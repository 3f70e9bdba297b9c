"""The handbook: all records by kind and id, with their places, and the questions that pages and checks ask."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from onevoice.finding import Finding
from onevoice.handbook.lookup import Lookup
from onevoice.load.folder import Draft, LoadResult, Place
from onevoice.load.messages import find_model
from onevoice.records import KINDS, Record
from onevoice.records.asset import Asset
from onevoice.records.brand import ASSET_TYPES, Brand
from onevoice.records.envelope import Part, Ref, add_interval
from onevoice.records.measure import Measure
from onevoice.records.message import Message
from onevoice.records.quote import Quote
from onevoice.records.term import Term


@dataclass(frozen=True)
class Reference:
    """A field of a record that names another record.

    loc: the path of the field in the record. kind, id: what it names.
    """

    record: Record
    loc: tuple[str | int, ...]
    kind: str
    id: str


@dataclass
class Handbook(Lookup):
    """All records of a company.

    load_result: the records with their places, as read. is_public: it holds only what customers may read.
    """

    load_result: LoadResult
    is_public: bool = False

    def __post_init__(self) -> None:
        self._records_by_kind = {kind: {} for kind in KINDS}
        self._approved_by_kind = {}
        self._places: dict[tuple[str, str], Place] = {}
        for record, place in self.load_result.records:
            # The first record keeps the id; the check `duplicate-id` reports the others.
            if self._records_by_kind[record.KIND].setdefault(record.id, record) is record:
                self._places[record.KIND, record.id] = place
        words = self.brand.words
        language = self.brand.language
        if words.model_fields_set or language != "en":
            terms = self._records_by_kind[Term.KIND]
            terms.update({id: term.take_words(words, language) for id, term in terms.items() if isinstance(term, Term)})
        types = self.brand.asset_types
        names = {one.name.casefold(): one.name for one in types}
        assets = self._records_by_kind[Asset.KIND]
        for id, asset in assets.items():
            # A choice may be written in any capitals.
            if isinstance(asset, Asset) and (name := names.get(asset.type.casefold(), asset.type)) != asset.type:
                assets[id] = asset.model_copy(update={"type": name})
        if types != ASSET_TYPES:
            assets.update({id: asset.take_types(types) for id, asset in assets.items() if isinstance(asset, Asset)})

    def locate_record(self, record: Record) -> Place:
        """Where the record is written."""
        return self._places[record.KIND, record.id]

    def rank_place(self, place: Place) -> int:
        """How far the handbook is in which something is written: 0 is this one, then come those that it extends."""
        return self.load_result.origins.index(place.origin) + 1 if place.origin else 0

    def make_record_finding(
        self, rule: str, level: str, record: Record, loc: tuple[str | int, ...], message: str, *, match: str = ""
    ) -> Finding:
        """A finding at a field of a record."""
        place = self.locate_record(record)
        loc = (*record.loc, *loc) if isinstance(record, Term) else loc
        return Finding(rule, level, place.find_part(*loc).path, place.locate_field(*loc), match, message)

    @property
    def brand(self) -> Brand:
        """The brand record; a default one if a folder has only terms."""
        return self.find_single("brand") or Brand(name="Handbook")

    @cached_property
    def namings(self) -> tuple[Term, ...]:
        """The approved terms, each followed by what it is called in other languages."""
        return tuple(naming for term in self.list_approved("terms") for naming in term.list_namings())

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """The figures of each week, sorted."""
        return tuple(sorted(self.load_result.measures))

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """What customers said, sorted."""
        return tuple(sorted(self.load_result.quotes))

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Every field that names another record."""
        return tuple(
            Reference(record, loc, kind, id)
            for records in self._records_by_kind.values()
            for record in records.values()
            for loc, kind, id in _iter_references(record)
        )

    def iter_draft_references(self) -> Iterator[tuple[Draft, tuple[str | int, ...], str, str]]:
        """Every field of a record that is wrong in itself that names another record, as (draft, loc, kind, id)."""
        for draft in self.load_result.drafts:
            for loc, kind, id in _iter_data_references(draft.model, draft.data):
                yield draft, loc, kind, id

    def iter_approved(self) -> Iterator[Record]:
        """Every approved record."""
        return (record for kind in KINDS for record in self.list_approved(kind))

    def list_ids(self, kind: str) -> list[str]:
        """The ids that a reference to this kind may name."""
        return [stage.id for stage in self.stages] if kind == "stages" else list(self._records_by_kind[kind])

    def find_referrers(self, record: Record) -> list[Record]:
        """The approved records that name this one, each once, in order."""
        naming = [r.record for r in self.references if (r.kind, r.id) == (record.KIND, record.id)]
        users = [user for user in naming if user.status == "approved"]
        return list({(user.KIND, user.id): user for user in users}.values())

    def find_messages(self, persona: str, stage: str, *types: str) -> list[Message]:
        """The approved messages of these types for a cell of persona and stage.

        The most specific come first: those that are said in the fewest cells.
        """
        found = [
            message
            for message in self.list_approved("messages")
            if (not types or message.type in types)
            and (not message.personas or persona in message.personas)
            and (not message.stages or stage in message.stages)
        ]
        personas, stages = len(self.list_approved("personas")), len(self.stages)

        def measure_breadth(message: Message) -> tuple[int, int, int]:
            at = len(message.stages) or stages
            return (len(message.personas) or personas) * at, (not message.personas) + (not message.stages), at

        return sorted(found, key=measure_breadth)

    def find_assets(self, persona: str, stage: str, job: str | None = None) -> list[Asset]:
        """The approved assets for a cell of persona and stage."""
        return [
            asset
            for asset in self.list_approved("assets")
            if persona in asset.personas and stage in asset.stages and job in (None, asset.job)
        ]

    def find_sendable_assets(self, persona: str, stage: str, today: datetime.date) -> list[Asset]:
        """The approved assets for a cell of persona and stage that customers may get on a day."""
        return [asset for asset in self.find_assets(persona, stage) if asset.is_sendable(today)]

    def find_successor(self, asset: Asset, today: datetime.date) -> Asset | None:
        """What to use instead of an expired asset: the next approved one that replaces it and hasn't expired."""
        seen = {asset.id}
        while asset.replaced_by and asset.replaced_by not in seen:
            following = self.find_record("assets", asset.replaced_by)
            if following is None:
                return None
            if following.status == "approved" and not following.is_expired(today):
                return following
            seen.add(following.id)
            asset = following
        return None

    def find_nearest_assets(self, persona: str, stage: str, today: datetime.date, count: int = 3) -> list[Asset]:
        """What customers may get on a day that comes closest to a cell.

        The same persona at a neighboring stage comes before another persona at the same stage.
        """
        order = [item.id for item in self.stages]

        def measure_distance(asset: Asset) -> tuple[int, str]:
            apart = min(abs(order.index(other) - order.index(stage)) for other in asset.stages)
            return (apart + 2 * (persona not in asset.personas), asset.id)

        sendable = [asset for asset in self.list_approved("assets") if asset.is_sendable(today)]
        return sorted(sendable, key=measure_distance)[:count]

    def find_sides(self, teams: Iterable[str]) -> set[str]:
        """The sides (sales, marketing) that teams are on, by their ids; a team on both counts for both."""
        found: set[str] = {team.side for id in teams if (team := self.find_record("teams", id))}
        return {"sales", "marketing"} if "both" in found else found

    def compute_due_date(self, record: Record) -> datetime.date | None:
        """The day after which a review of the record is overdue; None if it was never reviewed."""
        if not record.reviewed:
            return None
        review = self.brand.review
        every = record.reviewed.every or review.kinds.get(record.KIND) or review.default
        return add_interval(record.reviewed.date, every)

    def is_overdue(self, record: Record, today: datetime.date) -> bool:
        """Whether a review of the record is overdue on a day."""
        due = self.compute_due_date(record)
        return due is not None and due < today


def _iter_references(part: Part) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    for key, name, kinds in _list_fields(type(part)):
        value = getattr(part, name)
        if not value:  # as most are
            continue
        items = (
            [((key, index), item) for index, item in enumerate(value)]
            if isinstance(value, tuple)
            else [((key,), value)]
        )
        for loc, item in items:
            if isinstance(item, Part):
                yield from ((loc + inner, kind, id) for inner, kind, id in _iter_references(item))
            elif isinstance(item, str):
                yield from ((loc, kind, item) for kind in kinds)


def _iter_data_references(
    model: type[BaseModel], data: dict[str, Any]
) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """The same of plain data, of which only some may be right."""
    for key, _, kinds in _list_fields(model):
        value = data.get(key)
        items = (
            [((key, index), item) for index, item in enumerate(value)] if isinstance(value, list) else [((key,), value)]
        )
        for loc, item in items:
            if isinstance(item, str):
                yield from ((loc, kind, item) for kind in kinds)
            elif isinstance(item, dict) and (part := find_model(model, (key,)) or find_model(model, (key, 0))):
                yield from ((loc + inner, kind, id) for inner, kind, id in _iter_data_references(part, item))


@functools.cache
def _list_fields(model: type[BaseModel]) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """The fields of a part of a record that may name others, as (key in YAML, name, kinds of record that it names)."""
    found = []
    for name, info in model.model_fields.items():
        kinds = tuple(mark.kind for mark in iter_marks(info.annotation, info.metadata) if isinstance(mark, Ref))
        if kinds or any(map(_list_fields, iter_part_models(info.annotation))):
            found.append((info.alias or name, name, kinds))
    return tuple(found)


def iter_part_models(annotation: Any) -> Iterator[type[Part]]:
    """The parts of records that a field may hold."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from iter_part_models(inner)


def iter_marks(annotation: Any, metadata: Iterable[Any]) -> Iterator[Any]:
    """What a field is marked with, such as Ref: on the whole, and on what it is made of."""
    yield from metadata
    inner = getattr(annotation, "__metadata__", ())
    for arg in getattr(annotation, "__args__", ()):
        yield from iter_marks(arg, inner)
