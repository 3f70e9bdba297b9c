"""Getting Vale into our cache: the release's archive, checked against its pinned hash, else a build with Go."""

from __future__ import annotations

import hashlib
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
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from onevoice.errors import OnevoiceError, ToolMissing
from onevoice.lint.vale import config, lock, release
from onevoice.lint.vale.resolve import Unusable, Vale, cache_dir, cached, probe, resolve

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


def _download(url: str, archive: release.Archive, target: Path, patience: Patience) -> None:
    deadline = time.monotonic() + patience.download
    digest, size = hashlib.sha256(), 0
    try:
        with urllib.request.urlopen(url, timeout=patience.byte) as answer, target.open("wb") as file:
            while chunk := answer.read1(CHUNK):
                if time.monotonic() > deadline:
                    raise OutOfReach(f"sent too little within {patience.download:g} seconds")
                size += len(chunk)
                if size > archive.size:
                    break
                digest.update(chunk)
                file.write(chunk)
    except urllib.error.HTTPError as error:
        raise OutOfReach(f"answered {error.code}") from None
    except TimeoutError:
        raise OutOfReach(f"was silent for {patience.byte:g} seconds") from None
    except urllib.error.URLError as error:
        raise OutOfReach(f"could not be reached ({error.reason})") from None
    except (ConnectionError, ValueError) as error:
        raise OutOfReach(f"broke off ({error})") from None
    if size != archive.size or digest.hexdigest() != archive.sha256:
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
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".get-") as folder:
        program = Path(folder) / target.name

        def download() -> None:
            if archive is None:
                raise OutOfReach("no Vale is published for this kind of machine")
            base = environ.get("ONEVOICE_VALE_MIRROR") or release.BASE
            url = f"{base.rstrip('/')}/{archive.name}"
            say(f"Getting Vale {release.VERSION} from {url}")
            packed = Path(folder) / archive.name
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
        the release's own. cache: by default `cache_dir(environ)`. archive: by default the one for this machine.
    say: called with a line before each thing that takes long.
    Raises ToolMissing, in one line, where Vale cannot be had or cannot be stored.
    """
    cache = cache_dir(environ) if cache is None else cache
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


def sync(vale: Vale, ini: Path, patience: float = 120.0) -> list[str]:
    """Get the packages that a .vale.ini names and that are not in its style folders yet. Returns the names of those got.

    Runs `vale sync`, which downloads. Raises OnevoiceError, in one line, where a package cannot be had.
    """
    text = ini.read_text("utf-8")
    folders = config.styles_paths(text, ini.parent)
    wanted = {Path(package).stem for package in config.packages(text)}
    missing = sorted(name for name in wanted if not any((folder / name).is_dir() for folder in folders))
    if not missing:
        return []
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(
            [str(vale.path.absolute()), "--no-global", "--plain-progress", f"--config={ini.name}", "sync"],
            cwd=ini.parent, stdin=subprocess.DEVNULL, capture_output=True, timeout=patience, check=False,
        )  # fmt: skip
        said = done.stderr + done.stdout
        failed = done.returncode != 0
    except subprocess.TimeoutExpired:
        said, failed = f"no end after {patience:g} seconds".encode(), True
    if failed:
        reason = " ".join(said.decode("utf-8", "replace").split())[:300]
        raise OnevoiceError(
            f"{ini.name}: Vale's packages cannot be had ({', '.join(missing)}): {reason} "
            "Check the names and the network, or put the styles into a folder of your own."
        )
    return missing
