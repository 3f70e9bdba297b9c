"""Vale over documents: the rules of style as findings."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from onevoice import cache, limits
from onevoice.finding import Finding, Span
from onevoice.prose.formats import find_ending, load_endings
from onevoice.vale import config, guard
from onevoice.vale.alerts import Alert, convert_alerts
from onevoice.vale.batch import Shown, Unchecked, ValeSession
from onevoice.vale.matter import FrontMatter, Verdict, judge_front_matter
from onevoice.vale.resolve import Vale
from onevoice.vale.scratch import hold_scratch_folder

# The folder of the copies that have the paths of their files.
COPIES = "copies"
CACHE_SECTION = "style"
# No ending of a file.
FRONT_KEY = "front matter"
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

    A document at which Vale stops has one finding, of the rule `file` and the level `error`, which says why. If Vale
    cannot read its front matter, the rest is checked, and a warning of that rule is the first finding. The style of
    terms is off: our matcher finds them. ini: the handbook's .vale.ini; None if it has none. styles: our rules of
    style, as path below a styles folder (`Voice/plain.yml`) and bytes; they replace what a build left behind (None:
    that is used). remember: do not try again what the last run found to be too much for Vale.
    Raises OnevoiceError, in one line, if the configuration or a rule is broken, or Vale stops whatever it reads.
    """
    if not documents or not (ini or styles):
        return [None for _ in documents]
    with hold_scratch_folder("lint") as folder:
        own = _write_config(folder, ini, styles)
        known = _Refusals(vale, own, styles, is_kept=remember)
        sheets = [_Sheet(document, known) for document in documents]
        probe = folder / "probe.md"
        probe.write_text("Nothing.\n", "utf-8")
        session = ValeSession(vale, own.path, ini, probe)
        _check_sheets(session, folder, sheets, own.endings, known)
        if again := [sheet for sheet in sheets if sheet.hide_front()]:
            _check_sheets(session, folder / "again", again, own.endings, known)
        known.keep_refusals()
    return [sheet.make_findings() for sheet in sheets]


def _check_sheets(
    session: ValeSession, folder: Path, sheets: Sequence[_Sheet], endings: Collection[str], known: _Refusals
) -> None:
    """Set the result of each sheet. folder: for copies. endings: those that the configuration names."""
    # If Vale stops at front matter, it should do so before it has read everything else.
    sheets = sorted(sheets, key=lambda sheet: sheet.verdict is not Verdict.UNCERTAIN)
    shown = _show_documents(folder, [sheet.document for sheet in sheets], endings)
    texts: dict[Shown, str] = {}
    fronts: dict[Shown, Verdict] = {}
    refused: dict[Shown, Unchecked] = {}
    for one, sheet in zip(shown, sheets, strict=True):
        if isinstance(one, Unchecked):
            continue
        if why := known.find_refusal(one, sheet.text):
            refused[one] = Unchecked(f"{why} `--no-cache` tries again.")
        else:
            texts[one] = sheet.text
            fronts |= {one: sheet.verdict} if sheet.verdict else {}
    checked = session.check_documents(texts, fronts)
    known.add_results(texts, checked)
    for one, sheet in zip(shown, sheets, strict=True):
        sheet.result = one if isinstance(one, Unchecked) else refused.get(one) or checked[one]


class _Sheet:
    """A document on its way through Vale.

    document: as it is shown, without its front matter if Vale cannot read that. verdict: whether Vale can read the
    front matter that is shown; None if there is none. result: what Vale says.
    """

    def __init__(self, document: ValeDocument, known: _Refusals) -> None:
        self._original = self.document = document
        self.result: Sequence[Alert] | Unchecked = ()
        self._warning: Finding | None = None
        ending = document.ending or find_ending(document.shown_name or document.path).lower()
        kind = load_endings().get(ending)
        self._front = judge_front_matter(self.text) if kind and kind.vale_ending == ".md" else None
        self.verdict = self._front and self._front.verdict
        if self._front and (why := self._front.why or known.find_front_refusal(self.text)):
            self._show_body(self._front, why)

    @property
    def text(self) -> str:
        """What Vale reads."""
        document = self.document
        return document.text if document.replacement_text is None else document.replacement_text

    def hide_front(self) -> bool:
        """Leave out the front matter, if that is why Vale did not check the document; whether it is."""
        result = self.result
        if not (isinstance(result, Unchecked) and result.is_front and self._front and self.verdict):
            return False
        self._show_body(self._front, result.why if result.is_cause else "")
        return True

    def _show_body(self, front: FrontMatter, why: str) -> None:
        self.document = replace(self.document, replacement_text=front.shown)
        self.verdict = None
        if not front.is_prose:
            reason = f"Vale cannot read it ({why.rstrip('.: ')}). Fix its {front.language}"
            if not why:
                reason = "Vale may stop at it, as it did in another file"
            message = f"Style was not checked in the front matter: {reason}."
            span = Span(front.line, 1, front.line, 1)
            self._warning = Finding("file", "warning", self.document.path, span, "", message)

    def make_findings(self) -> list[Finding] | None:
        """What there is to report."""
        path = self.document.path
        if isinstance(self.result, Unchecked):
            why = self.result.why
            if self.result.is_front:
                why = f"Vale cannot read the front matter ({why.rstrip('.: ')}). Fix it."
            return [Finding("file", "error", path, Span(1, 1, 1, 1), "", f"Style was not checked here: {why}")]
        found = convert_alerts(self.result, path, self._original.text)
        return found if found is None or not self._warning else [self._warning, *found]


class _OwnConfig(NamedTuple):
    """The configuration of a run. path: where it is. endings: those that its sections name. key: all that it holds."""

    path: Path
    endings: set[str]
    key: str


class _Refusals:
    """The documents that were too much for this Vale with these styles, kept between runs: they take many seconds.

    is_kept: False to know nothing, and keep nothing.
    """

    def __init__(
        self, vale: Vale, own: _OwnConfig, styles: Mapping[str, bytes] | None, *, is_kept: bool = True
    ) -> None:
        bounds = (limits.VALE_BYTES_PER_SECOND, limits.VALE_START_SECONDS, limits.VALE_MEMORY, limits.VALE_OUTPUT)
        made = repr((str(vale), own.key, sorted((styles or {}).items()), bounds))
        self._key = hashlib.sha256(made.encode("utf-8", "surrogatepass")).hexdigest()
        self._is_kept = is_kept
        self._known: dict[str, str] = {}
        self._new: dict[str, str] = {}
        if is_kept and (data := cache.get(CACHE_SECTION, self._key)):
            try:
                found = json.loads(bytes(data))
                self._known = {str(key): str(why) for key, why in found.items()}
            except (ValueError, AttributeError, RecursionError):
                pass  # A damaged file is made again.

    def find_refusal(self, shown: Shown, text: str) -> str:
        """Why a document is known not to be checked, or ""."""
        # Vale reads a document by its ending; its folder may be a temporary one.
        return self._known.get(_hash_text(find_ending(shown.name), text), "") if self._known else ""

    def find_front_refusal(self, text: str) -> str:
        """Why Vale is known to refuse the front matter of a text, or ""."""
        return self._known.get(_hash_text(FRONT_KEY, text), "") if self._known else ""

    def add_results(self, texts: Mapping[Shown, str], results: Mapping[Shown, object]) -> None:
        """Note what is new of it."""
        for one, result in results.items():
            if isinstance(result, Unchecked) and result.is_cause:
                kind = FRONT_KEY if result.is_front else find_ending(one.name)
                self._new[_hash_text(kind, texts[one])] = result.why

    def keep_refusals(self) -> None:
        """Keep them for the next run."""
        if self._new and self._is_kept:
            cache.put(CACHE_SECTION, self._key, json.dumps(self._known | self._new).encode())


def _hash_text(kind: str, text: str) -> str:
    return hashlib.blake2b(f"{kind}\0{text}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _write_config(folder: Path, ini: Path | None, styles: Mapping[str, bytes] | None) -> _OwnConfig:
    """Write the configuration of a run."""
    own = folder / "styles"
    # Vale stops at a style without a folder, even one that is switched off.
    for name in (config.TERMS_STYLE, config.VOICE_STYLE):
        (own / name).mkdir(parents=True)
    setup = guard.read_safe_setup(ini) if ini else config.build_default_setup(config.VOICE_STYLE)
    built = [
        path.relative_to(place).as_posix()
        for place in setup.paths
        for path in sorted(place.glob(f"{config.VOICE_STYLE}/**/*.yml"))
    ]
    names = {*built} if styles is None else {*styles}
    stale = dict.fromkeys(name.removesuffix(".yml").replace("/", ".") for name in built if name not in names)
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
