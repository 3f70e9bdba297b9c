"""The records of a handbook, one module per kind. KINDS maps each kind's name to its model, in alphabetical order."""

from __future__ import annotations

import importlib
import pkgutil

from onevoice.records.envelope import Record

__all__ = ["KINDS", "Record"]


def _load_kinds() -> dict[str, type[Record]]:
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return {model.KIND: model for model in sorted(Record.__subclasses__(), key=lambda model: model.KIND)}


KINDS: dict[str, type[Record]] = _load_kinds()
