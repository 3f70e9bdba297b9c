"""The sections of the site, one module each, and the pages of theirs that the navigation leads to."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from onevoice.handbook.handbook import Handbook


class Hub(NamedTuple):
    """A page that the navigation leads to.

    tab: the name of its tab. path: its address. title: its name in the tab; "" for the tab's own page.
    hint: what people find there, in a sentence; "" if no other page asks for it.
    needs: whether a handbook has anything to show there: if not, there's no such page, and nothing leads to it.
    """

    tab: str
    path: str
    title: str = ""
    hint: str = ""
    needs: Callable[[Handbook], object] = bool


def has_records(*kinds: str) -> Callable[[Handbook], object]:
    """A function that tells whether a handbook has an approved record of any of these kinds."""
    return lambda handbook: any(handbook.list_approved(kind) for kind in kinds)


def has_messages(kind: str) -> Callable[[Handbook], object]:
    """The same for messages of a type."""
    return lambda handbook: any(message.type == kind for message in handbook.list_approved("messages"))


def has_forms(use: str) -> Callable[[Handbook], object]:
    """The same for forms that people use to ask, or to give feedback."""
    return lambda handbook: any(form.use == use for form in handbook.list_approved("forms"))


def load_sections() -> list[ModuleType]:
    """The modules next to this one that make the site.

    Each has `render(view)` for pages, or `write(view)` for other files, and may have `HUBS`.
    """
    names = [module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])]
    modules = [importlib.import_module(f"onevoice.site.{name}") for name in names]
    return [module for module in modules if hasattr(module, "render") or hasattr(module, "write")]


def list_hubs() -> list[Hub]:
    """The hubs of all sections, by the name of their module; the frame has them in the order of the navigation."""
    return [hub for section in load_sections() for hub in getattr(section, "HUBS", ())]


def list_names() -> list[str]:
    """The names of tabs and of pages in them, as they are in English."""
    return [*dict.fromkeys(name for hub in list_hubs() for name in (hub.tab, hub.title) if name)]


def list_left_out(handbook: Handbook) -> frozenset[str]:
    """The addresses of the hubs for which this handbook has no records."""
    return frozenset(hub.path for hub in list_hubs() if not hub.needs(handbook))
