"""What `onevoice export` and the site write for other programs: our words in their formats."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping, Sequence
from pathlib import Path

from onevoice.errors import OnevoiceError
from onevoice.exchange.correction import Correction
from onevoice.exchange.formats import Export, Format, load_word_formats
from onevoice.handbook.handbook import Handbook
from onevoice.handbook.origin import credit_patterns
from onevoice.handbook.public import derive_public_handbook
from onevoice.matcher.compile import gather_patterns
from onevoice.output import Artifact, Changes, write_output
from onevoice.phrases.catalog import speak_language
from onevoice.run.handbook import load_handbook
from onevoice.site import llms
from onevoice.site.view import View
from onevoice.vale import package, write

FOLDER = "exchange"
# Below the folder of a site's files.
SITE = "docs/"


@functools.cache
def list_export_formats() -> Mapping[str, Format]:
    """The formats that words go out in, by name: those of `exchange`, and those that other rooms write."""
    found = {name: form for name, form in load_word_formats().items() if form.write}
    return dict(sorted((found | OTHERS).items(), key=lambda item: (item[1].rank, item[0])))


def write_vale_package(export: Export) -> Sequence[Artifact]:
    """The package that another repository's `.vale.ini` names under `Packages`."""
    book = export.handbook
    patterns = credit_patterns(book, gather_patterns(book.list_approved("terms")))
    style = write.write(patterns, book.find_single("voice"), today=export.today, url=book.brand.url or "")
    return [Artifact(artifact.path.removeprefix(SITE), artifact.data) for artifact in package.write(style)]


def write_llms_texts(export: Export) -> Sequence[Artifact]:
    """`llms.txt` and `llms-full.txt`."""
    view = View(export.handbook, export.today, lambda address, text, written: text, lambda text: [])
    return [Artifact(artifact.path.removeprefix(SITE), artifact.data) for artifact in llms.write_overview(view)]


def can_vale_correct(correction: Correction) -> bool:
    """Whether it's the same for all documents."""
    return not correction.is_limited


OTHERS = {
    "vale": Format(
        "Vale (package)",
        (".zip",),
        write=write_vale_package,
        rank=40,
        keeps=("preferred", "case", "avoid", "use", "why", "level", "forms", "except", "since", "unless"),
        can_correct=can_vale_correct,
    ),
    "llms": Format(
        "llms.txt",
        ("llms.txt",),
        write=write_llms_texts,
        rank=72,
        keeps=("preferred", "definition", "abbreviation", "allowed", "avoid", "use", "case"),
        can_correct=lambda correction: True,
    ),
}


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
