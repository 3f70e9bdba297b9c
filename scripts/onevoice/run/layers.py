"""The handbooks that a handbook extends: `extends` in brand.yaml, followed from one to the next.

Anyone who opens a pull request could name any folder of the machine that builds the site, so a folder must be in the
same repository, unless the person who runs this allows it: $ONEVOICE_EXTENDS lists folders that may be named. What is
fetched or installed may only name folders of its own.
"""

from __future__ import annotations

import hashlib
import marshal
import ntpath
import os
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from onevoice import cache, limits
from onevoice.errors import DataError, OnevoiceError
from onevoice.finding import Finding, Span
from onevoice.load.walk import (
    METRICS,
    QUOTES,
    Layer,
    hash_files,
    is_handbook,
    read_csv_files,
    read_folder,
    read_record_files,
)
from onevoice.run.source import locate_source

if TYPE_CHECKING:
    from onevoice.load.folder import LoadResult

ALLOWED_VARIABLE = "ONEVOICE_EXTENDS"
_BRAND, RULE = "brand", "extends"
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
RecordFile = tuple[str, str, bytes]


def load_records(folder: Path, planned: Mapping[str, bytes] | None = None) -> LoadResult:
    """The records of the handbook in a folder, and of those that it extends.

    planned: the bytes that some files will have, by their paths below the folder.
    Raises DataError if one of those cannot be found; what is wrong with records is in the result.
    """
    layers = list_layers(folder)
    if len(layers) == 1:
        from onevoice.load.folder import load_folder

        return load_folder(folder, planned)
    from onevoice.load.layers import load_layers

    return load_layers(layers, planned)


def hash_layers(folder: Path, files: Sequence[RecordFile]) -> str:
    """A hash of every byte that the records of a handbook are made from. Raises DataError as `load_records` does.

    files: its own, as load.walk.read_record_files reads them.
    """
    found = list(files)
    for layer in list_layers(folder, files)[1:]:
        found.append((RULE, layer.prefix, b""))
        found += [(kind, f"{layer.prefix}/{name}", data) for kind, name, data in read_record_files(layer.folder)]
    return hash_files(found)


def hash_inputs(layers: Iterable[Layer]) -> str:
    """A hash of all that these handbooks are made from but pictures: every byte and name, and what can't be read."""
    found: list[RecordFile] = []
    for layer in layers:
        files, problems = read_folder(layer.folder, layer.prefix)
        found += [(RULE, layer.prefix, b""), *files]
        if not layer.prefix:
            for table in (read_csv_files(layer.folder, name) for name in (METRICS, QUOTES)):
                found += table.files
                problems += table.problems
        found += [(kind, f"{name}\0", message.encode()) for kind, name, message in problems]
    return hash_files(found)


def read_layer_files(layer: Layer) -> list[RecordFile]:
    """The files with records of a handbook as they are now."""
    return read_record_files(layer.folder)


def list_layers(
    folder: Path,
    files: Iterable[RecordFile] | None = None,
    read: Callable[[Layer], list[RecordFile]] = read_layer_files,
) -> tuple[Layer, ...]:
    """A handbook and those that it extends, nearest first.

    files: its own, if they have been read. read: reads those of a handbook. Raises DataError at `extends` if what it
    names is not there.
    """
    layers = [Layer(folder)]
    seen = {_identify_folder(folder): layers[0]}
    bound = find_bound(folder)
    files = read(layers[0]) if files is None else files
    while True:
        nearest = layers[-1]
        found = _find_extends(nearest, files)
        if not found:
            return tuple(layers)
        source, name, span = found
        try:
            layer, bound = _locate_layer(source, nearest, bound, folder)
            real = _identify_folder(layer.folder)
            if real in seen:
                chain = " → ".join(f"`{_name_layer(one)}`" for one in [*layers, seen[real]])
                raise OnevoiceError(f"this goes in a circle: {chain}. Delete `extends` in one of them.")
            if len(layers) >= limits.MAX_LAYERS:
                raise OnevoiceError(f"at most {limits.MAX_LAYERS} handbooks can extend each other. Leave some out.")
        except OnevoiceError as error:
            raise DataError([Finding(RULE, "error", name, span, "", str(error))]) from None
        seen[real] = layer
        layers.append(layer)
        files = read(layer)


def _find_brand_files(files: Iterable[RecordFile]) -> list[RecordFile]:
    """The files that may say what a handbook extends. Most handbooks have none, and a hook waits for what we read."""
    return [file for file in files if file[0] == _BRAND and RULE.encode() in file[2]]


def _find_extends(layer: Layer, files: Iterable[RecordFile]) -> tuple[dict[str, str], str, Span] | None:
    """What a handbook extends, and the file and the place that say so."""
    for _, name, data in _find_brand_files(files):
        name = f"{layer.prefix}/{name}" if layer.prefix else name
        key = hashlib.sha256(name.encode() + b"\0" + data).hexdigest()
        try:
            kept = cache.get(RULE, key)
            known = marshal.loads(kept) if kept else None
        except (ValueError, EOFError, TypeError):
            known = None  # A damaged file is made again.
        if known is None:
            from onevoice.load.layers import find_extends

            found = find_extends(name, data)
            known = (found[0], tuple(found[1])) if found else ()
            cache.put(RULE, key, marshal.dumps(known))
        if known:
            return known[0], name, Span(*known[1])
    return None


def _locate_layer(source: Mapping[str, str], nearest: Layer, bound: Path, top: Path) -> tuple[Layer, Path]:
    """The handbook that one extends, and the folder in which those are that it may name itself."""
    if given := source.get("folder"):
        layer = _locate_folder(given, nearest, bound)
    elif package := source.get("package"):
        folder = _find_source(source, nearest)
        layer = Layer(folder, package, f"package:{package}")
        bound = folder
    else:
        revision, address = source["revision"], source["git"]
        if not _COMMIT.fullmatch(revision):
            raise OnevoiceError(
                f"`{revision}` is not a full commit hash. A tag or a branch can move, and then the same handbook says "
                f"something else. Write the commit: `git ls-remote {address} {revision}` shows it."
            )
        if address.startswith("file:") and not _is_allowed(Path(address.removeprefix("file://"))):
            raise OnevoiceError(f"`{address}` is on this computer only. {_tell_permission(address[7:])}")
        folder = _find_source(source, nearest)
        short = address.rstrip("/").rpartition("/")[2].removesuffix(".git")
        layer = Layer(folder, f"{short}@{revision[:8]}", address)
        bound = folder
    if not is_handbook(layer.folder):
        where = layer.folder if "folder" in source else f"`{_name_layer(layer)}`"
        raise OnevoiceError(
            f"there is no handbook in {where}. A handbook has `content/brand.yaml`, or a `terminology` folder."
        )
    return layer, bound


def _find_source(source: Mapping[str, str], nearest: Layer) -> Path:
    try:
        return locate_source(source, nearest.folder, "")
    except OnevoiceError as error:
        raise OnevoiceError(str(error).removeprefix(": ")) from None


def _locate_folder(given: str, nearest: Layer, bound: Path) -> Layer:
    path = given.replace("\\", "/")
    if path.startswith(("/", "~")) or ntpath.splitdrive(path)[0]:
        raise OnevoiceError(
            f"`{given}` is another folder on each computer. Write it from this handbook's folder, such as `../company`."
        )
    folder = nearest.folder / path
    if not folder.is_dir():
        # People write it from the file that they are in.
        from_file = posixpath.normpath(path.removeprefix("../"))
        hint = f"Did you mean `{from_file}`?" if path != from_file and (nearest.folder / from_file).is_dir() else ""
        raise OnevoiceError(
            f"there is no folder `{given}`. {hint or 'Check the path; it starts from the folder of this handbook.'}"
        )
    real = Path(os.path.realpath(folder))
    if not real.is_relative_to(bound) and not _is_allowed(real):
        raise OnevoiceError(
            f"`{given}` leads out of {bound}. Name that handbook by its Git address or package, or, if you trust what "
            f"this handbook says, allow it on this computer. {_tell_permission(str(real))}"
        )
    return Layer(folder, posixpath.normpath(posixpath.join(nearest.prefix, path)), nearest.address)


def find_bound(folder: Path) -> Path:
    """The repository that a folder is in; without one, the folder around it."""
    real = Path(os.path.realpath(folder))
    return next((place for place in (real, *real.parents) if os.path.lexists(place / ".git")), real.parent)


def _is_allowed(folder: Path) -> bool:
    allowed = filter(None, os.environ.get(ALLOWED_VARIABLE, "").split(os.pathsep))
    return any(Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(place)) for place in allowed)


def _tell_permission(folder: str) -> str:
    return f"Set ${ALLOWED_VARIABLE} to {folder}."


def _identify_folder(folder: Path) -> str:
    return os.path.normcase(os.path.realpath(folder))


def _name_layer(layer: Layer) -> str:
    return layer.prefix or "."
