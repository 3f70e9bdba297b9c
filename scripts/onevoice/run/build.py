"""From records to artifacts to the site: what `build` and `serve` share."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import gc
import hashlib
import marshal
import math
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

from onevoice import output, process
from onevoice.engine.site import SiteSource, build_site, find_config_file, forget_site, is_site_lost, restore_site
from onevoice.errors import OnevoiceError
from onevoice.exchange import feeds, github, ical, javascript, schema
from onevoice.handbook.handbook import Handbook
from onevoice.handbook.origin import credit_patterns
from onevoice.handbook.public import derive_public_handbook, reduce_record
from onevoice.history import tell
from onevoice.load.walk import CONTENT
from onevoice.matcher.compile import compile_patterns, gather_patterns
from onevoice.matcher.language import is_english
from onevoice.matcher.matcher import Matcher
from onevoice.matcher.pattern import Pattern
from onevoice.output import Artifact, Changes
from onevoice.phrases.catalog import speak_language, translate_text
from onevoice.prose import files
from onevoice.prose.read import decode_text
from onevoice.run import export, rules
from onevoice.run.browser import build_draft_rules
from onevoice.run.handbook import load_handbook
from onevoice.run.kit import build_kit
from onevoice.site import news, sections, site
from onevoice.site.escape import encode_url, locate_page_file, neutralize_html
from onevoice.site.kit import find_touch_icon, list_page_fonts
from onevoice.site.link import make_term_linker
from onevoice.site.share import list_share_texts
from onevoice.site.view import SITE_DIR, THEME_PHRASES, Guide, View
from onevoice.vale import package, write

if TYPE_CHECKING:
    pass

# From how many records on a copy of the process is worth its while.
PARALLEL_RECORDS = 500
MANIFEST = "manifest.json"


class MentionFinder:
    """The handbook's words, as pages need them. found: the patterns of the terms in use. language: the handbook's."""

    def __init__(self, found: tuple[Pattern, ...], language: str) -> None:
        self.matcher = Matcher(compile_patterns(found, language))
        self.find_mentions = functools.cache(
            lambda text: list(dict.fromkeys(hit.term for hit in self.matcher.find_mentions(text)))
        )


@dataclasses.dataclass(frozen=True)
class BuildResult:
    """What a build changed: in the output folder, in the repository, and whether there is a new site."""

    output: Changes
    repository: Changes
    is_new_site: bool


@dataclasses.dataclass(frozen=True)
class BuildPlan:
    """What a build writes. output_files: files below the output folder; repository_files: files that are committed with
    the records.

    offline: the site is to be opened from a folder. notes: what had to be left out, a sentence each. preloads,
    share_picture, touch_icon: as in SiteSource. left_out: the addresses of pages that there are no records for.
    """

    handbook: Handbook
    out: Path
    output_files: list[Artifact]
    repository_files: list[Artifact]
    offline: bool = False
    notes: tuple[str, ...] = ()
    preloads: tuple[str, ...] = ()
    share_picture: str = ""
    touch_icon: str = ""
    left_out: frozenset[str] = frozenset()

    def compare_artifacts(self) -> tuple[Changes, Changes]:
        """What would change in the output folder, and next to the records."""
        inside = output.compare_output(self.out, self.output_files, self.out / MANIFEST)
        return inside, output.compare_output(self.handbook.load_result.root, self.repository_files)

    def build(self, engine: str, say: Callable[[str], None]) -> BuildResult:
        """Write what has changed, and let the engine build the site of it; another build of this folder goes first.

        say: told what was left out, that we wait for another build, and what the site's pages won't run. Raises
        OnevoiceError if the engine refuses; the last site stays.
        """
        source = self.site_source
        for note in self.notes:
            say(note)
        with output.hold_folder(self.out, say):
            inside, beside = self._write_artifacts()
            return BuildResult(inside, beside, build_site(source, engine, say))

    def _write_artifacts(self) -> tuple[Changes, Changes]:
        inside = output.write_output(self.out, self.output_files, self.out / MANIFEST)
        if output.remove_strays(self.out, "docs", self.output_files):
            forget_site(self.out)
        return inside, output.write_output(self.handbook.load_result.root, self.repository_files)

    @functools.cached_property
    def site_source(self) -> SiteSource:
        """What an engine builds the site from, once the plan is written."""
        brand, digest = self.handbook.brand, hashlib.sha256()
        for artifact in self.output_files:
            if artifact.path.startswith("docs/"):
                digest.update(f"{artifact.path}\0{len(artifact.data)}\0".encode() + artifact.data)
        digest.update(repr((brand.repository, brand.language)).encode())
        title, summary = (
            neutralize_html(translate_text("%(name)s handbook", name=brand.name)),
            neutralize_html(brand.summary or ""),
        )
        config = find_config_file(self.handbook.load_result.root)
        url, key = encode_url(brand.url or ""), digest.hexdigest()
        absent = frozenset(map(locate_page_file, self.left_out))
        return SiteSource(
            config,
            SITE_DIR / "mkdocs.yml",
            self.out,
            title,
            summary,
            url,
            key,
            self.offline,
            self.handbook.is_public,
            absent,
            self.preloads,
            self.share_picture,
            self.touch_icon,
            brand.language,
            {message: translate_text(message) for message in (*sections.list_names(), *THEME_PHRASES)},
        )


@process.gc_paused()
def plan_build(
    folder: Path, today: datetime.date, *, public: bool = False, offline: bool = False, archive: bytes | None = None
) -> BuildPlan:
    """Everything that a build of this handbook writes. Raises DataError if the records have errors.

    archive: the offline site as a ZIP file, for people to download; None: there is none.
    """
    parts = [name for name, wanted in (("public", public), ("offline", offline)) if wanted]
    out = folder.joinpath("build", *parts)
    heal_site(out)
    whole, _ = load_handbook(folder)
    beside = [] if public else list(github.write(whole))
    # Editors read the schemas where the handbook keeps them: in the repository, or with what is built.
    keeps_schemas = (folder / "schemas").is_dir()
    if keeps_schemas and not public:
        beside = [*schema.write(refines=bool(whole.load_result.roots)), *beside]
    handbook = derive_public_handbook(whole) if public else whole
    speak_language(handbook.brand.language)
    patterns = credit_patterns(handbook, gather_patterns(handbook.list_approved("terms")))
    words = MentionFinder(patterns, handbook.brand.language)
    compiled = words.matcher.compiled
    shown = functools.partial(reduce_record, whole) if public else tell.keep_record
    view = _make_view(folder, handbook, words, today, shown, offline)
    view.archive = archive
    words_out = export.make_export(handbook, today, patterns)
    view.list_takeaways = functools.partial(export.describe_exports, words_out)

    def build_exports() -> list[Artifact]:
        style = write.write(compiled.patterns, handbook.find_single("voice"), today=today, url=handbook.brand.url or "")
        scripts = [
            *javascript.write(compiled, english=is_english(handbook.brand.language)),
            *javascript.write_rules(build_draft_rules(handbook, folder / ".vale.ini")),
        ]
        news_feeds = feeds.write(view.history.news, handbook.brand, translate_text(news.NEWS_SUMMARY))
        others = [*package.write(style), *export.write_site_files(words_out)]
        return [*ical.write(handbook), *news_feeds, *scripts, *others, *([] if offline else style)]

    inside = _make_artifacts(view, build_exports, large=len(handbook.load_result.records) >= PARALLEL_RECORDS)
    # It stays until the end: to look through it again and again would take a fifth of MkDocs' time.
    gc.freeze()
    if not (keeps_schemas or public or offline):
        inside += schema.write(refines=bool(whole.load_result.roots))
    files = sorted(inside, key=lambda artifact: artifact.path)
    # From a folder, browsers load no font ahead.
    preloads = () if offline else list_page_fonts(view)
    picture, icon = view.kit.shares.get("/", ""), find_touch_icon(view)
    return BuildPlan(handbook, out, files, beside, offline, view.kit.notes, preloads, picture, icon, view.left_out)


def heal_site(out: Path) -> None:
    """Put the last site back if a build died between two names, whatever the records say now."""
    if is_site_lost(out):
        with output.hold_folder(out, lambda line: None):
            restore_site(out)


def _make_artifacts(view: View, others: Callable[[], list[Artifact]], *, large: bool) -> list[Artifact]:
    """The site's files and all others; of a large handbook with a copy of the process."""
    if large and process.can_fork():
        everything, turns = view.wants_page, process.WorkSplitter()
        view.wants_page = turns.claim_item

        def build_worker_part() -> bytes:
            return marshal.dumps(
                [(artifact.path, artifact.data) for artifact in (*others(), *site.render_all_pages(view))]
            )

        with process.Worker(build_worker_part) as other:
            ours = [*site.render_all_files(view), *site.render_all_pages(view)]
            result = other.result()
        if result:
            return ours + [Artifact(*plain) for plain in marshal.loads(result)]
        # Something is wrong in the copy's part, and shows itself here.
        view.wants_page = everything
    return [*site.render_all_files(view), *site.render_all_pages(view), *others()]


def build_pages_at(
    folder: Path, handbook: Handbook, words: MentionFinder, today: datetime.date, only: Collection[str]
) -> list[Artifact]:
    """The pages at these addresses, as `plan` has them."""
    speak_language(handbook.brand.language)
    view = _make_view(folder, handbook, words, today)
    view.wants_page = only.__contains__
    return site.render_all_pages(view)


def _make_view(
    folder: Path,
    handbook: Handbook,
    words: MentionFinder,
    today: datetime.date,
    shown: tell.RecordFilter = tell.keep_record,
    offline: bool = False,
) -> View:
    # Nobody can follow a link into a folder, and nobody knows the address of a site that doesn't say it.
    shares = list_share_texts(handbook, today) if handbook.brand.url and not offline else {}
    return View(
        handbook,
        today,
        make_term_linker(handbook, words.matcher),
        words.find_mentions,
        # Our own pages, and the rules about records, are for colleagues.
        () if handbook.is_public else read_guides(folder),
        tell.load_recent_history(folder, handbook, today, shown),
        (*rules.list_rule_pages(), *(() if handbook.is_public else rules.list_check_pages())),
        offline=offline,
        kit=build_kit(handbook, shares),
        list_takeaways=lambda: export.describe_exports(export.make_export(handbook, today)),
    )


def read_guides(folder: Path) -> tuple[Guide, ...]:
    """The company's own pages, from content/pages, as `order` in their front matter says; then by their names."""
    found = []
    for path in sorted((folder / CONTENT / "pages").glob("*.md")):
        if not files.is_path_inside(path, folder):
            # Anyone who opens a pull request could publish any file of the machine that builds the site.
            raise OnevoiceError(f"{path.as_posix()}: this link leads out of the handbook. Put the file itself there.")
        source, _ = decode_text(path.as_posix(), files.read_file_bytes(path))
        found.append(_parse_guide(path.stem, source))
    return tuple(guide for _, guide in sorted(found, key=lambda entry: entry[0]))


def _parse_guide(name: str, source: str) -> tuple[float, Guide]:
    """(its place among the others, the page) of a page's Markdown."""
    from onevoice.prose.front import parse_front_matter

    meta, _, start = parse_front_matter(source)
    title = str(meta.get("title") or name.replace("-", " ").capitalize())
    order = meta.get("order")
    try:
        reviewed = datetime.date.fromisoformat(str(meta.get("reviewed"))[:10])
    except ValueError:
        reviewed = None
    guide = Guide(
        name,
        title,
        str(meta.get("description") or title),
        source[start:].strip(),
        group=str(meta.get("group") or ""),
        keywords=_list_texts(meta.get("keywords")),
        owner=str(meta.get("owner") or ""),
        reviewed=reviewed,
        has_steps=meta.get("steps") is True,
        shown_on=_list_texts(meta.get("shown_on")),
    )
    return order if isinstance(order, int | float) else math.inf, guide


def _list_texts(value: object) -> tuple[str, ...]:
    """What front matter says once or as a list."""
    return tuple(str(one) for one in (value if isinstance(value, list) else [value]) if one is not None)
