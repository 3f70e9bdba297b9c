"""Records by their kind and id. A kind that is written as a literal says of which type its records are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, overload

from onevoice.records import Record
from onevoice.records.asset import Asset
from onevoice.records.brand import Brand
from onevoice.records.form import Form
from onevoice.records.identity import Identity
from onevoice.records.journey import Journey, Stage
from onevoice.records.kpi import Kpi
from onevoice.records.lead import Lead
from onevoice.records.meeting import Meeting
from onevoice.records.message import Message
from onevoice.records.persona import Persona
from onevoice.records.play import Play
from onevoice.records.proof import Proof
from onevoice.records.request import Request
from onevoice.records.strategy import Strategy
from onevoice.records.team import Team
from onevoice.records.term import Term
from onevoice.records.tool import Tool
from onevoice.records.voice import Voice


class Lookup:
    """Finds records. A kind without an overload works all the same: its records are then of any type."""

    _records_by_kind: dict[str, dict[str, Record]]
    _approved_by_kind: dict[str, list[Record]]

    @overload
    def list_records(self, kind: Literal["messages"]) -> list[Message]: ...
    @overload
    def list_records(self, kind: Literal["teams"]) -> list[Team]: ...
    @overload
    def list_records(self, kind: Literal["terms"]) -> list[Term]: ...
    @overload
    def list_records(self, kind: str) -> list[Any]: ...
    def list_records(self, kind: str) -> list[Any]:
        """The records of a kind in the order in which they are written."""
        return list(self._records_by_kind[kind].values())

    @overload
    def list_approved(self, kind: Literal["assets"]) -> list[Asset]: ...
    @overload
    def list_approved(self, kind: Literal["forms"]) -> list[Form]: ...
    @overload
    def list_approved(self, kind: Literal["kpis"]) -> list[Kpi]: ...
    @overload
    def list_approved(self, kind: Literal["leads"]) -> list[Lead]: ...
    @overload
    def list_approved(self, kind: Literal["meetings"]) -> list[Meeting]: ...
    @overload
    def list_approved(self, kind: Literal["messages"]) -> list[Message]: ...
    @overload
    def list_approved(self, kind: Literal["personas"]) -> list[Persona]: ...
    @overload
    def list_approved(self, kind: Literal["plays"]) -> list[Play]: ...
    @overload
    def list_approved(self, kind: Literal["proof"]) -> list[Proof]: ...
    @overload
    def list_approved(self, kind: Literal["requests"]) -> list[Request]: ...
    @overload
    def list_approved(self, kind: Literal["strategy"]) -> list[Strategy]: ...
    @overload
    def list_approved(self, kind: Literal["teams"]) -> list[Team]: ...
    @overload
    def list_approved(self, kind: Literal["terms"]) -> list[Term]: ...
    @overload
    def list_approved(self, kind: Literal["tools"]) -> list[Tool]: ...
    @overload
    def list_approved(self, kind: str) -> list[Any]: ...
    def list_approved(self, kind: str) -> list[Any]:
        """The records of a kind that may be used."""
        if kind not in self._approved_by_kind:
            self._approved_by_kind[kind] = [record for record in self.list_records(kind) if record.status == "approved"]
        return self._approved_by_kind[kind].copy()

    @overload
    def find_record(self, kind: Literal["assets"], id: str) -> Asset | None: ...
    @overload
    def find_record(self, kind: Literal["personas"], id: str) -> Persona | None: ...
    @overload
    def find_record(self, kind: Literal["proof"], id: str) -> Proof | None: ...
    @overload
    def find_record(self, kind: Literal["requests"], id: str) -> Request | None: ...
    @overload
    def find_record(self, kind: Literal["stages"], id: str) -> Stage | None: ...
    @overload
    def find_record(self, kind: Literal["teams"], id: str) -> Team | None: ...
    @overload
    def find_record(self, kind: Literal["terms"], id: str) -> Term | None: ...
    @overload
    def find_record(self, kind: str, id: str) -> Any: ...
    def find_record(self, kind: str, id: str) -> Any:
        """The record of a kind with this id, or None; `stages` are looked up in the journey."""
        if kind == "stages":
            return next((stage for stage in self.stages if stage.id == id), None)
        return self._records_by_kind[kind].get(id)

    @overload
    def resolve_ids(self, kind: Literal["forms"], ids: Iterable[str]) -> list[Form]: ...
    @overload
    def resolve_ids(self, kind: Literal["proof"], ids: Iterable[str]) -> list[Proof]: ...
    @overload
    def resolve_ids(self, kind: Literal["teams"], ids: Iterable[str]) -> list[Team]: ...
    @overload
    def resolve_ids(self, kind: Literal["terms"], ids: Iterable[str]) -> list[Term]: ...
    @overload
    def resolve_ids(self, kind: str, ids: Iterable[str]) -> list[Any]: ...
    def resolve_ids(self, kind: str, ids: Iterable[str]) -> list[Any]:
        """The approved records of a kind with these ids, in the order of the ids; others are left out."""
        found = (self.find_record(kind, id) for id in ids)
        return [
            record for record in found if record is not None and getattr(record, "status", "approved") == "approved"
        ]

    @overload
    def find_single(self, kind: Literal["brand"]) -> Brand | None: ...
    @overload
    def find_single(self, kind: Literal["identity"]) -> Identity | None: ...
    @overload
    def find_single(self, kind: Literal["journey"]) -> Journey | None: ...
    @overload
    def find_single(self, kind: Literal["voice"]) -> Voice | None: ...
    @overload
    def find_single(self, kind: str) -> Any: ...
    def find_single(self, kind: str) -> Any:
        """The record of a kind that has only one, or None."""
        return next(iter(self._records_by_kind[kind].values()), None)

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages of the journey, in order."""
        journey = self.find_single("journey")
        return journey.stages if journey else ()
