"""`onevoice check`: read all records and say everything that is wrong with them."""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onevoice.commands import _terminal
from onevoice.errors import EXIT_CLEAN, DataError, MissingToolError
from onevoice.report import text
from onevoice.run.handbook import current_date, load_handbook, require_handbook

if TYPE_CHECKING:
    from onevoice.finding import Finding
    from onevoice.handbook.handbook import Handbook

CACHE_SECTION = "proof"


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
        unproven = _run_selftests(folder, book, current_date(), with_vale=vale)
        if unproven:
            raise DataError([*findings, *unproven])
    except DataError as error:
        _terminal.print_data_errors(error)
        return error.exit_code
    _terminal.print_findings(findings)
    counts = ", ".join(f"{kind} {len(book.list_records(kind))}" for kind in ("terms", "messages", "proof", "assets"))
    click.echo(f"The handbook in {folder} is sound: {counts}; {text.summarize_findings(findings)}.", err=True)
    return EXIT_CLEAN


def _run_selftests(folder: Path, book: Handbook, today: datetime.date, *, with_vale: bool) -> list[Finding]:
    """The avoided words that are not found as they should be. What has been proven is remembered."""
    from onevoice import cache
    from onevoice.lint import selftest
    from onevoice.run.lexicon import read_lexicon

    lexicon = read_lexicon(folder)
    key = f"{lexicon.key}-{today}"
    found = [] if cache.get(CACHE_SECTION, key) else list(selftest.run_selftest(book, lexicon.matcher, today))
    if not found:
        cache.put(CACHE_SECTION, key, b"proven")
    return [*found, *_run_vale_selftests(book, lexicon.matcher, today)] if with_vale else found


def _run_vale_selftests(book: Handbook, matcher, today: datetime.date) -> list[Finding]:
    from onevoice.lint import selftest
    from onevoice.vale import trial
    from onevoice.vale import write as style
    from onevoice.vale.resolve import resolve_vale

    vale = resolve_vale(os.environ)
    if not vale:
        raise MissingToolError(
            "there is no Vale on this machine to try the words with. `onevoice doctor --get-vale` gets it."
        )
    made = style.write_brand_style(matcher.compiled.patterns, today=today)
    styles = {artifact.path.removeprefix(f"{style.STYLES}/"): artifact.data for artifact in made}
    trials = selftest.build_vale_probes(book, matcher)
    sheets = {f"{number}.md": sheet for number, sheet in enumerate(selftest.render_probe_sheets(trials))}
    if not styles or not sheets:
        return []
    alerts = trial.run_style_trial(vale, styles, ["Brand"], {name: source for name, (source, _) in sheets.items()})
    found = []
    for name, (_, lines) in sheets.items():
        said: dict[int, list[tuple[str, str]]] = {}
        for alert in alerts[name]:
            said.setdefault(alert.line, []).append((alert.rule, alert.match))
        found += selftest.compare_vale_alerts(book, lines, said)
    click.echo(f"{vale} was shown {len(trials)} sentences.", err=True)
    return found
