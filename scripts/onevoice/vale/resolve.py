"""Which Vale to run: the one that is named, else one on PATH that really runs, else our own. Downloads nothing."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from onevoice import limits, program
from onevoice.cache import find_cache_folder
from onevoice.errors import MissingToolError
from onevoice.vale.release import VERSION

PLACEHOLDER_SIZE = 4096  # bytes; a real Vale has tens of millions
VERSION_LINE = re.compile(r"^vale version (\S+)", re.M)
MIN_MAJOR = 3


@dataclass(frozen=True)
class Vale:
    """A Vale that runs. version: as it says itself (`master`: built from source); origin: where it was found."""

    path: Path
    version: str
    origin: str

    def __str__(self) -> str:
        version = "built from source" if self.version == "master" else self.version
        return f"Vale {version} ({self.origin}: {self.path})"


class UnusableVale(Exception):
    """Why a program does not serve as Vale, as the end of a sentence."""


def locate_own_vale(cache: Path) -> Path:
    """Our own Vale in the cache folder `cache`, whether it is there or not."""
    return cache / "vale" / VERSION / ("vale.exe" if sys.platform == "win32" else "vale")


def query_vale_version(path: Path, patience: float = limits.VALE_VERSION_SECONDS) -> str:
    """The version that the Vale at `path` says it has. Raises UnusableVale. `patience` is in seconds."""
    try:
        done = program.run_program([path.absolute(), "--version"], program.ProgramLimits(patience, output=1 << 16))
    except OSError as error:
        raise UnusableVale(f"does not start: {error.strerror or error}") from None
    if done.stopped_by == "time":
        raise UnusableVale(f"did not answer `--version` within {patience:g} seconds")
    said = VERSION_LINE.search(done.stdout.decode("utf-8", "replace"))
    if done.code or not said:
        raise UnusableVale("does not answer `--version` as Vale does")
    version = said[1].removeprefix("v")
    major = version.split(".")[0]
    if major.isdigit() and int(major) < MIN_MAJOR:
        raise UnusableVale(f"is Vale {version}; version {MIN_MAJOR} or later is needed")
    return version


def _unwrap_launcher(path: Path) -> Path | None:
    """The program behind a Vale on PATH; None if running it could download something.

    The Python package `vale` puts a script on PATH that downloads the program when it is first run, and until then
    holds a placeholder of some bytes. A pyenv shim may lead to the same script.
    """
    real = path.resolve()
    try:
        with real.open("rb") as file:
            head = file.read(PLACEHOLDER_SIZE)
    except OSError:
        return None
    script = head.startswith(b"#!")
    if not script and sys.platform != "win32":
        return path
    prefix = real.parent.parent
    for packages in (*prefix.glob("lib/python*/*-packages"), prefix / "Lib" / "site-packages"):
        behind = packages / "vale" / "vale_bin"
        if behind.is_file():
            return behind if behind.stat().st_size > PLACEHOLDER_SIZE else None
    return None if script and (b"vale.main" in head or b"pyenv" in head) else path


def _locate_named_vale(named: str, environ: Mapping[str, str]) -> Path:
    """The program that $ONEVOICE_VALE names: by its path, or by its name alone, which is looked up on PATH."""
    if os.path.basename(named) != named:  # noqa: PTH119 - Path would take `./vale` for `vale`
        return Path(named).absolute()
    found = program.find_program(named, environ)
    if not found:
        raise UnusableVale("is not on PATH")
    return found


def resolve_vale(
    environ: Mapping[str, str], cache: Path | None = None, *, patience: float = limits.VALE_VERSION_SECONDS
) -> Vale | None:
    """The Vale to run, or None if there is none. Starts programs, downloads nothing.

    environ: $ONEVOICE_VALE (a path) and $PATH are read. cache: the cache folder, by default `onevoice.cache.folder()`.
    patience: seconds to wait for a program's answer.
    Raises MissingToolError if $ONEVOICE_VALE names something that is not a Vale: a wrong setting is not "none".
    """
    if named := environ.get("ONEVOICE_VALE"):
        try:
            found = _locate_named_vale(named, environ)
            return Vale(found, query_vale_version(found, patience), "$ONEVOICE_VALE")
        except UnusableVale as reason:
            raise MissingToolError(
                f"$ONEVOICE_VALE is {named}, which {reason}. Set it to the path of a working Vale, or unset it."
            ) from None
    own = locate_own_vale(find_cache_folder() if cache is None else cache)
    candidates = [(path, "on PATH") for path in program.iter_programs("vale", environ)]
    for path, origin in (*candidates, (own.absolute(), "our own copy")):
        real = _unwrap_launcher(path) if origin == "on PATH" else path
        if real is None or not real.is_file():
            continue
        try:
            return Vale(real, query_vale_version(real, patience), origin)
        except UnusableVale:
            continue
    return None
