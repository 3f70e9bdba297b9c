"""MkDocs on two processors: a copy of the process makes a part of the pages while MkDocs makes the others.

It uses what MkDocs offers to plugins. If the handbook has plugins of its own, which may do anything to a page, MkDocs
works alone.
"""

from __future__ import annotations

import functools
import io
import marshal
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, DictLoader, Environment
from mkdocs.commands.build import get_context
from mkdocs.config.base import LegacyConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file

from onevoice import process
from onevoice.engine.policy import SitePolicy

PLUGIN_NAME, SAFE_PLUGINS = "onevoice", {"search", "material/search"}
# From how many pages on a copy is worth its while; what of them it reads, and what it writes: the search index is left
# to MkDocs.
MIN_PAGES, CONVERT_SHARE, WRITE_SHARE = 200, 1 / 2, 2 / 3
# What a page takes however short it is, in bytes that take as long.
BYTES_PER_PAGE = 2_000
# The template of a page that the copy has written.
DONE_TEMPLATE = "onevoice-done.html"


class ParallelBuildPlugin(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]  # MkDocs' own
    """The part of the work that a copy of the process does.

    complaints: what MkDocs warns of; the copy's are added. policy: what each page says may run; it learns from both.
    """

    def __init__(self, complaints: list[str], policy: SitePolicy) -> None:
        self._warnings, self._policy = complaints, policy
        self._pages: list[Page] = []
        self._worker: process.Worker | None = None
        self._attributes_by_uri: dict[str, dict[str, Any]] | None = None

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """The Markdown of the last pages becomes HTML in a copy."""
        self._nav, self._files = nav, files
        pages = [file.page for file in files.documentation_pages() if file.page]
        if len(pages) < MIN_PAGES or {*config.plugins} - SAFE_PLUGINS - {PLUGIN_NAME} or not process.can_fork():
            return nav
        self._pages = pages
        theirs = _select_last_pages(pages, CONVERT_SHARE)
        self._worker = process.Worker(lambda: self._convert_pages(theirs, config))
        for page in theirs:
            vars(page)["render"] = functools.partial(self._restore_page, page)
        return nav

    def _convert_pages(self, pages: Sequence[Page], config: MkDocsConfig) -> bytes:
        self._warnings.clear()
        made = {}
        for page in pages:
            page.read_source(config)
            before = dict(vars(page))
            page.render(config, self._files)
            made[page.file.src_uri] = {
                name: value for name, value in vars(page).items() if name not in before or value is not before[name]
            }
        stream = io.BytesIO()
        _Pickler(stream, pickle.HIGHEST_PROTOCOL).dump((made, self._warnings))
        return stream.getvalue()

    def _restore_page(self, page: Page, config: MkDocsConfig, files: Files) -> None:
        """What MkDocs asks of a page that the copy has made."""
        if self._attributes_by_uri is None:
            result = self._worker.result() if self._worker else None
            self._attributes_by_uri, complaints = _Unpickler(result, files).load() if result else ({}, [])
            self._warnings += complaints
        del page.render
        if made := self._attributes_by_uri.get(page.file.src_uri):
            vars(page).update(made)
        else:
            page.render(config, files)

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """The last pages are written by a copy."""
        if self._pages:
            self._env, theirs = env, _select_last_pages(self._pages, WRITE_SHARE)
            self._worker = process.Worker(lambda: self._write_pages(theirs, env, config))
            self._original_meta = [(page, page.meta) for page in theirs]
            done = DictLoader({DONE_TEMPLATE: ""})
            env.loader = ChoiceLoader([env.loader, done]) if env.loader else done
            for page in theirs:
                page.meta = {**page.meta, "template": DONE_TEMPLATE}
        return env

    def _write_pages(self, pages: Sequence[Page], env: Environment, config: MkDocsConfig) -> bytes:
        documents = self._files.documentation_pages()
        for page in pages:
            data = render_site_page(page, env, self._nav, documents, config, self._policy)
            write_file(data, page.file.abs_dest_path)
        return marshal.dumps((self._policy.hashes, self._policy.blocked))

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """The page with its policy; nothing if the copy has written it."""
        return output and self._policy.secure_page(output, page.file.src_uri)

    def on_post_template(self, output_content: str, /, *, template_name: str, config: MkDocsConfig) -> str:
        """A page of the theme's own, such as that for wrong addresses, with its policy."""
        if not template_name.endswith(".html"):
            return output_content
        return self._policy.secure_page(output_content, template_name)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Wait until the copy has written its pages."""
        if not self._pages or not self._worker:
            return
        if result := self._worker.result():
            self._policy.add_findings(*marshal.loads(result))
        else:
            for page, meta in self._original_meta:
                page.meta = meta
            self._write_pages([page for page, _ in self._original_meta], self._env, config)

    def stop_worker(self) -> None:
        """End the copy, whatever it is at."""
        if self._worker:
            self._worker.stop_process()


def render_site_page(
    page: Page,
    env: Environment,
    nav: Navigation,
    documents: Sequence[File],
    config: MkDocsConfig,
    policy: SitePolicy,
) -> bytes:
    """A page's file of the site, as MkDocs writes it if no plugin but ours changes it.

    documents: all files of Markdown. policy: what the page says may run.
    """
    page.active = True
    template = env.get_template(page.meta.get("template", "main.html"))
    output = template.render(get_context(nav, documents, config, page))
    page.active = False
    output = policy.secure_page(output, page.file.src_uri)
    return output.encode("utf-8", "xmlcharrefreplace")


def _select_last_pages(pages: Sequence[Page], part: float) -> Sequence[Page]:
    """The last pages that have so large a part of the bytes of all."""
    paths = [page.file.abs_src_path for page in pages]
    sizes = [(Path(path).stat().st_size if path else 0) + BYTES_PER_PAGE for path in paths]
    left, start = sum(sizes) * part, len(pages)
    while left > 0:
        start -= 1
        left -= sizes[start]
    return pages[start:]


class _Pickler(pickle.Pickler):
    """Names a file of the site in place of sending it."""

    def persistent_id(self, obj: Any) -> str | None:
        return obj.src_uri if isinstance(obj, File) else None


class _Unpickler(pickle.Unpickler):
    def __init__(self, data: bytes, files: Files) -> None:
        super().__init__(io.BytesIO(data))
        self._files = files

    def persistent_load(self, pid: str) -> File | None:
        return self._files.get_file_from_path(pid)
