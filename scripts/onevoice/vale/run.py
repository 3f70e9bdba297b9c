"""Vale over documents: the rules of style as findings."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.finding import Finding, Span
from onevoice.program import ProgramLimits, ProgramResult, run_program
from onevoice.prose import files
from onevoice.prose.formats import find_ending
from onevoice.prose.read import decode_text
from onevoice.vale import config, coverage
from onevoice.vale.resolve import Vale

# How much of a command line file names may take, in characters.
MAX_COMMAND_CHARS = 20_000 if sys.platform == "win32" else 500_000
# The folder of the copies that have the paths of their files.
COPIES = "copies"


@dataclass(frozen=True)
class ValeDocument:
    """What Vale is to read.

    path: as the user named it. text: the whole source, without a byte order mark. shown_name: the file name under which
    `text` is shown to Vale; None if it is the file at `path`. replacement_text: what Vale gets to read instead of the
    file, with every word in the same place as in `text`; None if it gets the file. ending: the ending, with its dot,
    under which Vale reads the document correctly; None if its own will do.
    """

    path: str
    text: str
    shown_name: str | None = None
    replacement_text: str | None = None
    ending: str | None = None


def run_vale(
    vale: Vale,
    documents: Sequence[ValeDocument],
    *,
    ini: Path | None = None,
    styles: Mapping[str, bytes] | None = None,
    patience: float = limits.VALE_SECONDS,
) -> list[list[Finding] | None]:
    """What Vale finds: one list per document, in reading order; None for a document that no style checks.

    The style of terms is off: our matcher finds them. ini: the handbook's .vale.ini; None if it has none.
    styles: our rules of style, as path below a styles folder (`Voice/plain.yml`) and bytes; they replace what a build
    left behind (None: that is used). patience: in seconds.
    Raises OnevoiceError, in one line, if the configuration or a rule is broken, or Vale stops.
    """
    if not documents or not (ini or styles):
        return [None for _ in documents]
    with tempfile.TemporaryDirectory(prefix="onevoice-vale-") as made:
        folder = Path(made)
        own, endings = _write_config(folder, ini, styles)
        shown = _show_documents(folder, documents, endings)
        alerts: dict[_Shown, list[dict[str, Any]]] = {}
        broken: dict[_Shown, _UnreadableDocument] = {}
        for place in (None, folder / COPIES):
            for batch in _split_batches([one for one in shown if one.place == place]):
                while batch:
                    try:
                        alerts |= _run_batch(vale, own, ini, batch, patience)
                        break
                    except _UnreadableDocument as error:
                        # Vale stops at it and says nothing of the others.
                        broken[error.shown] = error
                        batch.remove(error.shown)
    return [
        [broken[one].make_finding(document.path)] if one in broken else _convert_alerts(alerts.get(one, []), document)
        for one, document in zip(shown, documents, strict=True)
    ]


def _convert_alerts(alerts: Sequence[dict[str, Any]], document: ValeDocument) -> list[Finding] | None:
    """The findings on a document; None if no style checks it."""
    lines, is_checked = document.text.split("\n"), not document.text.strip()
    findings: list[Finding] = []
    for alert in alerts:
        is_checked = True
        if not coverage.is_coverage_rule(alert["Check"]):
            findings.append(_convert_alert(alert, document.path, lines))
    return findings if is_checked else None


class _Shown(NamedTuple):
    """A document as Vale is shown it.

    name: as the command names it, always with a folder, so that Vale never takes it for an option or a command of its
    own. place: the folder that Vale runs in; None: the current one.
    """

    name: str
    place: Path | None = None

    @property
    def normal_name(self) -> str:
        return os.path.normpath(self.name)


class _UnreadableDocument(Exception):
    """A document that Vale cannot read: its front matter is not YAML."""

    def __init__(self, shown: _Shown, text: str) -> None:
        self.shown, self.text = shown, text

    def make_finding(self, path: str) -> Finding:
        message = f"Style was not checked here: Vale cannot read the front matter ({self.text}). Fix its YAML."
        return Finding("file", "error", path, Span(1, 1, 1, 1), "", message)


def _write_config(folder: Path, ini: Path | None, styles: Mapping[str, bytes] | None) -> tuple[Path, set[str]]:
    """Write the configuration; its path, and the endings that its sections name."""
    own = folder / "styles"
    # Vale stops at a style without a folder, even one that is switched off.
    for name in (config.TERMS_STYLE, config.VOICE_STYLE):
        (own / name).mkdir(parents=True)
    if ini is None:
        text, home = config.render_default_config(config.VOICE_STYLE), folder
    else:
        text, home = decode_text(ini.as_posix(), files.read_file_bytes(ini))[0], ini.parent.absolute()
    places = config.list_styles_paths(text, home)
    built = [path for place in places for path in sorted(place.glob(f"{config.VOICE_STYLE}/*.yml"))]
    names = {f"{config.VOICE_STYLE}/{path.name}" for path in built} if styles is None else {*styles}
    stale = dict.fromkeys(f"{config.VOICE_STYLE}.{path.stem}" for path in built if f"Voice/{path.name}" not in names)
    has_voice = any(name.startswith(f"{config.VOICE_STYLE}/") for name in names)
    packaged = [
        decode_text(path.as_posix(), files.read_file_bytes(path))[0]
        for place in places[-1:]
        for path in sorted(place.glob(".vale-config/*.ini"))
    ]
    made = config.build_run_config(text, home, own, stale, packaged, has_voice=has_voice)
    for path, data in {**(styles or {}), **made.rules}.items():
        (own / path).parent.mkdir(parents=True, exist_ok=True)
        (own / path).write_bytes(data)
    target = folder / "vale.ini"
    target.write_text(made.text, "utf-8")
    return target, made.endings


def _show_documents(folder: Path, documents: Sequence[ValeDocument], endings: Collection[str]) -> list[_Shown]:
    """Each document as Vale is shown it: the file or a copy. endings: those that the configuration names.

    Sections of the configuration match paths, so a copy has the path of its file in another folder. If no section names
    the file's own ending, the copy gets the one that Vale knows: a section for `*.md` covers `*.mkd` too.
    """
    copies: set[str] = set()
    shown = []
    for number, document in enumerate(documents):
        name, ending = document.shown_name or document.path, find_ending(document.path)
        if not document.shown_name and document.ending not in (None, ending) and ending not in endings:
            name += document.ending
        path = Path(name)
        if document.shown_name is None and name == document.path and document.replacement_text is None:
            shown.append(_Shown(name if path.is_absolute() else f".{os.sep}{name}"))
            continue
        if document.shown_name or path.is_absolute() or ".." in path.parts or name in copies:
            # A path that leads out of the folder cannot be kept, but the copy's path may end with it.
            whole = path if document.shown_name else Path(os.path.normpath(Path.cwd() / path))
            target = folder / "shown" / str(number) / whole.relative_to(whole.anchor)
            shown.append(_Shown(str(target)))
        else:
            target = folder / COPIES / name
            copies.add(name)
            shown.append(_Shown(f".{os.sep}{name}", folder / COPIES))
        target.parent.mkdir(parents=True, exist_ok=True)
        text = document.text if document.replacement_text is None else document.replacement_text
        target.write_text(text, "utf-8", newline="")
    return shown


def _split_batches(shown: Sequence[_Shown]) -> Iterator[list[_Shown]]:
    batch: list[_Shown] = []
    size = 0
    for one in shown:
        if batch and size + len(one.name) > MAX_COMMAND_CHARS:
            yield batch
            batch, size = [], 0
        batch.append(one)
        size += len(one.name) + 3
    yield batch


def _run_batch(
    vale: Vale, own: Path, ini: Path | None, batch: list[_Shown], patience: float
) -> dict[_Shown, list[dict[str, Any]]]:
    """Vale's alerts on documents in one place."""
    command = [str(vale.path.absolute()), "--output=JSON", "--no-exit", "--no-global", f"--config={own}"]
    try:
        done = run_program(
            [*command, *(one.name for one in batch)], ProgramLimits(patience, output=1 << 28), folder=batch[0].place
        )
    except OSError as error:
        raise OnevoiceError(f"{vale} does not start: {error.strerror or error}.") from None
    if done.stopped_by == "time":
        raise OnevoiceError(f"{vale} did not finish within {patience:g} seconds. Try fewer files.")
    try:
        if done.code == 0:
            by_name = {os.path.normpath(path): alerts for path, alerts in json.loads(done.stdout).items()}
            return {one: by_name.get(one.normal_name, []) for one in batch}
    except ValueError:
        pass
    _raise_unreadable(done, batch)
    raise OnevoiceError(_explain_failure(vale, done, own, ini))


def _raise_unreadable(done: ProgramResult, batch: list[_Shown]) -> None:
    """Raise _UnreadableDocument if Vale stopped at one of the documents."""
    try:
        error = json.loads(done.stderr[done.stderr.index(b"{") :])
        path = os.path.normpath(error["Path"])
    except (ValueError, KeyError):
        return
    for one in batch:
        if path in (one.normal_name, os.path.normpath((one.place or Path.cwd()) / one.name)):
            raise _UnreadableDocument(one, " ".join(error["Text"].split()))


def _explain_failure(vale: Vale, done: ProgramResult, own: Path, ini: Path | None) -> str:
    said = done.stderr.decode("utf-8", "replace").strip()
    try:
        error = json.loads(said[said.index("{") :])
        text, path, line = error["Text"].strip(), error["Path"], error["Line"]
    except (ValueError, KeyError):
        first = next(iter(said.splitlines()), f"exit code {done.code}")
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
