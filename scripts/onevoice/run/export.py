"""What `onevoice export` and the site write for other programs: our words in their formats."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping, Sequence
from pathlib import Path

from onevoice.archive import pack_archive
from onevoice.errors import OnevoiceError
from onevoice.exchange.correction import Correction
from onevoice.exchange.coverage import FIELDS, find_kept_fields, make_probe
from onevoice.exchange.formats import Export, Format, load_word_formats
from onevoice.handbook.handbook import Handbook
from onevoice.handbook.origin import credit_patterns
from onevoice.handbook.public import derive_public_handbook
from onevoice.matcher.compile import gather_patterns
from onevoice.matcher.pattern import Pattern
from onevoice.output import Artifact, Changes, write_output
from onevoice.phrases.catalog import speak_language
from onevoice.run.handbook import load_handbook
from onevoice.site import llms
from onevoice.site.view import Takeaway, View
from onevoice.vale import package, write

FOLDER = "exchange"
# Below the folder of a site's files.
SITE = "docs/"
# What takes so long to write that each build would be noticed: people have a table in CSV there.
VERB_ONLY = ("xlsx",)


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
        can_correct=can_vale_correct,
    ),
    "llms": Format(
        "llms.txt",
        ("llms.txt",),
        write=write_llms_texts,
        rank=72,
        can_correct=lambda correction: True,
    ),
}


def prepare_export(folder: Path, today: datetime.date, *, public: bool = False) -> Export:
    """What a handbook exports. public: its public records alone. Raises DataError if the records have errors."""
    whole, _ = load_handbook(folder)
    handbook = derive_public_handbook(whole) if public else whole
    speak_language(handbook.brand.language)
    return make_export(handbook, today)


def make_export(handbook: Handbook, today: datetime.date, patterns: Sequence[Pattern] | None = None) -> Export:
    """What is exported of a handbook whose records may all go out. patterns: of its terms, if they are made already."""
    url = handbook.brand.url or ""
    return Export(handbook, f"{url.rstrip('/')}/" if url else "", today, patterns)


def write_format(export: Export, name: str) -> list[Artifact]:
    """The files of one format, with paths that start from the folder of exports. Raises OnevoiceError."""
    form = list_export_formats().get(name)
    if form is None or form.write is None:
        known = ", ".join(list_export_formats())
        raise OnevoiceError(f"there is no format `{name}`. Choose one of these: {known}.")
    return list(form.write(export))


@functools.cache
def probe_format(name: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """(the fields of a term that a format keeps, the paths of its files); ((), ()) if it can't be written here."""
    form = list_export_formats()[name]
    try:
        files = form.write(make_probe()) if form.write else ()
        return find_kept_fields(files), tuple(artifact.path for artifact in files)
    except OnevoiceError:
        return frozenset(), ()


def write_site_files(export: Export) -> list[Artifact]:
    """All formats, as files of the site. A format of several files is an archive, which can be downloaded as one."""
    made = []
    for name in list_export_formats():
        if name in (*OTHERS, *VERB_ONLY) or not probe_format(name)[1]:
            continue
        files = write_format(export, name)
        if len(files) > 1:
            files = [Artifact(f"{name}.zip", pack_archive({artifact.path: artifact.data for artifact in files}))]
        made += [Artifact(f"{SITE}{FOLDER}/{artifact.path}", artifact.data) for artifact in files]
    return made


def has_style(export: Export) -> bool:
    """Whether there is anything for Vale to look for."""
    voice = export.handbook.find_single("voice")
    return any(map(can_vale_correct, export.corrections)) or bool(voice and any(trait.vale for trait in voice.traits))


def describe_exports(export: Export) -> list[Takeaway]:
    """What the site's page says of each format that it offers."""
    words = {(one.term, one.word) for one in export.corrections}
    found = []
    for name, form in list_export_formats().items():
        kept, paths = ((), ()) if name in VERB_ONLY else probe_format(name)
        if not paths or (name == "vale" and not has_style(export)):
            continue
        path = paths[0] if name in OTHERS else f"{FOLDER}/{f'{name}.zip' if len(paths) > 1 else paths[0]}"
        said = len(words) if "avoid" in kept else 0
        if form.can_correct:
            said = len({(one.term, one.word) for one in export.corrections if form.can_correct(one)})
        found.append(Takeaway(name, form.label, path, said, len(words), tuple(f for f in FIELDS if f not in kept)))
    return found


def save_export(files: Sequence[Artifact], out: Path) -> Changes:
    """Write the files of an export below a folder, if they differ from what is there."""
    return write_output(out, files)
