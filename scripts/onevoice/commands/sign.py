"""`onevoice sign`: a side agrees with a record as it stands."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import click

from onevoice.commands import _terminal
from onevoice.errors import CLEAN, DataError, OnevoiceError
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
        _terminal.show_data(error)
        return error.exit_code
    found = named(book, record)
    place = book.place(found)
    where = f"{place.path}:{place.line}"
    name = f"{found.KIND}/{found.id}"
    if found.status in ("retired", "declined"):
        raise OnevoiceError(f"{where}: `{name}` is {found.status}. Only what is in use or proposed can be signed.")
    for index, dissent in enumerate(found.dissent):
        if dissent.side == side:
            line = place.span("dissent", index).line
            raise OnevoiceError(
                f"{place.path}:{line}: {side} disagrees with `{name}` since {dissent.date}. "
                "Take the dissent out before you sign."
            )
    if signature.holds(found, side):
        signed = signature.signature(found, side)
        click.echo(f"{name} is signed for {side} since {signed.date}, and has not changed.", err=True)
        return CLEAN
    _write(book, found, side, signature.digest(found), current_date())
    click.echo(f"Signed for {side}: {name}, in {where}. Commit it.", err=True)
    return CLEAN


def named(book: Handbook, given: str) -> Record:
    """The record that `kind/id` or an id stands for. Raises OnevoiceError where there is none, or more than one."""
    from onevoice.load.messages import suggest
    from onevoice.records import KINDS

    kind, slash, id = given.rpartition("/")
    if slash and kind not in KINDS:
        raise OnevoiceError(f"{given}: no kind of record is called `{kind}`. {suggest(kind, KINDS)}")
    kinds = [kind] if slash else list(KINDS)
    found = [record for one in kinds if (record := book.get(one, id))]
    if not found:
        known = [record.id for one in kinds for record in book.all(one)]
        what = f"no record of the kind {kind}" if slash else "no record"
        raise OnevoiceError(f"{given}: {what} has the id `{id}`. {suggest(id, known)}")
    if len(found) > 1:
        names = " or ".join(f"`{record.KIND}/{record.id}`" for record in found)
        raise OnevoiceError(f"{given}: several records have this id. Write {names}.")
    return found[0]


def _write(book: Handbook, record: Record, side: str, digest: str, today: datetime.date) -> None:
    from onevoice.handbook.signature import SIDES, signature
    from onevoice.load import edit
    from onevoice.output import Artifact, write
    from onevoice.prose import files
    from onevoice.prose.read import decode, encode

    place = book.place(record)
    signed = {one: signature(record, one) for one in SIDES}
    value = {one: {"date": old.date.isoformat(), "of": old.of} for one, old in signed.items() if old}
    value[side] = {"date": today.isoformat(), "of": digest}
    value = {one: value[one] for one in SIDES if one in value}
    root = book.loaded.root
    source, mark = decode(place.path, files.content(root / place.path))
    made = edit.put(place.path, source, place.base, "signed", value)
    write(root, [Artifact(place.path, encode(made, mark))])
