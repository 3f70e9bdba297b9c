"""MkDocs' live server and theme, for pages that are shown while their records are edited."""

from __future__ import annotations

import contextlib
import io
import os
import re
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIEnvironment

from mkdocs.livereload import _SCRIPT_TEMPLATE, LiveReloadServer, _Handler
from mkdocs.structure.files import File, get_files
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from onevoice import limits
from onevoice.engine import parallel
from onevoice.engine.mkdocs import load_mkdocs_config, make_site_policy
from onevoice.engine.policy import HEADER_NAME, read_policy
from onevoice.engine.site import SiteSource
from onevoice.output import Artifact

BODY_TAG = re.compile(rb"<body\b[^>]*>")
# Seconds between two looks at the files.
POLL_SECONDS = 0.2
# An open page asks at least once a minute whether it has changed.
OPEN_SECONDS, MAX_OPEN_PAGES = 70, 5


# MkDocs' script that loads a page again. In the page itself, the page's policy would stop it.
RELOAD_SCRIPT = "livereload.js"
RELOAD_TEXT = _SCRIPT_TEMPLATE.substitute(
    epoch="document.currentScript.dataset.epoch", request_id="document.currentScript.dataset.request"
)
METHODS = ("GET", "HEAD")


class PreviewServer(LiveReloadServer):
    """Serves the site to this machine, tells open pages to load again, and knows which these are.

    It answers to its own names only: a page of another website, whose name leads to this machine, would read the
    handbook otherwise. root: the site's folder. refresh: called after a watched file has changed. banner: what each
    page shows first, HTML.
    """

    def __init__(self, root: Path, port: int, refresh: Callable[[], None], banner: Callable[[], bytes]) -> None:
        self._banner = banner
        self._request_times: dict[str, float] = {}
        self._page = threading.local()
        self._places = threading.BoundedSemaphore(limits.MAX_PREVIEW_REQUESTS)
        super().__init__(builder=refresh, host="127.0.0.1", port=port, root=str(root), polling_interval=POLL_SECONDS)
        self.RequestHandlerClass = _RequestHandler
        names = ("127.0.0.1", "localhost", "[::1]")
        self._hosts = {f"{name}:{port}" for name in names} | ({*names} if port == 80 else set())

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
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        self._page.policy = read_policy(b"")

        def respond(status: str, headers: list[tuple[str, str]], *given: Any) -> Callable[[bytes], object]:
            # The last two keep websites from reading our files as their own scripts and pictures.
            more = [(HEADER_NAME, self._page.policy), ("X-Content-Type-Options", "nosniff")]
            return start_response(status, [*headers, *more, ("Cross-Origin-Resource-Policy", "same-origin")], *given)

        def refuse(status: str, reason: str, *headers: tuple[str, str]) -> Iterable[bytes]:
            respond(status, [("Content-Type", "text/plain; charset=utf-8"), *headers])
            return [f"{reason}\n".encode()]

        host = environ.get("HTTP_HOST", "")
        if host.lower() not in self._hosts:
            asked = f"not to {host!r}" if host else "and the request names no host"
            return refuse("403 Forbidden", f"This preview answers only to {self.url}, {asked}.")
        if method not in METHODS:
            return refuse("405 Method Not Allowed", "This preview can only be read.", ("Allow", ", ".join(METHODS)))
        if "\0" in path or "\\" in path or (os.name == "nt" and ":" in path):
            return refuse("400 Bad Request", "No file of the site has such an address.")
        if path == f"/{RELOAD_SCRIPT}":
            respond("200 OK", [("Content-Type", "application/javascript")])
            body: Iterable[bytes] = [RELOAD_TEXT.encode()]
        else:
            if path.startswith("/livereload/") and (page := environ.get("HTTP_REFERER")):
                self._request_times[urlsplit(page).path] = time.monotonic()
            body = super().serve_request(environ, respond)
        if method == "HEAD":
            getattr(body, "close", lambda: None)()
            return []
        return body

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer a request in a thread of its own, unless there are too many already."""
        if self._places.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer a request, and make room for the next."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away is no news."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        self._page.policy = read_policy(content)
        content = BODY_TAG.sub(lambda match: match[0] + self._banner(), content, count=1)
        end = content.rfind(b"</body>") if b"</body>" in content else len(content)
        request = round(time.monotonic() * 1000)
        script = f'<script src="/{RELOAD_SCRIPT}" data-epoch="{epoch}" data-request="{request}"></script>'
        return content[:end] + script.encode() + content[end:]


class _RequestHandler(_Handler):
    def setup(self) -> None:
        super().setup()
        # For each read and write; a drip of single bytes ends with the timer.
        self.connection.settimeout(limits.PREVIEW_SECONDS)

    def get_stderr(self) -> Any:
        # What goes wrong in an answer is MkDocs' to tell; here it is a browser that went away.
        return io.StringIO()

    def handle(self) -> None:
        self._timer = threading.Timer(limits.PREVIEW_SECONDS, self._stop_reading)
        self._timer.daemon = True
        self._timer.start()
        try:
            super().handle()
        finally:
            self._timer.cancel()

    def parse_request(self) -> bool:
        parsed = super().parse_request()
        self._timer.cancel()
        return parsed

    def _stop_reading(self) -> None:
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RD)


class PageRenderer:
    """MkDocs, ready to render single pages of a site that it knows."""

    def __init__(self, source: SiteSource) -> None:
        config = load_mkdocs_config(source, source.out / "site")
        config.plugins.on_startup(command="serve", dirty=False)
        self._config = config.plugins.on_config(config)
        self._policy = make_site_policy(self._config, source)
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
            data = parallel.render_site_page(page, self._env, self._nav, documents, self._config, self._policy)
            made.append(Artifact(file.dest_uri, data))
        return made
