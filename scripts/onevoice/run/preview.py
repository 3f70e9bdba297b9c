"""The site while its records are edited: the pages that an edit concerns are shown at once, all others follow.

After an edit only the records of the changed file are read anew, and only two kinds of page are made: those of the
records that changed, and those that stand open in a browser. The whole site is built meanwhile by a second process.
"""

from __future__ import annotations

import html
import multiprocessing
import threading
from collections.abc import Callable
from pathlib import Path

from onevoice import output, process
from onevoice.engine.server import PageRenderer, Server
from onevoice.engine.site import SiteSource, build_site, find_config_file, forget_site, restore_site
from onevoice.errors import DataError, OnevoiceError
from onevoice.finding import Finding
from onevoice.handbook.address import address
from onevoice.handbook.handbook import Handbook
from onevoice.matcher.compile import gather
from onevoice.prose import files
from onevoice.run import build
from onevoice.run.handbook import current_date, load_handbook

# Seconds until the whole is built, so that open pages can load first.
PAUSE = 1.0


class Preview:
    """The site of a handbook whose records are being edited.

    say: told what happens. say_problems: told what is wrong with the records.
    """

    def __init__(self, folder: Path, say: Callable[[str], None], say_problems: Callable[[DataError], None]) -> None:
        self._say, self._say_problems = say, say_problems
        self.folder = folder
        self.out = folder / "build"
        self.site = self.out / "site"
        self.server: Server | None = None
        self._config = find_config_file(folder)
        self._frame: object = None
        self._theme: PageRenderer | None = None
        self._handbook: Handbook | None = None
        self._words: build.Words | None = None
        self._problems: list[Finding | str] = []
        self._whole: multiprocessing.process.BaseProcess | None = None
        self._later = threading.Timer(PAUSE, self._rest)
        self._starting = threading.Lock()

    def banner(self) -> bytes:
        """What every page says first: what is wrong with the records, as HTML; nothing where nothing is."""
        if not self._problems:
            return b""
        items = "".join(f"<li>{html.escape(_said(problem))}</li>" for problem in self._problems)
        return f'<div class="ov-problems" role="alert">This is the last good site.<ul>{items}</ul></div>'.encode()

    @process.gc_paused()
    def refresh(self) -> None:
        """Bring the site up to what the files say: what is looked at now, the rest soon after."""
        self.stop()
        try:
            handbook, _ = load_handbook(self.folder)
            frame = self._framed(handbook)
            if self._handbook is None or frame != self._frame:
                self._all(handbook)
                self._frame = frame
                self._say("The site is up to date.")
            else:
                self._some(handbook)
                self._later = threading.Timer(PAUSE, self._rest)
                self._later.daemon = True
                self._later.start()
            self._handbook, self._problems = handbook, []
        except DataError as error:
            self._problems = [one for one in error.findings if one.level == "error"]
            self._say_problems(error)
            self._say("The last good site stays.")
        except OnevoiceError as error:
            self._problems = [str(error)]
            self._say(f"onevoice: {error}")

    def stop(self) -> None:
        """End what is being built for a state that has passed."""
        with self._starting:
            self._later.cancel()
            if self._whole and self._whole.is_alive():
                self._whole.terminate()
                self._whole.join()
                restore_site(self.out)

    def _framed(self, handbook: Handbook) -> object:
        """What all pages depend on: where it changes, none can be rendered alone."""
        pictures = handbook.loaded.files
        return files.content(self._config), pictures, handbook.brand, handbook.single("identity")

    def _all(self, handbook: Handbook) -> None:
        self._theme = PageRenderer(_build(self.folder))
        self._spoken(handbook)

    def _some(self, handbook: Handbook) -> None:
        before = {(record.KIND, record.id): record for record, _ in self._handbook.loaded.records}
        both = ((before.get((record.KIND, record.id)), record) for record, _ in handbook.loaded.records)
        # Most are the very same record, whose fields need not be compared.
        changed = {address(now).partition("#")[0] for then, now in both if then is not now and then != now}
        wanted = changed.union(self.server.watched() if self.server else ())
        pages = build.glimpse(self.folder, handbook, self._spoken(handbook), current_date(), wanted)
        # From here on the site is not what its stamp says.
        forget_site(self.out)
        written = output.write(self.out, pages).written
        output.write(self.site, self._theme.render(name.removeprefix("docs/") for name in written))

    def _spoken(self, handbook: Handbook) -> build.Words:
        found = gather(handbook.approved("terms"))
        if self._words is None or self._words.matcher.compiled.patterns != found:
            self._words = build.Words(found)
        return self._words

    def _rest(self) -> None:
        with self._starting:
            if self._later.finished.is_set():
                return
            shown = self._shown()
            # A forked process would inherit the server's threads in the middle of their work.
            spawn = multiprocessing.get_context("spawn")
            told, theirs = spawn.Pipe(duplex=False)
            whole = self._whole = spawn.Process(target=_tell, args=(self.folder, theirs), daemon=True)
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
        if self.server and (said or self._shown() != shown):
            self.server.reload()

    def _shown(self) -> dict[str, bytes]:
        """The open pages as they are on the disk."""
        found = {}
        for path in self.server.watched() if self.server else ():
            file = self.site / path.strip("/") / "index.html"
            found[path] = files.content(file) if file.is_file() else b""
        return found


def _build(folder: Path) -> SiteSource:
    """Build the whole site."""
    plan = build.plan(folder, current_date())
    plan.write()
    source = plan.site_source
    build_site(source)
    return source


def _tell(folder: Path, told) -> None:
    """Build the whole site, and tell what went wrong, or ""."""
    try:
        _build(folder)
        told.send("")
    except OnevoiceError as error:
        told.send(str(error))


def _said(problem: Finding | str) -> str:
    if isinstance(problem, str):
        return problem
    return f"{problem.path}:{problem.span.line}:{problem.span.column} {problem.message}"
