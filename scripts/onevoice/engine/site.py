"""A site from Markdown, whichever engine builds it: the new one takes the place of the last when it is whole."""

from __future__ import annotations

import hashlib
import importlib
import importlib.metadata
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from onevoice import limits
from onevoice.disk import read_umask, replace_file
from onevoice.engine import policy
from onevoice.errors import FULL_DISK, OnevoiceError
from onevoice.output import read_json

STAMP, OLD_SITE, FRESH = "site.stamp", ".site-old", ".site-new-"
# The modules in this folder that build a site, the default first: each has `render` and `PACKAGES`.
ENGINES = ("mkdocs", "zensical")


@dataclass(frozen=True)
class SiteSource:
    """What an engine builds from.

    config_file: the handbook's mkdocs.yml, which need not exist. frame: the package's, for every handbook; the folder
    `theme` is next to it. out: the output folder; its `docs` holds the Markdown. title, summary: the site's, safe in
    HTML. url: where it is published, or "". key: a hash of everything that the Markdown is made from.
    offline: the site is to be opened from a folder. public: it is for customers, who see no link to the repository.
    left_out: the Markdown files that mkdocs.yml may name although there are no records for them.
    preloads: the fonts that are seen first; share_picture: what chats show with a link to a page that has no picture of
    its own; touch_icon: what a phone shows on its home screen. All by their paths below the site, or "".
    language: the handbook's, as a tag. phrases: what the frame says in English, and how to say it in that language.
    """

    config_file: Path
    frame: Path
    out: Path
    title: str
    summary: str
    url: str
    key: str
    offline: bool = False
    public: bool = False
    left_out: frozenset[str] = frozenset()
    preloads: tuple[str, ...] = ()
    share_picture: str = ""
    touch_icon: str = ""
    language: str = "en"
    phrases: Mapping[str, str] = field(default_factory=dict)

    def describe_head(self) -> dict[str, Any]:
        """What theme/main.html puts into the head of each page, as it is in `extra` of mkdocs.yml."""
        return {
            "preloads": [*self.preloads],
            "share_picture": self.share_picture,
            "touch_icon": self.touch_icon,
            "phrases": dict(self.phrases),
        }


def build_site(source: SiteSource, engine: str, say: Callable[[str], None]) -> bool:
    """Let the engine build the site; False if the site on the disk is already that of exactly this Markdown.

    The caller holds the output folder (output.hold_folder). say: told what the site's pages won't run. Raises
    OnevoiceError if the engine refuses: then the last site stays.
    """
    restore_site(source.out)
    site, stamp, old = source.out / "site", source.out / STAMP, source.out / OLD_SITE
    # What dead builds have left; the last site as well, for there is one in its place.
    for left in (old, *source.out.glob(f"{FRESH}*")):
        _remove_anything(left)
    module = _import_engine(engine)
    key = _hash_source(source, module)
    if read_json(stamp) == {"key": key, "files": _list_files(site)}:
        return False
    fresh = Path(tempfile.mkdtemp(prefix=FRESH, dir=source.out))
    try:
        # mkdtemp lets nobody else in; a web server has to read the site.
        fresh.chmod(0o777 & ~read_umask())
        for note in _render_site(module, source, fresh):
            say(note)
        _remove_anything(old)
        _remove_anything(stamp)
        if site.exists() or site.is_symlink():
            site.rename(old)
        fresh.rename(site)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    replace_file(stamp, json.dumps({"key": key, "files": _list_files(site)}).encode())
    _remove_anything(old)
    return True


def _remove_anything(path: Path) -> None:
    """Remove a folder, or what is in its place: shutil would open a pipe, and wait forever."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _render_site(engine: ModuleType, source: SiteSource, target: Path) -> list[str]:
    try:
        notes: list[str] = engine.render(source, target)
        return notes
    except OSError as error:
        # Of a copy that fails, the second name is the file that cannot be written; the first one is in the theme.
        name = Path(os.fsdecode(error.filename2 or error.filename or target))
        place = source.out / "site" / name.relative_to(target) if name.is_relative_to(target) else name
        raise OnevoiceError(
            f"{place}: cannot be written ({error.strerror or error}). The last site stays. Make room, and try again."
            if error.errno in FULL_DISK
            else f"{place}: cannot be used ({error.strerror or error}). The last site stays."
        ) from None


def _list_files(site: Path) -> dict[str, list[int]]:
    """The files of a site by their paths, with size and time of writing: what changes when one is damaged or lost."""
    files: dict[str, list[int]] = {}
    for folder, _, names in os.walk(site):
        for name in names:
            place = os.path.join(folder, name)  # noqa: PTH118 - a site has tens of thousands of files
            # A link that leads nowhere is damage as well.
            found = os.lstat(place)
            files[os.path.relpath(place, site)] = [found.st_size, found.st_mtime_ns]
    return files


def forget_site(out: Path) -> None:
    """Note that the site is no longer what its stamp says, so that the next build makes it again."""
    _remove_anything(out / STAMP)


def restore_site(out: Path) -> None:
    """Put the last site back if a build died between two names. The caller holds the output folder."""
    if is_site_lost(out):
        (out / OLD_SITE).rename(out / "site")


def is_site_lost(out: Path) -> bool:
    """Whether a build has put the last site away and no new one there yet; if it died, that stays so."""
    return (out / OLD_SITE).is_dir() and not (out / "site").exists()


def find_config_file(folder: Path) -> Path:
    """Where the handbook's mkdocs.yml is, if it has one. Raises OnevoiceError if it's not a file that can be used."""
    path = folder / "mkdocs.yml"
    if not path.exists() and not path.is_symlink():
        return path
    _require_own_file(path, folder)
    if path.is_dir():
        raise OnevoiceError(f"{path}: this is a folder. Rename it.")
    if (size := path.stat().st_size) > limits.MAX_CONFIG_BYTES:
        raise OnevoiceError(
            f"{path}: this file has {size >> 20} MB, and at most {limits.MAX_CONFIG_BYTES >> 20} MB are read."
        )
    return path


def _require_own_file(path: Path, folder: Path) -> None:
    """Raise OnevoiceError unless a path leads to a regular file, or a folder, below `folder`.

    Anyone who opens a pull request could publish any file of the machine that builds the site, or make it wait forever.
    """
    if not path.resolve().is_relative_to(folder.resolve()):
        raise OnevoiceError(f"{path.as_posix()}: this link leads out of the handbook. Put the file itself there.")
    if not path.is_file() and not path.is_dir():
        raise OnevoiceError(f"{path.as_posix()}: cannot be read (not a regular file). Leave it out.")


def prune_navigation(entries: Any, left_out: Collection[str]) -> Any:
    """The navigation of mkdocs.yml without the pages that are left out, and without tabs in which none is left."""
    if isinstance(entries, dict):
        pruned = {title: prune_navigation(inner, left_out) for title, inner in entries.items()}
        return {title: inner for title, inner in pruned.items() if inner}
    if isinstance(entries, list):
        return [inner for entry in entries if (inner := prune_navigation(entry, left_out))]
    return None if entries in left_out else entries


def format_refusal(lines: list[str], name: str) -> str:
    """What people read when an engine refuses. lines: what it says. name: the engine's."""
    return f"the site could not be built, so the last one stays. {name} says:\n" + "\n".join(
        f"  {line}" for line in lines
    )


def _hash_source(source: SiteSource, engine: ModuleType) -> str:
    own = source.config_file.read_bytes() if source.config_file.is_file() else b""
    digest = hashlib.sha256(own + source.frame.read_bytes())
    # It needs MkDocs, without which this module can be loaded.
    from onevoice.engine.frame import list_theme_folders

    for theme in list_theme_folders(source):
        for path in sorted(theme.rglob("*")):
            _require_own_file(path, theme)
            digest.update(path.read_bytes() if path.is_file() else b"")
    try:
        versions = [importlib.metadata.version(name) for name in engine.PACKAGES]
    except importlib.metadata.PackageNotFoundError as error:
        raise OnevoiceError(f"{error.name} is not installed: pip install {error.name}") from None
    rules = (policy.DIRECTIVES, policy.HEADER_DIRECTIVES, getattr(engine, "SOURCES", {}))
    about = (source.key, source.title, source.summary, source.url, source.offline, source.public, versions, rules)
    digest.update(repr(about).encode())
    return digest.hexdigest()


def _import_engine(name: str) -> ModuleType:
    return importlib.import_module(f"onevoice.engine.{name}")
