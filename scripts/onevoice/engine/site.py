"""A site from Markdown, whichever engine builds it: the new one takes the place of the last when it is whole."""

from __future__ import annotations

import hashlib
import importlib
import importlib.metadata
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from onevoice.errors import OnevoiceError

STAMP, OLD_SITE = "site.stamp", ".site-old"
# The modules in this folder that build a site, the default first: each has `render` and `PACKAGES`.
ENGINES = ("mkdocs", "zensical")
# The folder of mkdocs.yml in which a theme is changed.
CUSTOM_DIR = re.compile(r"^ +custom_dir: *[\"']?([^\"'\s#]+)", re.M)


@dataclass(frozen=True)
class SiteSource:
    """What an engine builds from.

    config_file: the handbook's mkdocs.yml. out: the output folder; its `docs` holds the Markdown. title, summary: the
    site's, safe in HTML. url: where it is published, or "". key: a hash of everything that the Markdown is made from.
    offline: the site is to be opened from a folder.
    """

    config_file: Path
    out: Path
    title: str
    summary: str
    url: str
    key: str
    offline: bool = False


def build_site(source: SiteSource, engine: str = ENGINES[0]) -> bool:
    """Let the engine build the site; False if the site already shows exactly this Markdown.

    Raises OnevoiceError if the engine refuses: then the last site stays.
    """
    site, stamp = source.out / "site", source.out / STAMP
    module = _import_engine(engine)
    key = _hash_source(source, module)
    if site.is_dir() and stamp.is_file() and stamp.read_text() == key:
        return False
    fresh, old = source.out / ".site", source.out / OLD_SITE
    shutil.rmtree(fresh, ignore_errors=True)
    module.render(source, fresh)
    shutil.rmtree(old, ignore_errors=True)
    stamp.unlink(missing_ok=True)
    if site.exists():
        site.rename(old)
    fresh.rename(site)
    stamp.write_text(key)
    shutil.rmtree(old, ignore_errors=True)
    return True


def forget_site(out: Path) -> None:
    """Note that the site is no longer what its stamp says, so that the next build makes it again."""
    (out / STAMP).unlink(missing_ok=True)


def restore_site(out: Path) -> None:
    """Put the last site back if a build ended between two names."""
    if (out / OLD_SITE).is_dir() and not (out / "site").exists():
        (out / OLD_SITE).rename(out / "site")


def find_config_file(folder: Path) -> Path:
    """The handbook's mkdocs.yml. Raises OnevoiceError if there is none."""
    path = folder / "mkdocs.yml"
    if not path.is_file():
        raise OnevoiceError(
            f"{path}: this file is missing, and the site needs it. Copy it from the onevoice repository."
        )
    return path


def find_custom_dir(config_file: Path) -> Path | None:
    """The folder in which mkdocs.yml changes the theme; None if it names none."""
    match = CUSTOM_DIR.search(config_file.read_bytes().decode("utf-8", "replace"))
    return config_file.parent / match[1] if match else None


def format_refusal(lines: list[str], name: str) -> str:
    """What people read when an engine refuses. lines: what it says. name: the engine's."""
    return f"the site could not be built, so the last one stays. {name} says:\n" + "\n".join(
        f"  {line}" for line in lines
    )


def _hash_source(source: SiteSource, engine: ModuleType) -> str:
    digest = hashlib.sha256(source.config_file.read_bytes())
    if theme := find_custom_dir(source.config_file):
        for path in sorted(theme.rglob("*")):
            digest.update(path.read_bytes() if path.is_file() else b"")
    try:
        versions = [importlib.metadata.version(name) for name in engine.PACKAGES]
    except importlib.metadata.PackageNotFoundError as error:
        raise OnevoiceError(f"{error.name} is not installed: pip install {error.name}") from None
    about = (source.key, source.title, source.summary, source.url, source.offline, versions)
    digest.update(repr(about).encode())
    return digest.hexdigest()


def _import_engine(name: str) -> ModuleType:
    return importlib.import_module(f"onevoice.engine.{name}")
