"""From records to artifacts to the site: what `build` and `serve` share."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import gc
import hashlib
import importlib.metadata
import logging
import marshal
import os
import re
import shutil
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onevoice import output, process
from onevoice.commands import _common, _rules
from onevoice.errors import OnevoiceError
from onevoice.exchange import github, ical, javascript, schema
from onevoice.handbook.handbook import Handbook
from onevoice.history import tell
from onevoice.load.walk import CONTENT
from onevoice.matcher.compile import gather, index
from onevoice.matcher.matcher import Matcher
from onevoice.matcher.pattern import Pattern
from onevoice.output import Artifact, Changes
from onevoice.prose import files
from onevoice.prose.read import decode
from onevoice.records import Record
from onevoice.records.brand import Brand
from onevoice.site import site
from onevoice.site.escape import harmless
from onevoice.site.link import linker
from onevoice.site.view import Guide, Rule, View
from onevoice.vale import package, write

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

# The folder of mkdocs.yml in which a theme is changed.
THEME = re.compile(r"^ +custom_dir: *[\"']?([^\"'\s#]+)", re.M)
# From how many records on a copy of the process is worth its while.
LARGE = 500
MANIFEST, STAMP, OLD = "manifest.json", "site.stamp", ".site-old"


class Words:
    """The handbook's words, as pages need them. found: the patterns of the terms in use."""

    def __init__(self, found: tuple[Pattern, ...]) -> None:
        self.matcher = Matcher(index(found))
        self.mentions = functools.cache(
            lambda text: list(dict.fromkeys(hit.term for hit in self.matcher.mentions(text)))
        )


@dataclasses.dataclass(frozen=True)
class Plan:
    """What a build writes. inside: files below the output folder; beside: files that are committed with the records.

    offline: the site is to be opened from a folder.
    """

    handbook: Handbook
    out: Path
    inside: list[Artifact]
    beside: list[Artifact]
    offline: bool = False

    def compare(self) -> tuple[Changes, Changes]:
        """What would change in the output folder, and beside the records."""
        inside = output.compare(self.out, self.inside, self.out / MANIFEST)
        return inside, output.compare(self.handbook.loaded.root, self.beside)

    def write(self) -> tuple[Changes, Changes]:
        """Write what has changed."""
        inside = output.write(self.out, self.inside, self.out / MANIFEST)
        return inside, output.write(self.handbook.loaded.root, self.beside)


@process.gc_paused()
def plan(folder: Path, today: datetime.date, *, public: bool = False, offline: bool = False) -> Plan:
    """Everything that a build of this handbook writes. Raises DataError where the records have errors."""
    handbook, _ = _common.load(folder)
    parts = [name for name, wanted in (("public", public), ("offline", offline)) if wanted]
    out = folder.joinpath("build", *parts)
    beside = [] if public else [*schema.write(), *github.write(handbook)]
    if public:
        records = [(shown, place) for record, place in handbook.loaded.records if (shown := _published(record))]
        handbook = Handbook(dataclasses.replace(handbook.loaded, records=records))
    words = Words(gather(handbook.approved("terms")))
    compiled = words.matcher.compiled
    view = _view(folder, handbook, words, today, public=public)
    view.offline = offline

    def others() -> list[Artifact]:
        style = write.write(compiled.patterns, handbook.single("voice"), today=today, url=handbook.brand.url or "")
        scripts = javascript.write(compiled, english=handbook.brand.language.startswith("en"))
        return [*ical.write(handbook), *scripts, *package.write(style), *([] if offline else style)]

    inside = _made(view, others, large=len(handbook.loaded.records) >= LARGE)
    # It stays until the end: to look through it again and again would take a fifth of MkDocs' time.
    gc.freeze()
    return Plan(handbook, out, sorted(inside, key=lambda artifact: artifact.path), beside, offline)


def _made(view: View, others: Callable[[], list[Artifact]], *, large: bool) -> list[Artifact]:
    """The site's files and all others; of a large handbook with a copy of the process."""
    if large and process.copies():
        everything, turns = view.wants, process.Turns()
        view.wants = turns.take

        def theirs() -> bytes:
            return marshal.dumps([(artifact.path, artifact.data) for artifact in (*others(), *site.every_page(view))])

        with process.Beside(theirs) as other:
            ours = [*site.every_file(view), *site.every_page(view)]
            result = other.result()
        if result:
            return ours + [Artifact(*plain) for plain in marshal.loads(result)]
        # Something is wrong in the copy's part, and shows itself here.
        view.wants = everything
    return [*site.every_file(view), *site.every_page(view), *others()]


def glimpse(
    folder: Path, handbook: Handbook, words: Words, today: datetime.date, only: Collection[str]
) -> list[Artifact]:
    """The pages at these addresses, as `plan` has them."""
    view = _view(folder, handbook, words, today)
    view.wants = only.__contains__
    return site.every_page(view)


def _view(folder: Path, handbook: Handbook, words: Words, today: datetime.date, *, public: bool = False) -> View:
    return View(
        handbook,
        today,
        linker(handbook, words.matcher),
        words.mentions,
        () if public else guides(folder),
        tell.history(folder, handbook, today, _published if public else lambda record: record),
        _explained(public=public),
    )


def _explained(*, public: bool) -> tuple[Rule, ...]:
    """The rules as the site shows them; those about records are for colleagues."""
    found = [*_rules.pages(), *(() if public else _rules.checks())]
    return tuple(Rule(page.name, page.about, page.title, page.text, page.anchor) for page in found)


def _published(record: Record) -> Record | None:
    """A record as customers may see it: who signed and who disagrees is ours. None where it is internal."""
    if not record.public:
        return None
    agreed = {"both_sign": ()} if isinstance(record, Brand) else {}
    return record.model_copy(update={"signed": None, "dissent": (), **agreed})


def guides(folder: Path) -> tuple[Guide, ...]:
    """The company's own pages, from content/pages."""
    from onevoice.prose.front import read

    found = []
    for path in sorted((folder / CONTENT / "pages").glob("*.md")):
        source, _ = decode(path.as_posix(), files.content(path))
        meta, _, start = read(source)
        title = str(meta.get("title") or path.stem.replace("-", " ").capitalize())
        found.append(Guide(path.stem, title, str(meta.get("description") or title), source[start:].strip()))
    return tuple(found)


def render(plan: Plan, config_file: Path) -> bool:
    """Let MkDocs build the site from what was written; False where the site is already of these bytes.

    The new site takes the place of the old one only when it is whole. Raises OnevoiceError where MkDocs refuses.
    """
    site, stamp = plan.out / "site", plan.out / STAMP
    key = _key(plan, config_file)
    if site.is_dir() and stamp.is_file() and stamp.read_text() == key:
        return False
    fresh, old = plan.out / ".site", plan.out / OLD
    shutil.rmtree(fresh, ignore_errors=True)
    _mkdocs(plan, config_file, fresh)
    shutil.rmtree(old, ignore_errors=True)
    stamp.unlink(missing_ok=True)
    if site.exists():
        site.rename(old)
    fresh.rename(site)
    stamp.write_text(key)
    shutil.rmtree(old, ignore_errors=True)
    return True


def recover(out: Path) -> None:
    """Put the last site back where a build was ended between two names."""
    if (out / OLD).is_dir() and not (out / "site").exists():
        (out / OLD).rename(out / "site")


def _key(plan: Plan, config_file: Path) -> str:
    data = config_file.read_bytes()
    digest = hashlib.sha256(data)
    if theme := THEME.search(data.decode("utf-8", "replace")):
        for path in sorted((config_file.parent / theme[1]).rglob("*")):
            digest.update(path.read_bytes() if path.is_file() else b"")
    for artifact in plan.inside:
        if artifact.path.startswith("docs/"):
            digest.update(f"{artifact.path}\0{len(artifact.data)}\0".encode() + artifact.data)
    brand = plan.handbook.brand
    versions = [importlib.metadata.version(name) for name in ("mkdocs", "mkdocs-material")]
    digest.update(repr((brand.name, brand.url, brand.repository, brand.language, versions)).encode())
    return digest.hexdigest()


class _Complaints(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def configured(config_file: Path, brand: Brand, docs: Path, site: Path, **more: Any) -> MkDocsConfig:
    """What MkDocs needs to know. Raises MkDocsException where mkdocs.yml is wrong."""
    # Material prints a notice about the future of MkDocs into every build; the README says what we do about it.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.config import load_config

    return load_config(
        str(config_file),
        docs_dir=str(docs.absolute()),
        site_dir=str(site.absolute()),
        site_name=harmless(f"{brand.name} handbook"),
        site_url=brand.url or "",
        site_description=harmless(brand.summary or ""),
        strict=True,
        **more,
    )


def _mkdocs(plan: Plan, config_file: Path, target: Path) -> None:
    from mkdocs.commands.build import build
    from mkdocs.exceptions import MkDocsException

    from onevoice.commands import _ahead

    complaints = _Complaints()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(complaints)
    logger.propagate = False
    try:
        config = configured(
            config_file,
            plan.handbook.brand,
            plan.out / "docs",
            target,
            **({"use_directory_urls": False} if plan.offline else {}),
        )
        if plan.offline:
            config.extra["polyfills"] = [*config.extra.get("polyfills", ()), "assets/worker.js"]
        config.plugins[_ahead.NAME] = _ahead.Ahead(complaints.lines)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    except (MkDocsException, SystemExit) as error:
        raise OnevoiceError(_refused(complaints.lines, str(error))) from None
    finally:
        logger.removeHandler(complaints)
    if complaints.lines:
        raise OnevoiceError(_refused(complaints.lines, ""))
    index = target / "search" / "search_index.json"
    if plan.offline and index.is_file():
        # From a folder Material takes its index from a script, as it may not read a file.
        index.with_suffix(".js").write_bytes(b"var __index = " + index.read_bytes())


def _refused(lines: Sequence[str], error: str) -> str:
    said = "\n".join(f"  {line}" for line in lines) or f"  {error}"
    return f"the site cannot be built; the last one stays. MkDocs says:\n{said}"


def config_file(folder: Path) -> Path:
    """The handbook's mkdocs.yml. Raises OnevoiceError where there is none."""
    path = folder / "mkdocs.yml"
    if not path.is_file():
        raise OnevoiceError(f"{path}: missing, and the site is built with it. Copy it from onevoice's own repository.")
    return path
