"""The site while its records are edited: the pages that an edit concerns are shown at once, all others follow.

After an edit only the records of the changed file are read anew, and only two kinds of page are made: those of the
records that changed, and those that stand open in a browser. The whole site is built meanwhile by a second process.
"""

from __future__ import annotations

import html
import multiprocessing
import re
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import click
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, get_files
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from onevoice import output, process
from onevoice.commands import _ahead, _common, _site
from onevoice.errors import DataError, OnevoiceError
from onevoice.finding import Finding
from onevoice.handbook.address import address
from onevoice.handbook.handbook import Handbook
from onevoice.matcher.compile import gather
from onevoice.output import Artifact
from onevoice.prose import files

BODY = re.compile(rb"<body\b[^>]*>")
# A page that stands open asks at least once a minute whether it has changed.
OPEN, MOST = 70, 5
# Seconds: between two looks at the files, and until the whole is built, so that open pages can load first.
POLL, PAUSE = 0.2, 1.0


class Server(LiveReloadServer):
    """Serves the site to this machine, tells open pages to load again, and knows which these are."""

    def __init__(self, preview: Preview, port: int) -> None:
        self._preview = preview
        self._asked: dict[str, float] = {}
        super().__init__(
            builder=preview.refresh, host="127.0.0.1", port=port, root=str(preview.site), polling_interval=POLL
        )
        preview.server = self

    def watched(self) -> list[str]:
        """The addresses of the pages that stand open, the latest first."""
        young = {path: at for path, at in self._asked.items() if time.monotonic() - at < OPEN}
        self._asked = young
        return sorted(young, key=young.get, reverse=True)[:MOST]

    def reload(self) -> None:
        """Tell open pages to load again."""
        with self._epoch_cond:
            self._visible_epoch = self._wanted_epoch = self._wanted_epoch + 1
            self._epoch_cond.notify_all()

    def serve_request(self, environ, start_response):
        if environ["PATH_INFO"].startswith("/livereload/") and (page := environ.get("HTTP_REFERER")):
            self._asked[urlsplit(page).path] = time.monotonic()
        return super().serve_request(environ, start_response)

    def _inject_js_into_html(self, content, epoch):
        content = BODY.sub(lambda match: match[0] + self._preview.banner(), content, count=1)
        return super()._inject_js_into_html(content, epoch)


class _Theme:
    """MkDocs, ready to render single pages of a site that it knows."""

    def __init__(self, handbook: Handbook, config_file: Path, docs: Path, site: Path) -> None:
        config = _site.configured(config_file, handbook.brand, docs, site)
        config.plugins.on_startup(command="serve", dirty=False)
        self._config = config.plugins.on_config(config)
        self._files = get_files(self._config)
        env = self._config.theme.get_env()
        self._files.add_files_from_theme(env, self._config)
        self._nav = get_navigation(self._files, self._config)
        for page in self._nav.pages:
            page.read_source(self._config)
        self._env = self._config.plugins.on_env(env, config=self._config, files=self._files)

    def render(self, names: Iterable[str]) -> list[Artifact]:
        """The files of the site that are made of these files of the Markdown."""
        made, documents = [], self._files.documentation_pages()
        for name in names:
            file = self._files.get_file_from_path(name)
            if file is None:
                file = File(name, self._config.docs_dir, self._config.site_dir, self._config.use_directory_urls)
                self._files.append(file)
            page = file.page or Page(None, file, self._config)
            page.read_source(self._config)
            page.render(self._config, self._files)
            data = _ahead.rendered(page, self._env, self._nav, documents, self._config)
            made.append(Artifact(file.dest_uri, data))
        return made


class Preview:
    """The site of a handbook whose records are being edited."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.out = folder / "build"
        self.site = self.out / "site"
        self.server: Server | None = None
        self._config = _site.config_file(folder)
        self._frame: object = None
        self._theme: _Theme | None = None
        self._handbook: Handbook | None = None
        self._words: _site.Words | None = None
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
            handbook, _ = _common.load(self.folder)
            frame = self._framed(handbook)
            if self._handbook is None or frame != self._frame:
                self._all(handbook)
                self._frame = frame
                click.echo("The site is up to date.", err=True)
            else:
                self._some(handbook)
                self._later = threading.Timer(PAUSE, self._rest)
                self._later.daemon = True
                self._later.start()
            self._handbook, self._problems = handbook, []
        except DataError as error:
            self._problems = [one for one in error.findings if one.level == "error"]
            _common.show_data(error)
            click.echo("The last good site stays.", err=True)
        except OnevoiceError as error:
            self._problems = [str(error)]
            click.echo(f"onevoice: {error}", err=True)

    def stop(self) -> None:
        """End what is being built for a state that has passed."""
        with self._starting:
            self._later.cancel()
            if self._whole and self._whole.is_alive():
                self._whole.terminate()
                self._whole.join()
                _site.recover(self.out)

    def _framed(self, handbook: Handbook) -> object:
        """What all pages depend on: where it changes, none can be rendered alone."""
        pictures = handbook.loaded.files
        return files.content(self._config), pictures, handbook.brand, handbook.single("identity")

    def _all(self, handbook: Handbook) -> None:
        _build(self.folder, self._config)
        self._theme = _Theme(handbook, self._config, self.out / "docs", self.site)
        self._spoken(handbook)

    def _some(self, handbook: Handbook) -> None:
        before = {(record.KIND, record.id): record for record, _ in self._handbook.loaded.records}
        both = ((before.get((record.KIND, record.id)), record) for record, _ in handbook.loaded.records)
        # Most are the very same record, whose fields need not be compared.
        changed = {address(now).partition("#")[0] for then, now in both if then is not now and then != now}
        wanted = changed.union(self.server.watched() if self.server else ())
        pages = _site.glimpse(self.folder, handbook, self._spoken(handbook), _common.today(), wanted)
        # From here on the site is not what its stamp says.
        (self.out / _site.STAMP).unlink(missing_ok=True)
        written = output.write(self.out, pages).written
        output.write(self.site, self._theme.render(name.removeprefix("docs/") for name in written))

    def _spoken(self, handbook: Handbook) -> _site.Words:
        found = gather(handbook.approved("terms"))
        if self._words is None or self._words.matcher.compiled.patterns != found:
            self._words = _site.Words(found)
        return self._words

    def _rest(self) -> None:
        with self._starting:
            if self._later.finished.is_set():
                return
            shown = self._shown()
            # A forked process would inherit the server's threads in the middle of their work.
            spawn = multiprocessing.get_context("spawn")
            told, theirs = spawn.Pipe(duplex=False)
            whole = self._whole = spawn.Process(target=_tell, args=(self.folder, self._config, theirs), daemon=True)
            whole.start()
            theirs.close()
        try:
            said = told.recv()
        except EOFError:
            return  # It was stopped.
        whole.join()
        click.echo(f"onevoice: {said}" if said else "The site is up to date.", err=True)
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


def _build(folder: Path, config_file: Path) -> None:
    """Build the whole site."""
    plan = _site.plan(folder, _common.today())
    plan.write()
    _site.render(plan, config_file)


def _tell(folder: Path, config_file: Path, told) -> None:
    """Build the whole site, and tell what went wrong, or ""."""
    try:
        _build(folder, config_file)
        told.send("")
    except OnevoiceError as error:
        told.send(str(error))


def _said(problem: Finding | str) -> str:
    if isinstance(problem, str):
        return problem
    return f"{problem.path}:{problem.span.line}:{problem.span.column} {problem.message}"
