"""MkDocs with Material: Markdown to the site."""

from __future__ import annotations

import io
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.commands.build import build
from mkdocs.exceptions import MkDocsException

from onevoice.engine import parallel
from onevoice.engine.frame import compose_config, find_theme, list_frame_notes
from onevoice.engine.policy import HEADERS_FILE, SETTING, SitePolicy
from onevoice.engine.site import SiteSource, format_refusal, prune_navigation
from onevoice.errors import OnevoiceError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

# What is asked for by name to say which engine built a site.
PACKAGES = ("mkdocs", "mkdocs-material")


class _WarningCollector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def load_mkdocs_config(source: SiteSource, site: Path) -> MkDocsConfig:
    """What MkDocs needs to know to build `site`. Raises MkDocsException if mkdocs.yml is wrong."""
    # Material prints a notice about the future of MkDocs into every build; the README says what we do about it.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.config import load_config

    more: dict[str, Any] = {"use_directory_urls": False} if source.offline else {}
    more |= {"repo_url": "", "edit_uri": ""} if source.public else {}
    more |= {"site_name": source.title, "site_url": source.url, "site_description": source.summary, "strict": True}
    more |= {"docs_dir": str((source.out / "docs").absolute()), "site_dir": str(site.absolute())}
    composed = compose_config(source)
    # The file is empty, as everything is composed already; folders are looked for next to the handbook's own file.
    config = load_config(io.BytesIO(), config_file_path=str(source.config_file.absolute()), **{**composed, **more})
    # A folder of the handbook's own is first, Material's are last.
    config.theme.dirs.insert(1 if "custom_dir" in composed["theme"] else 0, str(find_theme(source).resolve()))
    config.nav = prune_navigation(config.nav, source.left_out)
    # Scripts before Material's own: its search works in a folder, and on a server it loads its index when it is used.
    script = "assets/worker.js" if source.offline else "assets/search.js"
    config.extra["polyfills"] = [*config.extra.get("polyfills", ()), script]
    config.extra |= source.describe_head()
    return config


def make_site_policy(config: MkDocsConfig, source: SiteSource) -> SitePolicy:
    """What the pages of this site say may run. Raises OnevoiceError if mkdocs.yml allows what is no source."""
    return SitePolicy(map(Path, config.theme.dirs), config.extra.get(SETTING), offline=source.offline)


def render(source: SiteSource, target: Path) -> list[str]:
    """Build the site into `target`; what its pages won't run. Raises OnevoiceError if MkDocs refuses, or warns."""
    collector = _WarningCollector()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(collector)
    logger.propagate = False
    plugin: parallel.ParallelBuildPlugin | None = None
    try:
        config = load_mkdocs_config(source, target)
        policy = make_site_policy(config, source)
        config.plugins[parallel.PLUGIN_NAME] = plugin = parallel.ParallelBuildPlugin(collector.lines, policy)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    except (MkDocsException, SystemExit) as error:
        raise OnevoiceError(format_refusal(collector.lines or [str(error)], "MkDocs")) from None
    finally:
        # Before the unfinished site is removed: the copy writes into it.
        if plugin:
            plugin.stop_worker()
        logger.removeHandler(collector)
    if collector.lines:
        raise OnevoiceError(format_refusal(collector.lines, "MkDocs"))
    index = target / "search" / "search_index.json"
    if source.offline and index.is_file():
        # From a folder Material takes its index from a script, as it may not read a file.
        index.with_suffix(".js").write_bytes(b"var __index = " + index.read_bytes())
    if not source.offline:
        (target / HEADERS_FILE).write_bytes(policy.render_headers())
    return [*list_frame_notes(source), *policy.list_notes()]
