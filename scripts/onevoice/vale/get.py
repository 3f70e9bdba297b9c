"""Installing Vale into our cache: the release's archive, checked against its pinned hash, else a build with Go."""

from __future__ import annotations

import hashlib
import http.client
import shutil
import tarfile
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from onevoice.cache import find_cache_folder
from onevoice.errors import MissingToolError
from onevoice.program import ProgramLimits, find_program, run_program
from onevoice.vale import release
from onevoice.vale.resolve import UnusableVale, Vale, locate_own_vale, query_vale_version, resolve_vale

CHUNK_SIZE = 1 << 16
INSTALL_HELP = "Install Vale yourself (https://vale.sh/docs/install) or set $ONEVOICE_VALE to its path."


@dataclass(frozen=True)
class Timeouts:
    """How long to wait, in seconds: for a byte, for the whole download, for a build, for another run's lock."""

    byte: float = 20.0
    download: float = 300.0
    build: float = 1200.0
    lock: float = 1500.0
    probe: float = 20.0


class SourceUnavailable(Exception):
    """Why a way to Vale is closed, as the end of a sentence; another way may be open."""


def _fetch_chunks(url: str, patience: Timeouts) -> Iterator[bytes]:
    """What the server sends, as it comes. Raises SourceUnavailable for whatever the network does."""
    deadline = time.monotonic() + patience.download
    try:
        with urllib.request.urlopen(url, timeout=patience.byte) as answer:
            while chunk := answer.read1(CHUNK_SIZE):
                if time.monotonic() > deadline:
                    raise SourceUnavailable(f"did not finish within {patience.download:g} seconds")
                yield chunk
    except urllib.error.HTTPError as error:
        raise SourceUnavailable(f"answered {error.code}") from None
    except TimeoutError:
        raise SourceUnavailable(f"did not respond for {patience.byte:g} seconds") from None
    except urllib.error.URLError as error:
        raise SourceUnavailable(f"could not be reached ({error.reason})") from None
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise SourceUnavailable(f"failed ({error})") from None


def _download_archive(url: str, archive: release.Archive, target: Path, patience: Timeouts) -> None:
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as file:
        for chunk in _fetch_chunks(url, patience):
            size += len(chunk)
            if size > archive.size:
                break
            digest.update(chunk)
            file.write(chunk)
    if size < archive.size:
        raise SourceUnavailable(f"sent only {size} of {archive.size} bytes")
    if size > archive.size or digest.hexdigest() != archive.sha256:
        raise MissingToolError(
            f"{url}: this is not the published file (its SHA-256 differs), so nothing was installed. "
            f"Try another network. {INSTALL_HELP}"
        )


def _unpack_archive(archive: Path, program: Path) -> None:
    try:
        if archive.suffix == ".zip":
            with zipfile.ZipFile(archive) as file, file.open(program.name) as member, program.open("wb") as out:
                shutil.copyfileobj(member, out)
        else:
            with tarfile.open(archive) as tar, program.open("wb") as out:
                packed = tar.extractfile(program.name)
                if packed is None:
                    raise KeyError(program.name)
                shutil.copyfileobj(packed, out)
    except (KeyError, tarfile.TarError, zipfile.BadZipFile):
        raise SourceUnavailable("does not contain Vale") from None
    program.chmod(0o755)


def _build_with_go(program: Path, environ: Mapping[str, str], patience: float) -> None:
    go = find_program("go", environ)
    if not go:
        raise SourceUnavailable("Go, which could build it, is not installed")
    env = {**environ, "GOBIN": str(program.parent), "CGO_ENABLED": environ.get("CGO_ENABLED", "1")}
    command = [go, "install", "-trimpath", "-ldflags", f"-s -w -X main.version={release.VERSION}", release.GO_PACKAGE]
    try:
        done = run_program(command, ProgramLimits(patience), environ=env)
    except OSError as error:
        raise SourceUnavailable(f"Go does not start ({error.strerror or error})") from None
    if done.stopped_by:
        raise SourceUnavailable(f"Go did not finish building it within {patience:g} seconds")
    if done.code:
        last = (done.stdout + done.stderr).decode("utf-8", "replace").strip().splitlines()[-1:]
        raise SourceUnavailable(f"Go could not build it ({''.join(last) or f'exit code {done.code}'})")


def _install_vale(
    target: Path,
    environ: Mapping[str, str],
    archive: release.Archive | None,
    patience: Timeouts,
    say: Callable[[str], None],
) -> None:
    """Put a Vale that runs at `target`. It appears there whole, or not at all."""
    reasons = []
    for left in target.parent.glob(".get-*"):
        shutil.rmtree(left, ignore_errors=True)  # by a run that was killed: this run holds the lock
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".get-") as place:
        program = Path(place) / target.name

        def try_download() -> None:
            if archive is None:
                raise SourceUnavailable("there is no Vale release for this kind of machine")
            base = environ.get("ONEVOICE_VALE_MIRROR") or release.BASE_URL
            url = f"{base.rstrip('/')}/{archive.name}"
            say(f"Downloading Vale {release.VERSION} from {url}")
            packed = Path(place) / archive.name
            try:
                _download_archive(url, archive, packed, patience)
                _unpack_archive(packed, program)
            except SourceUnavailable as reason:
                raise SourceUnavailable(f"{url} {reason}") from None

        def try_build() -> None:
            say(f"Building Vale {release.VERSION} with Go; the first time takes a few minutes")
            _build_with_go(program, environ, patience.build)

        for way in (try_download, try_build):
            try:
                way()
                query_vale_version(program, patience.probe)
            except SourceUnavailable as reason:
                reasons.append(str(reason))
            except UnusableVale as reason:
                reasons.append(f"that copy of Vale {reason}")
            else:
                program.replace(target)
                return
    raise MissingToolError(f"Could not install Vale: {'; '.join(reasons)}. {INSTALL_HELP}")


def ensure_vale(
    environ: Mapping[str, str],
    cache: Path | None = None,
    *,
    archive: release.Archive | None = None,
    patience: Timeouts | None = None,
    say: Callable[[str], None] = lambda line: None,
) -> Vale:
    """The Vale to run, installed if there is none. Safe to call from several processes at once.

    environ: $ONEVOICE_VALE and $PATH as in `resolve`; $ONEVOICE_VALE_MIRROR is the folder to download from, instead of
        the release's own. cache: by default `onevoice.cache.folder()`. archive: by default the one for this machine.
    say: called with a line before each thing that takes long.
    Raises MissingToolError, in one line, if Vale cannot be installed or saved.
    """
    cache = find_cache_folder() if cache is None else cache
    patience = patience or Timeouts()
    target = locate_own_vale(cache)
    if found := resolve_vale(environ, cache, patience=patience.probe):
        return found
    from filelock import FileLock, Timeout

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(target.parent / "lock", timeout=patience.lock):
            if found := resolve_vale(environ, cache, patience=patience.probe):
                return found
            _install_vale(target, environ, archive or release.select_archive(), patience, say)
    except Timeout:
        raise MissingToolError(
            f"Another run has been installing Vale for {patience.lock:g} seconds. "
            "Wait for it to finish, or stop it and try again."
        ) from None
    except OSError as error:
        raise MissingToolError(
            f"Could not save Vale in {target.parent} ({error.strerror or error}). "
            f"Set $ONEVOICE_CACHE to a writable folder. {INSTALL_HELP}"
        ) from None
    return Vale(target, release.VERSION, "our own copy")
