"""What `onevoice export` and the site write for other programs: our words in their formats."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from onevoice.errors import OnevoiceError
from onevoice.exchange.formats import Export, Format, load_word_formats
from onevoice.handbook.handbook import Handbook
from onevoice.handbook.public import derive_public_handbook
from onevoice.output import Artifact, Changes, write_output
from onevoice.phrases.catalog import speak_language
from onevoice.run.handbook import load_handbook

FOLDER = "exchange"
Writer = Callable[[Export], Sequence[Artifact]]


@functools.cache
def list_export_formats() -> Mapping[str, Format]:
    """The formats that words go out in, by name."""
    return {name: form for name, form in load_word_formats().items() if form.write}


def prepare_export(folder: Path, today: datetime.date, *, public: bool = False) -> Export:
    """What a handbook exports. public: its public records alone. Raises DataError if the records have errors."""
    whole, _ = load_handbook(folder)
    handbook = derive_public_handbook(whole) if public else whole
    speak_language(handbook.brand.language)
    return make_export(handbook, today)


def make_export(handbook: Handbook, today: datetime.date) -> Export:
    """What is exported of a handbook whose records may all go out."""
    url = handbook.brand.url or ""
    return Export(handbook, f"{url.rstrip('/')}/" if url else "", today)


def write_format(export: Export, name: str) -> list[Artifact]:
    """The files of one format, with paths that start from the folder of exports. Raises OnevoiceError."""
    form = list_export_formats().get(name)
    if form is None or form.write is None:
        known = ", ".join(list_export_formats())
        raise OnevoiceError(f"there is no format `{name}`. Choose one of these: {known}.")
    return list(form.write(export))


def save_export(files: Sequence[Artifact], out: Path) -> Changes:
    """Write the files of an export below a folder, if they differ from what is there."""
    return write_output(out, files)
