"""How often each term's words were found in a team's texts this week, as measures: no text, no file, no person."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from onevoice.errors import DataError, OnevoiceError, suggest_known
from onevoice.finding import Finding
from onevoice.handbook.figures import name_week
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_folder
from onevoice.load.walk import METRICS
from onevoice.records.measure import SIDES, Measure
from onevoice.run.data import save_measures
from onevoice.run.together import hold_handbook

TERM_RULE = "Brand."


def record_findings(
    folder: Path, findings: Iterable[Finding], team: str, today: datetime.date, say: Callable[[str], None]
) -> str:
    """Write this week's counts of a team into the handbook over those of an earlier run; what to tell the user.

    say: told of what has to be waited for. Raises OnevoiceError if there's no such team, and DataError if the figures
    that are there are wrong.
    """
    with hold_handbook(folder, say):
        book = Handbook(load_folder(folder))
        if wrong := [one for one in book.load_result.findings if one.rule == METRICS]:
            raise DataError(wrong, "The figures in content/metrics")
        new = count_findings(book, findings, team, today)
        name, week = f"findings:{team}", name_week(today)
        kept = [one for one in book.measures if (one.measure, one.week) != (name, week)]
        written = save_measures(folder, book.load_result, sorted([*kept, *new]))
    total = int(sum(one.value for one in new))
    where = f" Wrote {', '.join(written)}." if written else " They're there already."
    return f"Counted {total} finding{'s' * (total != 1)} of {team} in {week}.{where}"


def count_findings(book: Handbook, findings: Iterable[Finding], team: str, today: datetime.date) -> list[Measure]:
    """A team's counts by term, with a zero for each term that it had findings of before."""
    record = book.find_record("teams", team)
    if record is None:
        raise OnevoiceError(f"there is no team with the id `{team}`. {suggest_known(team, book.list_ids('teams'))}")
    name, week = f"findings:{team}", name_week(today)
    counts = Counter(one.rule.removeprefix(TERM_RULE) for one in findings if one.rule.startswith(TERM_RULE))
    earlier = {one.record.partition("/")[2] for one in book.measures if one.measure == name}
    side = record.side if record.side in SIDES else ""
    return [Measure(f"terms/{id}", name, week, counts[id], side) for id in sorted({*counts, *earlier})]
