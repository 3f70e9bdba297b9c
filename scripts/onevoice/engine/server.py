"""MkDocs' live server and theme, for pages that are shown while their records are edited."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIEnvironment

from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, get_files
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from onevoice.engine import parallel
from onevoice.engine.mkdocs import load_mkdocs_config
from onevoice.engine.site import SiteSource
from onevoice.output import Artifact

BODY_TAG = re.compile(rb"<body\b[^>]*>")
# Seconds between two looks at the files.
POLL_SECONDS = 0.2
# An open page asks at least once a minute whether it has changed.
OPEN_SECONDS, MAX_OPEN_PAGES = 70, 5


class PreviewServer(LiveReloadServer):
    """Serves the site to this machine, tells open pages to load again, and knows which these are.

    root: the site's folder. refresh: called after a watched file has changed. banner: what each page shows first, HTML.
    """

    def __init__(self, root: Path, port: int, refresh: Callable[[], None], banner: Callable[[], bytes]) -> None:
        self._banner = banner
        self._request_times: dict[str, float] = {}
        super().__init__(builder=refresh, host="127.0.0.1", port=port, root=str(root), polling_interval=POLL_SECONDS)

    def list_open_pages(self) -> list[str]:
        """The addresses of the open pages, the latest first."""
        young = {path: at for path, at in self._request_times.items() if time.monotonic() - at < OPEN_SECONDS}
        self._request_times = young
        return sorted(young, key=lambda path: young[path], reverse=True)[:MAX_OPEN_PAGES]

    def reload(self) -> None:
        """Tell open pages to load again."""
        with self._epoch_cond:
            self._visible_epoch = self._wanted_epoch = self._wanted_epoch + 1
            self._epoch_cond.notify_all()

    def serve_request(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith("/livereload/") and (page := environ.get("HTTP_REFERER")):
            self._request_times[urlsplit(page).path] = time.monotonic()
        return super().serve_request(environ, start_response)

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        content = BODY_TAG.sub(lambda match: match[0] + self._banner(), content, count=1)
        page: bytes = super()._inject_js_into_html(content, epoch)  # type: ignore[no-untyped-call]  # MkDocs' own
        return page


class PageRenderer:
    """MkDocs, ready to render single pages of a site that it knows."""

    def __init__(self, source: SiteSource) -> None:
        config = load_mkdocs_config(source, source.out / "site")
        config.plugins.on_startup(command="serve", dirty=False)
        self._config = config.plugins.on_config(config)
        self._files = get_files(self._config)
        env = self._config.theme.get_env()
        self._files.add_files_from_theme(env, self._config)
        self._nav = get_navigation(self._files, self._config)
        for page in self._nav.pages:
            page.read_source(self._config)
        self._env = self._config.plugins.on_env(env, config=self._config, files=self._files)

    def render_pages(self, names: Iterable[str]) -> list[Artifact]:
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
            data = parallel.render_site_page(page, self._env, self._nav, documents, self._config)
            made.append(Artifact(file.dest_uri, data))
        return made
