"""The sections of the site, one module each, and the pages of theirs that the navigation leads to."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import NamedTuple

from onevoice.site.view import SITE_DIR


class Hub(NamedTuple):
    """A page that the navigation leads to.

    tab: the name of its tab. path: its address. title: its name in the tab; "" for the tab's own page.
    hint: what people find there, in a sentence; "" if no other page asks for it.
    """

    tab: str
    path: str
    title: str = ""
    hint: str = ""


def load_sections() -> list[ModuleType]:
    """The modules next to this one that make the site.

    Each has `render(view)` for pages, or `write(view)` for other files, and may have `HUBS`.
    """
    names = [module.name for module in pkgutil.iter_modules([str(SITE_DIR)])]
    modules = [importlib.import_module(f"onevoice.site.{name}") for name in names]
    return [module for module in modules if hasattr(module, "render") or hasattr(module, "write")]


def list_hubs() -> list[Hub]:
    """The hubs of all sections, by the name of their module; mkdocs.yml has them in the order of the navigation."""
    return [hub for section in load_sections() for hub in getattr(section, "HUBS", ())]
