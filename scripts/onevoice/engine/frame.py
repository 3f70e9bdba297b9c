"""The frame of the site: what the package says about theme, extensions and navigation, and how a handbook differs."""

from __future__ import annotations

import functools
import importlib.util
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import yaml_load

from onevoice.engine.site import SiteSource
from onevoice.errors import OnevoiceError

# Lists to which a handbook adds: what it names comes after ours, or takes the place of ours of the same name.
ADDED_LISTS = ("extra_css", "extra_javascript", "markdown_extensions", "plugins", "features")
# Below `extra` in mkdocs.yml: whether devices may keep pages for reading offline.
OFFLINE_SETTING, OFFLINE_SCRIPT = "offline", "assets/offline.js"


def compose_config(source: SiteSource) -> dict[str, Any]:
    """The settings of the site as in mkdocs.yml: the frame's, with the handbook's own on top.

    Raises OnevoiceError if the handbook's mkdocs.yml cannot be read.
    """
    return _compose_frame(source)[0]


def list_frame_notes(source: SiteSource) -> list[str]:
    """The pages that a handbook's own navigation doesn't lead to although ours does, as a sentence."""
    if missing := [page for page in _compose_frame(source)[1] if page not in source.left_out]:
        return [f"{source.config_file.name}: `nav` doesn't list {', '.join(missing)}. Add them, or delete `nav`."]
    return []


def _compose_frame(source: SiteSource) -> tuple[dict[str, Any], list[str]]:
    """The settings, and the pages that our navigation leads to and the handbook's own doesn't."""
    frame = _read_config(source.frame)
    own = _read_config(source.config_file) if source.config_file.is_file() else {}
    _check_custom_dir(source, own)
    frame["theme"] = {**frame.get("theme", {}), "language": find_theme_language(source.language)}
    if nav := frame.get("nav"):
        frame["nav"] = _translate_titles(nav, source.phrases)
    config = _merge_settings(frame, own)
    pages = _list_pages(config.get("nav"))
    missing = [page for page in _list_pages(frame.get("nav")) if page not in pages]
    config["not_in_nav"] = "\n".join([str(config.get("not_in_nav") or ""), *(f"/{page}" for page in missing)])
    if config.get("extra", {}).get(OFFLINE_SETTING) is False:
        scripts = config.get("extra_javascript", [])
        config["extra_javascript"] = [script for script in scripts if script != OFFLINE_SCRIPT]
    return config, missing


def find_theme(source: SiteSource) -> Path:
    """The folder with our changes to the theme: it's next to the frame."""
    return source.frame.parent / "theme"


def list_theme_folders(source: SiteSource) -> list[Path]:
    """The folders whose files change the theme: ours, and the handbook's own if it has one."""
    custom = compose_config(source).get("theme", {}).get("custom_dir")
    return [find_theme(source), *([source.config_file.parent / str(custom)] if custom else [])]


def find_theme_language(tag: str) -> str:
    """The name under which the theme has the words of a language: `de` for `de-CH`; `en` if it has none."""
    known = _list_theme_languages()
    return next((name for name in (tag, tag.partition("-")[0].lower()) if name in known), "en")


@functools.cache
def _list_theme_languages() -> frozenset[str]:
    for package in ("material", "zensical"):
        spec = importlib.util.find_spec(package)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            if names := frozenset(path.stem for path in Path(folder).glob("templates/**/languages/*.html")):
                return names
    return frozenset(("en",))


def _translate_titles(entries: Any, phrases: Mapping[str, str]) -> Any:
    """A navigation with the titles of its pages in another language."""
    if isinstance(entries, list):
        return [_translate_titles(entry, phrases) for entry in entries]
    if isinstance(entries, dict):
        return {phrases.get(title, title): _translate_titles(entry, phrases) for title, entry in entries.items()}
    return entries


def _read_config(path: Path) -> dict[str, Any]:
    # The name tells MkDocs where to look for a file that `INHERIT` names.
    stream = io.BytesIO(path.read_bytes())
    stream.name = str(path.absolute())
    try:
        found = yaml_load(stream)
    except ConfigurationError as error:
        raise OnevoiceError(f"{path}: {error}") from None
    if not isinstance(found, dict):
        raise OnevoiceError(f"{path}: this file must have keys, such as `theme:`. Delete it if there are none.")
    return found


def _check_custom_dir(source: SiteSource, own: Mapping[str, Any]) -> None:
    theme = own.get("theme")
    name = theme.get("custom_dir") if isinstance(theme, dict) else None
    if name and not (source.config_file.parent / str(name)).is_dir():
        raise OnevoiceError(
            f"{source.config_file}: `custom_dir: {name}` is no folder here. "
            "Our theme comes with onevoice: delete that line, unless the folder has changes of your own."
        )


def _merge_settings(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(ours)
    for key, value in theirs.items():
        before = merged.get(key)
        if key in ADDED_LISTS and before is not None:
            merged[key] = _merge_lists(before, value)
        elif isinstance(before, dict) and isinstance(value, dict):
            merged[key] = _merge_settings(before, value)
        elif value is not None:
            merged[key] = value
    return merged


def _merge_lists(ours: Any, theirs: Any) -> list[Any]:
    """Both lists without doubles. An entry is a name, or a name with its settings."""
    entries = dict([*_iter_entries(ours), *_iter_entries(theirs)])
    return [*entries.values()]


def _iter_entries(entries: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(entries, dict):
        entries = [{name: settings} for name, settings in entries.items()]
    for entry in entries if isinstance(entries, list) else []:
        yield str(next(iter(entry), "") if isinstance(entry, dict) else entry), entry


def _list_pages(entries: Any) -> list[str]:
    """The files that a navigation names, in its order."""
    if isinstance(entries, str):
        return [entries]
    inner: Iterable[Any] = entries.values() if isinstance(entries, dict) else entries or ()
    return [page for entry in inner for page in _list_pages(entry)]
