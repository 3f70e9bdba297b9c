"""New measures over those that are there: a record's week is replaced as a whole, and everything else stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onevoice.load.measures import show_value
from onevoice.records.measure import Measure
from onevoice.tables.tally import name_count

_MAX_TOLD = 5


@dataclass
class Merged:
    """All measures as they are now.

    added: how many are new. changed: those that were there with another value, before and now. gone: those that the
    new export no longer has.
    """

    measures: list[Measure]
    added: int = 0
    changed: list[tuple[Measure, Measure]] = field(default_factory=list)
    gone: list[Measure] = field(default_factory=list)

    @property
    def has_changes(self) -> bool:
        return bool(self.added or self.changed or self.gone)

    def describe(self) -> list[str]:
        """What has changed, as sentences."""
        said = []
        if self.changed or self.gone:
            weeks = sorted({one.week for one in (*(now for _, now in self.changed), *self.gone)})
            span = weeks[0] if len(weeks) == 1 else f"{weeks[0]} to {weeks[-1]}"
            count = len(self.changed) + len(self.gone)
            said.append(f"Replaced {name_count(count, 'figure')} of {span}, which the export has, too:")
            told = [
                f"  {now.record} {now.measure} {now.week}: {show_value(then.value)} is now {show_value(now.value)}"
                for then, now in self.changed
            ]
            told += [f"  {one.record} {one.measure} {one.week}: {show_value(one.value)} is gone" for one in self.gone]
            said += told[:_MAX_TOLD]
            if len(told) > _MAX_TOLD:
                said.append(f"  and {len(told) - _MAX_TOLD} more")
        if self.added:
            said.append(f"Added {name_count(self.added, 'figure')}.")
        return said


def merge_measures(old: Iterable[Measure], new: Sequence[Measure], families: Sequence[str]) -> Merged:
    """Replace what an export says again. families: the beginnings of the names of all measures that it could have."""
    weeks = {(one.record, one.week, one.side) for one in new}
    before = {one.key: one for one in old}
    merged = {**before, **{one.key: one for one in new}}
    result = Merged([])
    for key, one in merged.items():
        then = before.get(key)
        if then is None:
            result.added += 1
        elif then.value != one.value:
            result.changed.append((then, one))
    named = {one.key for one in new}
    for key, one in before.items():
        family = one.measure.partition(":")[0]
        if key not in named and (one.record, one.week, one.side) in weeks and family in families:
            result.gone.append(merged.pop(key))
    result.measures = sorted(merged.values())
    return result
