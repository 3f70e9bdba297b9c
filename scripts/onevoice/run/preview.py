"""The site while its records are edited: the pages that an edit concerns are shown at once, all others follow.

After an edit only the records of the changed file are read again, and only two kinds of page are made: those of the
records that changed, and those that are open in a browser. The whole site is built meanwhile by a second process.
"""

from __future__ import annotations

import contextlib
import html
import multiprocessing
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from onevoice import output, process
from onevoice.engine.server import PageRenderer, PreviewServer
from onevoice.engine.site import ENGINES, SiteSource, find_config_file, forget_site
from onevoice.errors import DataError, explain_error
from onevoice.finding import Finding
from onevoice.handbook.address import find_page_path
from onevoice.handbook.handbook import Handbook
from onevoice.handbook.origin import credit_patterns
from onevoice.load.walk import CONTENT, TERMINOLOGY
from onevoice.matcher.compile import gather_patterns
from onevoice.prose import files
from onevoice.run import build
from onevoice.run.handbook import current_date, load_handbook
from onevoice.run.layers import list_layers

# Seconds until the whole is built, so that open pages can load first.
BUILD_DELAY = 1.0


class Preview:
    """The site of a handbook whose records are being edited.

    say: told what happens. say_problems: told what is wrong with the records.
    """

    def __init__(self, folder: Path, say: Callable[[str], None], say_problems: Callable[[DataError], None]) -> None:
        self._say, self._say_problems = say, say_problems
        self.folder = folder
        self.out = folder / "build"
        self.site = self.out / "site"
        self.server: PreviewServer | None = None
        self._config = find_config_file(folder)
        self._shared_inputs: object = None
        self._renderer: PageRenderer | None = None
        self._handbook: Handbook | None = None
        self._mention_finder: build.MentionFinder | None = None
        self._problems: list[Finding | str] = []
        self._watched_paths: set[Path] = set()
        self._build_process: multiprocessing.process.BaseProcess | None = None
        self._build_timer = threading.Timer(BUILD_DELAY, self._build_in_background)
        self._start_lock = threading.Lock()

    def render_banner(self) -> bytes:
        """What every page says first: what is wrong with the records, as HTML; nothing if nothing is."""
        if not self._problems:
            return b""
        items = "".join(f"<li>{html.escape(_format_problem(problem))}</li>" for problem in self._problems)
        return f'<div class="ov-problems" role="alert">This is the last good version.<ul>{items}</ul></div>'.encode()

    @process.gc_paused()
    def refresh(self) -> None:
        """Bring the site up to what the files say: what is looked at now, the rest soon after."""
        self.stop_build()
        try:
            handbook, _ = load_handbook(self.folder)
            frame = self._read_shared_inputs(handbook)
            if self._handbook is None or frame != self._shared_inputs:
                self._rebuild_all(handbook)
                self._shared_inputs = frame
                self._say("The site is up to date.")
            else:
                self._rebuild_pages(handbook)
                self._build_timer = threading.Timer(BUILD_DELAY, self._build_in_background)
                self._build_timer.daemon = True
                self._build_timer.start()
            self._handbook, self._problems = handbook, []
            self.watch_inputs()
        except DataError as error:
            self._problems = [one for one in error.findings if one.level == "error"]
            self._say_problems(error)
            self._say("The last good version of the site stays.")
        except Exception as error:
            # Whatever one state of the files does, the next one may be fine again.
            self._problems = [said := explain_error(error)]
            self._say(f"onevoice: {said}")

    def watch_inputs(self) -> None:
        """Let the server look at everything that the site is made from, also in folders that the handbook extends."""
        folders = [self.folder]
        # If what it extends is not there, `refresh` has said so.
        with contextlib.suppress(DataError):
            folders = [layer.folder for layer in list_layers(self.folder) if not layer.address]
        paths = [self.folder / "mkdocs.yml", *(folder / name for folder in folders for name in (TERMINOLOGY, CONTENT))]
        for path in paths:
            if self.server and path not in self._watched_paths and path.exists():
                self._watched_paths.add(path)
                self.server.watch(str(path))

    def stop_build(self) -> None:
        """End what is being built for a state that has passed."""
        with self._start_lock:
            self._build_timer.cancel()
            if self._build_process and self._build_process.is_alive():
                self._build_process.terminate()
                self._build_process.join()
                build.heal_site(self.out)

    def _read_shared_inputs(self, handbook: Handbook) -> object:
        """What all pages depend on: if it changes, none can be rendered alone."""
        pictures = handbook.load_result.files
        config = files.read_file_bytes(self._config) if self._config.is_file() else b""
        return config, pictures, handbook.brand, handbook.find_single("identity"), (handbook.measures, handbook.quotes)

    def _rebuild_all(self, handbook: Handbook) -> None:
        self._renderer = PageRenderer(_build_site(self.folder, self._say))
        self._update_mention_finder(handbook)

    def _rebuild_pages(self, handbook: Handbook) -> None:
        assert self._handbook is not None and self._renderer is not None, "the whole site is built first"
        before = {(record.KIND, record.id): record for record, _ in self._handbook.load_result.records}
        both = ((before.get((record.KIND, record.id)), record) for record, _ in handbook.load_result.records)
        # Most are the very same record, whose fields need not be compared.
        changed = {find_page_path(now).partition("#")[0] for then, now in both if then is not now and then != now}
        wanted = changed.union(self.server.list_open_pages() if self.server else ())
        pages = build.build_pages_at(
            self.folder, handbook, self._update_mention_finder(handbook), current_date(), wanted
        )
        with output.hold_folder(self.out, self._say):
            # From here on the site is not what its stamp says.
            forget_site(self.out)
            written = output.write_output(self.out, pages).written_paths
            output.write_output(self.site, self._renderer.render_pages(name.removeprefix("docs/") for name in written))

    def _update_mention_finder(self, handbook: Handbook) -> build.MentionFinder:
        found = credit_patterns(handbook, gather_patterns(handbook.list_approved("terms")))
        if self._mention_finder is None or self._mention_finder.matcher.compiled.patterns != found:
            self._mention_finder = build.MentionFinder(found, handbook.brand.language)
        return self._mention_finder

    def _build_in_background(self) -> None:
        with self._start_lock:
            if self._build_timer.finished.is_set():
                return
            shown = self._read_open_pages()
            # A forked process would inherit the server's threads in the middle of their work.
            spawn = multiprocessing.get_context("spawn")
            told, theirs = spawn.Pipe(duplex=False)
            whole = self._build_process = spawn.Process(
                target=_build_and_report, args=(self.folder, theirs), daemon=True
            )
            with process.block_interrupts():
                whole.start()
            theirs.close()
        try:
            said = told.recv()
        except EOFError:
            return  # It was stopped.
        whole.join()
        self._say(f"onevoice: {said}" if said else "The site is up to date.")
        if said:
            self._problems = [said]
        if self.server and (said or self._read_open_pages() != shown):
            self.server.reload()

    def _read_open_pages(self) -> dict[str, bytes]:
        """The open pages as they are on the disk."""
        found = {}
        for path in self.server.list_open_pages() if self.server else ():
            file = self.site / path.strip("/") / "index.html"
            found[path] = files.read_file_bytes(file) if file.is_file() else b""
        return found


def _build_site(folder: Path, say: Callable[[str], None]) -> SiteSource:
    """Build the whole site."""
    plan = build.plan_build(folder, current_date())
    plan.build(ENGINES[0], say)
    return plan.site_source


def _build_and_report(folder: Path, told: Connection) -> None:
    """Build the whole site, and tell what went wrong, or ""."""
    process.follow_parent()
    said = ""
    try:
        _build_site(folder, lambda line: None)
    except Exception as error:
        said = explain_error(error)
    # Nobody may be there any more to hear it.
    with contextlib.suppress(OSError):
        told.send(said)


def _format_problem(problem: Finding | str) -> str:
    if isinstance(problem, str):
        return problem
    return f"{problem.path}:{problem.span.line}:{problem.span.column} {problem.message}"
