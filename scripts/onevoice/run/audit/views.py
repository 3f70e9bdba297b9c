"""How often documents are viewed, as far as the handbook's weekly figures say so."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

_KIND, _MEASURE = "assets/", "views"


def read_views(folder: Path) -> dict[str, int]:
    """The views of the assets of a handbook, all weeks together, by their ids and addresses."""
    if not (folder / "content" / "metrics").is_dir():
        return {}
    from onevoice.run.handbook import read_handbook

    handbook = read_handbook(folder)
    counts = Counter[str]()
    for measure in handbook.measures:
        if measure.measure == _MEASURE and measure.record.startswith(_KIND):
            counts[measure.record.removeprefix(_KIND)] += int(measure.value)
    names = {asset.id: (asset.id, asset.url.rstrip("/")) for asset in handbook.list_approved("assets")}
    return {name: count for id, count in counts.items() if count > 0 for name in names.get(id, (id,))}
