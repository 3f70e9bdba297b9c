"""The shapes of exports, one module each, with a SHAPE; found by the name of the file."""

from __future__ import annotations

import importlib
import pkgutil

from onevoice.tables.shape import Shape


def load_shapes() -> dict[str, Shape]:
    """Every shape by its name."""
    modules = (importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    return {module.SHAPE.name: module.SHAPE for module in modules}
