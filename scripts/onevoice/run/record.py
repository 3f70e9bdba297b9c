"""How often each term's words were found in a team's texts this week, as measures: no text, no file, no person."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from onevoice import disk
from onevoice.errors import OnevoiceError, suggest_known
from onevoice.finding import Finding
from onevoice.handbook.figures import name_week
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_folder
from onevoice.load.measures import write_measures
from onevoice.load.walk import CONTENT, METRICS
from onevoice.prose.files import read_file_bytes
from onevoice.records.measure import SIDES, Measure

FILE = f"{CONTENT}/{METRICS}/words.csv"
TERM_RULE = "Brand."


def record_findings(folder: Path, findings: Iterable[Finding], team: str, today: datetime.date) -> str:
    """Write this week's counts of a team into FILE over those of an earlier run; what to tell the user.

    Raises OnevoiceError if there's no such team, or the file has problems.
    """
    book = Handbook(load_folder(folder))
    wrong = next((problem for problem in book.load_result.findings if problem.path == FILE), None)
    if wrong:
        raise OnevoiceError(f"{FILE}:{wrong.span.line}: {wrong.message}")
    new = count_findings(book, findings, team, today)
    places = book.load_result.measures.items()
    name, week = f"findings:{team}", name_week(today)
    kept = [one for one, (path, _) in places if path == FILE and (one.measure, one.week) != (name, week)]
    target = folder / FILE
    before = read_file_bytes(target) if target.is_file() else None
    data = write_measures([*kept, *new])
    if data != before:
        target.parent.mkdir(parents=True, exist_ok=True)
        disk.overwrite_file(target, data, before)
    total = int(sum(one.value for one in new))
    return f"Counted {total} finding{'s' * (total != 1)} of {team} in {week}: {target.as_posix()}"


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
