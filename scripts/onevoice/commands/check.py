"""`onevoice check`: read all records and say everything that is wrong with them."""

from __future__ import annotations

import click

from onevoice.commands import _common
from onevoice.errors import CLEAN, DataError
from onevoice.report import text


@click.command()
@click.option("--strict", is_flag=True, help="Warnings are errors: overdue reviews and expired claims fail too.")
@_common.handbook_option
def command(strict: bool, handbook: str | None) -> int:
    """Check the handbook's records: shape, references, words claimed twice, shaky claims, overdue reviews."""
    folder = _common.own(handbook)
    try:
        book, findings = _common.load(folder, strict=strict)
    except DataError as error:
        _common.show_data(error)
        return error.exit_code
    _common.show(findings)
    counts = ", ".join(f"{kind} {len(book.all(kind))}" for kind in ("terms", "messages", "proof", "assets"))
    click.echo(f"The handbook in {folder} is sound: {counts}; {text.summary(findings)}.", err=True)
    return CLEAN
