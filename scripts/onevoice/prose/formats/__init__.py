"""The formats that can be linted: one module each, found by file. Whatever we say about endings comes from here.

Each module has a `FORMAT` that says what it reads, and a function `read(path, source)`. Every lint loads all of these
modules, so they must be light: `read` imports what takes long to load, such as a parser, when it is called. A new
format is one new file here; the tests then say which committed files to update.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from onevoice.prose.block import Prose

STANDARD_INPUT = "-"
# What to install for formats that need more than onevoice itself.
EXTRA = "onevoice[documents]"


class Format(NamedTuple):
    """A format that can be linted.

    name: for people. endings: of file names, lowercase and with their dot, the usual one first.
    read: from a document's path and its text (an archive's bytes) to prose.
    vale_ending: the ending under which Vale reads such texts; None: Vale is shown what `read` finds, as plain text.
    prepare: from a document's path and its text to what Vale is shown instead, with each word where it was.
    is_archive: the files are not text, so nothing in them can be fixed.
    read_places: like `read`, for some ranges of the text alone: blocks that share nothing with them, comments that do
    not name Vale, and the front matter of a text without blocks may be left out.
    rank: its place in lists, lowest first.
    needs: the module of the extra EXTRA without which such files can't be read; "" if it needs none.
    is_for: whether a path means such a file, where others have the same ending; None: all are.
    """

    name: str
    endings: tuple[str, ...]
    read: Callable[[str, Any], Prose]
    vale_ending: str | None = None
    prepare: Callable[[str, str], str] = lambda path, source: source
    is_archive: bool = False
    read_places: Callable[[str, str, Sequence[tuple[int, int]]], Prose] | None = None
    rank: int = 100
    needs: str = ""
    is_for: Callable[[str], bool] | None = None


@functools.cache
def load_formats() -> dict[str, Format]:
    """The formats by the names of their modules, in the order of lists."""
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    formats = {name: importlib.import_module(f"{__name__}.{name}").FORMAT for name in names}
    return dict(sorted(formats.items(), key=lambda item: (item[1].rank, item[0])))


@functools.cache
def load_endings() -> dict[str, Format]:
    """The table of formats by ending."""
    table: dict[str, Format] = {}
    for module, kind in load_formats().items():
        for ending in kind.endings:
            assert ending not in table, f"{module} and {table[ending].name} both read {ending}"
            table[ending] = kind
    return table


def find_format(path: str) -> Format | None:
    """The format of a document by its path: by the ending, in any case; None if we cannot read it.

    Standard input (`-`) is Markdown.
    """
    kind = load_endings().get(".md" if path == STANDARD_INPUT else find_ending(path).lower())
    if kind is None or (kind.needs and not has_module(kind.needs)) or (kind.is_for and not kind.is_for(path)):
        return None
    return kind


def needs_extra(path: str) -> bool:
    """Whether we could read a document if EXTRA were installed."""
    kind = load_endings().get(find_ending(path).lower())
    return kind is not None and bool(kind.needs) and not has_module(kind.needs)


@functools.cache
def has_module(name: str) -> bool:
    """Whether a package of the extra is installed."""
    import importlib.util

    return importlib.util.find_spec(name) is not None


def find_ending(path: str) -> str:
    """The ending of a file's name as written, with its dot; "" if it has none."""
    # pathlib takes as long for it as the matcher for a page.
    name = path.rpartition("/")[2]
    dot = name.rfind(".")
    return name[dot:] if dot > 0 else ""


def join_format_names(conjunction: str) -> str:
    """The names of all formats as a phrase, such as `Markdown, HTML or Word`."""
    *names, last = (kind.name for kind in load_formats().values())
    return f"{', '.join(names)} {conjunction} {last}"


def build_hook_pattern() -> str:
    """The regular expression for the names of files that can be linted without the extra, for .pre-commit-hooks.yaml.

    A hook is installed without it, and a commit must not fail on what nobody there can read, nor on other files with
    the same ending.
    """
    endings = (ending[1:] for ending, kind in load_endings().items() if not (kind.needs or kind.is_for))
    return rf"(?i)\.({'|'.join(endings)})$"


def render_format_table() -> str:
    """The formats and their endings as a Markdown table, for README.md."""
    formats = load_formats().values()
    rows = [f"| {kind.name} | {' '.join(f'`{ending}`' for ending in kind.endings)} |" for kind in formats]
    return "\n".join(["| format | endings |", "|---|---|", *rows]) + "\n"
