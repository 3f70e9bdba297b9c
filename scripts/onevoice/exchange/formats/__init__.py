"""The formats that words come in and go out in: one module each, found by file. Each has a `FORMAT`.

Light to load, like `prose/formats`: a module imports what takes long to load, such as a library, when it is called.
"""

from __future__ import annotations

import datetime
import functools
import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from onevoice.errors import OnevoiceError
from onevoice.exchange.correction import Correction, list_corrections
from onevoice.exchange.entry import Reading, Settings, Source
from onevoice.handbook.handbook import Handbook
from onevoice.matcher.pattern import Pattern
from onevoice.output import Artifact


@dataclass(frozen=True, eq=False)
class Export:
    """What is exported.

    handbook: with its public records alone, if only they may go out. base: the site's address, with a slash at its end;
    "" if the handbook has none. today: the day that decides which words hold. patterns: of the terms in use, if
    they have been made already.
    """

    handbook: Handbook
    base: str
    today: datetime.date
    patterns: Sequence[Pattern] | None = None

    @functools.cached_property
    def corrections(self) -> list[Correction]:
        """All words that the handbook avoids."""
        return list_corrections(self.handbook, self.today, self.patterns)


class Format(NamedTuple):
    """A format of word lists.

    label: for people. endings: of file names, lowercase and with their dot. recognize: whether a source is in it, from
    0 (no) over 1 (its ending says so) to 9 (its content can be nothing else). read: None if we can only write it, and
    the other way round. Both raise OnevoiceError with file, line and fix. `write` gives one file, or those of a folder,
    with paths that start from `exchange/`. rank: its place in lists, lowest first. can_correct: of a format that
    corrects texts, whether it can say a correction. guess: of a spreadsheet, the columns with which `read` reads it.
    """

    label: str
    endings: tuple[str, ...]
    recognize: Callable[[Source], int] = lambda source: 0
    read: Callable[[Source, Settings], Reading] | None = None
    write: Callable[[Export], Sequence[Artifact]] | None = None
    rank: int = 100
    can_correct: Callable[[Correction], bool] | None = None
    guess: Callable[[Source, Settings], Mapping[str, Mapping[str, str]]] | None = None


@functools.cache
def load_word_formats() -> dict[str, Format]:
    """The formats by the names of their modules, with hyphens, in the order of lists."""
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    formats = {name.replace("_", "-"): importlib.import_module(f"{__name__}.{name}").FORMAT for name in names}
    return dict(sorted(formats.items(), key=lambda item: (item[1].rank, item[0])))


def recognize_format(source: Source, known: str = "") -> str:
    """The name of the format that a source is in; "" if it is in none that we can read.

    known: in which it was the last time. Raises OnevoiceError if it may as well be in another one.
    """
    formats = {name: kind for name, kind in load_word_formats().items() if kind.read}
    scores = {name: kind.recognize(source) for name, kind in formats.items()}
    best = max(scores.values(), default=0)
    found = [name for name, score in scores.items() if score == best]
    if not best:
        return ""
    if len(found) == 1 or known in found:
        return known if known in found else found[0]
    listed = " or ".join(f"`--as {name}` ({formats[name].label})" for name in found)
    raise OnevoiceError(f"{source.name}: this may be in more than one format. Say in which: {listed}.")
