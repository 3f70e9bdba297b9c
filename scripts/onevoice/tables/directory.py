"""What of a handbook the rows of an export can be about: assets by address, stages as the CRM names them, forms."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from onevoice.handbook.handbook import Handbook
from onevoice.handbook.vocabulary import list_own_words
from onevoice.handbook.ways import LeadTransition, list_transitions
from onevoice.privacy import fold_name
from onevoice.records.brand import WorkTime
from onevoice.records.form import Question

KINDS = ("assets", "kpis", "messages", "terms")


@dataclass
class Directory:
    """Records by what exports call them.

    least_rows: how many rows a sum must have. work: when people work. handoffs: between lead stages. language: what
    most people write in. known_words: those that may have a capital and name nobody.
    """

    least_rows: int
    work: WorkTime
    handoffs: list[LeadTransition] = field(default_factory=list)
    _pages: dict[str, str] = field(default_factory=dict)
    _names: dict[str, dict[str, str]] = field(default_factory=dict)
    _stages: dict[str, str] = field(default_factory=dict)
    forms: dict[str, dict[str, Question]] = field(default_factory=dict)
    language: str = "en"
    known_words: frozenset[str] = frozenset()

    def find_persona(self, name: str) -> str:
        """The id of a persona, by its name or id; "" if there's none."""
        return self._names["personas"].get(fold_name(name), "")

    def find_journey_stage(self, name: str) -> str:
        """The id of a stage of the journey, by its name or id; "" if there's none."""
        return self._names["stages"].get(fold_name(name), "")

    def find_page(self, address: str) -> str:
        """The asset at an address or a path of a website, as `assets/<id>`; "" if there's none."""
        return self._pages.get(_fold_path(address), "")

    def find_named(self, kind: str, name: str) -> str:
        """A record of a kind by its id, its title or its address; "" if there's none."""
        id = self._names.get(kind, {}).get(fold_name(name), "")
        return f"{kind}/{id}" if id else self.find_page(name) if kind == "assets" and "/" in name else ""

    def find_stage(self, name: str) -> str:
        """The id of a lead stage, by what the CRM or we call it; "" if there's none."""
        stage = self._stages.get(name)
        return self._stages.get(fold_name(name).replace(" ", ""), "") if stage is None else stage


def make_directory(handbook: Handbook) -> Directory:
    """The directory of a handbook."""
    brand = handbook.brand
    found = Directory(brand.least_rows, brand.work)
    found.language, found.known_words = brand.language, list_own_words(handbook)
    found.handoffs = [way for way in list_transitions(handbook) if way.kind == "handoff"]
    for asset in handbook.list_records("assets"):
        if path := _fold_path(asset.url or ""):
            found._pages.setdefault(path, f"assets/{asset.id}")
    for kind in KINDS:
        names = found._names[kind] = {}
        for record in handbook.list_records(kind):
            for name in (record.id, getattr(record, "title", ""), getattr(record, "name", ""), record.label):
                if name:
                    names.setdefault(fold_name(name), record.id)
    for kind, records in (("personas", handbook.list_approved("personas")), ("stages", handbook.stages)):
        found._names[kind] = {fold_name(text): one.id for one in records for text in (one.id, one.name)}
    for lead in handbook.list_approved("leads"):
        for name in (lead.id, lead.name, *lead.crm):
            found._stages.setdefault(name, lead.id)
            found._stages.setdefault(fold_name(name).replace(" ", ""), lead.id)
    for form in handbook.list_approved("forms"):
        found.forms[form.id] = {fold_name(question.label): question for question in form.questions}
    return found


@functools.lru_cache(maxsize=65_536)
def _fold_path(address: str) -> str:
    """The path of an address: without the host, what's after `?`, and the slash at the end."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    return unquote(parts.path).rstrip("/").casefold()
