"""Signing a record: a side agrees with its text as it is now."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

from onevoice.disk import overwrite_file, sweep_folders
from onevoice.errors import OnevoiceError, suggest_known
from onevoice.handbook.handbook import Handbook
from onevoice.handbook.signature import SIDES, find_signature, hash_meaning, is_signature_valid
from onevoice.load import edit
from onevoice.output import hold_folder
from onevoice.prose import files
from onevoice.prose.read import decode_text, encode_text
from onevoice.records import KINDS, Record
from onevoice.run.handbook import current_date, load_handbook


def sign_record(folder: Path, given: str, side: str, say: Callable[[str], None]) -> str:
    """Write into a record that a side agrees with it; what to tell the user.

    given: an id, or kind/id. say: told that we wait for another run: of two that sign at once, the second would put
    back what the first has read. Raises DataError if the records have errors, and OnevoiceError if there is no such
    record, it is no longer in use, or the side has a dissent on it.
    """
    with hold_folder(folder / "build", say):
        return _sign_record(folder, given, side)


def _sign_record(folder: Path, given: str, side: str) -> str:
    handbook, _ = load_handbook(folder)
    record = resolve_record_id(handbook, given)
    place = handbook.locate_record(record)
    where = f"{place.path}:{place.line}"
    name = f"{record.KIND}/{record.id}"
    if place.origin:
        raise OnevoiceError(
            f"{where}: `{name}` is a record of the {place.origin.label}. Sign it there. If it differs here, write that "
            "in a record with the same id, and sign that."
        )
    if record.status in ("retired", "declined"):
        raise OnevoiceError(f"{where}: `{name}` is {record.status}. You can sign only approved and proposed records.")
    for index, dissent in enumerate(record.dissent):
        if dissent.side == side:
            line = place.locate_field("dissent", index).line
            raise OnevoiceError(
                f"{place.path}:{line}: {side} has disagreed with `{name}` since {dissent.date}. "
                "Remove the dissent before you sign."
            )
    signed = find_signature(record, side)
    if signed and is_signature_valid(record, side):
        return f"{name} has been signed for {side} since {signed.date}, and has not changed."
    _write_signature(handbook, record, side, hash_meaning(record), current_date())
    return f"Signed {name} for {side} in {where}. Commit it."


def resolve_record_id(book: Handbook, given: str) -> Record:
    """The record that `kind/id` or an id names. Raises OnevoiceError if there is none, or more than one."""
    kind, slash, id = given.rpartition("/")
    if slash and kind not in KINDS:
        raise OnevoiceError(f"{given}: there is no kind of record named `{kind}`. {suggest_known(kind, KINDS)}")
    kinds = [kind] if slash else list(KINDS)
    found: list[Record] = [record for one in kinds if (record := book.find_record(one, id))]
    if not found:
        known = [record.id for one in kinds for record in book.list_records(one)]
        what = f"no record of kind {kind}" if slash else "no record"
        raise OnevoiceError(f"{given}: {what} has the id `{id}`. {suggest_known(id, known)}")
    if len(found) > 1:
        names = " or ".join(f"`{record.KIND}/{record.id}`" for record in found)
        raise OnevoiceError(f"{given}: several records have this id. Write {names}.")
    return found[0]


def _write_signature(book: Handbook, record: Record, side: str, digest: str, today: datetime.date) -> None:
    place = book.locate_record(record)
    signed = {one: find_signature(record, one) for one in SIDES}
    value = {one: {"date": old.date.isoformat(), "of": old.of} for one, old in signed.items() if old}
    value[side] = {"date": today.isoformat(), "of": digest}
    value = {one: value[one] for one in SIDES if one in value}
    root = book.load_result.root
    path = root / place.path
    if not files.is_path_inside(path, root):
        raise OnevoiceError(f"{place.path}: this link leads out of the handbook. Sign the record where the file is.")
    data = files.read_file_bytes(path)
    source, mark = decode_text(place.path, data)
    made = edit.set_record_key(place.path, source, place.base, "signed", value)
    sweep_folders([str(path.parent)])
    overwrite_file(path, encode_text(made, mark), data)
