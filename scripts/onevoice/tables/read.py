"""Files of other tools -> measures, and what to tell about how they were read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from onevoice.errors import OnevoiceError, suggest_known
from onevoice.process import gc_paused
from onevoice.records.measure import Measure
from onevoice.records.quote import Quote
from onevoice.tables.directory import Directory
from onevoice.tables.export import Export, open_exports
from onevoice.tables.shape import Found, Shape, find_table
from onevoice.tables.tally import Tally, name_count

_MAX_LEFT_OUT = 50


@dataclass
class Harvest:
    """What a file says.

    measures: its sums per week, sorted. families: the beginnings of the names of all measures that it could have had.
    quotes: what customers said. said: how it was read, and what was left out, as sentences.
    """

    measures: list[Measure] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    families: tuple[str, ...] = ()
    said: list[str] = field(default_factory=list)


@gc_paused()
def read_export(name: str, data: bytes, directory: Directory, shapes: Mapping[str, Shape], wanted: str = "") -> Harvest:
    """The measures in a file. wanted: the name of its shape; "" to recognize it.

    Raises OnevoiceError at the first cell that's wrong, with its row and column: half an export is worse than none.
    """
    if wanted and wanted not in shapes:
        raise OnevoiceError(f"--as {wanted}: there's no shape with that name. {suggest_known(wanted, shapes)}")
    exports = open_exports(name, data)
    chosen = [shapes[wanted]] if wanted else list(shapes.values())
    tables = [found for export in exports if (found := _recognize(export, chosen, directory, exports))]
    if not tables:
        raise OnevoiceError(_explain_unknown(name, exports, chosen))
    tally, harvest = Tally(), Harvest()
    for found in tables:
        found.shape.read(found, tally)
        harvest.families = tuple(dict.fromkeys((*harvest.families, *found.shape.measures)))
        harvest.said += [found.describe(), *(f"{found.export.place}: {line}" for line in found.said)]
    skipped = [export.place for export in exports if export not in [found.export for found in tables]]
    if skipped:
        harvest.said.append(f"Not read, as no week's figures are in them: {', '.join(skipped)}.")
    harvest.measures, withheld = tally.list_measures(directory.least_rows)
    harvest.said += [f"{name}: left out {name_count(count, *what)}." for what, count in tally.unknown.items()]
    if withheld:
        sums = f"{name_count(withheld, 'sum')} of fewer than {directory.least_rows}"
        harvest.said.append(f"{name}: left out {sums}: `least_rows` in brand.yaml.")
    harvest.quotes = sorted(tally.quotes.values())
    harvest.said += tally.left_out[:_MAX_LEFT_OUT]
    if len(tally.left_out) > _MAX_LEFT_OUT:
        harvest.said.append(f"{name}: left out {len(tally.left_out) - _MAX_LEFT_OUT} more texts like these.")
    if not harvest.measures and not harvest.quotes:
        harvest.said.append(f"{name}: nothing in it is about this handbook's records, in weeks with enough rows.")
    return harvest


def _recognize(export: Export, shapes: Iterable[Shape], directory: Directory, siblings: list[Export]) -> Found | None:
    """The table of the shape that knows most of an export's columns."""
    tables = [found for shape in shapes if (found := find_table(export, shape, directory, siblings))]
    return max(tables, key=_count_known, default=None)


def _count_known(found: Found) -> tuple[int, int]:
    known = [role for role in found.columns if role != "question"]
    return len(known), len(found.shape.needs)


def _explain_unknown(name: str, exports: list[Export], shapes: list[Shape]) -> str:
    if len(shapes) == 1:
        needs = ", ".join(need.replace("|", " or ") for need in shapes[0].needs)
        return f"{name}: we found no header of {shapes[0].title} in its first rows. It needs columns for: {needs}."
    first = next((cells for _, cells in exports[0].iter_rows() if sum(map(bool, cells)) > 1), [])
    columns = ", ".join(cell for cell in first[:8] if cell and not cell.startswith("#") and len(cell) < 40)
    titles = ", ".join(shape.name for shape in shapes)
    return (
        f"{name}: we don't know this table{f' ({columns})' if columns else ''}. Name its shape with --as ({titles}), "
        "or describe it with a map in content/metrics (YAML)."
    )
