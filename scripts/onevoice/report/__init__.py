"""Findings as text for people and programs: one module per report, found by name and offered by `--format`.

A report is a module with `render(findings, context)`. It may also have a page for the job that runs us: the variable
`PAGE_VARIABLE` of the environment names a file, and `render_page(findings, context)` gives what to append to it.
If `NAMES_FROM_TOP` is true, it gets paths from the top of the checkout instead of the current folder. If
`NEEDS_EXCERPTS` is false, findings have neither an excerpt nor a fingerprint, as to make them takes long.
A folder in here has reports on something else, such as `impact`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import NamedTuple


class ReportContext(NamedTuple):
    """What a report may want to know besides the findings.

    title: one line on what was checked. version: ours. color: paint it with ANSI codes. width: of the terminal; None if
    it is none. explain_rules: gives an explanation in Markdown by a rule, or by what its name begins with (`Brand.`).
    """

    title: str = ""
    version: str = ""
    color: bool = False
    width: int | None = None
    explain_rules: Callable[[], Mapping[str, str]] = dict


PLAIN = ReportContext()


def list_report_names(subject: str = "") -> list[str]:
    """The names of all reports, sorted. subject: "" for findings, or the name of a folder in here."""
    folders = [f"{folder}/{subject}" for folder in __path__]
    return sorted(module.name for module in pkgutil.iter_modules(folders) if not module.ispkg)


def load_report(name: str, subject: str = "") -> ModuleType:
    """The module of a report."""
    return importlib.import_module(".".join(filter(None, (__name__, subject, name))))
