"""The settings of the repository whose texts are checked: `.onevoice.yaml`, in a folder or one around it."""

from __future__ import annotations

import hashlib
import marshal
import os
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any, NamedTuple

from onevoice import cache
from onevoice.errors import DataError, suggest_known
from onevoice.prose.files import read_file_bytes
from onevoice.prose.formats import find_ending as find_file_ending
from onevoice.prose.formats import find_format

FILE = ".onevoice.yaml"
# Endings of files that are written in each dialect of Markdown.
ENDINGS = {"markdown": ".md", "mdx": ".mdx", "myst": ".myst"}
_RESULTS = "settings"


class Settings(NamedTuple):
    """What a `.onevoice.yaml` says; nothing, if there is none.

    path: the file. handbook: where the handbook is, as the file has it. exclude: patterns of files to leave out.
    levels, dialects: the highest level of findings and the dialect of Markdown, by patterns of folders.
    off: terms that are not reported, with the reasons.
    """

    path: Path | None = None
    handbook: Mapping[str, str] | None = None
    exclude: tuple[str, ...] = ()
    levels: Mapping[str, str] = MappingProxyType({})
    dialects: Mapping[str, str] = MappingProxyType({})
    off: Mapping[str, str] = MappingProxyType({})

    def is_excluded(self, path: str) -> bool:
        """Whether a file is left out; the path is from where we are, or absolute."""
        return bool(self.exclude) and self._find_last(dict.fromkeys(self.exclude, ""), path) is not None

    def find_level(self, path: str) -> str | None:
        """The highest level of findings in a file; the last folder in the file that holds it counts."""
        return self._find_last(self.levels, path)

    def find_ending(self, path: str) -> str:
        """The ending of files that are read as this one is to be; "" if that is its own."""
        ending = ENDINGS.get(self._find_last(self.dialects, path) or "", "") if self.dialects else ""
        if not ending:
            return ""
        kind = find_format(path)
        if kind is None or kind is not find_format(f"x{ending}"):
            return ""
        own = find_file_ending(path).lower()
        return ending if ending != (own if own in ENDINGS.values() else ".md") else ""

    def _find_last(self, by_pattern: Mapping[str, str], path: str) -> str | None:
        """What the last of the patterns says that mean a file, or a folder that it is in."""
        if not by_pattern:
            return None
        assert self.path is not None
        inner = PurePosixPath(Path(os.path.relpath(path, self.path.parent)).as_posix())
        if inner.parts[:1] == ("..",) or inner.is_absolute():
            return None
        places = [inner.as_posix(), *(parent.as_posix() for parent in inner.parents)]
        patterns = reversed(list(by_pattern))
        found = next((pattern for pattern in patterns if _covers(pattern, inner.parts, places)), None)
        return None if found is None else by_pattern[found]

    def check_terms(self, known: Iterable[str]) -> None:
        """Raise DataError if a term that is off is none of these ids."""
        known = tuple(known)
        for name in self.off:
            if name not in known:
                from onevoice.load.settings import locate_setting

                assert self.path is not None
                message = f"`{name}` is no term of this handbook. {suggest_known(name, known)}"
                problem = locate_setting(self.path.as_posix(), read_file_bytes(self.path), message, "off", name)
                raise DataError([problem], f"The settings in {self.path}")

    def locate_handbook(self) -> Path | None:
        """The folder of the handbook that is named; a repository's revision is fetched once. None if none is named.

        Raises OnevoiceError if it is not there.
        """
        if not self.handbook or self.path is None:
            return None
        from onevoice.run.source import locate_source

        return locate_source(self.handbook, self.path.parent, self.path.as_posix())


NO_SETTINGS = Settings()


def _covers(pattern: str, names: Sequence[str], places: Sequence[str]) -> bool:
    """Whether a pattern means one of the places, which are paths from the settings' folder, or one name anywhere."""
    pattern = pattern.removeprefix("./").rstrip("/")
    if "/" not in pattern:
        return any(fnmatchcase(name, pattern) for name in names)
    patterns = {pattern.lstrip("/"), pattern.removeprefix("**/")}
    return any(fnmatchcase(place, one) for place in places for one in patterns)


def read_settings(folders: Iterable[Path]) -> Settings:
    """The settings in the first of the folders that has some. Raises DataError for what is wrong in them."""
    for folder in folders:
        if (path := folder / FILE).is_file():
            path = Path(os.path.relpath(path))
            return _make_settings(path, _parse_file(path))
    return NO_SETTINGS


def _make_settings(path: Path, data: Mapping[str, Any]) -> Settings:
    folders = data.get("folders", {}).items()
    levels, dialects = (
        {pattern: folder[name] for pattern, folder in folders if name in folder} for name in ("level", "dialect")
    )
    return Settings(path, data.get("handbook"), tuple(data.get("exclude", ())), levels, dialects, data.get("off", {}))


def _parse_file(path: Path) -> dict[str, Any]:
    data = read_file_bytes(path)
    key = hashlib.sha256(data).hexdigest()
    # A hook waits for each module that is loaded: those that read YAML take as long as all others.
    if kept := cache.get(_RESULTS, key):
        try:
            return dict(marshal.loads(kept))
        except (ValueError, EOFError, TypeError):
            pass  # A damaged file is made again.
    from onevoice.load.settings import parse_repository_settings

    settings, findings = parse_repository_settings(path.as_posix(), data)
    if findings:
        raise DataError(findings, f"The settings in {path}")
    cache.put(_RESULTS, key, marshal.dumps(settings))
    return settings
