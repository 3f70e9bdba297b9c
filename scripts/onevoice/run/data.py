"""Figures of other tools: added to a handbook week by week, and checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from onevoice.errors import DataError, OnevoiceError
from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import LoadResult
from onevoice.load.measures import write_measures
from onevoice.load.walk import CONTENT, METRICS, QUOTES, iter_regular_files
from onevoice.prose.files import read_file_bytes
from onevoice.records.measure import Measure
from onevoice.records.quote import Quote
from onevoice.run.handbook import current_date, inspect_records, read_handbook
from onevoice.run.quotes import merge_quotes, plan_quotes
from onevoice.run.together import hold_handbook, write_together
from onevoice.tables.directory import make_directory
from onevoice.tables.map import make_map_shape, parse_map
from onevoice.tables.merge import merge_measures
from onevoice.tables.read import read_export
from onevoice.tables.shape import Shape
from onevoice.tables.shapes import load_shapes
from onevoice.tables.tally import name_count

# What is told by a check of the figures alone.
RULES = (METRICS, QUOTES, "unknown-measure", "unknown-quote", "personal-data")


@dataclass
class Addition:
    """What adding files has come to: sentences, and the files that were written."""

    said: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)


def add_data(folder: Path, names: Sequence[str], wanted: str, say: Callable[[str], None]) -> Addition:
    """Add the figures in files to a handbook. wanted: the shape of all of them; "" to recognize it.

    All of them are read before anything is written. Raises OnevoiceError for a file that can't be read, and DataError
    for figures that are there and wrong.
    """
    with hold_handbook(folder, say):
        handbook = read_handbook(folder)
        loaded = handbook.load_result
        for folder_name, what in (
            (METRICS, "The figures in content/metrics"),
            (QUOTES, "The quotes in content/quotes"),
        ):
            if wrong := [one for one in loaded.findings if one.rule == folder_name]:
                raise DataError(wrong, what)
        directory, shapes = make_directory(handbook), load_all_shapes(folder)
        addition = Addition()
        measures: Iterable[Measure] = handbook.measures
        quotes: Iterable[Quote] = handbook.quotes
        has_changes = False
        for name in names:
            harvest = read_export(name, read_file_bytes(Path(name)), directory, shapes, wanted)
            merged = merge_measures(measures, harvest.measures, harvest.families)
            measures = merged.measures
            addition.said += harvest.said
            if merged.has_changes:
                has_changes = True
                addition.said += merged.describe()
            quotes, said = merge_quotes(quotes, harvest.quotes)
            addition.said += [said] if said else []
        files = plan_metrics(measures, _list_places(loaded.measures)) if has_changes else {}
        quote_files = plan_quotes(quotes, _list_places(loaded.quotes))
        addition.written = write_together(folder, {**files, **quote_files})
        if any(path in quote_files for path in addition.written):
            addition.said.append(
                "Read the new quotes before you commit them: only you can tell if one leads to a person."
            )
    return addition


def save_measures(folder: Path, loaded: LoadResult, measures: Iterable[Measure]) -> list[str]:
    """Write all measures of a handbook into its files, which the caller holds; the paths of those that have changed."""
    return write_together(folder, plan_metrics(measures, _list_places(loaded.measures)))


def _list_places(found: Mapping[Any, tuple[str, int]]) -> list[str]:
    """The files that measures or quotes are in."""
    return sorted({path for path, _ in found.values()})


def load_all_shapes(folder: Path) -> dict[str, Shape]:
    """The shapes that we know, and those that the handbook's maps describe."""
    shapes = load_shapes()
    for path in sorted(iter_regular_files(folder / CONTENT / METRICS)):
        if path.suffix.lower() in (".yaml", ".yml"):
            place = path.relative_to(folder).as_posix()
            if path.stem in shapes:
                raise OnevoiceError(f"{place}: there's a shape with that name already. Rename the file.")
            shapes[path.stem] = make_map_shape(path.stem, parse_map(place, read_file_bytes(path)))
    return shapes


def plan_metrics(measures: Iterable[Measure], before: Iterable[str] = ()) -> dict[str, bytes]:
    """The files of measures: one for each kind of record and each year, so that none grows for ever.

    before: the files that are there; one whose figures are all elsewhere now is left with its header.
    """
    files: dict[str, list[Measure]] = {path: [] for path in before}
    for one in measures:
        kind = one.record.partition("/")[0]
        path = PurePosixPath(CONTENT, METRICS, f"{kind}-{one.week[:4]}.csv").as_posix()
        files.setdefault(path, []).append(one)
    return {path: write_measures(found) for path, found in files.items()}


def check_data(folder: Path) -> tuple[Handbook, list[Finding]]:
    """The handbook, and what is wrong with its figures."""
    handbook = read_handbook(folder)
    findings = inspect_records(handbook, current_date())
    return handbook, [one for one in findings if one.rule in RULES]


def describe_data(handbook: Handbook) -> str:
    """How many figures and quotes there are, and of which weeks."""
    said = []
    if measures := handbook.measures:
        weeks = sorted({one.week for one in measures})
        records = len({one.record for one in measures})
        said.append(
            f"Checked {name_count(len(measures), 'figure')} about {name_count(records, 'record')}, {_name_span(weeks)}."
        )
    if quotes := handbook.quotes:
        said.append(f"Checked {name_count(len(quotes), 'quote')}, {_name_span([one.week for one in quotes])}.")
    return " ".join(said) or "There are no figures in content/metrics yet. Add some: onevoice data add FILE"


def _name_span(weeks: Sequence[str]) -> str:
    """The first and the last of sorted weeks."""
    return weeks[0] if weeks[0] == weeks[-1] else f"{weeks[0]} to {weeks[-1]}"
