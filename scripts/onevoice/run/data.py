"""Figures of other tools: added to a handbook week by week, and checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from onevoice.errors import DataError, OnevoiceError
from onevoice.finding import Finding
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import LoadResult
from onevoice.load.measures import write_measures
from onevoice.load.walk import CONTENT, METRICS, iter_regular_files
from onevoice.prose.files import read_file_bytes
from onevoice.records.measure import Measure
from onevoice.run.handbook import current_date, inspect_records, read_handbook
from onevoice.run.together import hold_handbook, write_together
from onevoice.tables.directory import make_directory
from onevoice.tables.map import make_map_shape, parse_map
from onevoice.tables.merge import merge_measures
from onevoice.tables.read import read_export
from onevoice.tables.shape import Shape
from onevoice.tables.shapes import load_shapes

# What is told by a check of the figures alone.
RULES = (METRICS, "unknown-measure", "personal-data")


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
        if wrong := [one for one in loaded.findings if one.rule == METRICS]:
            raise DataError(wrong, "The figures in content/metrics")
        directory, shapes = make_directory(handbook), load_all_shapes(folder)
        addition = Addition()
        measures: Iterable[Measure] = handbook.measures
        has_changes = False
        for name in names:
            harvest = read_export(name, read_file_bytes(Path(name)), directory, shapes, wanted)
            merged = merge_measures(measures, harvest.measures, harvest.families)
            measures = merged.measures
            addition.said += harvest.said
            if merged.has_changes:
                has_changes = True
                addition.said += merged.describe()
        if has_changes:
            addition.written = save_measures(folder, loaded, measures)
    return addition


def save_measures(folder: Path, loaded: LoadResult, measures: Iterable[Measure]) -> list[str]:
    """Write all measures of a handbook into its files, which the caller holds; the paths of those that have changed."""
    before = {path: read_file_bytes(folder / path) for path in sorted({path for path, _ in loaded.measures.values()})}
    files = plan_metrics(measures, before)
    write_together(folder, files)
    return sorted(path for path, data in files.items() if data != before.get(path))


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
    """How many figures there are, and of which weeks."""
    measures = handbook.measures
    if not measures:
        return "There are no figures in content/metrics yet. Add some: onevoice data add FILE"
    weeks = sorted({one.week for one in measures})
    records = len({one.record for one in measures})
    span = weeks[0] if len(weeks) == 1 else f"{weeks[0]} to {weeks[-1]}"
    return f"Checked {len(measures):,} figures about {records:,} records, {span}."
