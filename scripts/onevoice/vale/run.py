"""Vale over documents: the rules of style as findings."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from onevoice import cache, limits
from onevoice.finding import Finding, Span
from onevoice.prose.formats import find_ending
from onevoice.vale import config, guard
from onevoice.vale.alerts import convert_alerts
from onevoice.vale.batch import Shown, Unchecked, ValeSession
from onevoice.vale.resolve import Vale
from onevoice.vale.scratch import hold_scratch_folder

# The folder of the copies that have the paths of their files.
COPIES = "copies"
CACHE_SECTION = "style"
_SURROGATE = re.compile("[\ud800-\udfff]")


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
    remember: bool = False,
) -> list[list[Finding] | None]:
    """What Vale finds: one list per document, in reading order; None for a document that no style checks.

    A document at which Vale stops has one finding, of the rule `file`, which says why. The style of terms is off: our
    matcher finds them. ini: the handbook's .vale.ini; None if it has none. styles: our rules of style, as path below a
    styles folder (`Voice/plain.yml`) and bytes; they replace what a build left behind (None: that is used). remember:
    do not try again what the last run found to be too much for Vale.
    Raises OnevoiceError, in one line, if the configuration or a rule is broken, or Vale stops whatever it reads.
    """
    if not documents or not (ini or styles):
        return [None for _ in documents]
    with hold_scratch_folder("lint") as folder:
        own = _write_config(folder, ini, styles)
        shown = _show_documents(folder, documents, own.endings)
        texts = {
            one: document.text if document.replacement_text is None else document.replacement_text
            for one, document in zip(shown, documents, strict=True)
            if isinstance(one, Shown)
        }
        probe = folder / "probe.md"
        probe.write_text("Nothing.\n", "utf-8")
        known = _Refusals(vale, own, styles) if remember else None
        refused = known.find_refused(texts) if known else {}
        session = ValeSession(vale, own.path, ini, probe)
        results = session.check_documents({one: text for one, text in texts.items() if one not in refused})
        if known:
            known.keep_refused(texts, results)
    findings: list[list[Finding] | None] = []
    for one, document in zip(shown, documents, strict=True):
        result = one if isinstance(one, Unchecked) else refused.get(one) or results[one]
        if isinstance(result, Unchecked):
            message = f"Style was not checked here: {result.why}"
            findings.append([Finding("file", "error", document.path, Span(1, 1, 1, 1), "", message)])
        else:
            findings.append(convert_alerts(result, document.path, document.text))
    return findings


class _OwnConfig(NamedTuple):
    """The configuration of a run. path: where it is. endings: those that its sections name. key: all that it holds."""

    path: Path
    endings: set[str]
    key: str


class _Refusals:
    """The documents that were too much for this Vale with these styles, kept between runs: they take many seconds."""

    def __init__(self, vale: Vale, own: _OwnConfig, styles: Mapping[str, bytes] | None) -> None:
        bounds = (limits.VALE_BYTES_PER_SECOND, limits.VALE_START_SECONDS, limits.VALE_MEMORY, limits.VALE_OUTPUT)
        made = repr((str(vale), own.key, sorted((styles or {}).items()), bounds))
        self._key = hashlib.sha256(made.encode("utf-8", "surrogatepass")).hexdigest()
        self._known: dict[str, str] = {}
        if data := cache.get(CACHE_SECTION, self._key):
            try:
                found = json.loads(bytes(data))
                self._known = {str(key): str(why) for key, why in found.items()}
            except (ValueError, AttributeError, RecursionError):
                pass  # A damaged file is made again.

    def find_refused(self, texts: Mapping[Shown, str]) -> dict[Shown, Unchecked]:
        """The documents that are known, each with why."""
        if not self._known:
            return {}
        found = {one: self._known.get(_hash_document(one, text)) for one, text in texts.items()}
        return {one: Unchecked(f"{why} `--no-cache` tries again.") for one, why in found.items() if why}

    def keep_refused(self, texts: Mapping[Shown, str], results: Mapping[Shown, object]) -> None:
        """Keep what is new of it."""
        new = {
            _hash_document(one, texts[one]): result.why
            for one, result in results.items()
            if isinstance(result, Unchecked) and result.is_cause
        }
        if new:
            cache.put(CACHE_SECTION, self._key, json.dumps(self._known | new).encode())


def _hash_document(shown: Shown, text: str) -> str:
    # Vale reads a document by its ending; its folder may be a temporary one.
    named = f"{find_ending(shown.name)}\0{text}"
    return hashlib.blake2b(named.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _write_config(folder: Path, ini: Path | None, styles: Mapping[str, bytes] | None) -> _OwnConfig:
    """Write the configuration of a run."""
    own = folder / "styles"
    # Vale stops at a style without a folder, even one that is switched off.
    for name in (config.TERMS_STYLE, config.VOICE_STYLE):
        (own / name).mkdir(parents=True)
    setup = guard.read_safe_setup(ini) if ini else config.build_default_setup(config.VOICE_STYLE)
    built = [path for place in setup.paths for path in sorted(place.glob(f"{config.VOICE_STYLE}/*.yml"))]
    names = {f"{config.VOICE_STYLE}/{path.name}" for path in built} if styles is None else {*styles}
    stale = dict.fromkeys(f"{config.VOICE_STYLE}.{path.stem}" for path in built if f"Voice/{path.name}" not in names)
    has_voice = any(name.startswith(f"{config.VOICE_STYLE}/") for name in names)
    if setup.paths and (setup.paths[-1] / guard.PACKAGED).is_dir():
        setup.paths[-1] = _mirror_styles(setup.paths[-1], folder / "packaged")
    made = config.build_run_config(setup, own, stale, has_voice=has_voice)
    for path, data in {**(styles or {}), **made.rules}.items():
        (own / path).parent.mkdir(parents=True, exist_ok=True)
        (own / path).write_bytes(data)
    target = folder / "vale.ini"
    target.write_text(made.text, "utf-8")
    return _OwnConfig(target, made.endings, repr((made.text.replace(str(folder), ""), setup.stamp)))


def _mirror_styles(place: Path, target: Path) -> Path:
    """A folder of styles without the settings of packages: Vale would read them whole, and we pass on what is safe."""
    target.mkdir()
    for entry in place.iterdir():
        if entry.name == guard.PACKAGED:
            continue
        try:
            (target / entry.name).symlink_to(entry.resolve(), target_is_directory=entry.is_dir())
        except OSError:  # Windows allows few people to make links.
            if entry.is_dir():
                shutil.copytree(entry, target / entry.name)
            else:
                shutil.copyfile(entry, target / entry.name)
    return target


def _show_documents(
    folder: Path, documents: Sequence[ValeDocument], endings: Collection[str]
) -> list[Shown | Unchecked]:
    """Each document as Vale is shown it: the file or a copy. endings: those that the configuration names.

    Sections of the configuration match paths, so a copy has the path of its file in another folder. If no section names
    the file's own ending, the copy gets the one that Vale knows: a section for `*.md` covers `*.mkd` too.
    """
    copies: set[str] = set()
    shown: list[Shown | Unchecked] = []
    for number, document in enumerate(documents):
        try:
            shown.append(_show_document(folder, number, document, endings, copies))
        except (OSError, ValueError) as error:
            shown.append(Unchecked(f"no copy of it could be made for Vale ({error})."))
    return shown


def _show_document(
    folder: Path, number: int, document: ValeDocument, endings: Collection[str], copies: set[str]
) -> Shown:
    name, ending = document.shown_name or document.path, find_ending(document.path)
    if not document.shown_name and document.ending not in (None, ending) and ending not in endings:
        name += document.ending or ""
    # Vale's answer is JSON, which cannot repeat a name that is not UTF-8.
    name = _SURROGATE.sub("_", name)
    path = Path(name)
    if document.shown_name is None and name == document.path and document.replacement_text is None:
        return Shown(name if path.is_absolute() else f".{os.sep}{name}")
    if document.shown_name or path.is_absolute() or ".." in path.parts or name in copies:
        # A path that leads out of the folder cannot be kept, but the copy's path may end with it.
        whole = path if document.shown_name else Path(os.path.normpath(Path.cwd() / path))
        target = folder / "shown" / str(number) / whole.relative_to(whole.anchor)
        result = Shown(str(target))
    else:
        target = folder / COPIES / name
        copies.add(name)
        result = Shown(f".{os.sep}{name}", folder / COPIES)
    target.parent.mkdir(parents=True, exist_ok=True)
    text = document.text if document.replacement_text is None else document.replacement_text
    target.write_text(text, "utf-8", newline="")
    return result
