"""Getting Vale into our cache: the release's archive, checked against its pinned hash, else a build with Go."""

from __future__ import annotations

import hashlib
import http.client
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from onevoice.cache import folder
from onevoice.errors import ToolMissing
from onevoice.vale import lock, release
from onevoice.vale.resolve import Unusable, Vale, cached, probe, resolve

CHUNK = 1 << 16
MEND = "Install Vale yourself (https://vale.sh/docs/install) or set $ONEVOICE_VALE to its path."


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds: for a byte, for the whole download, for a build, for another run's lock."""

    byte: float = 20.0
    download: float = 300.0
    build: float = 1200.0
    lock: float = 1500.0
    probe: float = 20.0


class OutOfReach(Exception):
    """Why a way to Vale is closed, as the end of a sentence; another way may be open."""


def _sent(url: str, patience: Patience) -> Iterator[bytes]:
    """What the server sends, as it comes. Raises OutOfReach for whatever the network does."""
    deadline = time.monotonic() + patience.download
    try:
        with urllib.request.urlopen(url, timeout=patience.byte) as answer:
            while chunk := answer.read1(CHUNK):
                if time.monotonic() > deadline:
                    raise OutOfReach(f"sent too little within {patience.download:g} seconds")
                yield chunk
    except urllib.error.HTTPError as error:
        raise OutOfReach(f"answered {error.code}") from None
    except TimeoutError:
        raise OutOfReach(f"was silent for {patience.byte:g} seconds") from None
    except urllib.error.URLError as error:
        raise OutOfReach(f"could not be reached ({error.reason})") from None
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise OutOfReach(f"broke off ({error})") from None


def _download(url: str, archive: release.Archive, target: Path, patience: Patience) -> None:
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as file:
        for chunk in _sent(url, patience):
            size += len(chunk)
            if size > archive.size:
                break
            digest.update(chunk)
            file.write(chunk)
    if size < archive.size:
        raise OutOfReach(f"sent {size} bytes of {archive.size}")
    if size > archive.size or digest.hexdigest() != archive.sha256:
        raise ToolMissing(
            f"{url}: this is not the file that was published (its SHA-256 differs), so nothing was installed. "
            f"Try another network. {MEND}"
        )


def _unpack(archive: Path, program: Path) -> None:
    try:
        if archive.suffix == ".zip":
            with zipfile.ZipFile(archive) as file, file.open(program.name) as member, program.open("wb") as out:
                shutil.copyfileobj(member, out)
        else:
            with tarfile.open(archive) as file, program.open("wb") as out:
                shutil.copyfileobj(file.extractfile(program.name), out)
    except (KeyError, AttributeError, tarfile.TarError, zipfile.BadZipFile):
        raise OutOfReach("holds no Vale") from None
    program.chmod(0o755)


def _build(program: Path, environ: Mapping[str, str], patience: float) -> None:
    go = shutil.which("go", path=environ.get("PATH", ""))
    if not go:
        raise OutOfReach("Go, which could build it, is not installed")
    env = {**environ, "GOBIN": str(program.parent), "CGO_ENABLED": environ.get("CGO_ENABLED", "1")}
    command = [go, "install", "-trimpath", "-ldflags", f"-s -w -X main.version={release.VERSION}", release.GO_PACKAGE]
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            command, env=env, stdin=subprocess.DEVNULL, stdout=errors, stderr=errors, start_new_session=True
        )
        try:
            code = process.wait(patience)
        except BaseException as error:
            _end(process)
            if isinstance(error, subprocess.TimeoutExpired):
                raise OutOfReach(f"Go had not built it after {patience:g} seconds") from None
            raise
        if code:
            errors.seek(0)
            last = errors.read().decode("utf-8", "replace").strip().splitlines()[-1:]
            raise OutOfReach(f"Go could not build it ({''.join(last) or f'exit code {code}'})")


def _end(process: subprocess.Popen) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        # The compilers that Go started are in its process group, and would go on without it.
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _fill(
    target: Path, environ: Mapping[str, str], archive: release.Archive | None, patience: Patience, say: Callable
) -> None:
    """Put a Vale that runs at `target`. It appears there whole, or not at all."""
    reasons = []
    for left in target.parent.glob(".get-*"):
        shutil.rmtree(left, ignore_errors=True)  # by a run that was killed: whoever is here holds the lock
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".get-") as place:
        program = Path(place) / target.name

        def download() -> None:
            if archive is None:
                raise OutOfReach("no Vale is published for this kind of machine")
            base = environ.get("ONEVOICE_VALE_MIRROR") or release.BASE
            url = f"{base.rstrip('/')}/{archive.name}"
            say(f"Getting Vale {release.VERSION} from {url}")
            packed = Path(place) / archive.name
            try:
                _download(url, archive, packed, patience)
                _unpack(packed, program)
            except OutOfReach as reason:
                raise OutOfReach(f"{url} {reason}") from None

        def build() -> None:
            say(f"Building Vale {release.VERSION} with Go; the first time takes some minutes")
            _build(program, environ, patience.build)

        for way in (download, build):
            try:
                way()
                probe(program, patience.probe)
            except OutOfReach as reason:
                reasons.append(str(reason))
            except Unusable as reason:
                reasons.append(f"the Vale from there {reason}")
            else:
                program.replace(target)
                return
    raise ToolMissing(f"Vale cannot be had: {'; '.join(reasons)}. {MEND}")


def get(
    environ: Mapping[str, str],
    cache: Path | None = None,
    *,
    archive: release.Archive | None = None,
    patience: Patience | None = None,
    say: Callable[[str], None] = lambda line: None,
) -> Vale:
    """The Vale to run, got where there is none. Safe to call from several processes at once.

    environ: $ONEVOICE_VALE and $PATH as in `resolve`; $ONEVOICE_VALE_MIRROR is the folder to download from, instead of
        the release's own. cache: by default `onevoice.cache.folder()`. archive: by default the one for this machine.
    say: called with a line before each thing that takes long.
    Raises ToolMissing, in one line, where Vale cannot be had or cannot be stored.
    """
    cache = folder() if cache is None else cache
    patience = patience or Patience()
    target = cached(cache)
    if found := resolve(environ, cache, patience=patience.probe):
        return found
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with lock.held(target.parent / "lock", patience.lock):
            if found := resolve(environ, cache, patience=patience.probe):
                return found
            _fill(target, environ, archive or release.archive(), patience, say)
    except TimeoutError:
        raise ToolMissing(
            f"Another run has been getting Vale for {patience.lock:g} seconds. Wait for it, or end it and try again."
        ) from None
    except OSError as error:
        raise ToolMissing(
            f"Vale cannot be stored in {target.parent} ({error.strerror or error}). "
            f"Set $ONEVOICE_CACHE to a folder that can be written. {MEND}"
        ) from None
    return Vale(target, release.VERSION, "our own copy")
