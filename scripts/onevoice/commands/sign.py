"""`onevoice sign`: a side agrees with a record as it stands."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import click

from onevoice.commands import _terminal
from onevoice.errors import EXIT_CLEAN, DataError, OnevoiceError
from onevoice.run.handbook import current_date, load_handbook, require_handbook

if TYPE_CHECKING:
    from onevoice.handbook.handbook import Handbook
    from onevoice.records import Record


@click.command()
@click.argument("record")
@click.option(
    "--as",
    "side",
    type=click.Choice(["sales", "marketing"]),
    required=True,
    help="The side that agrees.",
)
@_terminal.handbook_option
def command(record: str, side: str, handbook: str | None) -> int:
    """Sign RECORD for a side: write into its YAML that the side agrees with the text as it stands.

    RECORD is an id, or kind/id where two kinds have the same. When a field that carries the meaning changes later, the
    signature no longer holds, and the record's page says so, with the words that changed.
    """
    from onevoice.handbook import signature

    folder = require_handbook(handbook)
    try:
        book, _ = load_handbook(folder)
    except DataError as error:
        _terminal.print_data_errors(error)
        return error.exit_code
    found = resolve_record_id(book, record)
    place = book.locate_record(found)
    where = f"{place.path}:{place.line}"
    name = f"{found.KIND}/{found.id}"
    if found.status in ("retired", "declined"):
        raise OnevoiceError(f"{where}: `{name}` is {found.status}. Only what is in use or proposed can be signed.")
    for index, dissent in enumerate(found.dissent):
        if dissent.side == side:
            line = place.locate_field("dissent", index).line
            raise OnevoiceError(
                f"{place.path}:{line}: {side} disagrees with `{name}` since {dissent.date}. "
                "Take the dissent out before you sign."
            )
    if signature.is_signature_valid(found, side):
        signed = signature.find_signature(found, side)
        click.echo(f"{name} is signed for {side} since {signed.date}, and has not changed.", err=True)
        return EXIT_CLEAN
    _write_signature(book, found, side, signature.hash_meaning(found), current_date())
    click.echo(f"Signed for {side}: {name}, in {where}. Commit it.", err=True)
    return EXIT_CLEAN


def resolve_record_id(book: Handbook, given: str) -> Record:
    """The record that `kind/id` or an id stands for. Raises OnevoiceError where there is none, or more than one."""
    from onevoice.load.messages import suggest_known
    from onevoice.records import KINDS

    kind, slash, id = given.rpartition("/")
    if slash and kind not in KINDS:
        raise OnevoiceError(f"{given}: no kind of record is called `{kind}`. {suggest_known(kind, KINDS)}")
    kinds = [kind] if slash else list(KINDS)
    found = [record for one in kinds if (record := book.find_record(one, id))]
    if not found:
        known = [record.id for one in kinds for record in book.list_records(one)]
        what = f"no record of the kind {kind}" if slash else "no record"
        raise OnevoiceError(f"{given}: {what} has the id `{id}`. {suggest_known(id, known)}")
    if len(found) > 1:
        names = " or ".join(f"`{record.KIND}/{record.id}`" for record in found)
        raise OnevoiceError(f"{given}: several records have this id. Write {names}.")
    return found[0]


def _write_signature(book: Handbook, record: Record, side: str, digest: str, today: datetime.date) -> None:
    from onevoice.handbook.signature import SIDES, find_signature
    from onevoice.load import edit
    from onevoice.output import Artifact, write_output
    from onevoice.prose import files
    from onevoice.prose.read import decode_text, encode_text

    place = book.locate_record(record)
    signed = {one: find_signature(record, one) for one in SIDES}
    value = {one: {"date": old.date.isoformat(), "of": old.of} for one, old in signed.items() if old}
    value[side] = {"date": today.isoformat(), "of": digest}
    value = {one: value[one] for one in SIDES if one in value}
    root = book.load_result.root
    source, mark = decode_text(place.path, files.read_file_bytes(root / place.path))
    made = edit.set_record_key(place.path, source, place.base, "signed", value)
    write_output(root, [Artifact(place.path, encode_text(made, mark))])
