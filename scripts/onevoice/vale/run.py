"""Vale over documents: the rules of style as findings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onevoice.errors import OnevoiceError
from onevoice.finding import Finding, Span
from onevoice.prose import files
from onevoice.prose.read import decode_text
from onevoice.vale import config
from onevoice.vale.resolve import Vale

# How much of a command line file names may take, in characters.
MAX_COMMAND_CHARS = 20_000 if sys.platform == "win32" else 500_000
RUN_TIMEOUT = 600.0


@dataclass(frozen=True)
class ValeDocument:
    """What Vale is to read.

    path: as the user named it. text: the whole source, without a byte order mark. shown: the file name under which
    `text` is shown to Vale; None if `path` is the file itself, and `text` is what it holds. instead: what Vale gets
    to read instead of `text`, with every word in the same place; None if it gets `text`.
    """

    path: str
    text: str
    shown_name: str | None = None
    replacement_text: str | None = None


def run_vale(
    vale: Vale,
    documents: Sequence[ValeDocument],
    *,
    ini: Path | None = None,
    styles: Mapping[str, bytes] | None = None,
    patience: float = RUN_TIMEOUT,
) -> list[list[Finding]]:
    """What Vale finds: one list per document, in reading order. The style of terms is off: our matcher finds them.

    ini: the handbook's .vale.ini; None if it has none. styles: our rules of style, as path below a styles folder
    (`Voice/plain.yml`) and bytes; they replace what a build left behind (None: that is used). patience: in seconds.
    Raises OnevoiceError, in one line, if the configuration or a rule is broken, or Vale stops.
    """
    if not documents or not (ini or styles):
        return [[] for _ in documents]
    with tempfile.TemporaryDirectory(prefix="onevoice-vale-") as folder:
        own = _write_config(Path(folder), ini, styles)
        # Sections of the configuration are for paths: what Vale reads in place of a file has the file's, elsewhere.
        copies = Path(folder, "copies")
        names = [_prepare_document(Path(folder), copies, number, document) for number, document in enumerate(documents)]
        here = [name for name, document in zip(names, documents, strict=True) if not _needs_copy(document)]
        there = [name for name, document in zip(names, documents, strict=True) if _needs_copy(document)]
        alerts: dict[str, list[dict[str, Any]]] = {}
        broken: dict[str, _UnreadableDocument] = {}
        batches = [(batch, place) for some, place in ((here, None), (there, copies)) for batch in _split_batches(some)]
        for batch, place in batches:
            while batch:
                try:
                    alerts |= _run_batch(vale, own, ini, batch, patience, place)
                    break
                except _UnreadableDocument as error:
                    # Vale stops at it and says nothing of the others.
                    broken[error.name] = error
                    batch.remove(error.name)
    found = []
    for name, document in zip(names, documents, strict=True):
        lines = document.text.split("\n")
        if name in broken:
            found.append([broken[name].make_finding(document.path)])
            continue
        found.append([_convert_alert(alert, document.path, lines) for alert in alerts.get(os.path.normpath(name), ())])
    return found


class _UnreadableDocument(Exception):
    """A document that Vale cannot read: its front matter is not YAML."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text

    def make_finding(self, path: str) -> Finding:
        message = f"Style was not checked here: Vale cannot read the front matter ({self.text}). Fix its YAML."
        return Finding("file", "error", path, Span(1, 1, 1, 1), "", message)


def _write_config(folder: Path, ini: Path | None, styles: Mapping[str, bytes] | None) -> Path:
    own = folder / "styles"
    # Vale stops at a style without a folder, even one that is switched off.
    for name in (config.TERMS_STYLE, "Voice"):
        (own / name).mkdir(parents=True)
    for path, data in (styles or {}).items():
        (own / path).parent.mkdir(parents=True, exist_ok=True)
        (own / path).write_bytes(data)
    if ini is None:
        text, home = config.render_default_config("Voice"), folder
    else:
        text, home = decode_text(ini.as_posix(), files.read_file_bytes(ini))[0], ini.parent.absolute()
    stale: dict[str, None] = {}
    if styles is not None:
        built = (path for place in config.list_styles_paths(text, home) for path in sorted(place.glob("Voice/*.yml")))
        stale = dict.fromkeys(f"Voice.{path.stem}" for path in built if f"Voice/{path.name}" not in styles)
    target = folder / "vale.ini"
    target.write_text(config.render_run_config(text, home, own, stale), "utf-8")
    return target


def _needs_copy(document: ValeDocument) -> bool:
    """Whether Vale reads a copy with the same path in another folder."""
    path = Path(document.path)
    return (
        document.shown_name is None
        and document.replacement_text is not None
        and not path.is_absolute()
        and ".." not in path.parts
    )


def _prepare_document(folder: Path, copies: Path, number: int, document: ValeDocument) -> str:
    text = document.text if document.replacement_text is None else document.replacement_text
    if _needs_copy(document):
        copy = copies / document.path
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(text, "utf-8", newline="")
    elif document.shown_name is not None or document.replacement_text is not None:
        target = folder / "shown" / str(number) / Path(document.shown_name or document.path).name
        target.parent.mkdir(parents=True)
        target.write_text(text, "utf-8", newline="")
        return str(target)
    # A name that Vale could take for an option or a command of its own must look like a path.
    bare = os.sep not in document.path and "/" not in document.path
    return f".{os.sep}{document.path}" if bare else document.path


def _split_batches(names: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for name in names:
        if batch and size + len(name) > MAX_COMMAND_CHARS:
            yield batch
            batch, size = [], 0
        batch.append(name)
        size += len(name) + 3
    yield batch


def _run_batch(
    vale: Vale, own: Path, ini: Path | None, names: list[str], patience: float, place: Path | None
) -> dict[str, list[dict[str, Any]]]:
    command = [str(vale.path.absolute()), "--output=JSON", "--no-exit", "--no-global", f"--config={own}", *names]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=patience, check=False, cwd=place
        )
    except subprocess.TimeoutExpired:
        raise OnevoiceError(f"{vale} did not finish within {patience:g} seconds. Try fewer files.") from None
    except OSError as error:
        raise OnevoiceError(f"{vale} does not start: {error.strerror or error}.") from None
    try:
        if done.returncode == 0:
            return {os.path.normpath(path): alerts for path, alerts in json.loads(done.stdout).items()}
    except ValueError:
        pass
    _raise_unreadable(done, names, place)
    raise OnevoiceError(_explain_failure(vale, done, own, ini))


def _raise_unreadable(done: subprocess.CompletedProcess[bytes], names: list[str], place: Path | None) -> None:
    """Raise _UnreadableDocument if Vale stopped at one of the documents."""
    try:
        error = json.loads(done.stderr[done.stderr.index(b"{") :])
        path = os.path.normpath(error["Path"])
    except (ValueError, KeyError):
        return
    for name in names:
        if path in (os.path.normpath(name), os.path.normpath((place or Path.cwd()) / name)):
            raise _UnreadableDocument(name, " ".join(error["Text"].split()))


def _explain_failure(vale: Vale, done: subprocess.CompletedProcess[bytes], own: Path, ini: Path | None) -> str:
    said = done.stderr.decode("utf-8", "replace").strip()
    try:
        error = json.loads(said[said.index("{") :])
        text, path, line = error["Text"].strip(), error["Path"], error["Line"]
    except (ValueError, KeyError):
        first = next(iter(said.splitlines()), f"exit code {done.returncode}")
        return f"{vale} stopped: {first}"
    # An error without a place is told in paragraphs: its code, what is wrong, and that it stopped.
    text = " ".join((text.split("\n\n")[1] if "\n\n" in text else text).split())
    fix = ""
    if "does not exist on StylesPath" in text:
        fix = " Run `make site` or `vale sync` to get the packages that the file names."
    name = ini.name if ini else "Vale's configuration"
    if not path or Path(path) == own:
        return f"{name}: {text}.{fix}"
    inside = Path(path)
    place = inside.relative_to(own.parent) if inside.is_relative_to(own.parent) else inside
    return f"{place.as_posix()}:{line}: {text}. This is a style rule that Vale reads.{fix}"


def _convert_alert(alert: dict[str, Any], path: str, lines: list[str]) -> Finding:
    match, number = alert["Match"], alert["Line"]
    span, found = _locate_match(match, number, alert["Span"][0], lines)
    action, params = alert["Action"]["Name"], alert["Action"]["Params"] or []
    replacements: tuple[str, ...] = ()
    # A position that Vale guessed is good enough to read, and not good enough to write at.
    if found and action == "replace":
        replacements = tuple(params)
    elif found and action == "remove":
        replacements = ("",)
    return Finding(
        rule=alert["Check"],
        level=alert["Severity"],
        path=path,
        span=span,
        match=" ".join(match.split()),
        message=alert["Message"],
        replacements=replacements,
        link=alert["Link"],
        reason=alert["Description"],
    )


def _locate_match(match: str, number: int, column: int, lines: list[str]) -> tuple[Span, bool]:
    """Where the words are, and whether that is certain. Vale counts a byte order mark, and guesses next to code."""
    line = lines[number - 1] if number <= len(lines) else ""
    if not match:
        return Span(number, 1, number, 1), False
    head, *rest = match.split("\n")
    starts = [at for at in range(len(line)) if line.startswith(head, at)]
    if not starts:
        column = min(column, len(line) + 1)
        return Span(number, column, number, min(column + len(head), len(line) + 1)), False
    start = min(starts, key=lambda at: abs(at + 1 - column))
    if not rest:
        return Span(number, start + 1, number, start + 1 + len(head)), True
    end = number + len(rest)
    last = lines[end - 1] if end <= len(lines) else ""
    at = last.find(rest[-1])
    return Span(number, start + 1, end, at + len(rest[-1]) + 1 if at >= 0 else len(last) + 1), at >= 0
