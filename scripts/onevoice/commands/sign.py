"""`onevoice sign`: a side agrees with a record as it is now."""

from __future__ import annotations

import click

from onevoice.commands import _streams, _terminal
from onevoice.errors import EXIT_CLEAN, DataError
from onevoice.run.handbook import require_handbook


@click.command()
@click.argument("record")
@click.option(
    "--as",
    "side",
    type=click.Choice(["sales", "marketing"]),
    required=True,
    help="The side that signs.",
)
@_terminal.handbook_option
def command(record: str, side: str, handbook: str | None) -> int:
    """Sign a record on behalf of sales or marketing.

    The signature goes into the record's YAML and says that the side agrees with the current text. RECORD is an id, or
    kind/id if two kinds share an id. If a field that carries the meaning changes later, the signature no longer holds,
    and the record's page says so and shows the changed words.
    """
    from onevoice.run.sign import sign_record

    try:
        _streams.print_aside(sign_record(require_handbook(handbook), record, side, _streams.print_aside))
    except DataError as error:
        _terminal.print_data_errors(error)
        return error.exit_code
    return EXIT_CLEAN
