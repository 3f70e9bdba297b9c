"""`onevoice check`: read all records and report everything that is wrong with them."""

from __future__ import annotations

import click

from onevoice.commands import _streams, _terminal
from onevoice.errors import EXIT_CLEAN, DataError
from onevoice.report import text
from onevoice.run.check import check_handbook
from onevoice.run.handbook import require_handbook

COUNTED_KINDS = {"terms": "term", "messages": "message", "proof": "proof point", "assets": "asset"}


@click.command()
@click.option("--strict", is_flag=True, help="Treat warnings, such as overdue reviews and expired claims, as errors.")
@click.option("--vale", is_flag=True, help="Also test each avoided word with Vale, in the generated style.")
@_terminal.handbook_option
def command(strict: bool, vale: bool, handbook: str | None) -> int:
    """Check the handbook's records and show every problem.

    Looks at keys and values, references, words claimed twice, shaky claims and overdue reviews. Each avoided word is
    tested, too: it must be flagged in every position, and its replacement must not be.
    """
    folder = require_handbook(handbook)
    try:
        report = check_handbook(folder, strict=strict, with_vale=vale, say=lambda line: _streams.print_aside(line))
        if report.has_errors:
            raise DataError(report.findings)
    except DataError as error:
        _terminal.print_data_errors(error)
        return error.exit_code
    _terminal.print_findings(report.findings)
    numbers = {name: report.counts[kind] for kind, name in COUNTED_KINDS.items()}
    counts = ", ".join(f"{number} {name}{'s' * (number != 1)}" for name, number in numbers.items())
    _streams.print_aside(f"Checked {folder}: {counts}; {text.summarize_findings(report.findings)}.")
    return EXIT_CLEAN
