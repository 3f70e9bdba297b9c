"""`onevoice check`: read all records and say everything that is wrong with them."""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onevoice.commands import _terminal
from onevoice.errors import CLEAN, DataError, ToolMissing
from onevoice.report import text
from onevoice.run.handbook import current_date, load_handbook, require_handbook

if TYPE_CHECKING:
    from onevoice.finding import Finding
    from onevoice.handbook.handbook import Handbook

ROOM = "proof"


@click.command()
@click.option("--strict", is_flag=True, help="Warnings are errors: overdue reviews and expired claims fail too.")
@click.option("--vale", is_flag=True, help="Try each avoided word with Vale too, in the style that is made for it.")
@_terminal.handbook_option
def command(strict: bool, vale: bool, handbook: str | None) -> int:
    """Check the handbook's records: shape, references, words claimed twice, shaky claims, overdue reviews.

    Each avoided word is tried: it must be found wherever it stands, and what replaces it must be let alone.
    """
    folder = require_handbook(handbook)
    try:
        book, findings = load_handbook(folder, strict=strict)
        unproven = _unproven(folder, book, current_date(), with_vale=vale)
        if unproven:
            raise DataError([*findings, *unproven])
    except DataError as error:
        _terminal.show_data(error)
        return error.exit_code
    _terminal.show(findings)
    counts = ", ".join(f"{kind} {len(book.all(kind))}" for kind in ("terms", "messages", "proof", "assets"))
    click.echo(f"The handbook in {folder} is sound: {counts}; {text.summary(findings)}.", err=True)
    return CLEAN


def _unproven(folder: Path, book: Handbook, today: datetime.date, *, with_vale: bool) -> list[Finding]:
    """The avoided words that are not found as they should be. What has been proven is remembered."""
    from onevoice import cache
    from onevoice.lint import selftest
    from onevoice.run.lexicon import read as read_lexicon

    lexicon = read_lexicon(folder)
    key = f"{lexicon.key}-{today}"
    found = [] if cache.get(ROOM, key) else list(selftest.check(book, lexicon.matcher, today))
    if not found:
        cache.put(ROOM, key, b"proven")
    return [*found, *_by_vale(book, lexicon.matcher, today)] if with_vale else found


def _by_vale(book: Handbook, matcher, today: datetime.date) -> list[Finding]:
    from onevoice.lint import selftest
    from onevoice.vale import trial
    from onevoice.vale import write as style
    from onevoice.vale.resolve import resolve

    vale = resolve(os.environ)
    if not vale:
        raise ToolMissing(
            "there is no Vale on this machine to try the words with. `onevoice doctor --get-vale` gets it."
        )
    made = style.brand(matcher.compiled.patterns, today=today)
    styles = {artifact.path.removeprefix(f"{style.STYLES}/"): artifact.data for artifact in made}
    trials = selftest.trials(book, matcher)
    sheets = {f"{number}.md": sheet for number, sheet in enumerate(selftest.sheets(trials))}
    if not styles or not sheets:
        return []
    alerts = trial.run(vale, styles, ["Brand"], {name: source for name, (source, _) in sheets.items()})
    found = []
    for name, (_, lines) in sheets.items():
        said: dict[int, list[tuple[str, str]]] = {}
        for alert in alerts[name]:
            said.setdefault(alert.line, []).append((alert.rule, alert.match))
        found += selftest.compare(book, lines, said)
    click.echo(f"{vale} was shown {len(trials)} sentences.", err=True)
    return found
