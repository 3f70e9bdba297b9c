"""From records to artifacts to the site: what `build` and `serve` share."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import gc
import hashlib
import marshal
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

from onevoice import output, process
from onevoice.engine.site import SiteSource, find_config_file
from onevoice.exchange import feeds, github, ical, javascript, schema
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
from onevoice.run import rules
from onevoice.run.handbook import load_handbook
from onevoice.site import news, site
from onevoice.site.escape import harmless
from onevoice.site.link import linker
from onevoice.site.view import Guide, Rule, View
from onevoice.vale import package, write

if TYPE_CHECKING:
    pass

# From how many records on a copy of the process is worth its while.
LARGE = 500
MANIFEST = "manifest.json"


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

    @property
    def site_source(self) -> SiteSource:
        """What an engine builds the site from, once the plan is written."""
        brand, digest = self.handbook.brand, hashlib.sha256()
        for artifact in self.inside:
            if artifact.path.startswith("docs/"):
                digest.update(f"{artifact.path}\0{len(artifact.data)}\0".encode() + artifact.data)
        digest.update(repr((brand.repository, brand.language)).encode())
        title, summary = harmless(f"{brand.name} handbook"), harmless(brand.summary or "")
        config = find_config_file(self.handbook.loaded.root)
        return SiteSource(config, self.out, title, summary, brand.url or "", digest.hexdigest(), self.offline)


@process.gc_paused()
def plan(folder: Path, today: datetime.date, *, public: bool = False, offline: bool = False) -> Plan:
    """Everything that a build of this handbook writes. Raises DataError where the records have errors."""
    handbook, _ = load_handbook(folder)
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
        news_feeds = feeds.write(view.history.news, handbook.brand, news.ABOUT)
        return [*ical.write(handbook), *news_feeds, *scripts, *package.write(style), *([] if offline else style)]

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
    found = [*rules.pages(), *(() if public else rules.checks())]
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
