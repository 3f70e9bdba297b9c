"""`onevoice check`: read all records and say everything that is wrong with them."""

from __future__ import annotations

import click

from onevoice.commands import _terminal
from onevoice.errors import EXIT_CLEAN, DataError
from onevoice.report import text
from onevoice.run.handbook import current_date, load_handbook, require_handbook


@click.command()
@click.option("--strict", is_flag=True, help="Warnings are errors: overdue reviews and expired claims fail too.")
@click.option("--vale", is_flag=True, help="Try each avoided word with Vale too, in the style that is made for it.")
@_terminal.handbook_option
def command(strict: bool, vale: bool, handbook: str | None) -> int:
    """Check the handbook's records: shape, references, words claimed twice, shaky claims, overdue reviews.

    Each avoided word is tried: it must be found wherever it stands, and what replaces it must be let alone.
    """
    from onevoice.run.selftest import run_selftests

    folder = require_handbook(handbook)
    try:
        book, findings = load_handbook(folder, strict=strict)
        failed = run_selftests(
            folder, book, current_date(), with_vale=vale, say=lambda line: click.echo(line, err=True)
        )
        if failed:
            raise DataError([*findings, *failed])
    except DataError as error:
        _terminal.print_data_errors(error)
        return error.exit_code
    _terminal.print_findings(findings)
    counts = ", ".join(f"{kind} {len(book.list_records(kind))}" for kind in ("terms", "messages", "proof", "assets"))
    click.echo(f"The handbook in {folder} is sound: {counts}; {text.summarize_findings(findings)}.", err=True)
    return EXIT_CLEAN
